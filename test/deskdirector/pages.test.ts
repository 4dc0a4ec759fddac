import { describe, expect, jest, test } from '@jest/globals';
import { ask, site } from '../helpers/described-site.ts';
import { Answer } from '../helpers/prepared-site.ts';
import { call, failure } from '../helpers/zapier.ts';

const entries = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: from + n, name: `F${from + n}` }));
const page = (skip: number) => `GET /forms?take=100&skip=${skip}`;
/** The answers with pages of these sizes. */
const pages = (...sizes: number[]) => {
  let from = 0;
  return Object.fromEntries(
    sizes.map((size) => {
      const answer = [page(from), { results: entries(from, size) }];
      from += size;
      return answer;
    }),
  );
};
const forms = () => ask('triggers.form_list.operation.perform');

describe('a list in pages', () => {
  test.each<[string, Record<string, unknown>, number, number]>([
    ['to an empty page', pages(100, 100, 30, 0), 230, 4],
    ['also when the site gives fewer entries a page', pages(20, 20, 0), 40, 3],
    ['to a page without a new ID', { 'GET /forms': { results: entries(0, 7) } }, 7, 2],
    ['to a page that is null', { ...pages(100), [page(100)]: { results: null } }, 100, 2],
    ['without entries', pages(0), 0, 1],
  ])('is read %s', async (_, answers, count, requests) => {
    site.answer(answers);
    const { results, warnings } = await forms();
    expect(results).toHaveLength(count);
    expect(site.requests).toHaveLength(requests);
    expect(warnings).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['a site with pages', pages(...Array(21).fill(100)), 20],
    ['a site that knows no pages', { 'GET /forms': { results: entries(0, 2_500) } }, 1],
  ])('has at most 2,000 entries, and the log says so: %s', async (_, answers, requests) => {
    site.answer(answers);
    const { results, warnings } = await forms();
    expect(results).toHaveLength(2_000);
    expect(site.requests).toHaveLength(requests);
    expect(warnings).toEqual(['Only the first 2000 entries of the list were read.']);
  });

  test('ends in time', async () => {
    site.answer(pages(...Array(300).fill(1)));
    const started = Date.now();
    let now = started;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => {
      now += 100;
      return now;
    });
    const { results, warnings } = await forms();
    clock.mockRestore();
    expect(now - started).toBeLessThan(25_000);
    expect(warnings).toEqual([`Only the first ${results.length} entries of the list were read.`]);
  });

  test('fails when a page fails: an owner would miss entries without a word', async () => {
    site.answer({ ...pages(100), [page(100)]: new Answer('{}', 403) });
    expect((await failure(forms())).message).toContain('may list forms');
  });

  test('does not refuse a workflow after those that were read', async () => {
    site.answer({
      'GET /workflows': { results: entries(0, 2_500) },
      'POST /workflows/9999/actions': { actionId: 'a' },
    });
    const { results } = await call('triggers.workflow_triggered.operation.performSubscribe', {
      inputData: { workflow_type: 'x', workflow_id: '9999' },
      targetUrl: 'https://hooks.zapier.com/1',
    });
    expect(results).toMatchObject({ id: 'a', workflowId: '9999' });
  });
});
