import type { JsonObject } from '../../src/values.ts';
import { type Directory, memberDetails, userGroups } from './directory.ts';
import { passesSearch } from './filters.ts';
import type { TypeId } from './schemas/site-schemas.ts';
import { type Tickets, ticketSummary } from './tickets.ts';

/**
 * The searches of a site. They find the oldest first. DeskDirector publishes neither this order nor the
 * entries. Here an entry has fewer properties than the details, and some under other names.
 */
export function createSearches({ contacts, companies }: Directory, tickets: Tickets) {
  return [
    search('contacts', 'FindContactsRequest', contacts, ({ id, name, email, company }) => ({
      ...{ contactId: id, name, email },
      company: company?.name ?? null,
    })),
    search(
      'members',
      'FindMembersRequest',
      () => memberDetails,
      ({ id, name, email }) => ({ id, name, email }),
    ),
    search('companies', 'FindCompaniesRequest', companies, ({ id, name }) => ({ id, name })),
    search('tickets', 'FindTicketsRequest', () => tickets.list().reverse(), ticketSummary),
    search(
      'user-groups',
      'FindUserGroupsRequest',
      () => userGroups,
      (group) => group,
    ),
  ];
}

/** @param type describes the body */
function search<Entry extends object>(
  path: string,
  type: TypeId,
  all: () => readonly Entry[],
  entry: (found: Entry) => object,
) {
  const find = (body: JsonObject) =>
    all()
      .filter((one) => passesSearch(body, one))
      .map(entry);
  return { path, type, find };
}
