import { writeFileSync } from 'node:fs';
import app from '../../index.ts';
import { definitionOf, publishedInterface } from './published-interface.ts';

/* Records the published interface of the app, which existing Zaps rely on. */
const FILE = new URL('../../test/publishing/interface.json', import.meta.url);

writeFileSync(FILE, `${JSON.stringify(publishedInterface(await definitionOf(app)), null, 2)}\n`);
console.log('The published interface is recorded in test/publishing/interface.json.');
