import { afterAll, expect, test } from '@jest/globals';
import app from '../index.ts';
import { call, connectedDeskDirector, failure } from './helpers/zapier.ts';

const deskDirector = await connectedDeskDirector();
afterAll(() => deskDirector.stop());

const TEST_PATH = '/api/v2/automate/connector/connections/test';

test('a connection is named by its normalised host', async () => {
  const { results } = await call('authentication.test', {
    authData: { site: 'https://Acme.DeskDirector.com/', apiKey: deskDirector.apiKey },
  });
  expect(results).toEqual({ site: 'acme.deskdirector.com' });
  expect(app.authentication?.connectionLabel).toBe('{{bundle.inputData.site}}');
});

test('one request, with the key, our name and version', async () => {
  const before = deskDirector.requests.length;
  await call('authentication.test');

  expect(deskDirector.requests.slice(before)).toMatchObject([
    {
      method: 'GET',
      path: TEST_PATH,
      headers: {
        authorization: `DdApi ${deskDirector.apiKey}`,
        'user-agent': `deskdirector-zapier/${app.version}`,
        accept: 'application/json',
      },
    },
  ]);
  // It says what a body is, so it goes out only with one.
  expect(deskDirector.requests.at(-1)?.headers).not.toHaveProperty('content-type');
});

test('a wrong key is a plain error that says where to get a new one', async () => {
  const refused = await failure(
    call('authentication.test', { authData: { ...deskDirector.authData, apiKey: 'wrong-key' } }),
  );
  expect(refused).toEqual({
    name: 'AppError',
    message:
      'support.deskdirector.com did not accept the API key (401). It says: "The API key is missing ' +
      'or not valid." Make a new key in the Developer Corner of the DeskDirector admin portal, ' +
      'then connect your account again.',
    code: 'AuthenticationError',
    status: 401,
  });
});

test.each([
  ['a page', '<!doctype html><title>Welcome</title>'],
  ['a list', '[]'],
  ['null', 'null'],
  ['text', 'OK'],
])('%s is no answer of the API', async (_, body) => {
  deskDirector.answerNext(TEST_PATH, { status: 200, body });
  const { code, message } = await failure(call('authentication.test'));
  expect(code).toBe('NotDeskDirector');
  expect(message).toContain("no answer of DeskDirector's API");
});

test.each([
  '{"success":false,"message":"Licence expired."}',
  '{"error":"Licence expired.","id":null}',
  '[{"Ok":false,"message":"Licence expired."}]',
])('an answer that says that the test failed is an error with its reason: %s', async (body) => {
  deskDirector.answerNext(TEST_PATH, { status: 200, body });
  const { code, message } = await failure(call('authentication.test'));
  expect(code).toBe('DeskDirectorError');
  expect(message).toContain('reports a failure. It says: "Licence expired." Try again later.');
});

test.each([200, 204])('an empty answer (%s) is one of the API', async (status) => {
  deskDirector.answerNext(TEST_PATH, { status });
  const { results } = await call('authentication.test');
  expect(results).toEqual({ site: 'support.deskdirector.com' });
});

test('the key is a secret, and the host is none', () => {
  const fields = app.authentication?.fields?.map((field) => [
    field.key,
    'isNoSecret' in field && field.isNoSecret === true,
  ]);
  expect(fields).toEqual([
    ['site', true],
    ['apiKey', false],
  ]);
});

test('help texts lead to the pages of DeskDirector', () => {
  const links = app.authentication?.fields?.map((field) =>
    'helpText' in field ? /\[[^\]]+\]\((https:[^)]+)\)/.exec(field.helpText ?? '')?.[1] : null,
  );
  expect(links).toEqual([
    'https://help.deskdirector.com/article/25rahghew1-desk-director-api',
    'https://help.deskdirector.com/article/fheiam50fg-developer-corner#api_key',
  ]);
});
