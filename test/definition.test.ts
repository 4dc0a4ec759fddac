import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import app from '../index.ts';
import { call } from './helpers/zapier.ts';

test("the definition passes Zapier's own validation", async () => {
  expect((await call<unknown[]>('', {}, 'validate')).results).toEqual([]);
});

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(app.version).toBe(version);
});
