import { readChatSession } from '../../src/chat-session/payload.ts';
import { lettersOf } from '../../src/deskdirector/events.ts';
import { asObject } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { Difference } from './compare.ts';
import type { Finding } from './findings.ts';
import type { Listening } from './listening.ts';
import type { Names } from './names.ts';
import { filtersTitle, type Reading, USE_TICKET_EVENT } from './reading.ts';
import type { Exchange } from './recorder.ts';
import { durationsIn, type LookUp } from './session.ts';

/** Everything that a check learned of a site. */
export interface Facts extends Reading {
  /** What the app sent, and what the site answered. */
  readonly exchanges: readonly Exchange[];
  readonly names: Names;
  /** Null without `--session`. */
  readonly lookUp: LookUp | null;
  /** Null without `--listen`. */
  readonly listening: Listening | null;
  /** Null without `--listen --ticket`. */
  readonly ticket: Listening | null;
  /** The sessions that were looked up or delivered. */
  readonly sessions: readonly unknown[];
  readonly differences: readonly Difference[];
  /** The people of the sessions that were not found; null without people to look up. */
  readonly missedPeople: readonly string[] | null;
}

/** What a check says about one line of what is not known. */
export interface Judgement {
  /** What the site says. */
  readonly says: string;
  readonly verdict: 'as believed' | 'different, and handled' | 'different' | 'not seen';
  /** What to do when the site is different. */
  readonly todo?: string;
}

interface Row {
  /** As in docs/site-check.md. */
  readonly unknown: string;
  readonly believed: string;
  readonly judge: (facts: Facts) => Judgement;
}

const believed = (says: string): Judgement => ({ says, verdict: 'as believed' });
const handled = (says: string): Judgement => ({ says, verdict: 'different, and handled' });
const different = (says: string, todo: string): Judgement => ({ says, verdict: 'different', todo });
const unseen = (says: string): Judgement => ({ says, verdict: 'not seen' });

const NEVER = 'This check never does that.';
const SESSION = '--session shows it.';
const FIND = '--find shows it.';
const LISTEN = '--listen shows it.';
const LISTEN_TO_TICKET = '--listen --ticket shows it.';
const REPEATS = '--listen shows it within its one delivery only.';
const EITHER = '--session or --listen shows it.';

/** @param places where the words of the app stand */
const askSite = (places: readonly string[]) =>
  `Read the words of the app above, at ${places.map((place) => `“${place}”`).join(', ')}. They say what to ask your administrator or DeskDirector.`;
const IN_ROW =
  'Read the words of the app in this row. They say what to ask your administrator or DeskDirector.';
const SEND =
  'Save what your site said with --save, and send the file to the developers of this app.';

/** One row for each line of *What is not known of DeskDirector's API* in docs/site-check.md. */
export const ROWS: readonly Row[] = [
  {
    unknown: 'a call that lists chat sessions',
    believed: 'there is none',
    judge: () => unseen('The check sends only what is published.'),
  },
  {
    unknown: 'the ids of the two events',
    believed: 'the names are the published ones',
    judge: judgeEvents,
  },
  {
    unknown: 'the filters of a site, the search fields, and the forms of the actions',
    believed: 'JSON Schemas describe them',
    judge: (facts) => judgeForms(facts, 'form', 'form'),
  },
  {
    unknown: 'the fields of contacts, members, companies, tickets, user groups and notifications',
    believed: 'JSON Schemas describe them',
    judge: (facts) => judgeForms(facts, 'answer', 'result'),
  },
  {
    unknown: 'the answer for one chat session',
    believed: 'it is a session as it is delivered',
    judge: judgeLookUp,
  },
  {
    unknown: 'the answers of the two actions on chats',
    believed: 'any of them means that it is done',
    judge: () => unseen(NEVER),
  },
  {
    unknown: 'the id of a new subscription',
    believed: 'it is in the Location header',
    judge: judgeSubscription,
  },
  {
    unknown: 'whether a delivery is one session or a list',
    believed: 'it is a list',
    judge: judgeDelivery,
  },
  {
    unknown: 'whether an entity ID of a chat is the ID that the searches take',
    believed: 'it is',
    judge: judgePeople,
  },
  {
    unknown: 'where the list is in the answer to a search',
    believed: 'in its `results`',
    judge: judgeResults,
  },
  {
    unknown: 'which property of what is found is its ID',
    believed: 'one of four, and the look-ups take it',
    judge: judgeFoundIds,
  },
  {
    unknown: 'the order of what is found, and whether a search for nothing is allowed',
    believed: 'any order; it may find everybody',
    judge: () => unseen('The check shows nothing that is found, and never searches for nothing.'),
  },
  {
    unknown: 'how a site refuses a contact that exists already',
    believed: 'with a reason in words',
    judge: () => unseen(NEVER),
  },
  {
    unknown: 'the events of tickets, and what a site sends with them',
    believed: 'one says only that a ticket is new; JSON Schemas describe all',
    judge: judgeTicketEvents,
  },
  {
    unknown: 'which property of an event is the ID of the ticket',
    believed: 'one of four',
    judge: judgeTicket,
  },
  {
    unknown: 'the ID of an action of a workflow, and whether joining one counts towards the limit',
    believed: 'it follows `actions` in Location; it does not',
    judge: () => unseen(NEVER),
  },
  {
    unknown: 'where the lists are in the answer about the tasks of a ticket',
    believed: 'in its `results`',
    judge: () => unseen('The check looks up no tasks.'),
  },
  {
    unknown: 'whether the same update of a ticket twice has the same effect as once',
    believed: 'it may not, so it is sent once',
    judge: () => unseen(NEVER),
  },
  {
    unknown: "the format of a message's ID",
    believed: 'it is like the published example',
    judge: judgeMessageId,
  },
  {
    unknown: 'whether an event comes again, and whether `completed` does',
    believed: 'both can happen',
    judge: judgeRepeats,
  },
  {
    unknown: 'what future versions add',
    believed: 'nothing so far',
    judge: judgeAdditions,
  },
  {
    unknown: 'the units of `creatorWaited` and `chatDuration`',
    believed: 'numbers without a known unit',
    judge: judgeUnits,
  },
];

