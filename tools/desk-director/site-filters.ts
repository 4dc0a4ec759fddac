import { asObject, isObject, type JsonObject } from '../../src/values.ts';
import { contains, type Filters, isAmong, passes } from './filters.ts';
import { isClosed } from './service.ts';

/** The filters by their names in a search, or in a subscription to tickets or to a workflow. */
const filters: Filters<JsonObject> = {
  name: ({ name }, chosen) => contains(name, chosen),
  email: ({ email }, chosen) => String(email).toLowerCase() === String(chosen).toLowerCase(),
  // A text without any digit is part of no number.
  phone: ({ phone }, chosen) => contains(digits(phone), digits(chosen) || chosen),
  keywords: ({ summary }, chosen) =>
    String(chosen)
      .split(/\s+/)
      .every((word) => contains(summary, word)),
  contactId: ({ contact }, chosen) => asObject(contact).id === chosen,
  companyId: ({ company }, chosen) => asObject(company).id === chosen,
  boardId: ({ board }, chosen) => asObject(board).id === chosen,
  statusId: ({ status }, chosen) => asObject(status).id === chosen,
  priorityIds: ({ priority }, chosen) => isAmong(chosen, asObject(priority).id),
  openOnly: ({ status }, chosen) => chosen !== true || !isClosed(asObject(status).id),
  noteContains: ({ note }, chosen) => contains(asObject(note).text, chosen),
  submitterContains: ({ submittedBy }, chosen) => contains(asObject(submittedBy).name, chosen),
};

/** Whether a search finds an entry. Tickets are open ones by default. */
export function passesSearch(chosen: JsonObject, entry: object): boolean {
  return passes(filters, { openOnly: true, ...chosen }, { ...entry });
}

/** As `passesChatFilters`, for the payload of an event of a ticket, or of a workflow that ran. */
export function passesEventFilters(chosen: JsonObject, payload: unknown): boolean {
  if (!isObject(payload)) return true;
  return passes(filters, chosen, { ...asObject(payload.ticket), ...payload });
}

function digits(text: unknown): string {
  return String(text).replace(/\D/g, '');
}
