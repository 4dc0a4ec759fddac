import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import app from '../index.ts';
import { call } from './zapier.ts';

test("the definition passes Zapier's own validation", async () => {
  expect((await call<unknown[]>('', {}, 'validate')).results).toEqual([]);
});

test('version and platform are those of package.json', () => {
  const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(app.version).toBe(version);
  expect(app.platformVersion).toBe(dependencies['zapier-platform-core']);
});

test('the keys of triggers, searches, creates and their own fields are public interface', () => {
  const { triggers, searches, creates } = app;
  const fields = Object.values({ ...triggers, ...searches, ...creates }).map((step) => [
    step.key,
    // Functions among them add what the site describes.
    step.operation.inputFields?.flatMap((field) => ('key' in field ? field.key : [])) ?? [],
    step.operation.outputFields?.flatMap((field) =>
      'primary' in field && field.primary ? [field.key] : [],
    ) ?? [],
  ]);
  expect(fields).toEqual([
    ['new_chat_session', ['session_types', 'company_ids'], ['id']],
    [
      'chat_session_status_changed',
      ['statuses', 'session_types', 'company_ids'],
      ['id', 'status', 'last_modified_at'],
    ],
    ['company_list', [], []],
    ['member_list', [], []],
    ['find_chat_session', ['session_id'], []],
    ['send_chat_system_message', ['session_id'], []],
    ['invite_users_to_chat', ['session_id'], []],
  ]);
});

test('blank filters reach the app as they are', () => {
  expect(app.flags?.cleanInputData).toBe(false);
});
