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
  test('has an entry for the version, with the date once it is published', () => {
    const changelog = readFileSync('CHANGELOG.md', 'utf8');
    const [newest, ...others] = Array.from(changelog.matchAll(/^## (.+)$/gm), ([, title]) => title);
    const dated = expect.stringMatching(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
    expect([`[${version}] - not published yet`, dated]).toContainEqual(newest);
    expect(newest).toContain(`[${version}] - `);
    expect(others).toEqual(others.map(() => dated));
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
  const steps = [...visibleSteps(app), ...Object.values(app.searchOrCreates ?? {})];
  const labels = steps.map(({ display }) => `*${display.label}*`);
  expect(labels.filter((label) => !zaps.join().includes(label))).toEqual([]);
});

// Zapier: Zap templates, how to write a title and a description.
describe('the texts for Zap templates', () => {
  const rows = Array.from(
    guide.matchAll(/^\| \[(.+)\]\(user-guide\.md#.+?\) \| (.+) \| (.+) \|$/gm),
    ([, recipe = '', title = '', description = '']) => ({ recipe, title, description }),
  );
  const templates = rows.filter(({ title }) => title !== 'none');

  test('there is one for each recipe, or a reason why not', () => {
    const [, recipes = ''] = readFileSync('docs/user-guide.md', 'utf8').split('\n## Recipes\n');
    const [ofGuide = ''] = recipes.split('\n## ');
    const names = Array.from(ofGuide.matchAll(/^### (.+)$/gm), ([, name]) => name);
    expect(rows.map(({ recipe }) => recipe)).toEqual(names);
  });

  test.each(templates)('$title', ({ title, description }) => {
    expect(title).toMatch(/^(?!.*\b(?:sync|automatic|you|we)\b)[A-Z][a-z]+ .*\bnew\b.*[^.]$/i);
    expect(title).toContain('DeskDirector');
    const [text = ''] = description.split(' *Note:');
    expect(text.match(/[.!?](?: |$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/\b(?:zaps?|triggers?|actions?|sync)\b|https?:|\]\(/i);
  });
});

// Zapier: M002.
test('the description of the app is short, and about the app alone', () => {
  const description = /^\| Description \| (.+) \|$/m.exec(guide)?.[1];
  expect(description).toMatch(/^DeskDirector is a .{23,123}$/);
  expect(description).not.toMatch(/zapier|sync/i);
  expect(description?.match(/[.!?]\s/g)?.length ?? 0).toBeLessThan(3);
});

// Zapier: M004 asks for 256 pixels, the submission for 512.
test('the icon is a square PNG with at least 512 pixels and a transparent corner', () => {
  const png = readFileSync('assets/icon.png');
  const pixels: Buffer[] = [];
  // Each chunk has its length, its name, its data and a checksum.
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    pixels.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const width = png.readUInt32BE(16);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect(width).toBeGreaterThanOrEqual(512);
  expect(png.readUInt32BE(20)).toBe(width);
  // RGBA with 8 bits each.
  expect([...png.subarray(24, 26)]).toEqual([8, 6]);
  // The first byte is the filter of the row, and the fifth one is the alpha of the first pixel.
  expect(inflateSync(Buffer.concat(pixels))[4]).toBe(0);
});

test('the icon has the brand colour that the publishing guide names', () => {
  const colour = /^\| Brand colour \| `(#\w{6})`/m.exec(guide)?.[1];
  expect(readFileSync('assets/icon.svg', 'utf8')).toContain(`fill="${colour}"`);
});

describe.each(['ci', 'publish'])('the workflow %s', (name) => {
  const workflow = readFileSync(`.github/workflows/${name}.yml`, 'utf8');
  const all = (pattern: RegExp) => Array.from(workflow.matchAll(pattern), ([, found]) => found);

  // A tag can be moved to another commit.
  test("takes no actions except GitHub's own, each pinned to a commit with its version", () => {
    const actions = all(/\buses: (.+)/g);
    expect(actions).not.toEqual([]);
    const pinned = /^(?:actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/.+\.yml)$/;
    for (const action of actions) expect(action).toMatch(pinned);
  });

  test('may read the repository, and nothing else', () => {
    expect(all(/permissions:((?:\n +\S.*)+)/g)).toEqual(['\n  contents: read']);
  });

  test('runs these commands, none of which promotes', () => {
    expect(all(/\brun: (.+)/g)).toEqual(
      name === 'ci'
        ? ['bash .ci/run']
        : [
            expect.stringMatching(/^test .*GITHUB_REF_PROTECTED/),
            expect.stringMatching(/^test .*GITHUB_REF_NAME/),
            'npm ci',
            'npx zapier-platform push --skip-dep-install',
          ],
    );
  });
});

test('the deploy key is used for a protected tag only', () => {
  const workflow = readFileSync('.github/workflows/publish.yml', 'utf8');
  const [before = '', push = ''] = workflow.split('\n  push:\n    needs: [ci, tag]\n');
  expect(push).toMatch(/^ {4}environment: zapier$/m);
  expect(push).toContain('secrets.ZAPIER_DEPLOY_KEY');
  expect(before).not.toContain('secrets.');
});

test('Dependabot updates packages and actions each week, in one pull request each', () => {
  const [, ...updates] = readFileSync('.github/dependabot.yml', 'utf8').split(
    'package-ecosystem: ',
  );
  expect(updates.map((update) => update.split('\n')[0])).toEqual(['npm', 'github-actions']);
  for (const update of updates) {
    expect(update).toMatch(/interval: weekly\n +groups:\n +\w+:\n +patterns: \['\*'\]/);
  }
});
