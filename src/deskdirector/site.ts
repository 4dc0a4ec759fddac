import { domainToASCII } from 'node:url';
import { ownerError } from './errors.ts';

/**
 * The host name of a DeskDirector site in lower-case ASCII, from what an owner typed. `acme` means
 * acme.deskdirector.com. The scheme, path, query, fragment, spaces around it, one trailing dot and
 * `:443` are removed.
 *
 * Throws an owner's error unless the result can be a public DNS host name, because the API key is
 * sent there. Only the name is checked, not the address that it leads to. The error never repeats the
 * input: people paste keys into the wrong field.
 * Zapier: D026.
 */
export function siteHost(typed: unknown): string {
  const address = typeof typed === 'string' ? typed.trim() : '';
  const withoutScheme = address.replace(/^https?:\/\//i, '');
  if (withoutScheme === address && /^(?:[^/?#]*:)?\/\//.test(address)) {
    return refuse('must begin with https://, or without any scheme.');
  }

  if (LIKE_A_KEY.test(withoutScheme)) return refuse('looks like an API key.');

  const authority = withoutScheme.replace(/[/?#].*/s, '');
  if (/[\s\p{Cc}]/u.test(authority)) return refuse('holds a space or an invisible character.');
  if (authority.includes('@')) return refuse('holds a user name, the part before @.');
  if (/[\\%]/.test(authority)) return refuse('holds a character that no host name has.');

  const name = authority.replace(/:443$/, '').replace(/[.。．｡]$/, '');
  if (name === '') return refuse('is empty.');
  if (name.includes(':')) return refuse('holds a port or an IP address.');

  const isBareWord = !/[.。．｡]/.test(name) && domainToASCII(name) !== 'localhost';
  return publicHostName(domainToASCII(isBareWord ? `${name}.deskdirector.com` : name));
}

/** A word of 20 characters or more with digits in four places. No host name is made of a pasted key. */
const LIKE_A_KEY = /^(?=(?:\D*\d+\D+){3}\D*\d)[a-z0-9_=+/-]{20,}$/i;

/**
 * The last label of names that lead nowhere public.
 * IANA: special-use domain names. ICANN: internal, and the three that it delegates to nobody (corp,
 * home, mail). RFC 6762: names that private networks use.
 */
const NOT_PUBLIC = new Set([
  ...['alt', 'arpa', 'example', 'invalid', 'local', 'localhost', 'onion', 'test'],
  ...['internal', 'corp', 'home', 'mail'],
  ...['intranet', 'lan', 'private'],
  ...['domain', 'intra', 'localdomain', 'localnet', 'priv', 'router', 'workgroup'],
]);

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function publicHostName(host: string): string {
  // `domainToASCII` has turned every spelling of an IPv4 address into four numbers.
  if (/\.\d+$/.test(host)) return refuse('is an IP address.');
  if (NOT_PUBLIC.has(host.replace(/.*\./, ''))) {
    return refuse('is a name for a private network, which Zapier cannot reach.');
  }
  if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) {
    return refuse('is not a valid host name.');
  }
  return host;
}

function refuse(problem: string): never {
  throw ownerError(
    `The Site Host ${problem} Type the address of your DeskDirector site, such as support.deskdirector.com.`,
    'InvalidSiteHost',
  );
}

/** A quote, or white space. */
const QUOTE = String.raw`[\s"'\x60‘’‚“”„‹›«»]`;
/**
 * The names of a header, of a field and of the scheme that people paste along with the key, such as
 * `Authorization`, `-H "Authorization`, `X-API-Key`, `DeskDirector API key`, `DdApi`.
 */
const NAME = '(?:.*authorization|(?:x-|deskdirector )?(?:api[ _-]?)?key|DdApi)';
/** What comes before a key, such as `"`, `{`, `apiKey: "`, `DdApi `, `Authorization: DdApi `. */
const BEFORE_KEY = new RegExp(
  `^(?:${QUOTE}|\\{(?!\\{)|${NAME}${QUOTE}*[:=]|(?:authorization${QUOTE}+)?DdApi(?:${QUOTE}|$))+`,
  'i',
);
/** What comes after a key: `"`, `",` or `" }`. */
const AFTER_KEY = new RegExp(`${QUOTE}+(?:[,;}]\\s*)*$`);

/**
 * The API key for the `Authorization` header, without what people paste along with it: spaces, quotes,
 * `Authorization:`, `DdApi`. Throws an owner's error, which never shows the key, when it can't be a
 * key.
 */
export function apiKey(typed: unknown): string {
  const pasted = typeof typed === 'string' ? typed : '';
  const key = pasted.replace(AFTER_KEY, '').replace(BEFORE_KEY, '');
  const [, scheme] = /^(bearer|basic|digest|token)(?:[\s:=]|$)/i.exec(key) ?? [];
  if (key === '') return refuseKey('is empty.');
  if (scheme !== undefined) {
    return refuseKey(
      `begins with "${scheme}", which DeskDirector does not use. Paste the API key alone, without a word before it.`,
    );
  }
  // A header takes Latin-1 only, and the platform reads {{…}} in a header as a template.
  if (!/^[\x20-\x7e\xa1-\xac\xae-\xff]+$/.test(key) || key.includes('{{')) {
    return refuseKey('holds a character that no key has.');
  }
  return key;
}

function refuseKey(problem: string): never {
  throw ownerError(
    `The API Key ${problem} Copy it again from the Developer Corner of the DeskDirector admin portal.`,
    'InvalidApiKey',
  );
}

/**
 * The origin that requests go to: the site over https. For local work, the environment variable
 * `DESKDIRECTOR_BASE_URL` replaces it. Zapier sets the environment of a run after it has loaded the
 * app, so the variable is read at each request. Throws an owner's error unless the variable holds a
 * loopback address.
 */
export function siteOrigin(host: string): string {
  const override = process.env.DESKDIRECTOR_BASE_URL;
  if (!override) return `https://${host}`;

  const url = URL.parse(override);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!isWeb || !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) {
    throw ownerError(
      'The environment variable DESKDIRECTOR_BASE_URL is for local work only: its host must be ' +
        '127.0.0.1, [::1] or localhost. Remove it to use the real site.',
      'InvalidBaseUrl',
    );
  }
  return url.origin;
}
