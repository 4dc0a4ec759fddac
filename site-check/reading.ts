import { plural } from '../sandbox/plural.ts';
import { type Property, readForm } from '../src/json-schema/form.ts';
import { NOTE_KEY } from '../src/steps/site-form.ts';
import { BOARD_PARAMETER } from '../src/steps/site-lists.ts';
import { NO_FIELDS, NO_RESULT } from '../src/steps/words.ts';
import { asObject, list, propertyOf, text } from '../src/values.ts';
import type { Answer, CheckedApp, Exchange } from './app.ts';
import type { Names } from './names.ts';
import { namesIn } from './structure.ts';

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
  /** The time of the slowest answer; null when no answer came. */
  readonly milliseconds: number | null;
}

interface SiteEvent {
  readonly id: string;
  readonly name: string;
}

/** What a site says when it is only read. */
export interface Reading {
  readonly findings: readonly Finding[];
  /** The events that the site offers; null when it did not say. */
  readonly events: readonly SiteEvent[] | null;
  readonly triggers: readonly ReadTrigger[];
  /** The dropdowns for companies and technicians that failed. The names in them are not known. */
  readonly unknownNames: readonly string[];
  readonly exchanges: readonly Exchange[];
}

/** A trigger, and the event that the app takes for it; null when there is none. */
export interface ReadTrigger {
  readonly key: string;
  readonly label: string;
  readonly event: SiteEvent | null;
}

/** The title of the finding about the filters of a trigger. */
export const filtersTitle = (label: string) => `${label}: filters`;

/** The list of the events in the app's words. */
const OFFERS = /( It offers: ).*(\. Ask DeskDirector )/s;
const MOST_REQUEST_TYPES = 10;
const EVENTS = '/chat-webhook-events';
/** The paths of schemas below the connector API. */
export const FILTERS = '/schema/chat-workflow-webhook/$parameters?type=';
export const TYPE = '/schema/dynamic-types/';

type Fields = Readonly<Record<string, unknown>>;
type Found = Pick<Finding, 'found'> & Partial<Finding>;

/**
 * Reads all that the app reads of a site, through the app, and changes nothing there. What fails is a
 * finding, and the rest goes on. When neither the connection test nor the events can be read, nothing
 * else is asked.
 *
 * @param tell called with each finding
 */
