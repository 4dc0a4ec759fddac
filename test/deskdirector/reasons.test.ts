import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { KEY, SPELLINGS } from '../helpers/spellings.ts';
import { call, connectedDeskDirector, failure } from '../helpers/zapier.ts';

const site = await connectedDeskDirector({ apiKey: KEY });
afterAll(() => site.stop());

/** The part of an error that quotes the answer of a site that refuses a request. */
async function told(answer: unknown, authData: object = site.authData): Promise<string> {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  site.answerNext(/companies$/, { status: 400, body });
  const { message } = await failure(call('triggers.company_list.operation.perform', { authData }));
  const [, quote] =
    / refused the request \(400\)\.(.*) Check the Site Host of your account/s.exec(message) ?? [];
  if (quote === undefined) throw new Error(message);
  return quote;
}
const says = (words: string) => ` It says: "${words}"${/[.!?]$/.test(words) ? '' : '.'}`;

describe("a site's reason is told: its title and the first failure with its field", () => {
  test.each<[string, unknown, string]>([
    [
      'ProblemDetails',
      {
        type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
        title: 'One or more validation errors occurred.',
        status: 400,
        traceId: '00-af',
        errors: { Message: ['The Message field is required.', 'x'], To: ['y'] },
      },
      'One or more validation errors occurred. Message: The Message field is required.',
    ],
    [
      'ProblemDetails in capitals, of an inner field',
      { Title: 'Bad', Errors: { '$.from.name': ['Is no text.'] } },
      'Bad: $.from.name: Is no text.',
    ],
    [
      'ProblemDetails with a detail',
      { title: 'Bad', status: 400, detail: 'No such chat.' },
      'Bad: No such chat.',
    ],
    [
      'ModelState of Web API',
      { Message: 'The request is invalid.', ModelState: { 'req.Message': ['Too long.'] } },
      'The request is invalid. req.Message: Too long.',
    ],
    [
      'ModelState about the whole',
      { message: 'The request is invalid.', modelState: { '': ['Nothing was sent.'] } },
      'The request is invalid. Nothing was sent.',
    ],
    [
      'an exception of Web API',
      {
        Message: 'An error has occurred.',
        ExceptionMessage: 'The chat is closed.',
        ExceptionType: 'System.InvalidOperationException',
        StackTrace: '   at DeskDirector.Api.Chats.Post()',
      },
      'An error has occurred. The chat is closed.',
    ],
    [
      'a list of failures',
      [
        { propertyName: 'To', errorMessage: 'Must not be empty.', severity: 0 },
        { errorMessage: 'x' },
      ],
      'To: Must not be empty.',
    ],
    [
      'a list of failures beside a title',
      { title: 'Invalid', errors: [{ field: 'to', message: 'Must not be empty.' }] },
      'Invalid: to: Must not be empty.',
    ],
    ['a list of texts', { message: 'Invalid.', errors: ['No chat.', 'x'] }, 'Invalid. No chat.'],
    ['codes of Identity', [{ code: 'Short', description: 'Too short.' }], 'Too short.'],
    ['a text for each field', { errors: { to: 'Must not be empty.' } }, 'to: Must not be empty.'],
    [
      'a failure with a code and unknown words',
      { errors: [{ code: 'E1', hint: 'Too short.' }] },
      'hint: Too short.',
    ],
    ['fields within fields', { errors: { to: { name: ['Missing.'] } } }, 'to.name: Missing.'],
    ['a field called type', { errors: { type: ['Unknown.'] } }, 'type: Unknown.'],
    [
      'an inner error with details',
      {
        error: {
          code: 'X',
          message: 'Bad request.',
          details: [{ target: 'to', message: 'Missing.' }],
        },
      },
      'Bad request. to: Missing.',
    ],
    ['an inner error', { error: { message: 'Bad type' } }, 'Bad type'],
    [
      'an inner error of ABP',
      { error: { message: 'No.', validationErrors: [{ message: 'Missing.', members: ['to'] }] } },
      'No. to: Missing.',
    ],
    [
      'responseStatus of ServiceStack',
      {
        responseStatus: {
          errorCode: 'NotEmpty',
          message: 'Validation failed',
          errors: [{ errorCode: 'NotEmpty', fieldName: 'Name', message: 'Must not be empty.' }],
        },
      },
      'Validation failed: Name: Must not be empty.',
    ],
    [
      'an error of OAuth',
      { error: 'invalid_request', error_description: 'Bad type' },
      'invalid_request: Bad type',
    ],
    [
      'an innermost exception',
      { message: 'Failed.', innerException: { message: 'No chat.' } },
      'Failed. No chat.',
    ],
    [
      'an innermost exception of Web API',
      {
        Message: 'An error has occurred.',
        InnerException: { Message: 'Failed.', ExceptionMessage: 'The chat is closed.' },
      },
      'An error has occurred. The chat is closed.',
    ],
    [
      'a message of OData in a language',
      { error: { code: '', message: { lang: 'en-US', value: 'Bad type' } } },
      'Bad type',
    ],
    [
      'a bare ModelState',
      { $id: '1', traceId: '00-af', Message: ['Too long.'], To: ['x'] },
      'Message: Too long.',
    ],
    ['fields with technical names', { errors: { Status: 'Not allowed.' } }, 'Status: Not allowed.'],
    [
      'a field before a technical name',
      { errors: { requestId: '7', PostalCode: { code: 'X', reason: 'Missing.' } } },
      'PostalCode: Missing.',
    ],
    [
      'a field called message',
      { errors: { to: 'Missing.', message: 'Too long.' } },
      'to: Missing.',
    ],
    [
      'the invalid parameters of a problem',
      { title: 'Bad.', 'invalid-params': [{ name: 'to', reason: 'Missing.' }] },
      'Bad. to: Missing.',
    ],
    [
      'failures under another name',
      { title: 'Bad.', violations: [{ field: 'to', message: 'Missing.' }] },
      'Bad. to: Missing.',
    ],
    [
      'failures in an inner object',
      { title: 'Bad.', extensions: { traceId: '00-af', errors: { To: ['Missing.'] } } },
      'Bad. To: Missing.',
    ],
    [
      'failures in data',
      { success: false, data: { errors: { To: ['Missing.'] } } },
      'To: Missing.',
    ],
    ['a reason in a result', { result: { errorMessage: 'Bad type' } }, 'Bad type'],
    ['a reason in a response', { response: { message: 'Bad type' } }, 'Bad type'],
    ['messages', { messages: [{ type: 'error', text: 'Bad type' }] }, 'Bad type'],
    ['a list of error messages', { errorMessages: ['Bad type', 'x'] }, 'Bad type'],
    ['only a reason', { reason: 'Bad type' }, 'Bad type'],
    ['a message that is a list', { message: ['Bad type', 'x'] }, 'message: Bad type'],
    ['unknown names', { status: 'error', hint: { to: 'Bad type' } }, 'hint.to: Bad type'],
    ['only a title', { title: 'Bad type' }, 'Bad type'],
    ['a failure that repeats its title', { message: 'Bad type', errors: ['Bad type'] }, 'Bad type'],
    ['a JSON text', '"Bad type"', 'Bad type'],
    ['plain text', ' Bad\n\u0007 type ', 'Bad type'],
    [
      'plain text with a stack trace',
      'System.InvalidOperationException: Bad type\r\n   at DeskDirector.Api.Chats.Post(String id) in C:\\a.cs:line 5\r\n   at X.Y()',
      'System.InvalidOperationException: Bad type',
    ],
    [
      'a stack trace of JavaScript',
      { message: 'Bad type\n    at post (/srv/a.js:1:2)' },
      'Bad type',
    ],
    [
      'a stack trace of Java',
      { message: 'Bad type\n\tat com.example.Chats.post(Chats.java:7)' },
      'Bad type',
    ],
    [
      'words that only look like one',
      { message: 'Look at help.example.com (page 2), #0 there' },
      'Look at help.example.com (page 2), #0 there',
    ],
    [
      'words on the line of a stack trace',
      { message: 'Bad type ---> System.Exception: x\r\n   at DeskDirector.Api.Chats.Post()' },
      'Bad type',
    ],
    ['angle brackets', { message: 'No List<int> < 5' }, 'No List<int> < 5'],
    [
      'signs that HTML writes by name or number',
      {
        message: 'The field &quot;To&quot;&nbsp;isn&#39;t &lt; 5&euro;&hellip; &#x2B; Caf&eacute;',
      },
      'The field "To" isn\'t < 5€… + Café',
    ],
    [
      'the name of a field in HTML',
      { errors: { 'To &amp; From': ['Must be &ldquo;x&rdquo;.'] } },
      'To & From: Must be “x”.',
    ],
    [
      'signs that HTML writes within HTML, once',
      { message: 'Write &amp;lt; for <' },
      'Write &lt; for <',
    ],
    [
      'a number that stands for no character',
      { message: 'Bad &#x110000; type' },
      'Bad \ufffd type',
    ],
    [
      'words without their tags',
      { message: '<p class="x">Bad<br>\n<b>type</b></p><!-- x -->' },
      'Bad type',
    ],
  ])('%s', async (_, answer, words) => {
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
    ['null', 'null'],
    ['a number', '7'],
    ['an object without words', { status: 400, errors: {} }],
    ['nothing but HTML', { message: '<p><br/></p>' }],
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
    ['a page', '<html><body>Bad type</body></html>'],
    ['a part of a page', '<h1>Bad type</h1>'],
    ['XML', '<?xml version="1.0"?><Error>Bad type</Error>'],
  ])('nor of an answer that is %s', async (_, body) => {
    site.answerNext(/companies$/, { status: 400, body });
    const { message } = await failure(
      call('triggers.company_list.operation.perform', { authData: site.authData }),
    );
    expect(message).not.toMatch(/It says|Bad type/);
  });

  test('a page in one place does not hide the words in another', async () => {
    expect(await told({ title: '<html>Bad', detail: 'Bad type' })).toBe(says('Bad type'));
  });

  test.each([401, 403, 404, 429, 500, 503])('with status %s as well', async (status) => {
    const body = '{"message":"Until five."}';
    site.fail({ kind: 'status', status, body, path: /companies$/, times: 9 });
    // The back-off multiplies its delay with this number.
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    const { message } = await failure(
      call('triggers.company_list.operation.perform', { authData: site.authData }),
    );
    random.mockRestore();
    site.faults.clear();
    expect(message).toContain('It says: "Until five." ');
  });
});

