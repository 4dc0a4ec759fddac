import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ANSWERS,
  ask,
  describeAs,
  EMPTY,
  IN_TEST,
  isAnyMadeUp,
  MADE_UP_IDS,
  refusal,
  seen,
  sent,
  site,
  UNREADABLE,
} from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import {
  boolean,
  HIDDEN,
  integer,
  list,
  object,
  required,
  string,
  typed,
} from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

const ACTIONS = [
  {
    key: 'create_ticket',
    input: { request_type_id: '3', headline: 'No one answered' },
    request: 'POST /tickets?requestTypeId=3',
    form: 'GET /schema/ticket/$create-request?requestTypeId=3',
    described: 'GET /schema/dynamic-types/TicketDetails',
    body: { headline: 'No one answered' },
    result: { ...EMPTY, id: '70', callName: 'x' },
    fallbackId: null,
    right: 'create a ticket',
  },
  {
    key: 'update_ticket',
    input: { ticket_id: 7, where__state: '5' },
    request: 'PATCH /tickets/7',
    form: 'GET /schema/dynamic-types/UpdateTicketRequest',
    described: 'GET /schema/dynamic-types/TicketDetails',
    body: { where: { state: 5 } },
    result: { ...EMPTY, id: '7', callName: 'y' },
    fallbackId: '7',
    right: 'update a ticket',
  },
  {
    key: 'create_contact',
    input: { fullName: 'Casey' },
    request: 'POST /contacts',
    form: 'GET /schema/dynamic-types/CreateContactRequest',
    described: 'GET /schema/dynamic-types/ContactDetails',
    body: { fullName: 'Casey' },
    result: { ...EMPTY, id: '70', callName: 'Casey' },
    fallbackId: null,
    right: 'create a contact',
  },
  ...['Contact', 'Member'].map((label) => {
    const who = label.toLowerCase();
    return {
      key: `send_${who}_notification`,
      input: { [`${who}_id`]: '7', words: 'Hello' },
      request: `POST /${who}s/7/notifications`,
      form: `GET /schema/dynamic-types/Create${label}NotificationRequest`,
      described: 'GET /schema/dynamic-types/CreateNotificationResponse',
      body: { words: 'Hello' },
      result: { id: null, token: 't' },
      fallbackId: null,
      right: `send a notification to a ${who}`,
    };
  }),
];

const NO_THING = /^support\.deskdirector\.com has no [a-z ]+ \d \(404\)\. (?:Map|Choose)/;
const NO_API = /does not offer the API that this step needs \(404\)/;

describe.each(ACTIONS)('$key', (action) => {
  const { key, input, request, form, described, fallbackId } = action;
  const perform = `creates.${key}.operation.perform`;
  const idKey = Object.keys(input).find((name) => name.endsWith('_id'));

  test('sends what the site asks for, and gives what it describes, in three requests', async () => {
    const { results } = await ask(perform, input);
    expect(results).toEqual(action.result);
    expect(seen()).toEqual([request, form, described].toSorted());
    expect(sent()).toEqual([action.body]);
  });

  test.each([
    ['text', new Answer('OK', 200, { 'content-type': 'text/plain' })],
    ['nothing', new Answer('', 204)],
    ['a list', [1]],
  ])(
    'is done when the answer is %s; the id that was filled in counts only for the same thing',
    async (_, ok) => {
      site.answer({ [request]: ok });
      const { results } = await ask<object>(perform, input);
      const nulls = Object.fromEntries(Object.keys(action.result).map((name) => [name, null]));
      expect(results).toEqual({
        ...nulls,
        ...('site' in action.result && { site: { town: null } }),
        id: fallbackId,
      });
    },
  );

  test('works without the description of the answer', async () => {
    site.answer({ [described]: UNREADABLE });
    const { results, warnings } = await ask(perform, input);
    expect(results).toEqual({
      ...Object(ANSWERS[request as keyof typeof ANSWERS]),
      id: action.result.id,
    });
    expect(warnings).toEqual([expect.stringContaining("description of the result can't be read")]);
  });

  test.each([
    ['an internal error, since it may have been done', 503, {}, /may have been done/],
    ['which right the key may lack', 403, {}, new RegExp(`more than read.* may ${action.right}`)],
    [
      "the site's own words",
      400,
      { errors: { Team: ['is required'] } },
      /It says: "Team: is required"\./,
    ],
    ['what was not found', 404, {}, idKey === undefined ? NO_API : NO_THING],
  ])('is sent once; a failure tells %s', async (_, status, answer, words) => {
    site.answer({ [request]: new Answer(JSON.stringify(answer), status) });
    const { message } = await refusal(perform, input);
    expect(message).toMatch(words);
    expect(seen().filter((one) => one === request)).toHaveLength(1);
  });

  test('has the output fields that the site describes', async () => {
    const { results } = await ask(`creates.${key}.operation.outputFields`);
    expect(results[0]).toEqual({ key: 'id', label: 'ID', type: 'string' });
    expect(results.length).toBeGreaterThan(1);
  });

  if (idKey === undefined) return;

  test('an id from another kind of thing is an error before any request', async () => {
    const { message } = await refusal(perform, { ...input, [idKey]: 'nzlancomdev~c~11220' });
    expect(message).toContain('holds a user ID');
    expect(site.requests).toEqual([]);
  });

  test.each([
    ['a test', IN_TEST],
    ['a run', {}],
  ])('a made-up ID is refused before any request: %s', async (_, meta) => {
    for (const id of MADE_UP_IDS) {
      const { code, message } = await refusal(perform, { ...input, [idKey]: id }, meta);
      expect(code).toBe('MadeUpId');
      expect(message).toMatch(
        /^The field "[A-Z][A-Za-z ]+" holds a made-up ID: .*put a real ID in/,
      );
    }
    expect(site.requests).toEqual([]);
    expect(isAnyMadeUp((await ask(perform, input, meta)).results)).toBe(false);
  });
});

