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

const name = { ...text('Name'), description: 'Part of the name. Ignores case.' };
const email = { ...text('E-mail address'), format: 'email' };
const wholeEmail = { ...email, description: 'The whole address. Ignores case.' };
const phone = { ...text('Phone'), description: 'Part of the number. Only its digits count.' };
export const companyId = chosenFrom('ListCompanies', 'Company');
export const keywords = {
  ...text('Keywords'),
  description: 'All of these words are in the summary, in any order. Ignores case.',
};

/** A ticket among others. */
export const ticketSummary = object('Ticket', {
  id: { ...id, title: 'Number' },
  summary: text('Summary'),
  board: named('Board'),
  status: named('Status'),
  priority: nullable(named('Priority')),
  contact: nullable(named('Contact', { email: text('E-mail address') })),
  company: nullable(named('Company')),
  createdDateTime: time('Created at'),
});

/** The forms of searches, their answers, and the form of a new contact. */
export const searchTypes = {
  FindContactsRequest: request([], { name, email: wholeEmail, companyId, phone }),
  FindContactsResponse: answerList(
    object('Contact', {
      contactId: { ...id, title: 'Contact ID' },
      name: text('Name'),
      email: text('E-mail address'),
      company: textOrNull('Company'),
    }),
  ),
  FindMembersRequest: request([], { name, email: wholeEmail }),
  FindMembersResponse: answerList(named('Technician', { email: text('E-mail address') })),
  FindCompaniesRequest: request([], { name }),
  FindCompaniesResponse: answerList(named('Company')),
  FindTicketsRequest: request(['apiVersion'], {
    apiVersion: { type: 'string', enum: ['v2'], default: 'v2', 'x-ms-visibility': 'internal' },
    keywords,
    contactId: { ...int32('Contact'), description: 'The ID of the contact who needs help.' },
    companyId,
    ...boardAndStatus,
    openOnly: {
      type: 'boolean',
      default: true,
      title: 'Open only',
      description:
        'Leaves out the tickets with the last status of their board. Choose No to find them, too.',
    },
  }),
  FindTicketsResponse: answerList(ticketSummary),
  FindUserGroupsRequest: request(['name'], { name }),
  FindUserGroupsResponse: answerList(named('User group', { description: text('Description') })),
  CreateContactRequest: request(['firstName', 'lastName', 'email'], {
    firstName: { ...text('First name'), minLength: 1 },
    lastName: { ...text('Last name'), minLength: 1 },
    email,
    phone: text('Phone'),
    companyId,
  }),
};
