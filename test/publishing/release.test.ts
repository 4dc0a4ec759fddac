import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { stepsOf } from '../../tools/scripts/published-interface.ts';
import { visibleSteps } from './evidence.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const guide = readFileSync('docs/publishing.md', 'utf8');
const require = createRequire(import.meta.url);
// `zapier-platform promote` reads the changelog with this function.
const { getVersionChangelog } = createRequire(require.resolve('zapier-platform-cli/package.json'))(
  './src/utils/changelog.js',
);

test('the app and package-lock.json have the version of package.json', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect([app.version, lock.version, lock.packages[''].version]).toEqual(Array(3).fill(version));
});

describe('the changelog', () => {
  test('has an entry with a date for the version', () => {
    const changelog = readFileSync('CHANGELOG.md', 'utf8');
    expect(changelog).toMatch(new RegExp(`^## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'));
  });

  test('names steps so that Zapier finds them', async () => {
    const { changelog, appMetadata = [] } = await getVersionChangelog(version);
    const kinds = { triggers: 'trigger', searches: 'search', creates: 'create' };
    const steps = stepsOf(app).map(({ kind, key }) => `${kinds[kind]}/${key}`);
    const named = changelog.match(/\b(?:trigger|search|create)\/\w+/g) ?? [];
    expect(appMetadata).toHaveLength(named.length);
    expect(steps).toEqual(expect.arrayContaining(named));
  });
});

// Zapier: S002, T001.
test('the publishing guide has a Zap with each step', () => {
  const zaps = guide.split('\n').filter((line) => line.includes('→'));
  const labels = visibleSteps(app).map(({ display }) => `*${display.label}*`);
  expect(labels.filter((label) => !zaps.join().includes(label))).toEqual([]);
});

// Zapier: M002.
describe('the description of the app', () => {
  const RULES = /^(?!.*(?:zapier|sync))(?!(?:.*[.!?]\s){3})DeskDirector is a .{23,123}$/i;
  test('is short, and about the app alone', () => {
    expect(/^\| Description \| (.+) \|$/m.exec(guide)?.[1]).toMatch(RULES);
  });

  test.each([
    'Chat for IT service providers and their customers.',
    'DeskDirector is a tool.',
    `DeskDirector is a ${'very '.repeat(30)}good tool.`,
    'DeskDirector is a portal. It has chats. It has tickets. It is good.',
    'DeskDirector is a portal for the users of Zapier.',
    'DeskDirector is a way to sync all of your chats.',
  ])('is not: %s', (description) => {
    expect(description).not.toMatch(RULES);
  });
});

// Zapier: M004.
test('the icon is a square PNG with at least 256 pixels and a transparent corner', () => {
  const png = readFileSync('assets/icon.png');
  const pixels: Buffer[] = [];
  // Each chunk has its length, its name, its data and a checksum.
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    pixels.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const width = png.readUInt32BE(16);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect(width).toBeGreaterThanOrEqual(256);
  expect(png.readUInt32BE(20)).toBe(width);
  // RGBA with 8 bits each.
  expect([...png.subarray(24, 26)]).toEqual([8, 6]);
  // The first byte is the filter of the row, and the fifth one is the alpha of the first pixel.
  expect(inflateSync(Buffer.concat(pixels))[4]).toBe(0);
});

describe.each(['ci', 'publish'])('the workflow %s', (name) => {
  const workflow = readFileSync(`.github/workflows/${name}.yml`, 'utf8');
  const all = (pattern: RegExp) => Array.from(workflow.matchAll(pattern), ([, found]) => found);

  test("takes no actions except GitHub's own", () => {
    const actions = all(/\buses: (\S+)/g);
    expect(actions).not.toEqual([]);
    for (const action of actions) expect(action).toMatch(/^(?:actions\/[\w-]+@v\d+|\.\/.+\.yml)$/);
  });

  test('may read the repository, and nothing else', () => {
    expect(all(/permissions:((?:\n +\S.*)+)/g)).toEqual(['\n  contents: read']);
  });

  test('runs these commands, none of which promotes', () => {
    expect(all(/\brun: (.+)/g)).toEqual(
      name === 'ci'
        ? ['bash .ci/run']
        : [
            expect.stringMatching(/^test .*GITHUB_REF_NAME/),
            'npm ci',
            'npx zapier-platform push --skip-dep-install',
          ],
    );
  });
});
