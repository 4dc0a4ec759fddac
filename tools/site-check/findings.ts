import { asObject, list, propertyOf, text } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { Answer, CheckedApp } from './app.ts';
import type { Names } from './names.ts';
import type { Exchange } from './recorder.ts';

/** One thing that the app reads of a site. */
export interface Finding {
  readonly kind: 'connection' | 'list' | 'form' | 'answer';
  /** What it is about, such as `Create Ticket`. */
  readonly title: string;
  /** What was found, in words; empty when it failed. */
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

export interface SiteEvent {
  readonly id: string;
  readonly name: string;
}

export type Findings = ReturnType<typeof createFindings>;

type Found = Pick<Finding, 'found'> & Partial<Finding>;

/** The list of the events in the app's words. */
const OFFERS = /( It offers: ).*(\. Ask DeskDirector )/s;
const EVENTS = '/chat-webhook-events';

/**
 * Calls functions of the app, and collects what is found.
 *
 * @param tell called with each finding
 */
export function createFindings(app: CheckedApp, names: Names, tell: (finding: Finding) => void) {
  const all: Finding[] = [];
  const exchanges: Exchange[] = [];

  /** The app's words about an event that is missing list the names of the events. */
  function withoutNames(words: string): string {
    const offered = eventsIn(exchanges)
      ?.map(({ name }) => names.event(name))
      .join(', ');
    return words.replace(OFFERS, (_, before, after) => before + (offered || 'none at all') + after);
  }

  function add(kind: Finding['kind'], title: string, answer: Answer, found: Found): void {
    const times = answer.exchanges.map(({ milliseconds }) => milliseconds);
    const milliseconds = times.length === 0 ? null : Math.max(...times);
    const nothing = { leftOut: [], needsMore: false };
    const { failure } = answer;
    const made = { kind, title, failure, milliseconds, ...nothing, ...found };
    const finding =
      made.failure === null ? made : { ...made, failure: withoutNames(made.failure), found: '' };
    all.push(finding);
    tell(finding);
  }

  return {
    all,
    exchanges,
    add,

    /** Runs a function of the app, and keeps what the site answered. */
    async call(method: string, inputData: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
      const answer = await app.call(method, { inputData });
      exchanges.push(...answer.exchanges);
      return answer;
    },

    /** Whether the finding with this title failed. */
    hasFailed: (title: string) =>
      all.some((finding) => finding.title === title && finding.failure !== null),

    /** Adds a finding about something that needs an entry of a dropdown, when there is none. */
    addUnasked(kind: Finding['kind'], title: string, entries: string, dropdown: string): void {
      const isFailed = this.hasFailed(dropdown);
      const words = isFailed
        ? `not asked, because the ${entries} could not be read`
        : `not asked, because the site has no ${entries}`;
      const nothing = { results: null, warnings: [], exchanges: [] };
      add(kind, title, { ...nothing, failure: isFailed ? words : null }, { found: words });
    },

    /** Adds a finding about a list, and returns its entries. */
    addList(title: string, answer: Answer) {
      const entries = list(answer.results, asObject);
      add('list', title, answer, { found: plural(entries.length, 'choice') });
      return entries;
    },
  };
}

/** The events in the answer of the site; null without an answer. */
export function eventsIn(exchanges: readonly Exchange[]): SiteEvent[] | null {
  const answer = exchanges.find(({ path, status }) => path === EVENTS && status < 300);
  const results = propertyOf(asObject(answer?.data), 'results');
  if (results === undefined) return null;
  return list(results, (entry) => {
    const event = asObject(entry);
    const id = text(propertyOf(event, 'id')) ?? '';
    return { id, name: text(propertyOf(event, 'name')) ?? id };
  });
}
