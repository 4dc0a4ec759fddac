import { asObject, isObject, type JsonObject } from '../../src/values.ts';
import { contains, type Filters, isAmong, passes } from './filters.ts';
import { isClosed } from './service.ts';

/** The filters by their names in a search, or in a workflow for tickets. */
export const ticketFilters: Filters<JsonObject> = {
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
};

/** As `passesChatFilters`, for the payload of a ticket event. */
export function passesTicketFilters(chosen: JsonObject, payload: unknown): boolean {
  if (!isObject(payload)) return true;
  return passes(ticketFilters, chosen, { ...asObject(payload.ticket), ...payload });
}
