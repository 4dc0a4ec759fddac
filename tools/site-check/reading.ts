import { FAILED_NOTE_KEY } from '../../src/site-form/fields.ts';
import { type Property, readForm } from '../../src/site-form/form.ts';
import { BOARD_PARAMETER } from '../../src/site-form/lists.ts';
import { NOTE_KEY } from '../../src/site-form/read.ts';
import { asObject, list, text } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { CheckedApp } from './app.ts';
import {
  createFindings,
  eventsIn,
  type Finding,
  type Findings,
  type SiteEvent,
} from './findings.ts';
import type { Names } from './names.ts';
import type { Exchange } from './recorder.ts';
import { namesIn } from './structure.ts';

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

/** A trigger, a search or an action of the app. */
interface Step {
  readonly key: string;
  readonly label: string;
}

type Entries = readonly Readonly<Record<string, unknown>>[];

/** What the parts of a reading share. */
interface Site {
  readonly app: CheckedApp;
  readonly names: Names;
  readonly found: Findings;
}

/** The title of the finding about the filters of a trigger. */
export const filtersTitle = (label: string) => `${label}: filters`;

const MOST_REQUEST_TYPES = 10;
/** The dropdowns whose names are somebody's. */
const NAMING_LISTS = ['company_list', 'member_list'];
/** The paths of schemas below the connector API. */
export const FILTERS = '/schema/chat-workflow-webhook/$parameters?type=';
export const TYPE = '/schema/dynamic-types/';

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
  const found = createFindings(app, names, tell);
  const site = { app, names, found };
  const { hooks, lists, searches, creates } = stepsIn(await app.definition());
  const reading = (triggers: ReadTrigger[], unknownNames: string[]): Reading => ({
    ...{ findings: found.all, events: eventsIn(found.exchanges), triggers, unknownNames },
    exchanges: found.exchanges,
  });

  if (!(await isUsable(site, hooks))) return reading([], []);
  // The names of companies and people come first: the names of properties are shown without them.
  const entries = await readLists(site, lists);
  const triggers = await readTriggers(site, hooks);
  await readForms(site, creates, lists, entries);
  await readResults(site, 'searches', searches);
  await readResults(site, 'creates', creates);
  const unknownNames = lists
    .filter(({ key, label }) => NAMING_LISTS.includes(key) && found.hasFailed(label))
    .map(({ label }) => label);
  return reading(triggers, unknownNames);
}

/** The steps of the app, by what the check reads of them. */
function stepsIn(definition: unknown) {
  const stepsOf = (kind: string) =>
    Object.values(asObject(asObject(definition)[kind])).map((step) => {
      const { key, display, operation } = asObject(step);
      const isHook = asObject(operation).type === 'hook';
      return { key: String(key), label: String(asObject(display).label), isHook };
    });
  const triggers = stepsOf('triggers');
  return {
    hooks: triggers.filter(({ isHook }) => isHook),
    lists: triggers.filter(({ isHook }) => !isHook),
    searches: stepsOf('searches'),
    creates: stepsOf('creates'),
  };
}

/** Tests the connection. When it fails, the site is still usable if its events can be read. */
async function isUsable({ app, found }: Site, [hook]: readonly Step[]): Promise<boolean> {
  const connection = await app.connect();
  found.add('connection', 'Connection test', connection, { found: 'the site accepts the key' });
  if (connection.failure === null || hook === undefined) return true;
  const { exchanges } = await found.call(`triggers.${hook.key}.operation.inputFields`);
  return eventsIn(exchanges) !== null;
}

