import { listIn } from '../../src/deskdirector/list.ts';
import { entityIdIn } from '../../src/steps/described.ts';
import { asObject, isObject, list, propertyOf } from '../../src/values.ts';
import { findingOf } from './findings.ts';
import type { Site, Step } from './reading.ts';
import { namesIn } from './structure.ts';

/** What a search for a text found. Nothing of it is shown but numbers. */
export interface Searched {
  readonly label: string;
  /** The app's words when the search failed; null when it did not. */
  readonly failure: string | null;
  /** Where the list is in the answer; null when nothing was found. */
  readonly place: 'results' | 'elsewhere' | null;
  readonly found: number;
  /** How many of the entries have an ID that can be looked up. */
  readonly withId: number;
  /** How many of the look-ups found nothing. */
  readonly gone: number;
}

/** The statuses of a site that takes no such text in a field. */
const REFUSALS = [400, 422];
const MOST_FIELDS = 10;

/**
 * Searches for a text in one field after the other, until the site finds something, or refuses the search
 * itself.
 *
 * @param fields the form of the search
 */
export async function searchFor(
  { app, names, add }: Site,
  step: Step,
  fields: unknown,
  text: string,
): Promise<Searched> {
  const { key, label } = step;
  const title = `${label}: search`;
  const open = list(fields, asObject).filter(
    ({ group, type, choices, dynamic, children }) =>
      /^site/.test(String(group)) && type !== 'copy' && !choices && !dynamic && !children,
  );
  for (const field of open.slice(0, MOST_FIELDS)) {
    const answer = await app.call(step, 'perform', {
      inputData: { [String(field.key)]: text },
    });
    const { failure, exchanges } = answer;
    const sent = exchanges.find(({ method }) => method === 'POST');
    // The app or the site takes no such text in this field.
    if (sent === undefined || REFUSALS.includes(sent.status)) continue;
    const entries = (listIn(sent.data) ?? []).filter(isObject);
    if (failure === null && entries.length === 0) continue;
    names.learn(namesIn(sent.data));
    const isUsual = Array.isArray(propertyOf(asObject(sent.data), 'results'));
    const thing = key.replace('find_', '').replace('_', ' ');
    add(findingOf(answer, { kind: 'search', title, found: `${entries.length} found` }));
    return {
      ...{ label, failure, found: entries.length },
      place: failure !== null ? null : isUsual ? 'results' : 'elsewhere',
      withId: entries.filter((entry) => entityIdIn(entry, thing) !== null).length,
      gone: exchanges.filter(({ path, status }) => status === 404 && !path.startsWith('/schema/'))
        .length,
    };
  }
  const nothing = { failure: null, exchanges: [] };
  add(findingOf(nothing, { kind: 'search', title, found: 'nothing found' }));
  return { label, failure: null, place: null, found: 0, withId: 0, gone: 0 };
}
