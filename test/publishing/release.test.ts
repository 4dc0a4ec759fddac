import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { asObject } from '../../src/values.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { version } = JSON.parse(read('package.json'));
const KINDS: Readonly<Record<string, keyof typeof app>> = {
  trigger: 'triggers',
  search: 'searches',
  create: 'creates',
};

// What `zapier-platform promote` reads the changelog with.
const cli = createRequire(import.meta.url).resolve('zapier-platform-cli/package.json');
const { getVersionChangelog } = createRequire(cli)('./src/utils/changelog.js');

describe('a version', () => {
  test('is the same in package-lock.json', () => {
    const lock = JSON.parse(read('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });

  test('has an entry with its date in the changelog, in the form of Keep a Changelog', () => {
    const headings = read('CHANGELOG.md').match(/^## .*$/gm);
    expect(headings?.find((heading) => heading.startsWith(`## [${version}]`))).toMatch(
      /\] - \d{4}-\d\d-\d\d$/,
    );
  });

  test('is promoted with this entry', async () => {
    const { changelog, appMetadata } = await getVersionChangelog(version);
    expect(changelog).toMatch(/^### (?:Added|Changed|Deprecated|Removed|Fixed|Security)\n\n- /);
    expect(await getVersionChangelog('99.0.0')).toEqual({ changelog: '' });
    // Each token is understood, and names a step that there is.
    const tokens = changelog.match(/\b(?:trigger|search|create)\/\w+/g) ?? [];
    expect(appMetadata).toHaveLength(tokens.length);
    for (const token of tokens) {
      const [kind = '', key = ''] = token.split('/');
      expect(asObject(asObject(app)[KINDS[kind] ?? ''])).toHaveProperty(key);
    }
  });
});

describe.each(['ci', 'publish'])('the workflow %s', (name) => {
  const workflow = read(`.github/workflows/${name}.yml`);
  const all = (pattern: RegExp) => Array.from(workflow.matchAll(pattern), ([, found]) => found);

  test("takes no actions but GitHub's own", () => {
    const actions = all(/\buses: (\S+)/g);
    expect(actions).not.toEqual([]);
    expect(
      actions.filter((action) => !/^(?:actions\/[\w-]+@v\d+|\.\/.+\.yml)$/.test(`${action}`)),
    ).toEqual([]);
  });

  test('may read the repository, and nothing else', () => {
    expect(all(/permissions:((?:\n +\S.*)+)/g)).toEqual(['\n  contents: read']);
  });

  test('runs these commands, none of which promotes', () => {
    const commands = all(/\brun: (.+)/g);
    expect(commands).toEqual(
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
