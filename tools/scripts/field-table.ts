import { readFileSync, writeFileSync } from 'node:fs';
import app from '../../index.ts';
import { asObject } from '../../src/values.ts';

/*
 * Writes the app's output fields as a table into the user guide. With --check, writes nothing, and
 * fails when the table is not current.
 */
const GUIDE = new URL('../../docs/user-guide.md', import.meta.url);
const [BEGIN, END] = ['<!-- fields: begin (npm run fields) -->', '<!-- fields: end -->'];

const { outputFields = [], sample = {} } = app.triggers.chat_session_status_changed.operation;

const text = readFileSync(GUIDE, 'utf8');
const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
if (begin < BEGIN.length || end < begin) {
  throw new Error(`docs/user-guide.md has no lines "${BEGIN}" and "${END}".`);
}
const current = `${text.slice(0, begin)}\n${table().join('\n')}\n${text.slice(end)}`;

if (current === text) {
  console.log('The table of fields in docs/user-guide.md is current.');
} else if (process.argv.includes('--check')) {
  console.error('The table of fields in docs/user-guide.md is not current. Run "npm run fields".');
  process.exitCode = 1;
} else {
  writeFileSync(GUIDE, current);
  console.log('The table of fields in docs/user-guide.md was written anew.');
}

function table(): string[] {
  return [
    '| Label | Key | Type | Example |',
    '| --- | --- | --- | --- |',
    ...outputFields.flatMap((field) => rows(asObject(field), sample)),
  ];
}

function rows(field: Readonly<Record<string, unknown>>, record: object, parent = ''): string[] {
  const { key, label, type = 'line items', children } = field;
  const value = asObject(record)[String(key)];
  const items: unknown[] = Array.isArray(value) ? value : [];
  const example = Array.isArray(value) ? '' : value;
  return [
    `| ${label} | \`${parent}${key}\` | ${type} | ${example ?? ''} |`,
    ...(Array.isArray(children) ? children : []).flatMap((child) =>
      rows(asObject(child), asObject(items[0]), `${key}[]`),
    ),
  ];
}
