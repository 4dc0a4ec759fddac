import { domainToASCII } from 'node:url';
import { ownerError } from './errors.ts';

/**
 * The host name of a DeskDirector site, in lower-case ASCII, from whatever a person typed or
 * pasted: `acme` is acme.deskdirector.com, and scheme, path, query, fragment, surrounding spaces,
 * one trailing dot and `:443` are taken off.
 *
 * Throws an owner's error for all that is no public DNS host name then, because the API key is
 * sent there. It never repeats what was typed: people paste keys into the wrong field.
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
  // In whatever way an IPv4 address was written, it is four numbers by now.
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
 * The API key as it goes into the `Authorization` header, without surrounding spaces and a pasted
 * `DdApi `. Throws an owner's error, which never shows the key, for what can't be one.
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
 * Where requests go: the site itself over https, or, for local work, the origin in the environment
 * variable `DESKDIRECTOR_BASE_URL`. Read at each request, since Zapier sets a run's environment
 * only after the app was loaded. Throws an owner's error unless that is a loopback address.
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