describe('Update Ticket with nothing to change', () => {
  const FORM = 'GET /schema/dynamic-types/UpdateTicketRequest';
  const source = { ...string, default: 'zapier', ...HIDDEN };
  const properties = {
    source,
    origin: required({ source }),
    owner: { ...integer, nullable: true },
    isUrgent: boolean,
    notes: list(object({ text: string, kind: { ...string, default: 'internal' } })),
    about: object({ name: string, rows: list(object({ text: string })) }, { required: ['name'] }),
  };
  const update = (inputData: object) =>
    ask('creates.update_ticket.operation.perform', { ticket_id: '7', ...inputData });
  beforeEach(() =>
    site.answer({ [FORM]: object(properties, { required: ['source', 'origin', 'owner'] }) }),
  );

  test.each([
    ['no field', {}],
    ['blank fields', { owner: '', isUrgent: null, notes: [], notes__text: [''] }],
    ['the line item of defaults that Zapier adds', { notes: [{ notes__kind: 'internal' }] }],
    ['the blank line item that Zapier adds', { notes: [{ notes__kind: '', notes__text: '' }] }],
    ['a line item without columns', { about__rows: [{}] }],
    ['a field that the form no longer has', { gone: 'x' }, 'does not show these fields: "gone".'],
  ])(
    'is refused before anything is sent: %s',
    async (_, inputData, words = 'at least one field') => {
      const { code, message } = await failure(update(inputData));
      expect(code).toBe('NothingToChange');
      expect(message).toContain(words);
      expect(seen()).toEqual([FORM]);
    },
  );

  test('its form fills in no default, which would change what nobody chose', async () => {
    const { results } = await ask('creates.update_ticket.operation.inputFields', { gone: 'x' });
    expect(results).toMatchObject([
      ...[{ key: 'ticket_id' }, { key: 'owner' }, { key: 'isUrgent' }],
      { key: 'notes', children: [{ key: 'notes__text' }, { key: 'notes__kind' }] },
      ...[{ key: 'about__name' }, { key: 'about__rows' }],
      { type: 'copy', helpText: expect.stringMatching(/not sent, .* no such field: "gone"\.$/) },
    ]);
    expect(JSON.stringify(results)).not.toContain('default');
  });

  test.each([
    [{ owner: 0 }, { owner: 0 }],
    // The site requires an owner, or null. An empty field must not take the owner away.
    [{ isUrgent: 'false' }, { isUrgent: false }],
    [{ notes: [{ notes__text: 'x' }] }, { notes: [{ text: 'x' }] }],
  ])('a change is sent with what the site itself gives: %j', async (inputData, changes) => {
    await update(inputData);
    const given = { source: 'zapier', origin: { source: 'zapier' } };
    expect(sent()).toEqual([{ ...given, ...changes }]);
  });
});

describe('a part of a form that can not be read', () => {
  const PART = 'GET /schema/dynamic-types/Address';
  const FORM = describeAs(
    'UpdateTicketRequest',
    object({ summary: string, address: typed('Address') }),
  );

  test.each([403, 401])('is the error when a filled-in field may be in it (%d)', async (status) => {
    site.answer({ ...FORM, [PART]: new Answer('{}', status) });
    const input = { ticket_id: 7, summary: 'x', address__street: 'Main' };
    const { message } = await refusal('creates.update_ticket.operation.perform', input);
    expect(message).toContain(`(${status})`);
    expect(seen()).not.toContain('PATCH /tickets/7');
  });

  test('is no error when nothing is filled in for it', async () => {
    site.answer({ ...FORM, [PART]: new Answer('{}', 403) });
    await ask('creates.update_ticket.operation.perform', { ticket_id: 7, summary: 'x' });
    expect(seen()).toContain('PATCH /tickets/7');
  });
});
