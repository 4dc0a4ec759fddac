import { asObject, isObject } from '../../src/values.ts';
import { entriesOf } from './json.ts';

/** Whether a session passes a filter; which kind of value was chosen, its schema has settled. */
type SiteFilter = (session: Record<string, unknown>, chosen: unknown) => boolean;

/** By their names in a subscription's parameters. */
const filters: Record<string, SiteFilter> = {
  chatTypes: ({ type }, chosen) => isAmong(chosen, type),

  company: (session, chosen) => companiesIn(session).some(({ entityId }) => entityId === chosen),

  company_ids: (session, chosen) =>
    isUnset(chosen) || companiesIn(session).some(({ identifier }) => isAmong(chosen, identifier)),

  nameContains: ({ name }, chosen) => contains(name, chosen),

  statuses: ({ status }, chosen) => isAmong(chosen, status),

  waitedAtLeast: ({ createdDateTime, report }, chosen) => {
    const waited = milliseconds(asObject(report).handledDateTime) - milliseconds(createdDateTime);
    return waited >= Number(chosen) * 1000;
  },

  onlyWithTicket: ({ reference }, chosen) =>
    chosen !== true || asObject(reference).type === 'ticket',

  modifiedAfter: ({ lastModifiedDateTime }, chosen) =>
    milliseconds(lastModifiedDateTime) > milliseconds(chosen),

  member: (session, chosen) =>
    peopleIn(session).some(
      ({ userId, entityId }) => String(userId).split('~')[1] === 'm' && entityId === chosen,
    ),

  creator: ({ creator }, chosen) => {
    const { companyIds, nameContains } = asObject(chosen);
    const { company, name } = asObject(creator);
    return isAmong(companyIds, asObject(company).entityId) && contains(name, nameContains);
  },
};

/**
 * Whether a subscription with these parameters gets a session. What is no object is not for
 * filters, so it passes; a session without the member that a filter looks at does not.
 */
export function passes(parameters: Record<string, unknown>, session: unknown): boolean {
  if (!isObject(session)) return true;
  return Object.entries(parameters).every(([name, chosen]) => {
    const filter = chosen === null ? undefined : filters[name];
    return filter === undefined || filter(session, chosen);
  });
}

/** Everybody that a session names, in whatever role. */
function peopleIn(session: Record<string, unknown>): Record<string, unknown>[] {
  const { creator, targetUsers, participants, users } = session;
  return [creator, targetUsers, participants, users].flatMap(entriesOrOne).map(asObject);
}

function entriesOrOne(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function companiesIn(session: Record<string, unknown>): Record<string, unknown>[] {
  return peopleIn(session).map(({ company }) => asObject(company));
}

/** An empty list chooses nothing, so it holds nothing back. */
function isUnset(chosen: unknown): boolean {
  return entriesOf(chosen).length === 0;
}

function isAmong(chosen: unknown, value: unknown): boolean {
  return isUnset(chosen) || entriesOf(chosen).includes(value);
}

function contains(text: unknown, part: unknown): boolean {
  if (typeof part !== 'string') return true;
  return typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase());
}

/** Milliseconds since 1970, or NaN, which no comparison lets pass. */
function milliseconds(text: unknown): number {
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}
