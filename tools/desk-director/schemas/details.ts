import { answer, id, listOf, named, nullable, object, text, textOrNull, time } from './objects.ts';

/* The answers about contacts, members, companies, tickets, notifications and e-mails. */

const person = {
  id,
  userId: { ...text('User ID'), readOnly: true },
  name: text('Full name'),
  email: text('E-mail address'),
  phone: textOrNull('Phone'),
  createdDateTime: time('Created at'),
};

export const contactDetails = answer({
  ...person,
  company: nullable(named('Company', { identifier: text('Company identifier') })),
  userGroups: listOf('User groups', named('User group')),
});

export const memberDetails = answer({
  ...person,
  isActive: { type: 'boolean', title: 'Is active' },
  boards: listOf('Boards', named('Board')),
});

export const companyDetails = answer({
  id,
  name: text('Company name'),
  identifier: text('Company identifier'),
  phone: text('Phone'),
  website: { ...text('Website'), format: 'uri' },
  address: object('Address', {
    street: text('Street'),
    city: text('City'),
    country: text('Country'),
  }),
  contacts: listOf('Contacts', named('Contact', { email: text('E-mail address') })),
});

export const ticketDetails = answer({
  id,
  summary: text('Summary'),
  description: textOrNull('Description'),
  requestType: named('Request type'),
  board: named('Board'),
  status: named('Status'),
  priority: nullable(named('Priority')),
  source: nullable(named('Source')),
  contact: nullable(
    named('Contact', { email: text('E-mail address'), phone: textOrNull('Phone') }),
  ),
  company: nullable(named('Company')),
  owner: nullable(named('Technician')),
  chatSessionId: textOrNull('Chat'),
  notes: listOf(
    'Notes',
    object('Note', { text: text('Text'), createdDateTime: time('Written at') }),
  ),
  formFields: listOf(
    'Further fields of the form',
    object('Field', { name: text('Name'), value: text('Value') }),
  ),
  createdDateTime: time('Created at'),
  lastModifiedDateTime: time('Last modified at'),
});

export const createNotificationResponse = answer({
  id,
  sentDateTime: time('Sent at'),
  recipient: named('Recipient', { userId: text('User ID') }),
});

export const createEmailFromTemplateResponse = answer({
  subject: text('Subject'),
  html: { ...text('HTML'), format: 'html' },
});
