import { asObject, isObject } from '../../src/values.ts';
import { entriesOf } from './json.ts';
import { isMember } from './people.ts';

/**
 * Whether a session passes a filter. The schema of the parameters guarantees the type of `chosen`.
 */
type SiteFilter = (session: Record<string, unknown>, chosen: unknown) => boolean;

/** The filters by their names in the parameters of a subscription. */
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
    peopleIn(session).some((person) => isMember(person) && person.entityId === chosen),

  creator: ({ creator }, chosen) => {
    const { companyIds, nameContains } = asObject(chosen);
    const { company, name } = asObject(creator);
    return isAmong(companyIds, asObject(company).entityId) && contains(name, nameContains);
  },
};

/**
 * Whether a subscription with these parameters gets a session. A session fails a filter when it lacks
 * the member that the filter reads. A value that is no object passes: filters are for sessions only.
 */
export function passes(parameters: Record<string, unknown>, session: unknown): boolean {
  if (!isObject(session)) return true;
  return Object.entries(parameters).every(([name, chosen]) => {
    const filter = chosen === null ? undefined : filters[name];
    return filter === undefined || filter(session, chosen);
  });
}

function peopleIn(session: Record<string, unknown>): Record<string, unknown>[] {
  const { creator, targetUsers, participants, users } = session;
  return [creator, targetUsers, participants, users].flat().map(asObject);
}

function companiesIn(session: Record<string, unknown>): Record<string, unknown>[] {
  return peopleIn(session).map(({ company }) => asObject(company));
}

/** An empty list lets every session through. */
function isUnset(chosen: unknown): boolean {
  return entriesOf(chosen).length === 0;
}

function isAmong(chosen: unknown, value: unknown): boolean {
  return isUnset(chosen) || entriesOf(chosen).includes(value);
}

/** Whether a text contains another one. Ignores case. */
function contains(text: unknown, part: unknown): boolean {
  if (typeof part !== 'string') return true;
  return typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase());
}

/** Milliseconds since 1970. NaN when it is no time, so that every comparison fails. */
function milliseconds(text: unknown): number {
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}
