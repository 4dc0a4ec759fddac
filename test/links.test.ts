import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';

/* Each relative link of a document leads to a file, and to a heading in it. */

const DOCUMENTS = [...globSync('*.md'), 'tools/README.md', ...globSync('docs/*.md')];
const markdown = new MarkdownIt();

const textOf = (document: string) => readFileSync(document, 'utf8');

/** The addresses of links and pictures. */
const linksOf = (document: string) =>
  markdown
    .parse(textOf(document), {})
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
    .map(String)
    .filter((address) => !/^\w+:/.test(address));

/** What GitHub makes of headings, to link to them. */
const anchorsOf = (document: string) =>
  Array.from(textOf(document).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

test.each(DOCUMENTS)('the links of %s lead somewhere', (document) => {
  const odd = linksOf(document).filter((address) => {
    const [path = '', anchor] = address.split('#');
    const target = path === '' ? document : join(document, '..', path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(odd).toEqual([]);
});

test('each picture is in a document', () => {
  const shown = DOCUMENTS.flatMap((document) =>
    linksOf(document).map((address) => relative('.', join(document, '..', address))),
  );
  expect(globSync('docs/images/*').filter((picture) => !shown.includes(picture))).toEqual([]);
});
