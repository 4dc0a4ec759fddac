import { chosenFrom, dynamicList, dynamicValues } from './dropdowns.ts';
import { request } from './objects.ts';

/* The forms of tickets. */

const summary = { type: 'string', minLength: 1, title: 'Summary' };

export const boardAndStatus = {
  boardId: chosenFrom('ListBoards', 'Board'),
  statusId: {
    type: 'integer',
    format: 'int32',
    title: 'Status',
    description: 'A status of the board.',
    // As in the published body of CreateTicketWorkflow.
    ...dynamicValues('ListStatuses', { boardId: { parameter: 'boardId' } }),
    ...dynamicList('ListStatuses', { boardId: { parameterReference: 'req/boardId' } }),
  },
};

/** The properties that every form for a new ticket has. */
export const ofEveryForm = {
  summary,
  description: { type: 'string', format: 'multiline', title: 'Description' },
  contactId: {
    type: 'integer',
    format: 'int32',
    title: 'Contact',
    description: 'The ID of the contact who needs help, as the search for contacts gives it.',
  },
  companyId: {
    ...chosenFrom('ListCompanies', 'Company'),
    description: 'Leave empty for the company of the contact.',
  },
  ...boardAndStatus,
  priorityId: chosenFrom('ListPriorities', 'Priority'),
  sourceId: chosenFrom('ListSources', 'Source'),
  ownerId: chosenFrom('ListMembers', 'Technician'),
  // DeskDirector does not publish whether and how a ticket names its chat. This way is the sandbox's own.
  chatSessionId: {
    type: 'string',
    minLength: 1,
    title: 'Chat',
    description:
      'The ID of the chat that the ticket is for. Each of the two then refers to the other.',
  },
};

export const problemForm = form(['summary', 'contactId'], {
  workStopped: { type: 'boolean', default: false, title: 'Work has stopped' },
  noticedAt: { type: 'string', format: 'date-time', title: 'Noticed at' },
  device: {
    type: 'object',
    title: 'Device',
    additionalProperties: false,
    required: ['kind'],
    properties: {
      kind: { type: 'string', enum: ['Computer', 'Printer', 'Phone'], title: 'Kind' },
      serialNumber: { type: 'string', title: 'Serial number' },
    },
  },
});

export const newEmployeeForm = form(['summary', 'contactId', 'employee'], {
  employee: {
    type: 'object',
    title: 'Employee',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, title: 'Name' },
      startsAt: { type: 'string', format: 'date-time', title: 'Starts at' },
    },
  },
  equipment: {
    type: 'array',
    title: 'Equipment',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['item'],
      properties: {
        item: { type: 'string', minLength: 1, title: 'Item' },
        quantity: { type: 'integer', minimum: 1, title: 'Quantity' },
      },
    },
  },
});

export const somethingElseForm = form(['summary'], {});

/** The body of a change. A note is added to the notes of the ticket. */
export const updateTicketRequest = {
  minProperties: 1,
  ...request([], {
    id: { type: 'integer', readOnly: true, title: 'Ticket ID' },
    summary,
    requestTypeId: {
      type: 'integer',
      format: 'int32',
      title: 'Request type',
      ...dynamicValues('ListRequestTypes', { withSomethingElse: true }),
      ...dynamicList('ListRequestTypes', { withSomethingElse: { value: true } }),
    },
    ...boardAndStatus,
    priorityId: ofEveryForm.priorityId,
    ownerId: ofEveryForm.ownerId,
    note: {
      type: 'string',
      format: 'multiline',
      minLength: 1,
      title: 'Note',
      description: 'Technicians read it, customers do not.',
    },
  }),
};

function form(required: string[], more: object) {
  return request(required, { ...ofEveryForm, ...more });
}
