import { playRecipes } from './plays.ts';

playRecipes({ width: 390, height: 844 });
