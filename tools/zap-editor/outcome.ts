import { toRecord } from '../../src/chat-session/fields.ts';
import {
  companies,
  type Filter,
  newStatuses,
  readFilters,
  sessionTypes,
} from '../../src/chat-session/filters.ts';
import {
  type ChatSession,
  contactOf,
  readChatSession,
  statusName,
} from '../../src/chat-session/payload.ts';
import { asObject, parseJson, text } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { Step } from '../zap-runner/app-definition.ts';
import type { Run } from '../zap-runner/zap-run.ts';
import { START_OF } from './next-thing.ts';
import { recordTitle } from './views/records.ts';
import type { Sign } from './views/signs.ts';

/** How something ended, as a sign and in words. */
export interface Outcome {
  readonly sign: Sign;
  readonly words: string;
}

/** How the run of a Zap for one record of its trigger ended. */
export function outcomeOf({ stepRuns, zap }: Run, index: number): Outcome {
  const steps = stepRuns[index] ?? [];
  const last = steps.at(-1);
  const name = `${steps.length + 1}. ${zap.steps[steps.length - 1]?.step.label}`;
  if (last?.error) return { sign: 'failed', words: `Failed at ${name}` };
  if (last?.stopped) return { sign: 'stopped', words: `Stopped at ${name}` };
  if (last?.records.length === 0) {
    return { sign: 'nothing', words: `Stopped at ${name}: nothing was found` };
  }
  return { sign: 'done', words: 'All steps ran' };
}

/** How a delivery ended. */
export function outcomeOfAll(run: Run, bodies: readonly unknown[]): Outcome {
  const { records, error } = run;
  if (error !== null) return { sign: 'failed', words: 'The trigger failed' };
  if (records.length === 0) return { sign: 'skipped', words: skipped(run, bodies) };
  const outcomes = records.map((_, index) => outcomeOf(run, index));
  const [first] = outcomes;
  if (first !== undefined && outcomes.length === 1) return first;
  const count = (sign: Sign) => outcomes.filter((one) => one.sign === sign).length;
  const [failed, stopped] = [count('failed'), count('stopped') + count('nothing')];
  return {
    sign: failed > 0 ? 'failed' : stopped > 0 ? 'stopped' : 'done',
    words: [
      plural(records.length, 'run'),
      ...(stopped > 0 ? [`${stopped} stopped`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ].join(', '),
  };
}

/** The filters of the triggers, and the words for the value of a session that one of them rejects. */
const FILTERS: readonly { filter: Filter; wordFor: (session: ChatSession) => string | null }[] = [
  { filter: newStatuses, wordFor: ({ status }) => statusName(status) },
  {
    filter: sessionTypes,
    wordFor: ({ type }) => sessionTypes.inputField.choices?.[type ?? ''] ?? type,
  },
  { filter: companies, wordFor: (session) => contactOf(session).company.name },
];

/** Why no Zap ran, such as `Skipped: Example Bakery is not in Companies`. */
function skipped({ zap }: Run, bodies: readonly unknown[]): string {
  if (bodies.length === 0) return 'Skipped: nothing was delivered';
  const [session, another] = bodies.map(readChatSession);
  const reasons = FILTERS.flatMap(({ filter, wordFor }) => {
    if (session === undefined || another !== undefined) return [];
    const { key, label } = filter.inputField;
    // Whether the choice itself is right was asked when the Zap was turned on.
    const test = readFilters([{ ...filter, refusal: () => null }], { [key]: zap.inputData[key] });
    const isWanted = 'refusal' in test || test.isWanted(session);
    const name = key === 'statuses' && zap.trigger === 'new_chat_session' ? 'Statuses' : label;
    return isWanted ? [] : `${wordFor(session) ?? 'nothing'} is not in ${name}`;
  });
  return `Skipped: ${reasons.join(', and ') || 'the filters of the trigger did not let it through'}`;
}

/** The entries of a delivery. */
export function entriesIn({ body }: Run): readonly unknown[] {
  const delivered = parseJson(body);
  return Array.isArray(delivered) ? delivered : [delivered];
}

/** What a delivery is about: chats and tickets by the ids of their cards, and how it started. */
export const subjectsIn = ({ zap }: Run, bodies: readonly unknown[]): string[] => [
  ...bodies
    .map(asObject)
    .flatMap(({ id, ticketId }) => [`chat-${text(id)}`, `ticket-${text(ticketId)}`]),
  START_OF[zap.trigger] ?? '',
];

/** What a delivery is about: for one chat its customer and status. */
export function titleOf(step: Step, { records }: Run, bodies: readonly unknown[]): string {
  const [record, another] = records;
  if (record !== undefined && another === undefined) return recordTitle(step.outputFields, record);
  if (bodies.length !== 1) return plural(bodies.length, step.noun);
  return recordTitle([], toRecord(readChatSession(bodies[0]))) || step.noun;
}
