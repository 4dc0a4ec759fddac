import { afterAll, describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { idIn } from '../../src/steps/described.ts';
import { asObject, hasContent, isObject, list } from '../../src/values.ts';
import { flaws } from '../helpers/output-fields.ts';
import { Answer, startPreparedSite } from '../helpers/prepared-site.ts';
import { call, NEW_SESSION, outcomeOf, STATUS_CHANGED } from '../helpers/zapier.ts';
import { anyBody, anyText, flawsOf, goodEntry } from './deliveries.ts';
import { anyJson, holds, objectOf, trickyText } from './property.ts';
import { describedBody } from './schemas.ts';

const site = await startPreparedSite({}, {});
afterAll(() => site.stop());

/** The codes of all errors that the app itself makes for the answer of a site. */
const CODES = [
  ...['NotDeskDirector', 'DeskDirectorError', 'EventNotOffered'],
  ...['NoSubscriptionId', 'UnsendableId'],
];

/** The results of a call; undefined when it failed with one of the app's own errors. */
async function resultsOf(method: string, bundle: object, codes = CODES): Promise<unknown> {
  const { results, error } = await outcomeOf(call<unknown>(method, bundle));
  if (error !== null && (error.name !== 'AppError' || !codes.includes(String(error.code)))) {
    throw new Error(`${error.name}: ${error.message}`);
  }
  return results?.results;
}

/** A value of an entry that a search finds: often an ID that the site has, or a deleted one. */
const anyEntryValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(1, '1', 2) }, anyJson);

const hasText = (value: unknown) => typeof value === 'string' && value !== '';

/** Lists of entries whose properties hold any value. */
const anyList = fc
  .oneof(
    {
      weight: 4,
      arbitrary: objectOf(
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom('results', 'totalResults') }, trickyText),
        fc.array(
          fc.oneof(
            objectOf(
              fc.oneof({ weight: 6, arbitrary: fc.constantFrom('id', 'name') }, trickyText),
              fc.oneof(
                fc.constantFrom('New Chat Session', 'Chat Session Status Changed', 'a{{b}}', 7, ''),
                anyText,
                anyJson,
              ),
            ),
            anyJson,
          ),
          { maxLength: 4 },
        ),
      ),
    },
    anyJson,
  )
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

