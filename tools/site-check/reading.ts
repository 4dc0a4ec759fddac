import { EVENT_NOT_OFFERED } from '../../src/deskdirector/events.ts';
import { FAILED_NOTE_KEY } from '../../src/site-form/fields.ts';
import { type Property, readForm, type Use } from '../../src/site-form/form.ts';
import { BOARD_PARAMETER, LISTS } from '../../src/site-form/lists.ts';
import { NOTE_KEY } from '../../src/site-form/read.ts';
import { asObject, list, text } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { Step as AppStep, StepKind } from '../zap-runner/app-definition.ts';
import type { CheckedApp } from './app.ts';
import { eventsIn, type Finding, findingOf, type SiteEvent } from './findings.ts';
import type { Names } from './names.ts';
import type { Exchange } from './recorder.ts';
import { type Searched, searchFor } from './searches.ts';
import { namesIn } from './structure.ts';

/** What a site says when it is only read. */
export interface Reading {
  readonly findings: readonly Finding[];
  /** The events that the site offers; null when it did not say. */
  readonly events: readonly SiteEvent[] | null;
  readonly triggers: readonly ReadTrigger[];
  /** What the searches found; null without a text to search for. */
  readonly searched: readonly Searched[] | null;
  /** The dropdowns for companies and technicians that failed. The names in them are not known. */
  readonly unknownNames: readonly string[];
}

/** A trigger, and the event that the app takes for it; null when there is none. */
export interface ReadTrigger extends Step {
  readonly event: SiteEvent | null;
}

/** A trigger, a search or an action of the app. */
export type Step = Pick<AppStep, 'kind' | 'key' | 'label'>;

