import type { PlainInputField } from 'zapier-platform-core';
import { type ListId, parametersOf } from '../deskdirector/operations.ts';
import {
  asObject,
  isObject,
  type JsonObject,
  nameAmong,
  propertyOf,
  shortened,
  trimmedText,
  wordsIn,
} from '../values.ts';
import type { OfferList, ParameterSource } from './input-fields.ts';

/** The parameter of the list of statuses. DeskDirector: connector API, `ListStatuses`. */
export const BOARD_PARAMETER = 'boardId';

/** The key of the app's own field with a board. */
export const BOARD_FIELD = 'board_id';

/** The key of the field with the type of workflows. The list of workflows depends on it. */
export const WORKFLOW_TYPE = 'workflow_type';

/** A list of the API that fills dropdowns, by a hidden trigger. */
export interface List {
  readonly operation: ListId;
  /** The key of the trigger. */
  readonly key: string;
  readonly noun: string;
  readonly plural: string;
  /** What a dropdown offers, such as `boards of tickets`. */
  readonly entries: string;
  /** Further parameters that a site may name. The trigger needs none of them. */
  readonly parameters?: readonly string[];
  /** Zapier passes the values of these fields of a form to the trigger. */
  readonly inputFields?: PlainInputField[];
}

/** The lists of the API that fill dropdowns. */
export const LISTS: readonly List[] = [
  {
    operation: 'ListBoards',
    key: 'board_list',
    noun: 'Board',
    plural: 'Boards',
    entries: 'boards of tickets',
  },
  {
    operation: 'ListCompanies',
    key: 'company_list',
    noun: 'Company',
    plural: 'Companies',
    entries: 'companies',
  },
  {
    operation: 'ListMembers',
    key: 'member_list',
    noun: 'Member',
    plural: 'Members',
    entries: 'members',
  },
  {
    operation: 'ListPriorities',
    key: 'priority_list',
    noun: 'Priority',
    plural: 'Priorities',
    entries: 'priorities of tickets',
  },
  {
    operation: 'ListRequestTypes',
    key: 'request_type_list',
    noun: 'Request Type',
    plural: 'Request Types',
    entries: 'request types',
    parameters: ['withSomethingElse'],
  },
  {
    operation: 'ListSources',
    key: 'source_list',
    noun: 'Source',
    plural: 'Sources',
    entries: 'sources of tickets',
  },
  {
    operation: 'ListStatuses',
    key: 'status_list',
    noun: 'Status',
    plural: 'Statuses',
    entries: 'statuses of tickets',
    // Without `required`: Zapier takes the dependency away from a field that says `required: false`.
    inputFields: [
      { key: BOARD_FIELD, label: 'Board', type: 'string', dynamic: 'board_list.id.name' },
      { key: BOARD_PARAMETER, label: 'Board', type: 'string', dynamic: 'board_list.id.name' },
      { key: 'ticket_id', label: 'Ticket', type: 'string' },
      {
        key: 'request_type_id',
        label: 'Request Type',
        type: 'string',
        dynamic: 'request_type_list.id.name',
      },
    ],
  },
  {
    operation: 'ListTicketWebhookEvents',
    key: 'ticket_event_list',
    noun: 'Ticket Event',
    plural: 'Ticket Events',
    entries: 'events of tickets',
  },
  {
    operation: 'ListTicketTaskTemplates',
    key: 'ticket_task_template_list',
    noun: 'Task Template',
    plural: 'Task Templates',
    entries: 'templates of tasks',
  },
  {
    operation: 'ListEmailTemplates',
    key: 'email_template_list',
    noun: 'Email Template',
    plural: 'Email Templates',
    entries: 'e-mail templates',
    parameters: ['take', 'skip'],
  },
  {
    operation: 'ListForms',
    key: 'form_list',
    noun: 'Form',
    plural: 'Forms',
    entries: 'forms',
    parameters: ['take', 'skip'],
  },
  {
    operation: 'ListWorkflowTypes',
    key: 'workflow_type_list',
    noun: 'Workflow Type',
    plural: 'Workflow Types',
    entries: 'types of workflows',
  },
  {
    operation: 'ListWorkflows',
    key: 'workflow_list',
    noun: 'Workflow',
    plural: 'Workflows',
    entries: 'workflows',
    parameters: ['take', 'skip'],
    inputFields: [
      {
        key: WORKFLOW_TYPE,
        label: 'Workflow Type',
        type: 'string',
        dynamic: 'workflow_type_list.id.name',
      },
    ],
  },
];

