import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { builtDefinition, type Members } from './definition.ts';
import { changed } from './evidence.ts';
import { interfaceChanges, interfaceOf } from './interface.ts';

const recorded = JSON.parse(readFileSync(new URL('./interface.json', import.meta.url), 'utf8'));
const changesIn = (definition: unknown) =>
  interfaceChanges(recorded, interfaceOf(definition)).map(({ words }) => words);

let definition: Members;
beforeAll(async () => {
  definition = await builtDefinition();
});

test('existing Zaps find what they rely on; if a change is meant, "npm run interface" records it', () => {
  expect(changesIn(definition)).toEqual([]);
});

describe('what a change means for existing Zaps is said, where Zapier has no check of its own', () => {
  const HOOK = 'triggers.new_chat_session';
  const field = { key: 'added', label: 'Added' };

  test.each([
    [
      'an optional input field that becomes required',
      `${HOOK}.operation.inputFields.1.required`,
      true,
      `${HOOK} input statuses was "string list, optional" and is "string list, required": existing Zaps that left it empty fail until their owners fill it in.`,
    ],
    [
      'an input field of another type',
      `${HOOK}.operation.inputFields.1.type`,
      'integer',
      `${HOOK} input statuses was "string list, optional" and is "integer list, optional": what existing Zaps filled in was meant for the former kind of field.`,
    ],
    [
      'a new required input field',
      `${HOOK}.operation.inputFields.5`,
      { ...field, required: true },
      `${HOOK} input added is new: existing Zaps have it empty, and fail until their owners fill it in.`,
    ],
    [
      'a new optional input field',
      `${HOOK}.operation.inputFields.5`,
      field,
      `${HOOK} input added is new: no existing Zap is broken.`,
    ],
    [
      'an output field of another type',
      `${HOOK}.operation.outputFields.6.type`,
      'string',
      `${HOOK} output created_at was "datetime" and is "string": existing Zaps that mapped it get another kind of value.`,
    ],
    [
      'another primary key',
      `${HOOK}.operation.outputFields.0.primary`,
      undefined,
      `${HOOK} output id was "string, primary" and is "string": events are told apart otherwise, so that existing Zaps may run twice or not at all.`,
    ],
    [
      'a hidden trigger that becomes visible',
      'triggers.company_list.display.hidden',
      undefined,
      'triggers.company_list was "hidden polling" and is "visible polling": no existing Zap is broken.',
    ],
    [
      'a hook that becomes a polling trigger',
      `${HOOK}.operation.type`,
      'polling',
      `${HOOK} was "visible hook" and is "visible polling": this breaks existing Zaps, and takes a new major version.`,
    ],
    [
      'a new search',
      'searches.find_company',
      { key: 'find_company' },
      'searches.find_company is new: no existing Zap is broken.',
    ],
    [
      'a field of the connection that is gone',
      'authentication.fields.0',
      {},
      'authentication input site is gone: accounts that are connected stop working until their owners connect them again.',
    ],
    [
      'another kind of connection',
      'authentication.type',
      'basic',
      'authentication was "custom" and is "basic": accounts that are connected stop working until their owners connect them again.',
    ],
    [
      'a new required field of the connection',
      'authentication.fields.2',
      { ...field, required: true },
      'authentication input added is new: accounts that are connected stop working until their owners connect them again.',
    ],
  ])('%s', (_, path, value, words) => {
    expect(changesIn(changed(definition, path, value))).toContain(words);
  });
});

test('the fields of a lost step go with it', () => {
  expect(changesIn(changed(definition, 'creates.invite_users_to_chat', undefined))).toEqual([
    "creates.invite_users_to_chat is gone: existing Zaps with it can't be migrated, and Zap templates with it become invalid.",
  ]);
});
