/*
 * The answers about contacts, members, companies, tickets and notifications. Their members are
 * fictional: DeskDirector publishes only the names of the types (DeskDirector: connector API).
 */

const text = (title: string) => ({ type: 'string', title });
const textOrNull = (title: string) => ({ type: ['string', 'null'], title });
const time = (title: string) => ({ type: 'string', format: 'date-time', readOnly: true, title });
const id = { type: 'integer', format: 'int32', readOnly: true, title: 'ID' };

/** An object with an id and a name. */
const named = (title: string, more = {}) => object(title, { id, name: text('Name'), ...more });

const nullable = (schema: ReturnType<typeof object>) => ({ ...schema, type: ['object', 'null'] });

const listOf = (title: string, items: object) => ({ type: 'array', title, items });

const person = {
  id,
  userId: { ...text('User ID'), readOnly: true },
  name: text('Name'),
  email: text('E-mail address'),
  phone: text('Phone'),
  createdDateTime: time('Created at'),
};

export const contactDetails = details('ContactDetails', {
  ...person,
  company: nullable(named('Company', { identifier: text('Identifier') })),
  userGroups: listOf('User groups', named('User group')),
});

export const memberDetails = details('MemberDetails', {
  ...person,
  isActive: { type: 'boolean', title: 'Is active' },
  boards: listOf('Boards', named('Board')),
});

export const companyDetails = details('CompanyDetails', {
  id,
  name: text('Name'),
  identifier: text('Identifier'),
  phone: text('Phone'),
  website: { ...text('Website'), format: 'uri' },
  address: object('Address', {
    street: text('Street'),
    city: text('City'),
    country: text('Country'),
  }),
  contacts: listOf('Contacts', named('Contact', { email: text('E-mail address') })),
});

export const ticketDetails = details('TicketDetails', {
  id,
  summary: text('Summary'),
  description: textOrNull('Description'),
  requestType: named('Request type'),
  board: named('Board'),
  status: named('Status'),
  priority: nullable(named('Priority')),
  source: nullable(named('Source')),
  contact: nullable(named('Contact', { email: text('E-mail address'), phone: text('Phone') })),
  company: nullable(named('Company')),
  owner: nullable(named('Technician')),
  chatSessionId: textOrNull('Chat'),
  notes: listOf(
    'Notes',
    object('Note', { text: text('Text'), createdDateTime: time('Created at') }),
  ),
  formFields: listOf(
    'Further fields of the form',
    object('Field', { name: text('Name'), value: text('Value') }),
  ),
  createdDateTime: time('Created at'),
  lastModifiedDateTime: time('Last modified at'),
});

export const createNotificationResponse = details('CreateNotificationResponse', {
  id,
  sentDateTime: time('Sent at'),
  recipient: named('Recipient', { userId: text('User ID') }),
});

/** An answer. It has all of its members and no other. */
function details(title: string, properties: object) {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...object(title, properties) };
}

function object(title: string, properties: object) {
  const required = Object.keys(properties);
  return { type: 'object', title, additionalProperties: false, required, properties };
}
