import {
  companies as chatCompanies,
  contacts as chatContacts,
  members as chatMembers,
} from './people.ts';
import { boards } from './service.ts';
import type { Company, Person } from './session.ts';

/*
 * What the site tells about the people and companies of its chats. An id here is an entity id there.
 * All members of these objects are fictional: DeskDirector publishes only the names of the types.
 * The addresses are in a domain for examples (RFC 2606), and the phone numbers are those for fiction.
 */

const JOINED = '2024-02-29T07:30:00.0000000Z';

export type ContactDetails = (typeof contactDetails)[number];
export type MemberDetails = (typeof memberDetails)[number];

/** The type `ContactDetails`. */
export const contactDetails = Object.values(chatContacts).map((person) => ({
  ...personDetails(person, '202'),
  company: person.company ? companySummary(person.company) : null,
  userGroups: [{ id: 61, name: 'Portal users' }],
}));

/** The type `MemberDetails`. */
export const memberDetails = Object.values(chatMembers).map((person) => ({
  ...personDetails(person, '303'),
  isActive: true,
  boards: boards.map(({ id, name }) => ({ id, name })),
}));

/** The type `CompanyDetails`. */
export const companyDetails = Object.values(chatCompanies).map((company) => ({
  ...companySummary(company),
  phone: phoneOf(company, '404'),
  website: `https://${company.identifier.toLowerCase()}.example.com/`,
  address: { street: '1 Example Street', city: 'Exampleton', country: 'US' },
  contacts: contactDetails
    .filter((contact) => contact.company?.id === company.entityId)
    .map(({ id, name, email }) => ({ id, name, email })),
}));

function personDetails(person: Person, area: string) {
  const { entityId, userId, name } = person;
  return {
    id: entityId,
    userId,
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    phone: phoneOf(person, area),
    createdDateTime: JOINED,
  };
}

function companySummary({ entityId, name, identifier }: Company) {
  return { id: entityId, name, identifier };
}

function phoneOf({ entityId }: { entityId: number }, area: string): string {
  return `+1 ${area}-555-01${String(entityId % 100).padStart(2, '0')}`;
}