const LONGEST_HINT = 200;

/** A list of the API that a site's schema names for the values of a property. */
interface SiteList {
  /** The id of the operation that lists the entries. */
  readonly operation: string;
  /** The property of an entry that is the value, and the property that is its title. */
  readonly value: string;
  readonly title: string;
  readonly parameters: JsonObject;
}

/**
 * The list that the keywords of a property name; null when they name none.
 * Microsoft: `x-ms-dynamic-values`, `x-ms-dynamic-list`.
 */
export function siteList(keywords: JsonObject): SiteList | null {
  const values = asObject(keywords['x-ms-dynamic-values']);
  const list = asObject(keywords['x-ms-dynamic-list']);
  const operation = trimmedText(values.operationId) ?? trimmedText(list.operationId);
  if (operation === null) return null;
  return {
    operation:
      nameAmong(
        LISTS.map((list) => list.operation),
        operation,
      ) ?? operation,
    value: entryName(trimmedText(values['value-path']) ?? trimmedText(list.itemValuePath) ?? 'id'),
    title: entryName(
      trimmedText(values['value-title']) ?? trimmedText(list.itemTitlePath) ?? 'name',
    ),
    parameters: { ...asObject(values.parameters), ...asObject(list.parameters) },
  };
}

/** The name of a property of an entry. The app itself names these two. */
const entryName = (name: string): string => nameAmong(['id', 'name'], name) ?? name;

/**
 * Where the value of a list's parameter comes from: a fixed value, or the property at one of these
 * paths. The first name of a reference can be that of the request's body, such as `req/boardId`.
 * Microsoft: `parameter`, `parameterReference`, `value`.
 */
export function parameterSource(parameter: unknown): ParameterSource {
  const { parameterReference, parameter: older, value } = asObject(parameter);
  const reference = trimmedText(parameterReference) ?? trimmedText(older);
  if (reference === null) return { value: isObject(parameter) ? value : parameter };
  const path = reference.split('/');
  return { paths: [path, path.slice(1)] };
}

/** Offers the list of a property as a dropdown when the app has one for it, otherwise as a hint. */
export const offerList: OfferList = (keywords) => {
  const list = siteList(keywords);
  if (list === null) return null;
  const { operation, value, title, parameters } = list;
  const entries = wordsIn(operation)
    .join(' ')
    .toLowerCase()
    .replace(/^(?:list|get) /, '');
  const property = value === 'id' ? 'ID' : wordsIn(value).join(' ');
  const hint = shortened(`The ${property} of one of DeskDirector's ${entries}.`, LONGEST_HINT);

  const known = LISTS.find((one) => one.operation === operation);
  if (known === undefined || !canOffer(known, list)) return { hint };
  const sources = Object.values(parameters).map(parameterSource);
  return {
    hint,
    dynamic: `${known.key}.${value}.${title}`,
    dependsOn: sources.flatMap((source) => ('paths' in source ? [source.paths] : [])),
    ...(operation === 'ListStatuses' && {
      board: parameterSource(propertyOf(parameters, BOARD_PARAMETER)),
    }),
  };
};

/**
 * Like `offerList`, but the list of a board gives only a hint. The dropdown for such a list reads the
 * forms of actions. It does not read the filters of a trigger.
 */
export const offerPlainList: OfferList = (keywords) => {
  const offer = offerList(keywords);
  return offer?.board === undefined ? offer : { hint: offer.hint };
};

function canOffer(
  { operation, parameters: known = [] }: List,
  { value, title, parameters }: SiteList,
): boolean {
  // Its dropdown takes the type from a field of the app.
  if (operation === 'ListWorkflows') return false;
  const given = Object.keys(parameters);
  // The app itself asks for each page.
  const needed = parametersOf(operation).filter((name) => name !== 'take' && name !== 'skip');
  return (
    // Zapier separates these names by dots.
    [value, title].every((name) => /^\w+$/.test(name)) &&
    given.every((name) => nameAmong([...known, ...needed], name) !== undefined) &&
    needed.every((name) => nameAmong(given, name) !== undefined)
  );
}
