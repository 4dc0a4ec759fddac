import dns from 'node:dns';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { call, connectedDeskDirector, failure, withBaseUrl } from '../helpers/zapier.ts';

const deskDirector = await connectedDeskDirector();
afterAll(() => deskDirector.stop());
afterEach(() => {
  jest.restoreAllMocks();
});

const connect = (authData: object) =>
  call<{ site: string }>('authentication.test', {
    authData: { ...deskDirector.authData, ...authData },
  });

describe('what people type for their site becomes its host name', () => {
  test.each([
    ['support.deskdirector.com', 'support.deskdirector.com'],
    ['acme', 'acme.deskdirector.com'],
    ['24x7-it-of-the-north-2026', '24x7-it-of-the-north-2026.deskdirector.com'],
    ['a1b2c3d4e5f6g7h8i9j', 'a1b2c3d4e5f6g7h8i9j.deskdirector.com'],
    ['  Acme. ', 'acme.deskdirector.com'],
    ['2130706433', '2130706433.deskdirector.com'],
    ['0x7f000001', '0x7f000001.deskdirector.com'],
    ['https://Support.DeskDirector.com/portal/#/chat?id=1', 'support.deskdirector.com'],
    ['https://chat.example.com:443', 'chat.example.com'],
    ['HTTP://chat.example.com', 'chat.example.com'],
    ['chat.example.com?x=@evil.example', 'chat.example.com'],
    ['chat.example.com#{{x}}', 'chat.example.com'],
    ['chat.example.com//x\ny', 'chat.example.com'],
    ['münchen.example.com', 'xn--mnchen-3ya.example.com'],
    ['XN--MNCHEN-3YA.example.com', 'xn--mnchen-3ya.example.com'],
    ['chat。example．com｡', 'chat.example.com'],
    ['desk.mylan', 'desk.mylan'],
    ['1.2.3.4.example.com', '1.2.3.4.example.com'],
    [`${'a'.repeat(63)}.example.com`, `${'a'.repeat(63)}.example.com`],
    [`${'a.'.repeat(125)}com`, `${'a.'.repeat(125)}com`],
  ])('%j is %s', async (site, host) => {
    expect((await connect({ site })).results).toEqual({ site: host });
  });
});

describe.each<[string, readonly unknown[]]>([
  ['is empty', [undefined, null, 42, {}, '', '   ', 'https://', 'https:///path', '.', ':443']],
  [
    'must begin with https://, or without any scheme',
    ['ftp://chat.example.com', '//chat.example.com', 'chat.https://example.com'],
  ],
  [
    'holds a space or an invisible character',
    ['chat.example.com\u0000', 'chat.example.com\r\nX-Header: 1', 'chat\u00a0.example.com'],
  ],
  [
    'holds a user name, the part before @',
    ['user:secret@chat.example.com', 'chat.example.com\\@evil.example'],
  ],
  ['holds a character that no host name has', ['chat%2eexample.com', 'chat\\.example.com']],
  [
    'looks like an API key',
    [
      ...['3f2a9c77d01b4e6f8a55', 'b7c1e5a2-90d4-4f6a-8c33-1f2e3d4c5b6a'],
      ...['https://A1b2C3d4E5f6G7h8I9j0_k=', 'Ab1/cd2+ef3/gh4ijklmn'],
    ],
  ],
  [
    'holds a port or an IP address',
    [
      '[::ffff:127.0.0.1]:443',
      'chat.example.com:4430',
      'chat.example.com:443:443',
      'https:a.example',
    ],
  ],
  [
    'is an IP address',
    [
      '127.0.0.1',
      '127.1',
      '1.\u00ad',
      '0177.0.0.01',
      '169.254.169.254',
      '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
      '127。0。0。1',
    ],
  ],
  [
    'is a name for a private network, which Zapier cannot reach',
    [
      ...['localhost', 'LOCALHOST.', 'ｌｏｃａｌｈｏｓｔ', 'chat.localhost', 'printer.local'],
      ...['metadata.google.internal', 'metadata.google.internal.', 'desk.lan', 'Desk.LAN.'],
      ...['desk.home.arpa', 'desk.corp', 'desk.test', 'desk.example', 'desk.invalid', 'desk.onion'],
      ...['desk.alt', 'desk.home', 'desk.mail', 'desk.private', 'https://desk.intranet/portal'],
      ...['desk.localdomain', 'desk.workgroup'],
    ],
  ],
  [
    'is not a valid host name',
    [
      ...['..', '1.2.3.4.5', '999.999.999.999', 'example.0x1', 'example.123', 'chat,example.com'],
      ...['*.example.com', 'my_chat.example.com', '{{bundle.authData.apiKey}}.example.com'],
      ...['chat..example.com', '.example.com', 'chat.example.com..', '-chat.example.com'],
      ...['chat-.example.com', 'chat.example-', `${'a'.repeat(64)}.example.com`, 'a'.repeat(64)],
      ...[`${'a.'.repeat(125)}cool`, 'xn--a.example.com', '℀.example.com'],
      'chat.example.com：8080',
    ],
  ],
])('refused before any request, since it %s', (problem, typed) => {
  test.each(typed.map((site) => [site]))('%j', async (site) => {
    const before = deskDirector.requests.length;
    expect(await failure(connect({ site }))).toEqual({
      name: 'AppError',
      code: 'InvalidSiteHost',
      message: `The Site Host ${problem}. Type the address of your DeskDirector site, such as support.deskdirector.com.`,
    });
    expect(deskDirector.requests).toHaveLength(before);
  });
});

