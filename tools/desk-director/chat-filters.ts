import { asObject, isObject, type JsonObject } from '../../src/values.ts';
import { contains, type Filters, isAmong, isUnset, passes } from './filters.ts';

/** The filters by their names in the parameters of a subscription. */
const filters: Filters<Record<string, unknown>> = {
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
};

/**
 * Whether a subscription with these parameters gets a session. A session fails a filter when it lacks
 * the property that the filter reads. A value that is no object passes: filters are for sessions only.
 */
export function passesChatFilters(parameters: JsonObject, session: unknown): boolean {
  return !isObject(session) || passes(filters, parameters, session);
}

function peopleIn(session: Record<string, unknown>): Record<string, unknown>[] {
  const { creator, targetUsers, participants, users } = session;
  return [creator, targetUsers, participants, users].flat().map(asObject);
}

function companiesIn(session: Record<string, unknown>): Record<string, unknown>[] {
  return peopleIn(session).map(({ company }) => asObject(company));
}

/** Milliseconds since 1970. NaN when it is no time, so that every comparison fails. */
function milliseconds(text: unknown): number {
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}
