import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { definitionOf, publishedInterface } from '../../tools/scripts/published-interface.ts';
import { changed } from './evidence.ts';

const recorded = JSON.parse(readFileSync('test/publishing/interface.json', 'utf8'));
const definition = await definitionOf(app);

/** What existing Zaps rely on. In each of them a required field has a value, so it may become optional. */
const reliedOn = Object.fromEntries(
  Object.entries<string>(recorded).map(([key, type]) => [
    key,
    expect.stringMatching(`^${type.replace(/required$/, '(?:required|optional)')}$`),
  ]),
);
// Zapier: C001, C002, C003.
test('what existing Zaps rely on is there, unchanged', () => {
  expect(publishedInterface(definition)).toMatchObject(reliedOn);
});

test('a required field that becomes optional breaks nothing', () => {
  const field = 'creates.update_ticket.operation.inputFields.0.required';
  const eased = publishedInterface(changed(definition, field, false));
  expect(eased).toMatchObject(reliedOn);
  expect(eased).not.toEqual(recorded);
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
    ['a Find or Create that is gone', 'searchOrCreates.find_contact'],
    ['a Find or Create of another action', 'searchOrCreates.find_contact.create', 'create_ticket'],
    ['an output field that is gone', `${HOOK}.operation.outputFields.1`, {}],
    ['an output field of another type', `${HOOK}.operation.outputFields.7.type`, 'string'],
    ['another primary key', `${HOOK}.operation.outputFields.0.primary`],
    ['a field of the connection that is gone', 'authentication.fields.0', {}],
    ['another kind of connection', 'authentication.type', 'basic'],
  ])('%s', (_, ...change: [path: string, value?: unknown]) => {
    expect(publishedInterface(changed(definition, ...change))).not.toMatchObject(reliedOn);
  });
});
