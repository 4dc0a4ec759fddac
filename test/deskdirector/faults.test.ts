import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { call, connectedDeskDirector, failure } from '../zapier.ts';

let deskDirector: Awaited<ReturnType<typeof connectedDeskDirector>>;
beforeAll(async () => {
  deskDirector = await connectedDeskDirector();
});
afterAll(() => deskDirector.stop());

const listCompanies = () =>
  call('triggers.company_list.operation.perform', { authData: deskDirector.authData });
const answered = (status: number, body?: string, headers = {}) => {
  deskDirector.answerNext(/companies/, {
    status,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return failure(listCompanies());
};

describe('a failed request ends in words, with its status', () => {
  test.each([
    [302, 'answered with a redirect (302), which is not followed'],
    [400, 'refused the request (400)'],
    [403, 'may not do this on support.deskdirector.com (403)'],
    [404, 'does not offer the API this needs (404)'],
    [429, 'refused the request (429)'],
    [500, 'had an internal error (500)'],
    [503, 'had an internal error (503)'],
  ])('%s', async (status, words) => {
    const refused = await answered(status, undefined, { location: 'https://elsewhere.example/' });
    expect(refused).toMatchObject({ name: 'AppError', code: 'DeskDirectorError', status });
    expect(refused.message).toContain(words);
  });

  test('401: the connection has expired', async () => {
    const { name, message } = await answered(401);
    expect(name).toBe('ExpiredAuthError');
    expect(message).toContain('did not accept the API key (401). Make a new key');
  });

  test('a redirect is not followed', async () => {
    const before = deskDirector.requests.length;
    await answered(307, '', { location: `${deskDirector.url}/elsewhere` });
    expect(deskDirector.requests.slice(before)).toHaveLength(1);
  });
});

describe("DeskDirector's own words", () => {
  test.each([
    ['from JSON', '{"message":"Bad\\n type"}', ' It says: "Bad type".'],
    ['from a JSON text', '"Bad type"', ' It says: "Bad type".'],
    ['from plain text', ' Bad type ', ' It says: "Bad type".'],
    ['cut when long', 'x'.repeat(5000), ` It says: "${'x'.repeat(200)}".`],
    ['without the key', '{"message":"Key sandbox-key is bad"}', ' It says: "Key … is bad".'],
  ])('are passed on %s', async (_, body, words) => {
    expect((await answered(400, body)).message).toContain(`(400).${words}`);
  });

  test.each([
    ['a page', '\n<html>Bad type</html>'],
    ['nothing', ''],
    ['another shape', '{"message":{"text":"Bad type"}}'],
    ['a list', '["Bad type"]'],
  ])('are left out when they are %s', async (_, body) => {
    expect((await answered(400, body)).message).toContain('(400). Check the fields');
  });
});

test('a read answered with a page is no answer of the API', async () => {
  expect(await answered(200, '<html></html>')).toMatchObject({
    code: 'NotDeskDirector',
    message: expect.stringContaining("(200), but not as DeskDirector's API does"),
  });
});

test('so is one that is larger than any of the API', async () => {
  const { code, message } = await answered(200, ' '.repeat(5 * 1024 * 1024 + 1));
  expect(code).toBe('NotDeskDirector');
  expect(message).toContain("(with too much), but not as DeskDirector's API does");
});

describe('no answer', () => {
  const reachedAt = async (url: string) => {
    const { DESKDIRECTOR_BASE_URL } = process.env;
    process.env.DESKDIRECTOR_BASE_URL = url;
    try {
      return await failure(listCompanies());
    } finally {
      process.env.DESKDIRECTOR_BASE_URL = DESKDIRECTOR_BASE_URL;
    }
  };

  test('because nobody listens', async () => {
    expect(await reachedAt('http://127.0.0.1:1')).toMatchObject({
      name: 'AppError',
      code: 'DeskDirectorUnreachable',
      message: expect.stringContaining("can't be reached now (ECONNREFUSED)"),
    });
  });

  test('because what answers is no HTTP', async () => {
    const server = createServer((socket) => socket.resume().end('220 ready\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect((await reachedAt(`http://127.0.0.1:${port}`)).code).toBe('DeskDirectorUnreachable');
    server.close();
  });

  test('because it does not come in time', async () => {
    const server = createServer((socket) => socket.resume().write('HTTP/1.1 200 OK\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;

    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const late = reachedAt(`http://127.0.0.1:${port}`);
    const [socket] = await once(server, 'connection');
    await jest.advanceTimersByTimeAsync(10_000);
    jest.useRealTimers();

    expect((await late).message).toContain("can't be reached now (no answer in 10 seconds)");
    if (!socket.closed) await once(socket, 'close');
    server.close();
  });
});