describe('any JSON as an answer of the API', () => {
  holds('to the connection test', 50, anyJson, async (answer) => {
    site.answer({ '/connections/test': answer });
    const results = await resultsOf('authentication.test', {});
    expect(results).toEqual(isObject(answer) ? { site: 'support.deskdirector.com' } : undefined);
    return results !== undefined;
  });

  holds(
    'to a list gives entries with id and name',
    80,
    fc.tuple(fc.constantFrom('company', 'member'), anyList),
    async ([list, answer]) => {
      const path = list === 'company' ? '/companies' : '/members';
      site.answer({ [path]: answer });
      const results = await resultsOf(`triggers.${list}_list.operation.perform`, {});
      if (results === undefined) return false;
      if (!Array.isArray(results)) throw new Error('This is no list.');
      for (const entry of results) {
        expect(Object.keys(entry)).toEqual(expect.arrayContaining(['id', 'name']));
        expect(Object.values(entry).every(hasText)).toBe(true);
      }
      return results.length > 0;
    },
  );

  const location = fc.oneof(
    fc.constant(undefined),
    fc.webUrl({ withQueryParameters: true }),
    fc
      .tuple(fc.webPath(), fc.constantFrom('', '?token=t', '?token=', '?token=%zz', '#?token=t'))
      .map((parts) => parts.join('')),
    fc.constantFrom('/chat-workflows/..', '/chat-workflows/%2e%2e', 'http://[', '/%ff', '//'),
  );
  const created = objectOf(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom('id', 'token') }, trickyText),
    fc.oneof(anyText, anyJson),
  );
  holds(
    'to a subscription gives its id, and its token if there is one',
    100,
    fc.tuple(
      fc.constantFrom(NEW_SESSION, STATUS_CHANGED),
      fc.oneof({ weight: 1, arbitrary: anyList }, fc.constant(undefined), fc.constant(undefined)),
      fc.oneof(created, anyJson),
      location,
    ),
    async ([trigger, events, answer, location]) => {
      const offered = { results: [{ id: 1, name: 'Chat Session Status Changed' }, { id: 'new' }] };
      site.answer({
        '/chat-webhook-events': events ?? offered,
        '/chat-workflows': new Answer(
          JSON.stringify(answer),
          200,
          location === undefined ? {} : { location },
        ),
      });
      const results = await resultsOf(`triggers.${trigger}.operation.performSubscribe`, {
        targetUrl: 'https://hooks.example.com/1',
      });
      if (results === undefined) return false;
      if (!isObject(results)) throw new Error('This is no subscription.');
      const { id, token, ...others } = results;
      expect([id, token ?? 'none'].every(hasText)).toBe(true);
      expect(['.', '..']).not.toContain(id);
      expect(others).toEqual({});
      // The subscription can be ended with what Zapier keeps.
      site.answer({});
      const ended = await resultsOf(`triggers.${trigger}.operation.performUnsubscribe`, {
        subscribeData: results,
      });
      expect([{}, undefined]).toContainEqual(ended);
      return true;
    },
  );

  holds(
    'to a look-up of a session gives one record of the output fields',
    100,
    fc.oneof(goodEntry, anyBody),
    async (answer) => {
      site.answer({ '/chat-sessions/abc': answer });
      const results = await resultsOf('searches.find_chat_session.operation.perform', {
        inputData: { session_id: 'abc' },
      });
      if (results === undefined) return false;
      if (!Array.isArray(results)) throw new Error('This is no list.');
      if (results.length === 0) expect(hasContent(answer)).toBe(false);
      else expect(results).toHaveLength(1);
      expect(results.flatMap((record) => flawsOf(record))).toEqual([]);
      return true;
    },
  );

  holds(
    'to a search gives results that agree with the output fields',
    60,
    fc.tuple(
      describedBody,
      fc.array(objectOf(fc.constantFrom('id', 'contactId', 'a', 'b', 'odd'), anyEntryValue, 4)),
      fc.constantFrom('results', 'Results', 'found'),
    ),
    async ([{ schema, value }, entries, name]) => {
      site.answer({
        '/FindContactsRequest': { properties: { needle: { type: 'string' } } },
        '/ContactDetails': schema,
        '/contacts/find': { [name]: entries },
        '/contacts/1': { ...Object(value), id: 1 },
        '/contacts/2': null,
      });
      const results = await resultsOf(
        'searches.find_contact.operation.perform',
        { inputData: { needle: 'x' } },
        [...CODES, 'AnotherFound'],
      );
      if (results === undefined) return false;
      const fields = await resultsOf('searches.find_contact.operation.outputFields', {});
      expect(list(results, asObject).flatMap((record) => flaws(record, fields))).toEqual([]);
      const filled = entries.filter((one) => idIn(one, 'contact') !== null || hasContent(one));
      expect(results).toHaveLength(filled.length);
      return entries.length > 0;
    },
  );

  holds(
    'to an action gives what it holds, with the id of the session',
    80,
    objectOf(
      fc.oneof(fc.constantFrom('messageId', 'session_id', 'results', '__type'), trickyText),
      fc.oneof(fc.constant('OutputEnvelope'), fc.constant(1), anyJson),
      4,
    ),
    async (answer) => {
      site.answer({
        '/CreateChatMessageRequest': { properties: { message: { type: 'string' } } },
        '/system-messages': answer,
      });
      const results = await resultsOf('creates.send_chat_system_message.operation.perform', {
        inputData: { session_id: 'abc', message: 'x' },
      });
      expect(results).toMatchObject({ session_id: 'abc' });
    },
  );
});
