import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { definitionOf, publishedInterface } from '../../tools/scripts/published-interface.ts';
import { call } from '../helpers/zapier.ts';
import { changed } from './evidence.ts';

const recorded = JSON.parse(readFileSync('test/publishing/interface.json', 'utf8'));
const definition = await definitionOf(app);

test("the definition passes Zapier's own validation", async () => {
  expect((await call<unknown[]>('', {}, 'validate')).results).toEqual([]);
});

// Zapier: C001, C002, C003.
test('what existing Zaps rely on is there, unchanged', () => {
  expect(publishedInterface(definition)).toMatchObject(recorded);
});

test('what is new is recorded: see docs/publishing.md', () => {
  expect(publishedInterface(definition)).toEqual(recorded);
});

describe('the interface changes with', () => {
  const HOOK = 'triggers.new_chat_session';
  test.each([
    ['a step that is gone', HOOK],
    ['a step that is hidden', `${HOOK}.display.hidden`, true],
    ['a hook that becomes a polling trigger', `${HOOK}.operation.type`, 'polling'],
    ['an input field that is gone', `${HOOK}.operation.inputFields.1`, '$func$2$f$'],
    ['an input field of another type', `${HOOK}.operation.inputFields.1.type`, 'integer'],
    ['an input field that becomes required', `${HOOK}.operation.inputFields.1.required`, true],
    ['an output field that is gone', `${HOOK}.operation.outputFields.1`, {}],
    ['an output field of another type', `${HOOK}.operation.outputFields.7.type`, 'string'],
    ['another primary key', `${HOOK}.operation.outputFields.0.primary`],
    ['a field of the connection that is gone', 'authentication.fields.0', {}],
    ['another kind of connection', 'authentication.type', 'basic'],
  ])('%s', (_, ...change: [path: string, value?: unknown]) => {
    expect(publishedInterface(changed(definition, ...change))).not.toMatchObject(recorded);
  });
});
