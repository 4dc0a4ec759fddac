/** A key of which percent-encoding, HTML and JSON escape some characters. */
export const KEY = 'recognisable+key/6b1f"=';

const percent = encodeURIComponent(KEY);
const utf16 = [...KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const hex = Buffer.from(KEY).toString('hex');

/** The ways in which a site may write the key. */
export const SPELLINGS: readonly [name: string, written: string][] = [
  ['as it is', KEY],
  ['in capitals', KEY.toUpperCase()],
  ['a part of it', 'gnisable'],
  ['percent-encoded', percent],
  ['percent-encoded in small letters, as .NET does', percent.toLowerCase()],
  ['percent-encoded in full', `%${hex.match(/../g)?.join('%')}`],
  ['percent-encoded twice', encodeURIComponent(percent)],
  ['as a form', String(new URLSearchParams([['', KEY]])).slice(1)],
  ['in HTML, as .NET writes it', KEY.replace('+', '&#x2B;').replace('"', '&quot;')],
  ['in decimal HTML', KEY.replace('+', '&#43;').replace('=', '&#61')],
  ['in HTML within HTML', KEY.replace('+', '&amp;#x2B;')],
  ['in HTML with a name that is rare', KEY.replace('+', '&plus;')],
  [
    'in HTML with nothing but names',
    KEY.replace('+', '&plus;').replace('/', '&sol;').replace('=', '&equals;'),
  ],
  ['in HTML in a URL', KEY.replace('+', '%26plus%3B')],
  [
    'in base64 in base64',
    Buffer.from(Buffer.from(`x ${KEY}`).toString('base64')).toString('base64'),
  ],
  ['in hexadecimal after another digit', `bad ${hex}`],
  ['in hexadecimal in lines', hex.replace(/(.{10})/g, '$1\n')],
  ['in JSON', KEY.replace('+', '\\u002B').replace('"', '\\"')],
  ['in JSON within JSON', KEY.replace('+', '\\\\u002B').replace('/', '\\\\/')],
  ['in nothing but escapes', utf16],
  ['in escapes of JavaScript', KEY.replace('+', '\\x2b')],
  ['in escapes of ECMAScript', KEY.replace('+', '%u002B')],
  ['in base64', Buffer.from(`DdApi ${KEY}`).toString('base64')],
  ['in base64 of URLs', Buffer.from(`x:${KEY}`).toString('base64url')],
  ['in base64 of UTF-16', Buffer.from(KEY, 'utf16le').toString('base64')],
  [
    'in base64 in lines',
    Buffer.from(KEY)
      .toString('base64')
      .replace(/(.{12})/g, '$1\n'),
  ],
  ['in base64 in a URL', encodeURIComponent(Buffer.from(KEY).toString('base64'))],
  ['in hexadecimal', hex],
  ['in bytes', hex.toUpperCase().match(/../g)?.join('-') ?? ''],
  ['with an invisible character in it', KEY.replace('key', 'k\u200bey')],
];
