import { chosenFrom, dynamicList, dynamicValues } from './dropdowns.ts';
import { dateTime, int32, listOf, multiline, part, request, text } from './objects.ts';

/* The forms of tickets. */

const summary = { ...text('Summary'), minLength: 1 };

export const boardAndStatus = {
  boardId: chosenFrom('ListBoards', 'Board'),
  statusId: {
    ...int32('Status'),
    description: 'A status of the board.',
    // As in the published body of CreateTicketWorkflow.
    ...dynamicValues('ListStatuses', { boardId: { parameter: 'boardId' } }),
    ...dynamicList('ListStatuses', { boardId: { parameterReference: 'req/boardId' } }),
  },
};

/** The properties that every form for a new ticket has. */
export const ofEveryForm = {
  summary,
  description: multiline('Description'),
  contactId: {
    ...int32('Contact'),
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
    ...text('Chat'),
    minLength: 1,
    description:
      'The ID of the chat that the ticket is for. Each of the two then refers to the other.',
  },
};

export const problemForm = form(['summary', 'contactId'], {
  workStopped: { type: 'boolean', default: false, title: 'Work has stopped' },
  noticedAt: dateTime('Noticed at'),
  device: {
    title: 'Device',
    ...part(['kind'], {
      kind: { ...text('Kind'), enum: ['Computer', 'Printer', 'Phone'] },
      serialNumber: text('Serial number'),
    }),
  },
});

export const newEmployeeForm = form(['summary', 'contactId', 'employee'], {
  employee: {
    title: 'Employee',
    ...part(['name'], {
      name: { ...text('Name'), minLength: 1 },
      startsAt: dateTime('Starts at'),
    }),
  },
  equipment: listOf(
    'Equipment',
    part(['item'], {
      item: { ...text('Item'), minLength: 1 },
      quantity: { type: 'integer', minimum: 1, title: 'Quantity' },
    }),
  ),
});

export const somethingElseForm = form(['summary'], {});

/** The body of a change. A note is added to the notes of the ticket. */
export const updateTicketRequest = {
  minProperties: 1,
  ...request([], {
    id: { type: 'integer', readOnly: true, title: 'Ticket ID' },
    summary,
    requestTypeId: {
      ...int32('Request type'),
      ...dynamicValues('ListRequestTypes', { withSomethingElse: true }),
      ...dynamicList('ListRequestTypes', { withSomethingElse: { value: true } }),
    },
    ...boardAndStatus,
    priorityId: ofEveryForm.priorityId,
    ownerId: ofEveryForm.ownerId,
    note: {
      ...multiline('Note'),
      minLength: 1,
      description: 'Technicians read it, customers do not.',
    },
  }),
};

function form(required: string[], more: object) {
  return request(required, { ...ofEveryForm, ...more });
}
