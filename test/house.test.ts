import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

/*
 * Which way the imports go. Each part may use itself and the parts behind its arrow, and no others.
 * docs/development.md shows the parts.
 */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['triggers', 'searches', 'creates', 'src/authentication.ts', 'package.json'],
  triggers: ['src/steps', 'src/site-form', 'src/chat-session', 'src/deskdirector', 'src/values.ts'],
  searches: ['src/steps'],
  creates: ['src/steps'],
  'src/authentication.ts': ['src/deskdirector', 'src/values.ts'],
  'src/steps': [
    'src/chat-session',
    'src/site-form',
    'src/deskdirector',
    'src/delivery.ts',
    'src/values.ts',
  ],
  'src/chat-session': ['src/delivery.ts', 'src/values.ts'],
  'src/site-form': ['src/chat-session', 'src/deskdirector', 'src/markdown.ts', 'src/values.ts'],
  'src/deskdirector': ['src/values.ts', 'package.json'],
  'src/delivery.ts': ['src/values.ts'],
  'src/markdown.ts': [],
  'src/values.ts': [],
  'tools/common': ['src'],
  'tools/desk-director': ['tools/common', 'src'],
  'tools/zap-runner': ['tools/common', 'src', 'index.ts', 'dist'],
  'tools/demo': ['tools/zap-runner', 'tools/desk-director', 'tools/common', 'src'],
  'tools/zap-editor': ['tools/zap-runner', 'tools/desk-director', 'tools/common', 'src'],
  'tools/site-check': [
    'tools/zap-runner',
    'tools/desk-director',
    'tools/common',
    'src',
    'index.ts',
    'package.json',
  ],
  'tools/soak': ['tools/zap-runner', 'tools/desk-director', 'tools/common', 'src', 'dist'],
  'tools/scripts': ['tools', 'src', 'index.ts', 'package.json', 'tools/package.json'],
  'tools/bench': ['tools', 'src', 'index.ts', 'dist'],
  'tools/test': ['tools', 'src', 'index.ts', 'dist', 'package.json'],
};

/** The files of a site's forms that make requests. The others are pure. */
const WITH_REQUESTS = ['read', 'fields', 'board'].map((name) => `src/site-form/${name}.ts`);

const FILES = globSync(['index.ts', '{triggers,searches,creates,src,tools}/**/*.{ts,js}'], {
  exclude: ['**/node_modules'],
});
const partOf = (path: string) =>
  Object.keys(PARTS).find((part) => path === part || path.startsWith(`${part}/`));

/** The files that a file imports, by their paths from the project's folder. */
function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([.#][^']*)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    specifier.startsWith('#') ? specifier.slice(1) : join(dirname(file), specifier),
  );
}

test('every file stands in a part, and each part has files', () => {
  expect(FILES.filter((file) => partOf(file) === undefined)).toEqual([]);
  expect([...new Set(FILES.map(partOf))].sort()).toEqual(Object.keys(PARTS).sort());
});

test.each(Object.entries(PARTS))('%s imports only from %j', (part, others) => {
  const allowed = [part, ...others];
  const isAllowed = (path: string) =>
    allowed.some((one) => path === one || path.startsWith(`${one}/`));
  const odd = FILES.filter((file) => partOf(file) === part).flatMap((file) =>
    importsOf(file).flatMap((path) => (isAllowed(path) ? [] : [`${file} imports ${path}`])),
  );
  expect(odd).toEqual([]);
});

test("the pure files of a site's forms import only one another, and what reads values", () => {
  const pure = FILES.filter((file) => partOf(file) === 'src/site-form').filter(
    (file) => !WITH_REQUESTS.includes(file),
  );
  const allowed = [
    ...pure,
    ...['src/markdown.ts', 'src/values.ts', 'src/deskdirector/operations.ts'],
  ];
  const odd = pure.flatMap((file) => importsOf(file).filter((path) => !allowed.includes(path)));
  expect(odd).toEqual([]);
});
