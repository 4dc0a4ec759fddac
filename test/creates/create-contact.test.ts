import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  ask,
  describeAs,
  EMPTY,
  refusal,
  seen,
  sent,
  site,
  UNREADABLE,
} from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { list, object, string } from '../helpers/schema.ts';

/* What sets it apart from the other actions, which test/steps/action.test.ts tests: it has no ID field. */

const operation = 'creates.create_contact.operation';
const FORMS = {
  ...describeAs(
    'CreateContactRequest',
    object(
      { fullName: string, town: string, rows: list(object({ size: string })) },
      { required: ['fullName'] },
    ),
  ),
  ...describeAs(
    'FindContactsRequest',
    object({ needle: string, town: string, rows: list(object({ word: string })) }),
  ),
};
const POST = 'POST /contacts';
const CREATED = { contactId: 70, id: 'c-70', callName: 'Casey' };
const answer = (more: object = {}) => site.answer({ ...FORMS, [POST]: CREATED, ...more });
beforeEach(() => answer());

const create = (inputData: object) => ask<object>(`${operation}.perform`, inputData);
const refused = () => refusal(`${operation}.perform`, { fullName: 'Casey' });

test('gives the ID of the contact before another one', async () => {
  const { results, warnings } = await create({ fullName: 'Casey' });
  expect(results).toEqual({ ...EMPTY, ...CREATED, id: '70', id_site: 'c-70' });
  expect(warnings).toEqual([]);
});

test('has a note in place of a field of its own', async () => {
  const { results } = await ask(`${operation}.inputFields`);
  expect(results).toMatchObject([
    { key: 'site_form_note', type: 'copy', helpText: expect.stringContaining('Find or Create') },
    { key: 'fullName', required: true },
    { key: 'town', required: false },
    { key: 'rows', required: false },
  ]);
});

describe('what Zapier hands over of the search of Find or Create', () => {
  const SEARCH = { contact_id: '', needle: 'casey@example.com', rows: [{ rows__word: 'x' }] };

  test('is passed over without a word; a field of both counts here, too', async () => {
    const { warnings } = await create({ ...SEARCH, fullName: 'Casey', town: 'Aarhus' });
    expect(sent()).toEqual([{ fullName: 'Casey', town: 'Aarhus' }]);
    expect(warnings).toEqual([]);
    answer();
    await create({ contact_id: '7', fullName: 'Casey', rows__size: '7', rows__word: 'x' });
    expect(sent()).toEqual([{ fullName: 'Casey', rows: [{ size: '7' }] }]);
  });

  test('does not hide a field that neither form has', async () => {
    const { warnings } = await create({ ...SEARCH, fullName: 'Casey', Needle: 'x' });
    expect(sent()).toEqual([{ fullName: 'Casey' }]);
    expect(warnings).toEqual([
      'Not sent, since the form of this step does not show these fields: "Needle".',
    ]);
  });

  test('are not named in the form, but a field that neither form has is', async () => {
    const form = async (input: object) =>
      JSON.stringify((await ask('creates.create_contact.operation.inputFields', input)).results);
    const words = 'Still filled in, but not sent, since this form has no such field';
    expect(await form(SEARCH)).not.toContain(words);
    expect(await form({ ...SEARCH, Needle: 'x' })).toContain(`${words}: \\"Needle\\".`);
    answer(describeAs('FindContactsRequest', UNREADABLE));
    expect(await form({ ...SEARCH, Needle: 'x' })).not.toContain(words);
  });

  test('does not keep the contact from being created when the other form can not be read', async () => {
    answer(describeAs('FindContactsRequest', UNREADABLE));
    const { warnings } = await create({ ...SEARCH, fullName: 'Casey' });
    expect(sent()).toEqual([{ fullName: 'Casey' }]);
    expect(warnings.join()).toContain('does not show these fields: "needle", "rows__word".');
  });

  test('is no reason to read the other form when nothing came of it', async () => {
    await create({ fullName: 'Casey', _zap_search_success_on_miss: 'true' });
    expect(seen()).not.toContain('GET /schema/dynamic-types/FindContactsRequest');
  });
});

describe('a contact that may exist already', () => {
  const ADVICE = 'If the contact exists already, use Find or Create Contact instead.';
  const WORDS = 'This address belongs to Casey.';

  test.each([400, 409, 422])('is told with the words of the site: %d', async (status) => {
    answer({ [POST]: new Answer(JSON.stringify({ message: WORDS }), status) });
    expect((await refused()).message).toBe(
      `support.deskdirector.com refused the request (${status}). It says: "${WORDS}" Check the fields of this step and try again. ${ADVICE}`,
    );
    expect(sent()).toHaveLength(1);
  });

  test('is told also when the answer is a success', async () => {
    answer({ [POST]: { success: false, message: WORDS } });
    const { message } = await refused();
    expect(message).toContain(`reports a failure. It says: "${WORDS}" The request may have been`);
    expect(message.endsWith(ADVICE)).toBe(true);
  });

  test.each([401, 403, 404, 429, 500, 503])('is no reason for %d', async (status) => {
    answer({ [POST]: new Answer('{}', status) });
    expect((await refused()).message).not.toContain('Find or Create');
  });
});
