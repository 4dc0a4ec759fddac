import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAnswers } from './answers.ts';
import { type Figure, isBroken, table } from './figures.ts';
import { measurePackage } from './package.ts';
import { countRequests } from './requests.ts';
import { measureColdStart, measureDeliveries } from './speed.ts';

/*
 * Prints what the built app costs, and sets exit code 1 when a bound is broken.
 *
 *   npm run bench                           everything
 *   npm run bench -- cold-start requests    some of the parts
 *   npm run bench -- --rounds 5             fewer rounds, for a glance
 *   npm run bench -- --app PATH             another app module
 */
const PARTS: Readonly<Record<string, (app: string, rounds: number) => Promise<Figure[]>>> = {
  'cold-start': measureColdStart,
  deliveries: measureDeliveries,
  answers: measureAnswers,
  requests: countRequests,
  package: measurePackage,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '31' },
    app: { type: 'string', default: 'dist/index.js' },
  },
});

let broken = 0;
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`There is no part "${name}".`);
  const figures = await part(resolve(values.app), Number(values.rounds));
  for (const line of table(name, figures)) console.log(line);
  console.log();
  broken += figures.filter(isBroken).length;
}
console.log(broken === 0 ? 'All bounds are kept.' : `Broken bounds: ${broken}.`);
if (broken > 0) process.exitCode = 1;