/** What to do about what failed and has no row of its own. */
export function otherTodo(findings: readonly Finding[]): string[] {
  const failed = findings.filter(
    ({ kind, failure }) => failure !== null && (kind === 'connection' || kind === 'list'),
  );
  if (failed.length === 0) return [];
  return [`the connection and the dropdowns: ${askSite(failed.map(({ title }) => title))}`];
}

function judgeEvents({ events, triggers, names }: Facts): Judgement {
  if (events === null)
    return different(
      'The events could not be read.',
      askSite(triggers.map(({ label }) => filtersTitle(label))),
    );
  const offered = events.map(({ name }) => `“${names.event(name)}”`).join(', ') || 'no event';
  const missing = triggers.filter(({ event }) => event === null);
  const taken = triggers.flatMap(({ event }) => event ?? []);
  const says = taken.map(({ id, name }) => `${names.event(id)} (${names.event(name)})`).join('; ');
  if (missing.length > 0) {
    const labels = missing.map(({ label }) => `“${label}”`).join(' and ');
    return different(
      `It offers ${offered}. Nothing is taken for ${labels}.`,
      `Ask DeskDirector whether your plan includes chat webhooks. If the event has another name on your site: ${SEND}`,
    );
  }
  if (new Set(taken.map(({ id }) => id)).size < taken.length) {
    return different(`Both triggers take the same event: ${says}.`, SEND);
  }
  return triggers.every(({ label, event }) => lettersOf(event?.name ?? '') === lettersOf(label))
    ? believed(`${says}.`)
    : handled(`Found by a word: ${says}.`);
}

function judgeForms({ findings }: Facts, kind: Finding['kind'], noun: string): Judgement {
  const forms = findings.filter((finding) => finding.kind === kind);
  const asked = forms.filter(
    ({ failure, milliseconds }) => failure !== null || milliseconds !== null,
  );
  const count = plural(asked.length, noun);
  const failed = forms.filter(({ failure }) => failure !== null).map(({ title }) => title);
  if (asked.length === 0) return unseen(`No ${noun} was asked for.`);
  const unusable = forms.filter(({ needsMore }) => needsMore).length;
  const partial = forms.filter(({ leftOut }) => leftOut.length > 0).length;
  if (failed.length > 0) {
    return different(`${failed.length} of ${count} can't be read.`, `${askSite(failed)} ${SEND}`);
  }
  if (unusable > 0) {
    return different(`${unusable} of ${count} need a value that has no field.`, SEND);
  }
  const rest = partial === 0 ? 'all fields shown' : `${partial} with fields left out`;
  return believed(`${count}, ${rest}.`);
}

function judgeLookUp({ lookUp }: Facts): Judgement {
  if (lookUp === null) return unseen(SESSION);
  const { answer, failure } = lookUp;
  if (answer === 'none') return unseen('The site has no such session.');
  if (answer === 'list') return handled('A list of one session.');
  if (answer === 'one') return believed('One session.');
  return different(`The look-up failed: ${failure}`, `${IN_ROW} ${SEND}`);
}

function judgeSubscription({ listening }: Facts): Judgement {
  if (listening === null) return unseen(LISTEN);
  const { idFoundIn, failure, leftBehind } = listening;
  if (failure !== null) return different(`Subscribing failed: ${failure}`, IN_ROW);
  if (leftBehind !== null) {
    return different(
      `The ID is in the ${idFoundIn}. Unsubscribing failed: ${leftBehind}`,
      'Delete the workflow in DeskDirector. Its address is above, after “A delivery”.',
    );
  }
  return idFoundIn === 'body'
    ? handled('The ID is in the body.')
    : believed('The ID is in the Location header.');
}

