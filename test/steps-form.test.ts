import { afterAll, describe, expect, test } from '@jest/globals';
import app from '../index.ts';
import { asObject, list } from '../src/values.ts';
import { call, connectedDeskDirector, NEW_SESSION, STATUS_CHANGED } from './helpers/zapier.ts';

/* The words in the forms of the steps. */

const site = await connectedDeskDirector();
afterAll(() => site.stop());

const STEPS = Object.entries({ ...app.triggers, ...app.searches, ...app.creates }).filter(
  ([, { display }]) => !('hidden' in display),
);
const staticFields = ({ operation }: (typeof STEPS)[number][1]) =>
  list(operation.inputFields, asObject);

const fieldsOf = (trigger: string) =>
  list(asObject(asObject(asObject(app.triggers)[trigger]).operation).inputFields, asObject);

describe.each(STEPS)('the form of %s', (_, step) => {
  const { label, description } = step.display;
  const words = staticFields(step).flatMap((field) => [
    field.label,
    field.helpText,
    ...Object.values(asObject(field.choices)),
  ]);

  test("calls statuses what DeskDirector's portals call them", () => {
    for (const text of [label, description, ...words]) {
      expect(String(text)).not.toMatch(/\b(?:missed|created)\b/i);
    }
  });

  test('names the thing that is asked for, not its ID', () => {
    const labels = staticFields(step).map((field) => String(field.label));
    expect(labels.filter((one) => /\bIDs?$/.test(one))).toEqual([]);
  });
});

test.each([
  [NEW_SESSION, 'Statuses', ['Waiting', 'Handled', 'Callback']],
  [STATUS_CHANGED, 'New Statuses', ['Handled', 'Abandoned', 'Completed', 'Callback']],
])('%s can be filtered by %s', (trigger, label, names) => {
  const fields = fieldsOf(trigger);
  const { choices, ...field } = asObject(fields.find(({ key }) => key === 'statuses'));
  expect(field.label).toBe(label);
  expect(Object.values(asObject(choices)).map((one) => String(one).split(':')[0])).toEqual(names);
});

test.each([NEW_SESSION, STATUS_CHANGED])(
  'the form of %s says that the chats of a test are made up',
  (trigger) => {
    const [note] = fieldsOf(trigger);
    expect(note).toMatchObject({ type: 'copy', helpText: expect.stringMatching(/made up/) });
    expect(note).not.toHaveProperty('group');
  },
);

describe.each([
  ['triggers', NEW_SESSION],
  ['triggers', STATUS_CHANGED],
  ['creates', 'send_chat_system_message'],
  ['creates', 'invite_users_to_chat'],
] as const)('the groups of %s.%s', (kind, key) => {
  const { inputFieldGroups } = asObject(asObject(asObject(app[kind])[key]).operation);

  test("say whose the fields are; the site's advanced ones begin collapsed", () => {
    const own = list(inputFieldGroups, asObject);
    const site = own.filter((group) => String(group.label).includes('Your DeskDirector Site'));
    expect(site.map((group) => [group.key, group.emphasize])).toEqual([
      ['site', true],
      ['site_advanced', false],
    ]);
    // Zapier collapses a group that does not say otherwise.
    const open = own.filter((group) => group.emphasize === true).map((group) => group.key);
    expect(open).toEqual(kind === 'triggers' ? ['filters', 'site'] : ['site']);
    if (kind === 'triggers') {
      expect(own.map((group) => String(group.label).split(': ')[1])).toEqual([
        'applied to each chat that DeskDirector has sent',
        'applied before it sends a chat',
        'applied before it sends a chat',
      ]);
    }
  });

  test('hold every field but notes and the chat itself', async () => {
    const { results } = await call(`${kind}.${key}.operation.inputFields`);
    const keys = new Set(list(inputFieldGroups, asObject).map((group) => group.key));
    const others = results.filter(({ group, type }) => !keys.has(group) && type !== 'copy');
    expect(others.map((field) => field.key)).toEqual(kind === 'triggers' ? [] : ['session_id']);
    const advanced = results.filter((field) => field.group === 'site_advanced');
    expect(advanced.length).toBeGreaterThan(0);
  });
});
