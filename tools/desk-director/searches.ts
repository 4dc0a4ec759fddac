import {
  type CompanyDetails,
  type ContactDetails,
  type Directory,
  isSame,
  type MemberDetails,
  memberDetails,
  userGroups,
} from './directory.ts';
import { contains, type Filters, passes } from './filters.ts';
import type { TypeId } from './schemas/site-schemas.ts';
import { ticketFilters } from './ticket-filters.ts';
import { type Tickets, ticketSummary } from './tickets.ts';

interface Search {
  /** Describes the body. */
  readonly type: TypeId;
  readonly find: (body: Readonly<Record<string, unknown>>) => object[];
}

const byName = { name: ({ name }: { name: string }, chosen: unknown) => contains(name, chosen) };
const byEmail = {
  email: ({ email }: { email: string }, chosen: unknown) => isSame(email, chosen),
};

const contactFilters: Filters<ContactDetails> = {
  ...byName,
  ...byEmail,
  companyId: ({ company }, chosen) => company?.id === chosen,
  phone: ({ phone }, chosen) => contains(digits(phone), digits(chosen)),
};

/**
 * The searches of a site, by the paths of what they search. They find the oldest first. DeskDirector
 * publishes neither this order nor the entries. Here an entry has fewer properties than the details,
 * and some under other names.
 */
export function createSearches(
  directory: Directory,
  tickets: Tickets,
): Readonly<Record<string, Search>> {
  return {
    contacts: search('FindContactsRequest', directory.contacts, contactFilters, (contact) => ({
      contactId: contact.id,
      name: contact.name,
      email: contact.email,
      company: contact.company?.name ?? null,
    })),
    members: search<MemberDetails>(
      'FindMembersRequest',
      () => memberDetails,
      { ...byName, ...byEmail },
      ({ id, name, email }) => ({ id, name, email }),
    ),
    companies: search<CompanyDetails>(
      'FindCompaniesRequest',
      directory.companies,
      byName,
      ({ id, name }) => ({ id, name }),
    ),
    tickets: search(
      'FindTicketsRequest',
      () => tickets.list().reverse(),
      ticketFilters,
      ticketSummary,
      { openOnly: true },
    ),
    'user-groups': search(
      'FindUserGroupsRequest',
      () => userGroups,
      byName,
      (group) => group,
    ),
  };
}

function search<Entry>(
  type: TypeId,
  all: () => readonly Entry[],
  filters: Filters<Entry>,
  entry: (found: Entry) => object,
  defaults = {},
): Search {
  const find: Search['find'] = (body) =>
    all()
      .filter((one) => passes(filters, { ...defaults, ...body }, one))
      .map(entry);
  return { type, find };
}

function digits(text: unknown): string {
  return String(text).replace(/\D/g, '');
}