describe('the API key', () => {
  test.each([
    ...['KEY', ' KEY\n', '"KEY"', ' “KEY” ', '`KEY`'],
    ...['DdApi KEY', ' ddapi   KEY', "DdApi 'KEY'", 'DdApi: KEY'],
    ...['Authorization: DdApi KEY', 'authorization:\r\n DdApi KEY\r\n', 'Authorization: KEY'],
    ...['"Authorization": "DdApi KEY",', '{ "Authorization": "DdApi KEY" }'],
    ...['Authorization\tDdApi KEY', "-H 'Authorization: DdApi KEY'"],
    ...['API Key: KEY', 'apikey="KEY";', 'X-API-Key: KEY'],
  ])('is sent without what was copied with it: %j', async (pasted) => {
    await connect({ apiKey: pasted.replace('KEY', deskDirector.apiKey) });
    expect(deskDirector.requests.at(-1)?.headers.authorization).toBe(
      `DdApi ${deskDirector.apiKey}`,
    );
  });

  test.each([['clé'], ['my-DdApi key'], ['ddapi-1'], ['key'], ['bearer-1'], [`it's"key=`]])(
    'may be %j, for all the app knows',
    async (apiKey) => {
      const refused = await failure(connect({ apiKey }));
      expect(refused.status).toBe(401);
      expect(deskDirector.requests.at(-1)?.headers.authorization).toBe(`DdApi ${apiKey}`);
    },
  );

  const NOT_A_KEY = 'holds a character that no key has';
  test.each([
    ...[undefined, 7, '', '  ', 'DdApi ', 'DdApi', 'Authorization: DdApi ', '“”'].map((apiKey) => [
      apiKey,
      'is empty',
    ]),
    ['secret\r\nX-Header: 1', NOT_A_KEY],
    ['secret\u0000', NOT_A_KEY],
    ['sec\u00a0ret', NOT_A_KEY],
    ['secret\u00ad', NOT_A_KEY],
    ['ключ-secret', NOT_A_KEY],
    ['secret😀', NOT_A_KEY],
    ['secret{{bundle.authData.site}}', NOT_A_KEY],
  ])('%j is refused without being shown: it %s', async (apiKey, problem) => {
    const before = deskDirector.requests.length;
    expect(await failure(connect({ apiKey }))).toEqual({
      name: 'AppError',
      code: 'InvalidApiKey',
      message: `The API Key ${problem}. Copy it again from the Developer Corner of the DeskDirector admin portal.`,
    });
    expect(deskDirector.requests).toHaveLength(before);
  });
});

test.each([
  ['Bearer', '"Bearer: secret"'],
  ['bearer', 'Authorization: bearer secret'],
  ['Basic', 'Basic c2VjcmV0'],
  ['Token', 'Token secret'],
])('a key of another kind is refused: %s', async (scheme, apiKey) => {
  const before = deskDirector.requests.length;
  expect(await failure(connect({ apiKey }))).toEqual({
    name: 'AppError',
    code: 'InvalidApiKey',
    message: `The API Key begins with "${scheme}", which DeskDirector does not use. Paste the API key alone, without a word before it. Copy it again from the Developer Corner of the DeskDirector admin portal.`,
  });
  expect(deskDirector.requests).toHaveLength(before);
});

describe('DESKDIRECTOR_BASE_URL', () => {
  test('is read at each request, and its path is not used', async () => {
    const localhost = `${deskDirector.url.replace('127.0.0.1', 'localhost')}/some/path`;
    await withBaseUrl(localhost, () => connect({}));
    expect(deskDirector.requests.at(-1)?.path).toBe('/api/v2/automate/connector/connections/test');
  });

  test.each([
    ['https://deskdirector.example.com'],
    ['http://localhost@example.com'],
    ['http://[::2]'],
    ['file://localhost/etc/passwd'],
    ['127.0.0.1:4010'],
  ])('%j refuses every request, in words', async (url) => {
    const { code, message } = await withBaseUrl(url, () => failure(connect({})));
    expect(code).toBe('InvalidBaseUrl');
    expect(message).toContain(
      'DESKDIRECTOR_BASE_URL is for local work only: its host must be 127.0.0.1, [::1] or localhost.',
    );
  });

  test.each([['http://[::1]:1'], ['https://127.0.0.1:1']])(
    '%j is as good as the others',
    async (url) => {
      jest.spyOn(Math, 'random').mockReturnValue(0);
      const { code } = await withBaseUrl(url, () => failure(connect({})));
      expect(code).toBe('DeskDirectorUnreachable');
    },
  );

  test('is off when empty: the request goes to the site itself', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
      const done = args.at(-1);
      if (typeof done === 'function') done(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    }) as typeof dns.lookup);
    const { message } = await withBaseUrl('', () => failure(connect({ site: 'chat.example.com' })));

    expect(lookup.mock.calls.map(([host]) => host)).toEqual(Array(3).fill('chat.example.com'));
    expect(message).toContain("chat.example.com can't be reached now (ENOTFOUND)");
  });
});