/** A dropdown that was read. */
interface Dropdown {
  readonly hasFailed: boolean;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

/** What the parts of a reading share. */
export interface Site {
  readonly app: CheckedApp;
  readonly names: Names;
  readonly add: (finding: Finding) => void;
  /** The dropdowns so far, by the keys of their triggers. */
  readonly dropdowns: Map<string, Dropdown>;
}

/** What depends on the entry of a dropdown: it is read for each of the first entries. */
const DEPENDENT: Readonly<Record<string, { dropdown: string; entry: string; field: string }>> = {
  status_list: { dropdown: 'board_list', entry: 'board', field: BOARD_PARAMETER },
  ticket_event: { dropdown: 'ticket_event_list', entry: 'event', field: 'event' },
  create_email_from_template: {
    dropdown: 'email_template_list',
    entry: 'e-mail template',
    field: 'email_template_id',
  },
  create_ticket: {
    dropdown: 'request_type_list',
    entry: 'request type',
    field: 'request_type_id',
  },
};
const MOST_ENTRIES = 10;

/** The title of the finding about the filters of a trigger. */
export const filtersTitle = (label: string) => `${label}: filters`;

/** What is found when *New Ticket* has no event. */
export const USE_TICKET_EVENT = 'no event for it alone, so use Ticket Event';
/** The note in a form without an event. */
const NOT_OFFERED = `${FAILED_NOTE_KEY}_${EVENT_NOT_OFFERED}`;
/** The output fields of the app itself. */
const OWN_FIELDS = ['id', 'event_key'];

/** The searches that give the entries of an answer: the site describes an entry, not a single thing. */
const ENTRIES = ['find_user_group', 'find_ticket_tasks'];

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
 * @param find a text to search for; without it, nothing is searched for
 */
export async function readSite(
  app: CheckedApp,
  names: Names,
  tell: (finding: Finding) => void,
  find?: string,
): Promise<Reading> {
  const findings: Finding[] = [];
  const add = (finding: Finding) => {
    findings.push(finding);
    tell(finding);
  };
  const site: Site = { app, names, add, dropdowns: new Map() };
  const steps = await app.steps();
  const ofKind = (kind: StepKind) => steps.filter((step) => step.kind === kind);
  // A site can have a type of workflows without any workflow.
  const read = LISTS.filter(({ operation }) => operation !== 'ListWorkflows');
  const lists = read.map(({ key, plural: entries }) => ({
    ...{ kind: 'triggers' as const, key, label: `List of ${entries}` },
  }));
  const triggers: ReadTrigger[] = [];
  const searched: Searched[] = [];

  if (await isUsable(site, ofKind('triggers'))) {
    // The names of companies and people come first: the names of properties are shown without them.
    for (const step of lists) await forEachEntry(site, 'list', step, readList);
    // A search by search fields has their groups.
    for (const step of ofKind('searches').filter((one) => one.inputFieldGroups.length > 0)) {
      const { results } = await readFields(site, step, `${step.label}: fields`, {});
      if (find !== undefined) searched.push(await searchFor(site, step, results, find));
    }
    for (const step of ofKind('triggers')) {
      // The form of a workflow takes two choices, and its parameters are those of one workflow.
      if (step.key === 'workflow_triggered') continue;
      if (/chat/.test(step.key)) triggers.push(await readTrigger(site, step));
      else {
        await forEachEntry(site, 'form', step, readFields);
        if (findings.at(-1)?.found !== USE_TICKET_EVENT) {
          await forEachEntry(site, 'payload', step, readResult);
        }
      }
    }
    for (const step of ofKind('creates')) await forEachEntry(site, 'form', step, readFields);
    for (const step of [...ofKind('searches'), ...ofKind('creates')]) {
      await readResult(site, step, step.label, {});
    }
  }
  const unread = lists.filter(
    ({ key }) => NAMING_LISTS.includes(key) && site.dropdowns.get(key)?.hasFailed,
  );
  const unknownNames = unread.map(({ label }) => label);
  const events = eventsIn(app.exchanges);
  return {
    ...{ findings, events, triggers, unknownNames },
    searched: find === undefined ? null : searched,
  };
}

/** Tests the connection. When it fails, the site is still usable if its events can be read. */
async function isUsable({ app, add }: Site, [trigger]: readonly Step[]): Promise<boolean> {
  const connection = await app.connect();
  const found = 'the site accepts the key';
  add(findingOf(connection, { kind: 'connection', title: 'Connection test', found }));
  if (connection.failure === null || trigger === undefined) return true;
  await app.call(trigger, 'inputFields');
  return eventsIn(app.exchanges) !== null;
}

/** Reads one step. */
type ReadStep = (site: Site, step: Step, title: string, inputData: object) => Promise<unknown>;

/** Reads a step once, or for each of the first entries of the dropdown that it depends on. */
async function forEachEntry(site: Site, kind: Finding['kind'], step: Step, read: ReadStep) {
  const dependent = DEPENDENT[step.key];
  if (dependent === undefined) {
    await read(site, step, step.label, {});
    return;
  }
  const { dropdown, entry, field } = dependent;
  const { hasFailed = false, entries = [] } = site.dropdowns.get(dropdown) ?? {};
  // The statuses of one board are like those of another.
  const most = kind === 'list' ? 1 : MOST_ENTRIES;
  for (const [n, { id }] of entries.slice(0, most).entries()) {
    await read(site, step, `${step.label}: ${entry} ${n + 1}`, { [field]: id });
  }
  if (entries.length > 0) return;
  const found = hasFailed
    ? `not asked, because the ${entry}s could not be read`
    : `not asked, because the site has no ${entry}s`;
  const answer = { failure: hasFailed ? found : null, exchanges: [] };
  site.add(findingOf(answer, { kind, title: step.label, found }));
}

const readList: ReadStep = async ({ app, names, add, dropdowns }, step, title, inputData) => {
  const answer = await app.call(step, 'perform', { inputData });
  const entries = list(answer.results, asObject);
  add(findingOf(answer, { kind: 'list', title, found: plural(entries.length, 'choice') }));
  dropdowns.set(step.key, { hasFailed: answer.failure !== null, entries });
  if (NAMING_LISTS.includes(step.key)) names.learn(namesIn(entries));
};

/** Reads the filters of a trigger, and which event the app takes for it. */
async function readTrigger(site: Site, step: Step): Promise<ReadTrigger> {
  const { exchanges } = await readFields(site, step, filtersTitle(step.label), {});
  const filters = exchanges.find(({ path }) => path.startsWith(FILTERS));
  const events = eventsIn(site.app.exchanges);
  const event = events?.find(({ id }) => `${FILTERS}${id}` === filters?.path) ?? null;
  return { ...step, event };
}

async function readFields({ app, names, add }: Site, step: Step, title: string, inputData: object) {
  const answer = await app.call(step, 'inputFields', { inputData });
  const fields = list(answer.results, asObject);
  const failed = fields.find(({ key }) => String(key).startsWith(FAILED_NOTE_KEY));
  const shown = fields.filter(({ key, group }) => key !== NOTE_KEY && /^site/.test(String(group)));
  const isReplaced = step.key === 'new_ticket' && failed?.key === NOT_OFFERED;
  add(
    findingOf(answer, {
      kind: 'form',
      title,
      found: isReplaced ? USE_TICKET_EVENT : plural(shown.length, 'field'),
      failure: failed === undefined || isReplaced ? null : failureIn(failed, app.nameless),
      ...lookAtForm(answer.exchanges, 'body', names),
    }),
  );
  return answer;
}

/** The app's words in the note of a form whose fields can't be shown. */
function failureIn({ key, helpText }: Record<string, unknown>, nameless: CheckedApp['nameless']) {
  // The app names the events that the site offers. The list of what is not known has no names of people.
  return key === NOT_OFFERED
    ? 'The site offers no event for it. The list below names the events of the site.'
    : nameless(text(helpText) ?? '');
}

/** Reads the description of a result or a payload. The app describes those of chats itself. */
const readResult: ReadStep = async ({ app, names, add }, step, title, inputData) => {
  const answer = await app.call(step, 'outputFields', { inputData });
  const isTrigger = step.kind === 'triggers';
  const fields = list(answer.results, asObject).filter(({ key }) => !OWN_FIELDS.includes(`${key}`));
  // Without any field of the site, the log says why.
  const warning = fields.length === 0 ? answer.warnings[0] : undefined;
  if (answer.exchanges.length === 0 && warning === undefined) return;
  add(
    findingOf(answer, {
      kind: isTrigger ? 'payload' : 'answer',
      title: `${title}: ${isTrigger ? 'event' : 'result'}`,
      found: plural(fields.length, 'field'),
      failure: warning ?? null,
      ...lookAtForm(answer.exchanges, ENTRIES.includes(step.key) ? 'entries' : 'answer', names),
    }),
  );
};

/** The properties without a field in the form that the first schema describes. */
function lookAtForm(exchanges: readonly Exchange[], use: Use, names: Names) {
  const schemas = exchanges.filter(({ path, status }) => /^\/schema\//.test(path) && status < 300);
  const types = new Map(
    exchanges
      .filter(({ path }) => path.startsWith(TYPE))
      .map(({ path, status, data }) => [
        path.slice(TYPE.length),
        status < 300 ? { schema: data } : "its description can't be read",
      ]),
  );
  const { form, leftOut } = readForm(schemas[0]?.data, types, use);
  const properties = unshown(form?.properties ?? [], true);
  return {
    leftOut: [
      ...properties.map(({ path, reason }) => `${path.map(names.property).join('.')} (${reason})`),
      ...leftOut.flatMap(({ untitled }) => untitled ?? []),
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
