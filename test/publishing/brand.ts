import { inflateSync } from 'node:zlib';

/*
 * Zapier's checks of what an app is presented with. Each returns words for whatever breaks its rule,
 * none when all is well.
 * Source: https://docs.zapier.com/platform/publish/integration-checks-reference
 */

/** How the app is introduced in Zapier's directory. */
export interface Marketing {
  readonly name: string;
  readonly description: string;
}

/** Reads docs/publishing.md, where the texts stand for whoever fills in Zapier's forms. */
export function marketingIn(publishingGuide: string): Marketing {
  const entry = (label: string) =>
    new RegExp(`^\\| ${label} \\| (.+) \\|$`, 'm').exec(publishingGuide)?.[1] ?? '';
  return { name: entry('Title'), description: entry('Description') };
}

/** M002: a description is about the app alone, and short. */
export function badDescription({ name, description }: Marketing): string[] {
  const sentences = description.split(/[.!?](?:\s|$)/).filter((sentence) => sentence !== '');
  const rules: [isKept: boolean, words: string][] = [
    [name !== '' && description.startsWith(`${name} is a`), `does not begin with "${name} is a"`],
    [sentences.length <= 3, 'has more than three sentences'],
    [description.length >= 40, 'has less than 40 characters'],
    [description.length <= 140, 'has more than 140 characters'],
    [!/zapier/i.test(description), 'says "Zapier"'],
    [!/sync/i.test(description), 'says "sync"'],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, words]) => `The description ${words}`);
}

export interface Logo {
  readonly width: number;
  readonly height: number;
  readonly isRgba: boolean;
  /** Of the pixel in the upper left corner; 0 is transparent, 255 opaque. */
  readonly cornerAlpha: number;
}

/** Reads a PNG; where it is not in RGBA mode the corner means nothing. Throws when it is none. */
export function readLogo(png: Buffer): Logo {
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('The icon is no PNG.');
  const pixels: Buffer[] = [];
  // Each chunk: its length, its name, what it holds, and a checksum.
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    pixels.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return {
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
    isRgba: png[24] === 8 && png[25] === 6,
    // The filter of the row comes first; it leaves the first pixel of an image as it is.
    cornerAlpha: inflateSync(Buffer.concat(pixels))[4] ?? 255,
  };
}

/** M004: a square with room for transparency, large enough for all places. */
export function badLogo({ width, height, isRgba, cornerAlpha }: Logo): string[] {
  const rules: [isKept: boolean, words: string][] = [
    [width === height, 'is not square'],
    [width >= 256, 'is narrower than 256 pixels'],
    [isRgba, 'is not in RGBA mode'],
    [cornerAlpha === 0, 'has no transparent background'],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, words]) => `The logo ${words}`);
}
