import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { MADE_UP_ID, MADE_UP_TEXT_ID } from '../chat-session/made-up.ts';
import { listIn } from '../deskdirector/list.ts';
import { operationOf } from '../deskdirector/operations.ts';
import { exampleOf } from '../site-form/example.ts';
import { toOutputFields } from '../site-form/output-fields.ts';
import type { SiteForm } from '../site-form/read.ts';
import { completeAnswer, shapeOf } from '../site-form/shape.ts';
import { isObject, type JsonObject, propertyOf } from '../values.ts';
import { readDescription } from './described.ts';
import type { SearchResult } from './result.ts';

const ID = { key: 'id', label: 'Ticket ID', type: 'string' } as const;

/** Tasks and their lists can have properties of the same names. */
const ofList = (name: string): string => `list_${name}`;

/**
 * All tasks of a ticket as line items, each with the single values of the list that it stands in. The site
 * describes a list with its tasks.
 */
export const TICKET_TASKS_RESULT: SearchResult = {
  outputFields: [ID, async (z, bundle) => outputFields(await description(z, bundle))],
  sample: { id: MADE_UP_ID },
  prepare: async (z, bundle) => {
    const form = await description(z, bundle);
    const shape = form === null ? {} : shapeOf(form);
    return {
      described: ['results'],
      isList: true,
      isUsable: (answer) => listIn(answer)?.some(isObject) === true,
      makeResult: (answer, id) => {
        const lists = listIn(answer)?.filter(isObject) ?? [];
        return { tasks: tasksIn(lists.map((list) => completeAnswer(shape, list).result)), id };
      },
    };
  },
  makeExample: async (z, bundle, id) => {
    const form = await description(z, bundle);
    const ids = { number: Number(MADE_UP_ID), text: MADE_UP_TEXT_ID };
    return { tasks: form === null ? [] : tasksIn([exampleOf(form, ids)]), id };
  },
};

const description = (z: ZObject, bundle: Bundle): Promise<SiteForm | null> => {
  const { answer } = operationOf('GetTicketTasks');
  return readDescription(z, bundle, () => ({ ...answer, optional: 'beside' }), 'entries');
};

/** The tasks of lists: the property `tasks` of a list, otherwise its only list of objects. */
function tasksIn(lists: readonly JsonObject[]): JsonObject[] {
  return lists.flatMap((list) => {
    const values = Object.entries(list).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null ? [] : [[ofList(name), value]],
    );
    const named = propertyOf(list, 'tasks');
    const all = (named === undefined ? Object.values(list) : [named]).filter(Array.isArray);
    const [tasks = [], another] = all.map((one: readonly unknown[]) => one.filter(isObject));
    return another === undefined || named !== undefined
      ? tasks.map((task) => ({ ...Object.fromEntries(values), ...task }))
      : [];
  });
}

function outputFields(form: SiteForm | null): PlainOutputField[] {
  if (form === null) return [];
  const fields = toOutputFields(form, []);
  const groups = fields.filter(({ children }) => children !== undefined);
  const tasks = groups.find(({ key }) => key?.toLowerCase() === 'tasks') ?? groups[0];
  const ofLists = fields.flatMap((field) =>
    field.children === undefined && field.list !== true && !field.key.includes('__')
      ? { ...field, key: ofList(field.key), label: `List ${field.label}` }
      : [],
  );
  const ofTasks = tasks?.children ?? [];
  const keys = new Set(ofTasks.map(({ key }) => key));
  const others = ofLists.filter(({ key }) => !keys.has(key));
  return [{ key: 'tasks', label: 'Tasks', children: [...others, ...ofTasks] }];
}
