import { domainToASCII } from 'node:url';
import { ownerError } from './errors.ts';

/**
 * The host name of a DeskDirector site in lower-case ASCII, from what an owner typed. `acme` means
 * acme.deskdirector.com. The scheme, path, query, fragment, spaces around it, one trailing dot and
 * `:443` are removed.
 *
 * Throws an owner's error unless the result is a public DNS host name, because the API key is sent
 * there. The error never repeats the input: people paste keys into the wrong field.
 * Zapier: D026.
 */
export function siteHost(typed: unknown): string {
  const address = typeof typed === 'string' ? typed.trim() : '';
  const withoutScheme = address.replace(/^https?:\/\//i, '');
  if (withoutScheme === address && /^(?:[^/?#]*:)?\/\//.test(address)) {
    return refuse('must begin with https://, or without any scheme.');
  }

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

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function publicHostName(host: string): string {
  // `domainToASCII` has turned every spelling of an IPv4 address into four numbers.
  if (/\.\d+$/.test(host)) return refuse('is an IP address.');
  if (/(?:^|\.)(?:localhost|local|internal)$/.test(host)) {
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

/**
 * The API key for the `Authorization` header, without spaces around it and without a pasted `DdApi `.
 * Throws an owner's error, which never shows the key, when it can't be a key.
 */
export function apiKey(typed: unknown): string {
  const key = typeof typed === 'string' ? typed.trim().replace(/^DdApi(?:\s+|$)/i, '') : '';
  const howTo = 'Copy it again from the Developer Corner of the DeskDirector admin portal.';
  if (key === '') throw ownerError(`The API Key is empty. ${howTo}`, 'InvalidApiKey');
  // A header takes Latin-1 only, and the platform reads {{…}} in a header as a template.
  if (!/^[\x20-\x7e\xa1-\xac\xae-\xff]+$/.test(key) || key.includes('{{')) {
    throw ownerError(`The API Key holds a character that no key has. ${howTo}`, 'InvalidApiKey');
  }
  return key;
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