describe('words that hold the key, or eight characters of it, are not quoted', () => {
  test.each(SPELLINGS)('%s', async (_, written) => {
    for (const answer of [
      `The key ${written} is bad.`,
      { title: 'Bad', errors: { key: [`${written} is bad.`] } },
    ]) {
      expect(await told(answer)).toBe(says('…'));
    }
  });

  test.each([
    ['seven characters of it', 'The key ends in isable+.'],
    ['nothing of it', 'A key is made of letters & digits; see /api?key=%7Bkey%7D and "+".'],
    ['a word that looks like HTML', 'AT&T; is no carrier, nor is B&B; see /x?a=1&copy=2'],
    ['very many words', Array.from({ length: 30 }, (_, n) => `${n}longer`).join(';')],
    ['many letters in a row', 'x'.repeat(299)],
    ['a long word', 'Internationalisation-unsupported-by-this-endpoint'],
    ['a number for support', 'See 6f9619ff-8b86-d011-b42d-00cf4fc964ff.'],
  ])('words that hold %s are', async (_, words) => {
    expect(await told(words)).toBe(says(words));
  });

  test.each([
    ['as Latin-1', 'k%E9y-%2Bword'],
    ['as UTF-8', 'k%C3%A9y%2D%2bword'],
    ['in HTML', 'k&#233;y-&#x2b;word'],
    ['in base64', Buffer.from('kéy-+word').toString('base64')],
  ])('a key that is not ASCII, %s', async (_, written) => {
    const authData = { ...site.authData, apiKey: 'kéy-+word' };
    expect(await told(`The key ${written} is bad.`, authData)).toBe(says('…'));
  });

  test('a short key counts as a whole', async () => {
    const authData = { ...site.authData, apiKey: 'k3y' };
    expect(await told('The key K3Y is bad.', authData)).toBe(says('…'));
    expect(await told('The key k3 is bad.', authData)).toBe(says('The key k3 is bad.'));
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
        authData: site.authData,
        subscribeData,
      }),
    );
    expect(message).toContain(says('…'));
  });

  test('nor is the ID of a chat into which the key was pasted', async () => {
    const { message } = await failure(
      call('creates.send_chat_system_message.operation.perform', {
        authData: { ...site.authData, apiKey: KEY },
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
    const { message } = await failure(
      call('triggers.company_list.operation.perform', { authData: site.authData }),
    );
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
        authData: site.authData,
        inputData: { session_id: 'abc', ...inputData },
      }),
    );
    expect(message.length).toBeLessThanOrEqual(1000);
  });

  test('nor does a log', async () => {
    const inputData = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`gone_${n}`, 'x']));
    const { id } = site.chats.request();
    const { warnings } = await call('creates.invite_users_to_chat.operation.perform', {
      authData: site.authData,
      inputData: { session_id: id, ...inputData },
    });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.length).toBeLessThanOrEqual(1000);
  });
});
