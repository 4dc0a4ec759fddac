import { chosenFrom } from './dropdowns.ts';
import {
  answerList,
  id,
  int32,
  named,
  nullable,
  object,
  request,
  text,
  textOrNull,
  time,
} from './objects.ts';
import { boardAndStatus } from './ticket.ts';

/* The forms of searches, their answers, and the form of a new contact. */

const name = { ...text('Name'), description: 'Part of the name. Ignores case.' };
const email = { ...text('E-mail address'), description: 'The whole address. Ignores case.' };
const phone = { ...text('Phone'), description: 'Part of the number. Only its digits count.' };
const companyId = chosenFrom('ListCompanies', 'Company');

export const findContactsRequest = request('FindContactsRequest', [], {
  name,
  email: { ...email, format: 'email' },
  companyId,
  phone,
});
export const findMembersRequest = request('FindMembersRequest', [], { name, email });
export const findCompaniesRequest = request('FindCompaniesRequest', [], { name });
export const findUserGroupsRequest = request('FindUserGroupsRequest', ['name'], { name });
export const findTicketsRequest = request('FindTicketsRequest', ['apiVersion'], {
  apiVersion: { type: 'string', enum: ['v2'], default: 'v2', 'x-ms-visibility': 'internal' },
  keywords: { ...text('Keywords'), description: 'Words in the summary. Ignores case.' },
  contactId: { ...int32('Contact'), description: 'The id of the contact who needs help.' },
  companyId,
  ...boardAndStatus,
  openOnly: {
    type: 'boolean',
    default: true,
    title: 'Open only',
    description: 'Leaves out the tickets with the last status of their board.',
  },
});

export const findContactsResponse = answerList(
  'FindContactsResponse',
  object('Contact', {
    contactId: { ...id, title: 'Contact ID' },
    name: text('Name'),
    email: text('E-mail address'),
    company: textOrNull('Company'),
  }),
);
export const findMembersResponse = answerList(
  'FindMembersResponse',
  named('Technician', { email: text('E-mail address') }),
);
export const findCompaniesResponse = answerList('FindCompaniesResponse', named('Company'));
export const findUserGroupsResponse = answerList(
  'FindUserGroupsResponse',
  named('User group', { description: text('Description') }),
);

/** A ticket among others. */
export const ticketSummary = {
  id,
  summary: text('Summary'),
  board: named('Board'),
  status: named('Status'),
  priority: nullable(named('Priority')),
  contact: nullable(named('Contact', { email: text('E-mail address') })),
  company: nullable(named('Company')),
  createdDateTime: time('Created at'),
};
export const findTicketsResponse = answerList(
  'FindTicketsResponse',
  object('Ticket', ticketSummary),
);

export const createContactRequest = request(
  'CreateContactRequest',
  ['firstName', 'lastName', 'email'],
  {
    firstName: { ...text('First name'), minLength: 1 },
    lastName: { ...text('Last name'), minLength: 1 },
    email: { ...text('E-mail address'), format: 'email' },
    phone: text('Phone'),
    companyId,
  },
);
