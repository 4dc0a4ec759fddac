import { readFileSync, writeFileSync } from 'node:fs';
import { builtDefinition } from '../test/publishing/definition.ts';
import { interfaceChanges, interfaceOf } from '../test/publishing/interface.ts';

/*
 * Records the interface of the built app, which existing Zaps rely on, and prints what each change
 * means for them.
 */
const FILE = new URL('../test/publishing/interface.json', import.meta.url);

const current = interfaceOf(await builtDefinition());
for (const { check, words } of interfaceChanges(JSON.parse(readFileSync(FILE, 'utf8')), current)) {
  console.log(check === null ? words : `${check}: ${words}`);
}
writeFileSync(FILE, `${JSON.stringify(current, null, 2)}\n`);