function judgeDelivery({ listening }: Facts): Judgement {
  if (listening === null) return unseen(LISTEN);
  const { deliveries, deliveryFailure } = listening;
  if (deliveries.length === 0) return unseen('Nothing was delivered.');
  if (deliveryFailure !== null) return different(deliveryFailure, SEND);
  return Array.isArray(deliveries[0]) ? believed('A list.') : handled('One session.');
}

function judgePeople({ missedPeople, sessions }: Facts): Judgement {
  if (missedPeople === null)
    return unseen(sessions.length > 0 ? 'No person in the chat has an entity ID.' : EITHER);
  return missedPeople.length === 0
    ? believed('The searches find its people.')
    : different(`Not found: ${missedPeople.join('; ')}`, SEND);
}

function judgeResults({ searched }: Facts): Judgement {
  if (searched === null) return unseen(FIND);
  const failed = searched.filter(({ failure }) => failure !== null);
  if (failed.length > 0) {
    const words = failed.map(({ label, failure }) => `${label}: ${failure}`).join('; ');
    return different(words, `${IN_ROW} ${SEND}`);
  }
  const found = searched.filter(({ place }) => place !== null);
  if (found.length === 0) return unseen('No search found anything.');
  const elsewhere = found.filter(({ place }) => place === 'elsewhere').map(({ label }) => label);
  return elsewhere.length === 0
    ? believed(`In results, of ${plural(found.length, 'answer')}.`)
    : handled(`Elsewhere: ${elsewhere.join(', ')}.`);
}

function judgeFoundIds({ searched }: Facts): Judgement {
  if (searched === null) return unseen(FIND);
  const total = (number: 'found' | 'withId' | 'gone') =>
    searched.reduce((sum, one) => sum + one[number], 0);
  const [found, withId, gone] = [total('found'), total('withId'), total('gone')];
  if (found === 0) return unseen('No search found anything.');
  const says = `${withId} of ${found} have one${gone === 0 ? '' : `, and ${gone} of them lead nowhere`}.`;
  return withId === found && gone === 0 ? believed(says) : handled(says);
}

function judgeTicketEvents(facts: Facts): Judgement {
  const judgement = judgeForms(facts, 'payload', 'event');
  const isReplaced = facts.findings.some(({ found }) => found === USE_TICKET_EVENT);
  return isReplaced && judgement.verdict !== 'different'
    ? handled(`None says only that a ticket is new. ${judgement.says}`)
    : judgement;
}

function judgeTicket({ ticket }: Facts): Judgement {
  if (ticket === null) return unseen(LISTEN_TO_TICKET);
  const { failure, leftBehind, deliveries, deliveryFailure, records } = ticket;
  if (failure !== null) return different(`Subscribing failed: ${failure}`, IN_ROW);
  if (leftBehind !== null) return different(`Unsubscribing failed: ${leftBehind}`, IN_ROW);
  if (deliveries.length === 0) return unseen('Nothing was delivered.');
  if (deliveryFailure !== null) return different(deliveryFailure, SEND);
  const withId = records.filter(({ id }) => id !== null).length;
  const says = `${withId} of ${plural(records.length, 'event')} have one.`;
  return withId === records.length ? believed(says) : handled(says);
}

function judgeMessageId({ sessions }: Facts): Judgement {
  const read = sessions
    .map(readChatSession)
    .filter(({ lastMessageId }) => lastMessageId.id !== null);
  if (read.length === 0) return unseen(sessions.length > 0 ? 'The chat has no message.' : EITHER);
  return read.every(({ lastMessageId }) => lastMessageId.at !== null)
    ? believed('The ID looks like the example.')
    : handled('It looks different. The fields about the last message stay empty.');
}

function judgeRepeats({ listening }: Facts): Judgement {
  if (listening === null) return unseen(REPEATS);
  const events = listening.deliveries.flat().map((session) => {
    const { id, status, lastModifiedDateTime } = asObject(session);
    return JSON.stringify([id, status, lastModifiedDateTime]);
  });
  return new Set(events).size < events.length
    ? believed('An event came again within one delivery.')
    : unseen('No event came again within one delivery. The check sees no other.');
}

function judgeAdditions({ sessions, differences }: Facts): Judgement {
  if (sessions.length === 0) return unseen(EITHER);
  const kinds = Map.groupBy(differences, ({ what }) => what);
  const says = Array.from(kinds, ([what, all]) => `${all.length} ${what}`);
  return says.length === 0 ? believed('Nothing.') : handled(`Properties: ${says.join(', ')}.`);
}

function judgeUnits({ sessions }: Facts): Judgement {
  if (sessions.length === 0) return unseen(EITHER);
  const durations = durationsIn(sessions);
  if (durations.length === 0) return unseen('The chat has no creatorWaited and no chatDuration.');
  return durations.includes(null)
    ? handled('Not a number. The field stays empty.')
    : believed(`${durations.join('; ')}.`);
}