export async function readSite(
  app: CheckedApp,
  names: Names,
  tell: (finding: Finding) => void,
): Promise<Reading> {
  const findings: Finding[] = [];
  const exchanges: Exchange[] = [];
  const triggers: ReadTrigger[] = [];
  const unknownNames: string[] = [];

  async function call(method: string, inputData: Fields = {}): Promise<Answer> {
    const answer = await app.call(method, { inputData });
    exchanges.push(...answer.exchanges);
    return answer;
  }

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
    const all = { kind, title, failure, milliseconds, ...nothing, ...found };
    const finding =
      all.failure === null ? all : { ...all, failure: withoutNames(all.failure), found: '' };
    findings.push(finding);
    tell(finding);
  }

  /** Adds a finding about something that needs an entry of a dropdown, when there is none. */
  function addUnasked(kind: Finding['kind'], title: string, entries: string, label: string): void {
    const isFailed = findings.some((one) => one.title === label && one.failure !== null);
    const words = isFailed
      ? `not asked, because the ${entries} could not be read`
      : `not asked, because the site has no ${entries}`;
    const nothing = { results: null, warnings: [], exchanges: [] };
    add(kind, title, { ...nothing, failure: isFailed ? words : null }, { found: words });
  }

  const definition = asObject(await app.definition());
  const stepsOf = (kind: string) =>
    Object.values(asObject(definition[kind])).map((step) => {
      const { key, display, operation } = asObject(step);
      const isHook = asObject(operation).type === 'hook';
      return { key: String(key), label: String(asObject(display).label), isHook };
    });
  const hooks = stepsOf('triggers').filter(({ isHook }) => isHook);

  async function readList(key: string, label: string, inputData: Fields = {}) {
    const answer = await call(`triggers.${key}.operation.perform`, inputData);
    const entries = list(answer.results, asObject);
    add('list', label, answer, { found: plural(entries.length, 'choice') });
    return entries;
  }

  async function readFields(method: string, title: string, inputData: Fields = {}) {
    const answer = await call(method, inputData);
    const fields = list(answer.results, asObject);
    const note = app.nameless(text(fields.find(({ key }) => key === NOTE_KEY)?.helpText) ?? '');
    const failure = note.startsWith(NO_FIELDS) ? note.slice(NO_FIELDS.length + 1) : null;
    const shown = fields.filter(
      ({ key, group }) => key !== NOTE_KEY && /^site/.test(String(group)),
    );
    add('form', title, answer, {
      found: plural(shown.length, 'field'),
      failure,
      ...lookAtForm(answer.exchanges, 'body', names),
    });
    return answer;
  }

  const connection = await call('authentication.test');
  add('connection', 'Connection test', connection, { found: 'the site accepts the key' });
  if (connection.failure !== null && hooks[0] !== undefined) {
    const { exchanges: seen } = await call(`triggers.${hooks[0].key}.operation.inputFields`);
    if (eventsIn(seen) === null) {
      return { findings, events: null, triggers, unknownNames, exchanges };
    }
  }

  // The names of companies and people come first: the names of properties are shown without them.
  const entriesOf = new Map<string, Fields[]>();
  const lists = stepsOf('triggers').filter(({ isHook }) => !isHook);
  const labelOf = (name: string) => lists.find(({ key }) => key === name)?.label ?? name;
  for (const { key, label } of lists) {
    if (key === 'status_list') continue;
    const entries = await readList(key, label);
    entriesOf.set(key, entries);
    if (!['company_list', 'member_list'].includes(key)) continue;
    for (const name of namesIn(entries)) names.learn(name);
    if (findings.at(-1)?.failure !== null) unknownNames.push(label);
  }
  const [board] = entriesOf.get('board_list') ?? [];
  const statuses = labelOf('status_list');
  if (board) await readList('status_list', statuses, { [BOARD_PARAMETER]: board.id });
  else addUnasked('list', statuses, 'boards', labelOf('board_list'));

  for (const { key, label } of hooks) {
    const answer = await readFields(`triggers.${key}.operation.inputFields`, filtersTitle(label));
    const id = answer.exchanges.find(({ path }) => path.startsWith(FILTERS))?.path;
    const event = eventsIn(exchanges)?.find((one) => `${FILTERS}${one.id}` === id) ?? null;
    triggers.push({ key, label, event });
  }

  for (const { key, label } of stepsOf('creates')) {
    const method = `creates.${key}.operation.inputFields`;
    if (key !== 'create_ticket') {
      await readFields(method, label);
      continue;
    }
    const types = entriesOf.get('request_type_list') ?? [];
    if (types.length === 0)
      addUnasked('form', label, 'request types', labelOf('request_type_list'));
    for (const [n, { id }] of types.slice(0, MOST_REQUEST_TYPES).entries()) {
      await readFields(method, `${label}: request type ${n + 1}`, { request_type_id: id });
    }
  }

  for (const kind of ['searches', 'creates']) {
    for (const { key, label } of stepsOf(kind)) {
      const answer = await call(`${kind}.${key}.operation.outputFields`);
      const warning = answer.warnings.find((words) => words.startsWith(NO_RESULT));
      // The app describes the results of the steps on chats itself.
      if (answer.exchanges.length === 0 && warning === undefined) continue;
      const fields = list(answer.results, asObject).filter(({ key: name }) => name !== 'id');
      add('answer', `${label}: result`, answer, {
        found: plural(fields.length, 'field'),
        failure: warning?.slice(NO_RESULT.length + 1) ?? null,
        ...lookAtForm(answer.exchanges, 'answer', names),
      });
    }
  }

  return { findings, events: eventsIn(exchanges), triggers, unknownNames, exchanges };
}

/** The events in the answer of the site; null without an answer. */
export function eventsIn(exchanges: readonly Exchange[]): SiteEvent[] | null {
  const answer = exchanges.find(({ path, status }) => path === EVENTS && status < 300);
  const results = propertyOf(asObject(answer?.data), 'results');
  if (results === undefined) return null;
  return list(results, asObject).map((entry) => {
    const id = text(propertyOf(entry, 'id')) ?? '';
    return { id, name: text(propertyOf(entry, 'name')) ?? id };
  });
}

/** The properties without a field in the form that the first schema describes. */
function lookAtForm(exchanges: readonly Exchange[], use: 'body' | 'answer', names: Names) {
  const schemas = exchanges.filter(({ path, status }) => /^\/schema\//.test(path) && status < 300);
  const types = new Map(
    exchanges
      .filter(({ path }) => path.startsWith(TYPE))
      .map(({ path, status, data }) => [
        path.slice(TYPE.length),
        status < 300 ? { schema: data } : "its description can't be read",
      ]),
  );
  const { form } = readForm(schemas[0]?.data, types, use);
  const properties = unshown(form?.properties ?? [], true);
  // The other problems are about no single property. Their words hold titles of the site.
  const others = form?.problems.filter((words) => !words.startsWith('“')) ?? [];
  return {
    leftOut: [
      ...properties.map(({ path, reason }) => `${path.map(names.property).join('.')} (${reason})`),
      ...others.map((words) => words.replace(/ in “.*/s, '')),
    ],
    needsMore: use === 'body' && properties.some(({ isNeeded }) => isNeeded),
  };
}

/** @param isNeeded whether the object around the properties has to be sent */
function unshown(
  properties: readonly Property[],
  isNeeded: boolean,
): { path: readonly string[]; reason: string; isNeeded: boolean }[] {
  return properties.flatMap((property) => {
    const isNeededToo = isNeeded && property.isRequired && !property.isNullable;
    if (property.kind === 'group') return unshown(property.properties, isNeededToo);
    if (property.kind === 'leaf' || property.value !== undefined) return [];
    return { path: property.path, reason: property.reason, isNeeded: isNeededToo };
  });
}
