import { asObject, type JsonObject, list, text } from '../../src/values.ts';
import type { Clock } from './clock.ts';
import { entryOf } from './requests.ts';

/** The templates for the tasks of a ticket. */
export const taskTemplates = [
  {
    id: 'new-employee',
    name: 'New employee',
    tasks: ['Create the account', 'Prepare the laptop', 'Introduce the team'],
  },
  { id: 'leaver', name: 'Leaver', tasks: ['Collect the laptop', 'Close the account'] },
];

export type Tasks = ReturnType<typeof createTasks>;

/** The task lists of tickets, none at first. */
export function createTasks(time: Clock) {
  const lists: { ticketId: number; taskList: ReturnType<typeof taskListOf> }[] = [];
  let tasks = 0;

  function taskListOf(body: JsonObject) {
    const id = text(body.templateId);
    const template = id === null ? undefined : entryOf(id, 'task template', taskTemplates, 400);
    const own = list(body.tasks, asObject).map(({ title }) => text(title) ?? '');
    return {
      id: 7001 + lists.length,
      name: text(body.name) ?? template?.name ?? 'Tasks',
      createdDateTime: time(),
      tasks: [...(template?.tasks ?? []), ...own].map((title) => {
        tasks += 1;
        return { id: 7100 + tasks, title, isDone: false };
      }),
    };
  }

  return {
    /**
     * Makes a list of the tasks of a template and of the tasks in the body. Returns the type
     * `TicketTaskList`. Throws the site's refusal when there is no such template.
     */
    create(ticketId: number, body: JsonObject) {
      const taskList = taskListOf(body);
      lists.push({ ticketId, taskList });
      return taskList;
    },

    /** The lists of a ticket, the oldest first. */
    of: (ticketId: number) =>
      lists.filter((one) => one.ticketId === ticketId).map(({ taskList }) => taskList),
  };
}
