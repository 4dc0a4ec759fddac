import { HTTPException } from 'hono/http-exception';
import { text } from '../../src/values.ts';
import type { Clock } from './clock.ts';
import { passesSearch } from './filters.ts';
import {
  companies as chatCompanies,
  contacts as chatContacts,
  members as chatMembers,
  contact,
} from './people.ts';
import { chosenEntry } from './requests.ts';
import { boards } from './service.ts';
import type { Company, Person } from './session.ts';

/*
 * What the site tells about the people and companies of its chats. An id here is an entity id there.
 * All properties of these objects are fictional: DeskDirector publishes only the names of the types.
 * The addresses are in a domain for examples (RFC 2606), and the phone numbers are those for fiction.
 */

const JOINED = '2024-02-29T07:30:00.0000000Z';

export type ContactDetails = ReturnType<typeof contactDetails>;
export type MemberDetails = (typeof memberDetails)[number];
export type Directory = ReturnType<typeof createDirectory>;

/** The type `MemberDetails`. */
export const memberDetails = Object.values(chatMembers).map((person) => ({
  ...personDetails(person),
  phone: phoneOf(person, '303'),
  isActive: true,
  boards: boards.map(({ id, name }) => ({ id, name })),
}));

export const userGroups = [
  { id: 61, name: 'Portal users', description: 'Everybody who may sign in to the client portal.' },
  { id: 62, name: 'Approvers', description: 'May approve what others request.' },
  { id: 63, name: 'Lighthouse crew', description: 'Gets the notices about the lighthouse.' },
] as const;

/** The people and companies of a site. */
export function createDirectory(time: Clock) {
  const people = Object.values(chatContacts);
  const contacts = people.map((person) =>
    contactDetails(person, { phone: phoneOf(person, '202') }),
  );

  /** The type `CompanyDetails`. */
  const companies = () =>
    Object.values(chatCompanies).map((company) => ({
      ...companySummary(company),
      phone: phoneOf(company, '404'),
      website: `https://${company.identifier.toLowerCase()}.example.com/`,
      address: { street: '1 Example Street', city: 'Exampleton', country: 'US' },
      contacts: contacts
        .filter((contact) => contact.company?.id === company.entityId)
        .map(({ id, name, email }) => ({ id, name, email })),
    }));

  return {
    companies,

    /** The type `ContactDetails`. */
    contacts: (): readonly ContactDetails[] => contacts,

    /** The contacts as the users of chats. */
    people: (): readonly Person[] => people,

    /**
     * Throws the site's refusal when the body names a company that does not exist, or the e-mail
     * address of another contact.
     */
    createContact(body: Readonly<Record<string, unknown>>): ContactDetails {
      const email = text(body.email) ?? '';
      const other = contacts.find((one) => passesSearch({ email }, one));
      if (other !== undefined) {
        const message = `There is a contact with the e-mail address ${email} already: ${other.name}.`;
        throw new HTTPException(409, { message });
      }
      const company = chosenEntry(body.companyId, 'company', companies());
      const name = [body.firstName, body.lastName].flatMap((part) => text(part) ?? []).join(' ');
      const person = contact(
        501 + people.length,
        name,
        company && { entityId: company.id, name: company.name, identifier: company.identifier },
      );
      const created = contactDetails(person, {
        email,
        phone: text(body.phone),
        createdDateTime: time(),
      });
      people.push(person);
      contacts.push(created);
      return created;
    },
  };
}

function contactDetails(
  person: Person,
  own: { email?: string; phone: string | null; createdDateTime?: string },
) {
  return {
    ...personDetails(person),
    ...own,
    company: person.company ? companySummary(person.company) : null,
    userGroups: [{ id: userGroups[0].id, name: userGroups[0].name }],
  };
}

function personDetails({ entityId, userId, name }: Person) {
  return {
    id: entityId,
    userId,
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
    createdDateTime: JOINED,
  };
}

function companySummary({ entityId, name, identifier }: Company) {
  return { id: entityId, name, identifier };
}

function phoneOf({ entityId }: { entityId: number }, area: string): string {
  return `+1 ${area}-555-01${String(entityId % 100).padStart(2, '0')}`;
}
