import { asObject, list, propertyOf, text } from '../../src/values.ts';
import type { Answer } from './app.ts';
import type { Exchange } from './recorder.ts';

/** One thing that the app reads of a site. */
export interface Finding {
  readonly kind: 'connection' | 'list' | 'form' | 'answer' | 'payload' | 'search';
  /** What it is about, such as `Create Ticket`. */
  readonly title: string;
  /** What was found, in words. It says nothing when it failed. */
  readonly found: string;
  /** The app's words when it failed; null when it did not. */
  readonly failure: string | null;
  /** The properties without a field, each with the reason. */
  readonly leftOut: readonly string[];
  /** Whether a property without a field is required, so that the form can't be sent. */
  readonly needsMore: boolean;
  /** The time of the slowest answer; null when no answer was noted. */
  readonly milliseconds: number | null;
}

/** A finding about an answer of the app. It failed as the answer did, unless it says otherwise. */
export function findingOf(
  { failure, exchanges }: Pick<Answer, 'failure' | 'exchanges'>,
  found: Pick<Finding, 'kind' | 'title' | 'found'> & Partial<Finding>,
): Finding {
  const times = exchanges.map(({ milliseconds }) => milliseconds);
  const milliseconds = times.length === 0 ? null : Math.max(...times);
  return { failure, milliseconds, leftOut: [], needsMore: false, ...found };
}

export interface SiteEvent {
  readonly id: string;
  readonly name: string;
}

/** The events in the answer of the site; null without an answer. */
export function eventsIn(exchanges: readonly Exchange[]): SiteEvent[] | null {
  const answer = exchanges.find(
    ({ path, status }) => path === '/chat-webhook-events' && status < 300,
  );
  const results = propertyOf(asObject(answer?.data), 'results');
  if (results === undefined) return null;
  return list(results, (entry) => {
    const event = asObject(entry);
    const id = text(propertyOf(event, 'id')) ?? '';
    return { id, name: text(propertyOf(event, 'name')) ?? id };
  });
}
