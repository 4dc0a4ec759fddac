import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { KEY } from '../helpers/spellings.ts';
import { call, connectedDeskDirector, failure } from '../helpers/zapier.ts';

const site = await connectedDeskDirector({ apiKey: KEY });
afterAll(() => site.stop());

/** The part of an error that quotes the answer of a site that refuses a request. */
async function told(answer: unknown, apiKey = KEY): Promise<string> {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  site.answerNext(/companies$/, { status: 400, body });
  const authData = { ...site.authData, apiKey };
  const { message } = await failure(call('triggers.company_list.operation.perform', { authData }));
  const [, quote] =
    / refused the request \(400\)\.(.*) Check the Site Host of your account/s.exec(message) ?? [];
  if (quote === undefined) throw new Error(message);
  return quote;
}
const says = (words: string) => ` It says: "${words}"${/[.!?]$/.test(words) ? '' : '.'}`;

describe("a site's reason is told: its title and the first failure with its field", () => {
  const ALIKE = 'Look at help.example.com (page 2), #0 there';
  const INNER = { Message: 'Failed.', ExceptionMessage: 'The chat is closed.' };

  test.each<[unknown, string]>([
    // ProblemDetails
    [
      {
        ...{ type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1', status: 400 },
        ...{ title: 'One or more validation errors occurred.', traceId: '00-af' },
        errors: { Message: ['The Message field is required.', 'x'], To: ['y'] },
      },
      'One or more validation errors occurred. Message: The Message field is required.',
    ],
    [{ title: 'Bad', status: 400, detail: 'No such chat.' }, 'Bad: No such chat.'],
    [{ title: 'Bad.', 'invalid-params': [{ name: 'to', reason: 'None.' }] }, 'Bad. to: None.'],
    // Web API
    [
      { Message: 'Bad.', ModelState: { 'req.Message': ['Too long.'] } },
      'Bad. req.Message: Too long.',
    ],
    [{ $id: '1', traceId: '00-af', Message: ['Too long.'], To: ['x'] }, 'Message: Too long.'],
    [
      {
        ...{ Message: 'An error has occurred.', ExceptionMessage: 'The chat is closed.' },
        ...{ ExceptionType: 'System.Exception', StackTrace: '   at DeskDirector.Api.Post()' },
      },
      'An error has occurred. The chat is closed.',
    ],
    [{ Message: 'Bad.', InnerException: INNER }, 'Bad. The chat is closed.'],
    // Lists of failures
    [
      [{ propertyName: 'To', errorMessage: 'Empty.', severity: 0 }, { errorMessage: 'x' }],
      'To: Empty.',
    ],
    [{ title: 'Invalid', errors: [{ field: 'to', message: 'Empty.' }] }, 'Invalid: to: Empty.'],
    [[{ code: 'Short', description: 'Too short.' }], 'Too short.'],
    [{ errors: [{ code: 'E1', hint: 'Too short.' }] }, 'hint: Too short.'],
    [{ title: 'Bad.', violations: [{ field: 'to', message: 'None.' }] }, 'Bad. to: None.'],
    [{ messages: [{ type: 'error', text: 'Bad type' }] }, 'Bad type'],
    [{ errorMessages: ['Bad type', 'x'] }, 'Bad type'],
    // A failure for each field
    [{ errors: { to: { name: ['Missing.'] } } }, 'to.name: Missing.'],
    [{ errors: { type: ['Unknown.'] } }, 'type: Unknown.'],
    [{ errors: { requestId: '7', Code: { code: 'X', reason: 'None.' } } }, 'Code: None.'],
    [{ errors: { to: 'Missing.', message: 'Too long.' } }, 'to: Missing.'],
    // Errors inside
    [
      { error: { code: 'X', message: 'Bad.', details: [{ target: 'to', message: 'None.' }] } },
      'Bad. to: None.',
    ],
    [
      { error: { message: 'No.', validationErrors: [{ message: 'None.', members: ['to'] }] } },
      'No. to: None.',
    ],
    [
      { responseStatus: { message: 'Bad', errors: [{ fieldName: 'Name', message: 'Empty.' }] } },
      'Bad: Name: Empty.',
    ],
    [{ error: 'invalid_request', error_description: 'Bad type' }, 'invalid_request: Bad type'],
    [{ error: { code: '', message: { lang: 'en-US', value: 'Bad type' } } }, 'Bad type'],
    [{ title: 'Bad.', extensions: { traceId: '0', errors: { To: ['None.'] } } }, 'Bad. To: None.'],
    [{ success: false, data: { errors: { To: ['Missing.'] } } }, 'To: Missing.'],
    [{ response: { message: 'Bad type' } }, 'Bad type'],
    // Other names
    [{ reason: 'Bad type' }, 'Bad type'],
    [{ status: 'error', hint: { to: 'Bad type' } }, 'hint.to: Bad type'],
    // Text, without stack traces of .NET, JavaScript and Java
    [' Bad\n\u0007 type ', 'Bad type'],
    ['Bad type\r\n   at Api.Chats.Post(String id) in C:\\a.cs:line 5\r\n   at X.Y()', 'Bad type'],
    [{ message: 'Bad type ---> System.Exception: x\r\n   at Api.Chats.Post()' }, 'Bad type'],
    [{ message: 'Bad type\n    at post (/srv/a.js:1:2)' }, 'Bad type'],
    [{ message: 'Bad type\n\tat com.example.Chats.post(Chats.java:7)' }, 'Bad type'],
    [{ message: ALIKE }, ALIKE],
    // HTML
    [{ message: 'No List<int> < 5' }, 'No List<int> < 5'],
    [
      {
        message: 'The field &quot;To&quot;&nbsp;isn&#39;t &lt; 5&euro;&hellip; &#x2B; Caf&eacute;',
      },
      'The field "To" isn\'t < 5€… + Café',
    ],
    [{ errors: { 'To &amp; From': ['Must be &ldquo;x&rdquo;.'] } }, 'To & From: Must be “x”.'],
    [{ message: 'Write &amp;lt; for <' }, 'Write &lt; for <'],
    [{ message: '<p class="x">Bad<br>\n<b>type</b></p><!-- x -->' }, 'Bad type'],
    // A page in one place does not hide the words in another.
    [{ title: '<html>Bad', detail: 'Bad type' }, 'Bad type'],
  ])('%j', async (answer, words) => {
    expect(await told(answer)).toBe(says(words));
  });

  test('in 300 characters at most', async () => {
    const quote = await told({
      title: 'x'.repeat(250),
      errors: { ['f'.repeat(90)]: ['y'.repeat(900)] },
    });
    expect(quote).toHaveLength(says('').length + 300);
    expect(quote).toMatch(/…"\.$/);
  });

  test.each([
    ['nothing', ''],
    ['an object without words', { status: 400, errors: {} }],
    ['nothing but spaces in HTML', { message: '&nbsp;&#32;' }],
    ['nothing but technical words', { status: 'error', error: { code: 'X', stack: ['x'] } }],
    ['nothing but a stack trace', { message: '   at DeskDirector.Api.Chats.Post()' }],
    ...['errors', 'error', 'any name'].map((name): [string, string] => [
      `nested 10,000 deep under ${name}`,
      `${`{"${name}":`.repeat(10_000)}"x"${'}'.repeat(10_000)}`,
    ]),
  ])('or not at all: %s', async (_, answer) => {
    expect(await told(answer)).toBe('');
  });

  test.each([
    ['a part of a page', '<h1>Bad type</h1>'],
    ['XML', '<?xml version="1.0"?><Error>Bad type</Error>'],
  ])('nor of an answer that is %s', async (_, body) => {
    site.answerNext(/companies$/, { status: 400, body });
    const { message } = await failure(call('triggers.company_list.operation.perform'));
    expect(message).not.toMatch(/It says|Bad type/);
  });

  test.each([401, 403, 404, 429, 500, 503])('with status %s as well', async (status) => {
    const body = '{"message":"Until five."}';
    site.fail({ kind: 'status', status, body, path: /companies$/, times: 9 });
    // The back-off multiplies its delay with this number.
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    const { message } = await failure(call('triggers.company_list.operation.perform'));
    random.mockRestore();
    site.faults.clear();
    expect(message).toContain('It says: "Until five." ');
  });
});

describe('words that hold the key, or eight characters of it, are not quoted', () => {
  test.each([
    `The key ${encodeURIComponent(KEY)} is bad.`,
    { title: 'Bad', errors: { key: [`${KEY.slice(2, 10)} is bad.`] } },
  ])('%j', async (answer) => {
    expect(await told(answer)).toBe(says('…'));
  });

  test.each([
    ['as Latin-1', 'k%E9y-%2Bword'],
    ['in base64', Buffer.from('kéy-+word').toString('base64')],
  ])('a key that is not ASCII, %s', async (_, written) => {
    expect(await told(`The key ${written} is bad.`, 'kéy-+word')).toBe(says('…'));
  });

  test('a short key counts as a whole', async () => {
    expect(await told('The key K3Y is bad.', 'k3y')).toBe(says('…'));
    expect(await told('The key k3 is bad.', 'k3y')).toBe(says('The key k3 is bad.'));
  });

  test('nor is the token of a subscription', async () => {
    const token = 'another+token/9c2e';
    const subscribeData = { id: 'abc', token };
    const body = JSON.stringify({
      message: `No workflow ${encodeURIComponent(token).toLowerCase()}`,
    });
    site.answerNext(/chat-workflows\/abc$/, { status: 400, body });
    const { message } = await failure(
      call('triggers.new_chat_session.operation.performUnsubscribe', {
        subscribeData,
      }),
    );
    expect(message).toContain(says('…'));
  });

  test('nor is the ID of a chat into which the key was pasted', async () => {
    const { message } = await failure(
      call('creates.send_chat_system_message.operation.perform', {
        inputData: { session_id: KEY, message: 'x' },
      }),
    );
    expect(message).toContain('has no chat session … (404)');
  });
});

describe('an owner never reads more than 1,000 characters', () => {
  const x = 'x'.repeat(300_000);

  test.each([
    [
      'a long refusal',
      { kind: 'status', status: 422, body: JSON.stringify({ title: x, errors: { [x]: [x] } }) },
    ],
    ['a long page', { kind: 'status', status: 500, body: x }],
    [
      'a long redirect',
      { kind: 'redirect', status: 302, to: `https://${'x.'.repeat(2_000)}example.com/` },
    ],
  ] as const)('%s', async (_, fault) => {
    site.fail({ ...fault, path: /companies$/ });
    const { message } = await failure(call('triggers.company_list.operation.perform'));
    expect(message.length).toBeLessThanOrEqual(1000);
    expect(message).toMatch(/(?:Check|Correct|Try again)[^.]+\.?[^.]*\.$/);
  });

  test.each([
    ['fields', { type: 'object', properties: { a: { title: x, type: 'integer' } } }, { a: 'y' }],
    [
      'choices',
      { properties: { a: { enum: Array.from({ length: 9_000 }, (_, n) => `${n}`) } } },
      { a: 'y' },
    ],
    ['what is required', { properties: {}, required: [x] }, {}],
  ])('%s', async (_, schema, inputData) => {
    site.fail({ kind: 'json', value: schema, path: /dynamic-types/ });
    const { message } = await failure(
      call('creates.send_chat_system_message.operation.perform', {
        inputData: { session_id: 'abc', ...inputData },
      }),
    );
    expect(message.length).toBeLessThanOrEqual(1000);
  });

  test('nor does a log', async () => {
    const inputData = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`gone_${n}`, 'x']));
    const { id } = site.chats.request();
    const { warnings } = await call('creates.invite_users_to_chat.operation.perform', {
      inputData: { session_id: id, ...inputData },
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.length).toBeLessThanOrEqual(1000);
  });
});
