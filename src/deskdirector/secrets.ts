/*
 * A site may repeat the API key in an answer, escaped in any way. So this module decodes the site's
 * words until nothing is left to decode. Words in which a part of a secret then appears are not
 * shown.
 */

/** A part of a secret with fewer characters gives nothing away. */
const PART_LENGTH = 8;
/** Words that can be decoded in more ways than this are not shown. */
const MOST_READINGS = 2_000;

/**
 * The words of a site, or `…` when they hold a secret or eight characters in a row of it. Case and
 * escapes make no difference.
 */
export function tellable(words: string, secrets: readonly string[]): string {
  const parts = secrets.flatMap((secret) => partsOf(comparable(secret)));
  const readings = readingsOf(words);
  const isLeaked = [...readings].some((reading) => {
    const read = comparable(reading);
    return parts.some((part) => read.includes(part)) || UNKNOWN_ESCAPE.test(reading);
  });
  return isLeaked || readings.size > MOST_READINGS ? '…' : words;
}

/** All parts of a secret with exactly eight characters, or the whole of a shorter secret. */
function partsOf(secret: string): string[] {
  const count = Math.max(1, secret.length - PART_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => secret.slice(start, start + PART_LENGTH));
}

const comparable = (text: string): string => text.toLowerCase().replace(/[\p{Cc}\p{Cf}]/gu, '');

/** The words, and every text that decoding them in any order gives. */
function readingsOf(words: string): ReadonlySet<string> {
  const readings = new Set([words]);
  // A loop over a set also visits what is added meanwhile.
  for (const reading of readings) {
    if (readings.size > MOST_READINGS) break;
    for (const undone of [...unescaped(reading), ...decodedRuns(reading)]) readings.add(undone);
  }
  return readings;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
/** HTML has 2,000 named characters. This module can decode only the five above. */
const UNKNOWN_ESCAPE = /^[^\p{Cc}\ufffd]*&(?!(?:amp|lt|gt|quot|apos);)[a-z]\w*;/iu;

/** The text with one kind of escape decoded: percent, plus, HTML or backslash. One text each. */
function unescaped(text: string): string[] {
  const character = (code: string, base: number) => {
    const point = Number.parseInt(code, base);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  };
  const bytes = (encoding: 'utf8' | 'latin1') =>
    text.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
      Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(encoding),
    );
  return [
    bytes('utf8'),
    bytes('latin1'),
    text.replaceAll('+', ' '),
    text
      .replace(/&#x([\da-f]+);?/gi, (_, code: string) => character(code, 16))
      .replace(/&#(\d+);?/g, (_, code: string) => character(code, 10))
      .replace(/&(\w+);/g, (entity, name: string) => NAMED[name.toLowerCase()] ?? entity),
    text
      .replace(/[\\%]u\{?([\da-f]{4,6})\}?|\\x([\da-f]{2})/gi, (_, long, short) =>
        character(long ?? short, 16),
      )
      .replace(/\\(.)/g, '$1'),
  ];
}

/** The base64 and hexadecimal digits of a text decoded, from each possible first digit. */
function decodedRuns(text: string): string[] {
  const joined = text.replace(/\s/g, '');
  const base64 = joined.match(/[\w+/-]{11,}/g) ?? [];
  const hex = joined.match(/(?:[\da-f]{2}[-:]?){8,}/gi) ?? [];
  const decoded = [
    ...base64.flatMap((run) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64'))),
    ...hex.map((run) => Buffer.from(run.replace(/[-:]/g, ''), 'hex')),
  ];
  return decoded.flatMap((bytes) => [bytes.toString('utf8'), bytes.toString('latin1')]);
}
