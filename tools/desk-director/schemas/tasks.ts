import { chosenFrom } from './dropdowns.ts';
import { answer, answerList, id, listOf, object, request, text, time } from './objects.ts';

const taskList = {
  id,
  name: text('Name'),
  createdDateTime: time('Created at'),
  tasks: listOf(
    'Tasks',
    object('Task', { id, title: text('Title'), isDone: { type: 'boolean', title: 'Is done' } }),
  ),
};

/** The form for the tasks of a ticket, and the answers about them. */
export const taskTypes = {
  TicketTaskList: answer(taskList),
  GetTicketTaskListsResponse: answerList(object('Task list', taskList)),
  CreateTicketTasksRequest: {
    ...request([], {
      templateId: chosenFrom('ListTicketTaskTemplates', 'Template', { type: 'string' }),
      name: {
        ...text('Name'),
        description:
          'The name of the list. Leave empty for that of the template, or for "Tasks" without one.',
      },
      tasks: {
        ...listOf('Tasks', object('Task', { title: { ...text('Title'), minLength: 1 } })),
        description: 'Tasks beside those of the template, or without a template.',
      },
    }),
    minProperties: 1,
  },
};
