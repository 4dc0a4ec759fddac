/*
 * A site may repeat in its answers what it was sent, the API key included, in whatever way its own
 * layers write it. So the escapes in its words are undone until nothing is left to undo, and words that
 * hold a part of a secret then are not told.
 */

/** A part of a secret that is shorter than this tells nothing. */
const TELLING_LENGTH = 8;
/** Words that can be read in more ways than this are not told. */
const MOST_READINGS = 2_000;

/**
 * Words of a site as they may be told: `…` in their place when they hold one of the secrets or eight
 * characters of it, in capitals or not, escaped or not.
 */
export function tellable(words: string, secrets: readonly string[]): string {
  const parts = secrets.flatMap((secret) => telling(comparable(secret)));
  const readings = readingsOf(words);
  const isTold = [...readings].some((reading) => {
    const read = comparable(reading);
    return parts.some((part) => read.includes(part)) || UNKNOWN_ESCAPE.test(reading);
  });
  return isTold || readings.size > MOST_READINGS ? '…' : words;
}

/** All parts of a secret that are just long enough to tell it. */
function telling(secret: string): string[] {
  const count = Math.max(1, secret.length - TELLING_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => secret.slice(start, start + TELLING_LENGTH));
}

const comparable = (text: string): string => text.toLowerCase().replace(/[\p{Cc}\p{Cf}]/gu, '');

/** The words, and all that comes of them when escapes are undone in any order. */
function readingsOf(words: string): ReadonlySet<string> {
  const readings = new Set([words]);
  // What is added meanwhile is visited, too.
  for (const reading of readings) {
    if (readings.size > MOST_READINGS) break;
    for (const undone of [...unescaped(reading), ...decodedRuns(reading)]) readings.add(undone);
  }
  return readings;
}

/** HTML has 2,000 names for characters: those that are not known here can't be undone. */
const UNKNOWN_ESCAPE = /^[^\p{Cc}\ufffd]*&[a-z]\w*;/iu;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Text without its percent, HTML and backslash escapes, each kind by itself. */
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

/** What the base64 and the hexadecimal digits in a text stand for, wherever in these it begins. */
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
