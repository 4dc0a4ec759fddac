import { isIP } from 'node:net';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { siteHost } from '../../src/deskdirector/site.ts';
import { outcomeOf } from '../helpers/zapier.ts';
import { holds, trickyText } from './property.ts';

const piece = fc.oneof(
  fc.constantFrom(
    ...['https://', 'HTTP://', 'ftp://', '//', ':443', ':80', '@', '/', '\\', '?', '#', '%2e', '.'],
    ...['。', '．', '｡', '-', '_', '127.0.0.1', '0x7f', '0177', '１２７', '[::1]', '::ffff:', '①'],
    ...['localhost', 'local', 'internal', 'lan', 'home.arpa', 'metadata.google'],
    ...['deskdirector.com', 'acme', 'xn--', 'ß'],
    ...['\u200d', '\u00ad', '\u202e', '\u0000', '\r\n', ' ', '\u3000', 'ｌｏｃａｌ', 'İ', '\ud800'],
  ),
  trickyText,
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: fc.constantFrom(...'abcdef0189-.x'), maxLength: 8 }),
);
const typed = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.domain(),
  fc.webUrl(),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc
    .array(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
    .map((labels) => labels.join('.')),
);

function flawsOf(host: string): string[] {
  const flaws: [string, boolean][] = [
    ['is another host in a URL', URL.parse(`https://${host}`)?.hostname !== host],
    ['has no dot', !host.includes('.')],
    ['is an IP address', isIP(host) !== 0],
    ['is a private name', /(?:^|\.)(?:localhost|local|internal|lan|arpa)\.?$/.test(host)],
    ['is changed when read again', siteHost(host) !== host],
  ];
  return flaws.filter(([, isSo]) => isSo).map(([flaw]) => flaw);
}

describe('anything that is typed for the site', () => {
  holds('is a public host name, or refused', 480, typed, async (address) => {
    const { results: host, error } = await outcomeOf((async () => siteHost(address))());
    if (error !== null) {
      expect(error.code).toBe('InvalidSiteHost');
      // An owner can paste a key into the wrong field. The error must not show it.
      if (address.trim().length > 20) expect(error.message).not.toContain(address.trim());
      return false;
    }
    expect(flawsOf(host)).toEqual([]);
    return true;
  });
});
