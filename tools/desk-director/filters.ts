import { asObject, isObject, type JsonObject } from '../../src/values.ts';
import { isClosed } from './service.ts';

type Filter = (filtered: JsonObject, chosen: unknown) => boolean;

/**
 * The filters by their names in a search, or in a subscription to chats, to tickets or to a workflow. The
 * schema of the filters guarantees the type of `chosen`. What lacks the property that a filter reads does
 * not pass it.
 */
const filters: Readonly<Record<string, Filter>> = {
  // Of chats.
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
  // Of people and companies.
  name: ({ name }, chosen) => contains(name, chosen),
  email: ({ email }, chosen) => String(email).toLowerCase() === String(chosen).toLowerCase(),
  // A text without any digit is part of no number.
  phone: ({ phone }, chosen) => contains(digits(phone), digits(chosen) || chosen),
  companyId: ({ company }, chosen) => asObject(company).id === chosen,
  // Of tickets, and of what happens to them.
  keywords: ({ summary }, chosen) =>
    String(chosen)
      .split(/\s+/)
      .every((word) => contains(summary, word)),
  contactId: ({ contact }, chosen) => asObject(contact).id === chosen,
  boardId: ({ board }, chosen) => asObject(board).id === chosen,
  statusId: ({ status }, chosen) => asObject(status).id === chosen,
  priorityIds: ({ priority }, chosen) => isAmong(chosen, asObject(priority).id),
  openOnly: ({ status }, chosen) => chosen !== true || !isClosed(asObject(status).id),
  noteContains: ({ note }, chosen) => contains(asObject(note).text, chosen),
  // Of form results.
  submitterContains: ({ submittedBy }, chosen) => contains(asObject(submittedBy).name, chosen),
};

/** Whether a search finds an entry. Tickets are open ones by default. */
export const passesSearch = (chosen: JsonObject, entry: object): boolean =>
  passes({ openOnly: true, ...chosen }, { ...entry });

/**
 * Whether a subscription gets an entry of a delivery. An entry that is no object passes: filters are for
 * objects only.
 */
export const passesSubscription = (chosen: JsonObject, entry: unknown): boolean =>
  !isObject(entry) || passes(chosen, { ...asObject(entry.ticket), ...entry });

/** A name without a filter is passed over, and so is null. */
function passes(chosen: JsonObject, filtered: JsonObject): boolean {
  return Object.entries(chosen).every(([name, value]) => {
    const filter = value !== null && Object.hasOwn(filters, name) ? filters[name] : undefined;
    return filter === undefined || filter(filtered, value);
  });
}

/** An empty list lets everything through. */
const isUnset = (chosen: unknown): boolean => !Array.isArray(chosen) || chosen.length === 0;

const isAmong = (chosen: unknown, value: unknown): boolean =>
  isUnset(chosen) || (Array.isArray(chosen) && chosen.includes(value));

/** Whether a text contains another one. Ignores case. */
function contains(text: unknown, part: unknown): boolean {
  if (typeof part !== 'string') return true;
  return typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase());
}

const digits = (text: unknown): string => String(text).replace(/\D/g, '');

/** The companies of the people in a chat. */
function companiesIn({ creator, targetUsers, participants, users }: JsonObject): JsonObject[] {
  const people = [creator, targetUsers, participants, users].flat().map(asObject);
  return people.map(({ company }) => asObject(company));
}

/** Milliseconds since 1970. NaN when it is no time, so that every comparison fails. */
const milliseconds = (text: unknown): number =>
  typeof text === 'string' ? Date.parse(text) : Number.NaN;
