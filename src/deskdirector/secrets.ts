import { unescape as withoutPercents } from 'node:querystring';

/*
 * A site may repeat the API key in an answer, escaped in any way. So this module decodes a text until
 * nothing is left to decode, and then looks for the parts of a secret in it. The cost grows in
 * proportion to the length of the text.
 */

/** A part of a secret with fewer characters gives nothing away. */
export const PART_LENGTH = 8;
/** Stands in place of what holds a secret. */
export const HIDDEN = '…';
/** An escape can be escaped again this often. */
const MOST_ESCAPES = 8;

/** A text of a site, or `…` when it holds a part of a secret. See `secretFinder`. */
export async function tellable(text: string, secrets: readonly string[]): Promise<string> {
  const holdsSecret = await secretFinder(secrets);
  return (await holdsSecret(text)) ? HIDDEN : text;
}

/**
 * Makes a function that tells whether a text holds a secret, or eight characters in a row of it. Case
 * and escapes make no difference: percent, form, HTML, JSON, JavaScript, base64 and hexadecimal, also
 * within each other.
 */
export async function secretFinder(
  secrets: readonly string[],
): Promise<(text: string) => Promise<boolean>> {
  const spelled = await Promise.all(secrets.map(unescaped));
  const parts = spelled.flatMap(partsOf).filter((part) => part !== '');
  const pattern = new RegExp(parts.map(patternOf).join('|'), 'i');

  return async (text) => {
    if (parts.length === 0) return false;
    // A text that was decoded from base64 or hexadecimal is decoded again, until too much was read.
    const texts = [text];
    let left = 2 * text.length + 10_000;
    for (const one of texts) {
      left -= one.length;
      if (left < 0) return false;
      const read = await unescaped(one);
      if (pattern.test(read)) return true;
      for (const bytes of decodings(read)) {
        const decoded = latin1(bytes, isNoControl);
        if (pattern.test(decoded)) return true;
        const readable = decoded.match(/[\x20-\x7e]{8,}/g);
        if (readable !== null) texts.push(readable.join('"'));
      }
    }
    return false;
  };
}

/** All parts of a secret with exactly eight characters, or the whole of a shorter secret. */
function partsOf(secret: string): string[] {
  const count = Math.max(1, secret.length - PART_LENGTH + 1);
  return Array.from({ length: count }, (_, start) => secret.slice(start, start + PART_LENGTH));
}

/**
 * The pattern for a part of a secret. A form writes a space as a plus. A character beyond ASCII is any
 * such character, because encodings write it with different bytes.
 */
const patternOf = (part: string): string =>
  part
    .replace(/[^\w +\x80-\uffff]/g, '\\$&')
    .replace(/[ +]/g, '[ +]')
    .replace(/[^\0-\x7f]/g, '[^\\0-\\x7f]{1,2}');

/** The text with all its escapes undone, without backslashes and invisible characters. */
async function unescaped(text: string): Promise<string> {
  let read = text;
  for (let n = 0; n < MOST_ESCAPES; n++) {
    const before = read;
    read = await withoutEntities(read, 'decodeHTML');
    // `\u0041`, `\u{41}`, `\x41` and `%u0041` become `%41`.
    read = read.replace(/[\\%](?:u00|u\{0*|x)([\da-f]{2})\}?/gi, '%$1');
    if (read.includes('%')) read = withoutPercents(read);
    if (read === before) break;
  }
  return read.replace(/[\p{Cc}\p{Cf}\\]+/gu, '');
}

/**
 * Text with the characters that HTML writes as `&quot;` or `&#34;`.
 *
 * @param decoder `decodeHTMLStrict` for text that people read. `decodeHTML` also reads `&#34` without a
 * semicolon, as browsers do.
 */
export async function withoutEntities(
  text: string,
  decoder: 'decodeHTML' | 'decodeHTMLStrict',
): Promise<string> {
  if (!text.includes('&')) return text;
  // Only few texts need this package, so it is not loaded with the app.
  const entities = await import('entities/decode');
  return entities[decoder](text);
}

/**
 * The bytes that base64 or hexadecimal digits in a text stand for. Base64 writes three bytes as four
 * digits, and a group can begin at any digit of the text. So the text is read four times, each time
 * with one more digit before it. Hexadecimal digits come in pairs, so they are read twice.
 */
function* decodings(text: string): Generator<Buffer> {
  // Node skips all that is no base64, but ends at an equals sign.
  const base64 = text.replaceAll('=', '"');
  for (const lead of ['', 'A', 'AA', 'AAA']) yield Buffer.from(lead + base64, 'base64');
  // Such as `4b 65 79`, `4b:65:79` or `4b-65-79`. The digits stay, the signs between them go.
  const runs = Buffer.from((text.match(/[\da-f :-]{16,}/gi) ?? []).join(''));
  const hex = latin1(runs, (byte) => byte >= 0x30 && byte !== 0x3a);
  for (const lead of ['', '0']) yield Buffer.from(lead + hex, 'hex');
}

/** Some of the bytes as Latin-1. A pattern would take ten times longer than this loop. */
function latin1(bytes: Buffer, isKept: (byte: number) => boolean): string {
  let length = 0;
  for (let n = 0; n < bytes.length; n++) {
    const byte = bytes.readUInt8(n);
    if (isKept(byte)) bytes[length++] = byte;
  }
  return bytes.toString('latin1', 0, length);
}

/** UTF-16 has a control character in each letter. */
const isNoControl = (byte: number): boolean => byte >= 0x20;