/** Reads the dropdowns. Resolves with their entries, by the keys of their triggers. */
async function readLists({ names, found }: Site, lists: readonly Step[]) {
  const entriesOf = new Map<string, Entries>();
  async function read({ key, label }: Step, inputData = {}): Promise<void> {
    const answer = await found.call(`triggers.${key}.operation.perform`, inputData);
    entriesOf.set(key, found.addList(label, answer));
  }
  const statuses = lists.find(({ key }) => key === 'status_list');
  for (const step of lists) {
    if (step === statuses) continue;
    await read(step);
    if (!NAMING_LISTS.includes(step.key)) continue;
    for (const name of namesIn(entriesOf.get(step.key))) names.learn(name);
  }
  const [board] = entriesOf.get('board_list') ?? [];
  if (statuses && board) await read(statuses, { [BOARD_PARAMETER]: board.id });
  else if (statuses) {
    found.addUnasked('list', statuses.label, 'boards', labelOf('board_list', lists));
  }
  return entriesOf;
}

const labelOf = (name: string, lists: readonly Step[]): string =>
  lists.find(({ key }) => key === name)?.label ?? name;

/** Reads the filters of the triggers, and which event the app takes for each. */
async function readTriggers(site: Site, hooks: readonly Step[]): Promise<ReadTrigger[]> {
  const triggers: ReadTrigger[] = [];
  for (const { key, label } of hooks) {
    const method = `triggers.${key}.operation.inputFields`;
    const { exchanges } = await readFields(site, method, filtersTitle(label));
    const id = exchanges.find(({ path }) => path.startsWith(FILTERS))?.path;
    const events = eventsIn(site.found.exchanges);
    const event = events?.find((one) => `${FILTERS}${one.id}` === id) ?? null;
    triggers.push({ key, label, event });
  }
  return triggers;
}

/** Reads the forms of the actions, that of a new ticket for some request types. */
async function readForms(
  site: Site,
  creates: readonly Step[],
  lists: readonly Step[],
  entries: ReadonlyMap<string, Entries>,
): Promise<void> {
  for (const { key, label } of creates) {
    const method = `creates.${key}.operation.inputFields`;
    if (key !== 'create_ticket') {
      await readFields(site, method, label);
      continue;
    }
    const types = entries.get('request_type_list') ?? [];
    if (types.length === 0) {
      const dropdown = labelOf('request_type_list', lists);
      site.found.addUnasked('form', label, 'request types', dropdown);
    }
    for (const [n, { id }] of types.slice(0, MOST_REQUEST_TYPES).entries()) {
      await readFields(site, method, `${label}: request type ${n + 1}`, { request_type_id: id });
    }
  }
}

async function readFields({ app, names, found }: Site, method: string, title: string, input = {}) {
  const answer = await found.call(method, input);
  const fields = list(answer.results, asObject);
  const failed = text(fields.find(({ key }) => key === FAILED_NOTE_KEY)?.helpText);
  const failure = failed === null ? null : app.nameless(failed);
  const notes: unknown[] = [NOTE_KEY, FAILED_NOTE_KEY];
  const shown = fields.filter(
    ({ key, group }) => !notes.includes(key) && /^site/.test(String(group)),
  );
  found.add('form', title, answer, {
    found: plural(shown.length, 'field'),
    failure,
    ...lookAtForm(answer.exchanges, 'body', names),
  });
  return answer;
}

/** Reads the descriptions of the results. The app describes those of the steps on chats itself. */
async function readResults({ names, found }: Site, kind: string, steps: readonly Step[]) {
  for (const { key, label } of steps) {
    const answer = await found.call(`${kind}.${key}.operation.outputFields`);
    const fields = list(answer.results, asObject).filter(({ key: name }) => name !== 'id');
    // Without any field of the site, the log says why.
    const warning = fields.length === 0 ? answer.warnings[0] : undefined;
    if (answer.exchanges.length === 0 && warning === undefined) continue;
    found.add('answer', `${label}: result`, answer, {
      found: plural(fields.length, 'field'),
      failure: warning ?? null,
      ...lookAtForm(answer.exchanges, 'answer', names),
    });
  }
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
  const others = form?.leftOut.filter((words) => !words.startsWith('“')) ?? [];
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
