import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { MADE_UP_ID, MADE_UP_IDS } from '../chat-session/made-up.ts';
import { ownerError } from '../deskdirector/errors.ts';
import { listIn } from '../deskdirector/list.ts';
import { operationOf } from '../deskdirector/operations.ts';
import { exampleOf } from '../site-form/example.ts';
import type { Property } from '../site-form/form.ts';
import { toOutputFields } from '../site-form/output-fields.ts';
import type { SiteForm } from '../site-form/read.ts';
import { type Shape, shapeOf } from '../site-form/shape.ts';
import { isObject, type JsonObject, nameAmong } from '../values.ts';
import { describedRecord, logged, readDescription } from './described.ts';
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
      thingIn: (answer) => {
        const lists = listIn(answer);
        if (lists?.length === 0) return null;
        return lists === answer ? { results: lists } : answer;
      },
      isUsable: (answer) => listsIn(answer).length > 0,
      makeResult: (answer, id) => {
        const complete = listsIn(answer).map((list) =>
          logged(
            z,
            describedRecord(shape, list, {}, () => []),
          ),
        );
        const unread = complete.filter((list) => nameIn(shape, list) === undefined);
        // A list can leave out that it is empty. But when nothing tells where tasks stand, a ticket with
        // tasks would look like one without.
        const isUntold = (list: JsonObject) =>
          Object.values(list).some(isListOfObjects) ||
          (unread.length === complete.length && !Object.values(list).some(isEmptyList));
        if (unread.some(isUntold)) {
          throw ownerError(
            "Your DeskDirector site has lists of tasks for this ticket, and this app can't tell where the tasks stand in them. So this step gives nothing. Tell DeskDirector's support.",
            'NoTasksRead',
          );
        }
        return { tasks: tasksIn(shape, complete), id };
      },
    };
  },
  makeExample: async (z, bundle, id) => {
    const form = await description(z, bundle);
    return {
      tasks: form === null ? [] : tasksIn(shapeOf(form), [exampleOf(form, MADE_UP_IDS)]),
      id,
    };
  },
};

const listsIn = (answer: unknown): JsonObject[] => (listIn(answer) ?? []).filter(isObject);

const description = (z: ZObject, bundle: Bundle): Promise<SiteForm | null> => {
  const { answer } = operationOf('GetTicketTasks');
  return readDescription(z, bundle, () => ({ ...answer, optional: 'beside' }), 'entries');
};

/** The property of a list that holds its tasks: `tasks`, otherwise its only list of objects. */
const tasksName = (listsOfObjects: readonly string[]): string | undefined =>
  nameAmong(listsOfObjects, 'tasks') ??
  (listsOfObjects.length === 1 ? listsOfObjects[0] : undefined);

const isSingle = (value: unknown): boolean => typeof value !== 'object';
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isListOfObjects = (value: unknown): boolean => Array.isArray(value) && value.some(isObject);

/** The property that holds the tasks: a described one, otherwise one of the list itself. */
function nameIn(shape: Shape, list: JsonObject): string | undefined {
  const listsOfObjects = (all: JsonObject) =>
    Object.keys(all).filter((name) => isListOfObjects(all[name]));
  const described = listsOfObjects(shape);
  return tasksName(described.length > 0 ? described : listsOfObjects(list));
}

/** The tasks of lists, each with the single values of its list. */
function tasksIn(shape: Shape, lists: readonly JsonObject[]): JsonObject[] {
  return lists.flatMap((list) => {
    const name = nameIn(shape, list);
    const tasks = name === undefined ? [] : list[name];
    const values = Object.keys(list)
      .filter((name) => isSingle(shape[name] ?? list[name]))
      .map((name) => [ofList(name), list[name]]);
    return [tasks]
      .flat()
      .filter(isObject)
      .map((task) => ({ ...Object.fromEntries(values), ...task }));
  });
}

function outputFields(form: SiteForm | null): PlainOutputField[] {
  if (form === null) return [];
  const fields = toOutputFields(form, [], MADE_UP_IDS);
  const names = (isWanted: (property: Property) => boolean) =>
    form.properties.filter(isWanted).map(({ name }) => name);
  const tasks = tasksName(names((one) => one.kind === 'group' && one.isList));
  const ofTasks = fields.find(({ key }) => key === tasks)?.children ?? [];
  const keys = new Set(ofTasks.map(({ key }) => key));
  const singles = names((one) => one.kind === 'leaf' && !one.isList);
  const ofLists = fields
    .filter(({ key }) => singles.includes(key) && !keys.has(ofList(key)))
    .map((field) => ({ ...field, key: ofList(field.key), label: `List ${field.label}` }));
  return [{ key: 'tasks', label: 'Tasks', children: [...ofLists, ...ofTasks] }];
}
