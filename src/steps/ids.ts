import type { Bundle, PlainInputField } from 'zapier-platform-core';
import { ownerError, stoppedRun, WAITS_FOR_CHOICE } from '../deskdirector/errors.ts';
import { ACTIONS, type ActionId, type Entity, operationOf } from '../deskdirector/operations.ts';
import { isPathSegment } from '../deskdirector/sendable-id.ts';
import type { FormToRead } from '../site-form/board.ts';
import type { SchemaRequest } from '../site-form/read.ts';
import {
  asObject,
  idText,
  integer,
  isBlank,
  isObject,
  type JsonObject,
  propertyOf,
  text,
} from '../values.ts';

/** The input field for the id of a thing. */
interface IdField {
  readonly inputField: PlainInputField;
  /** What the owner should do when the value is wrong. */
  readonly advice: string;
  /** What is wrong with a filled-in text; null when it can be such an id. */
  readonly problem: (id: string) => string | null;
}

/** Sessions, contacts and tickets have no dropdown, since no call of the API lists them. */
const ID_FIELDS: Readonly<Record<Entity, IdField>> = {
  'chat session': {
    inputField: field('session_id', 'Chat Session', {
      helpText: 'Map the Session ID from the trigger, or from a step that found the chat.',
    }),
    advice: 'Map the Session ID from an earlier step into it.',
    problem: sessionIdProblem,
  },
  contact: {
    inputField: field('contact_id', 'Contact', {
      helpText: 'Map the Contact Entity ID from the trigger.',
    }),
    advice: 'Map the Contact Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  member: {
    inputField: field('member_id', 'Member', {
      helpText: 'Choose a technician, or map the Member Entity ID from the trigger.',
      dynamic: 'member_list.id.name',
    }),
    advice: 'Choose a technician, or map the Member Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  company: {
    inputField: field('company_id', 'Company', {
      helpText: 'Choose a company, or map the Contact Company Entity ID from the trigger.',
      dynamic: 'company_list.id.name',
    }),
    advice: 'Choose a company, or map the Contact Company Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  ticket: {
    inputField: field('ticket_id', 'Ticket', {
      helpText: 'Map the Ticket ID from the trigger, or the ID from the step Create Ticket.',
    }),
    advice: 'Map the Ticket ID from the trigger, or the ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  'request type': {
    inputField: field('request_type_id', 'Request Type', {
      helpText: 'Choose the request type. The other fields of the ticket depend on it.',
      dynamic: 'request_type_list.id.name',
      altersDynamicFields: true,
    }),
    advice: 'Choose a request type from its list.',
    problem: entityIdProblem,
  },
};

/**
 * In an integer field Zapier would turn "abc" into 0 before the app sees it, so all are text
 * fields.
 */
function field(key: string, label: string, more: Omit<PlainInputField, 'key'>): PlainInputField {
  return { key, label, type: 'string', required: true, ...more };
}

/** The input field for the id of a thing. */
export const idInputField = (entity: Entity): PlainInputField => ID_FIELDS[entity].inputField;

/** What the owner should do when the id of a thing is wrong. */
export const idAdvice = (entity: Entity): string => ID_FIELDS[entity].advice;

/**
 * The id of a thing from input data, without spaces and line breaks around it. Throws an error that
 * names the field: it stops the run when the field is empty, and it is an owner's error when the value
 * can't be such an id.
 */
export function readId(entity: Entity, bundle: Bundle): string {
  const { inputField, advice, problem } = ID_FIELDS[entity];
  const filledIn = bundle.inputData[inputField.key];
  const complaint = (flaw: string) => `The field "${inputField.label}" ${flaw}. ${advice}`;
  const refuse = (flaw: string) => ownerError(complaint(flaw), 'InvalidId');
  if (isBlank(filledIn)) {
    const message = `${complaint('is empty')} If something is mapped already, it has no value in this run.`;
    throw stoppedRun(bundle, message, 'InvalidId');
  }
  if (isObject(filledIn) || Array.isArray(filledIn)) throw refuse('is not text');
  const id = String(text(filledIn)).trim();
  const found = problem(id);
  if (found !== null) throw refuse(found);
  return id;
}

/**
 * The request for the schema of an action's body. When the schema depends on the id that the action
 * takes, and the field is empty, the error says that the form only waits for a choice.
 */
export function bodyForm(action: ActionId, bundle: Bundle): SchemaRequest {
  const { body, entity } = operationOf(action);
  if ('id' in body) return body;
  if (isFilledIn(entity, bundle)) return { ...body, id: readId(entity, bundle) };
  throw ownerError(`The other fields appear once a ${entity} is chosen.`, WAITS_FOR_CHOICE);
}

/** The forms of the actions whose ID field is filled in. */
export const filledInForms = (bundle: Bundle): FormToRead[] =>
  ACTIONS.filter((action) => isFilledIn(operationOf(action).entity, bundle)).map((action) => ({
    own: [idInputField(operationOf(action).entity)],
    makeRequest: () => bodyForm(action, bundle),
  }));

const isFilledIn = (entity: Entity, { inputData }: Bundle): boolean =>
  !isBlank(inputData[idInputField(entity).key]);

const LONGEST_ID = 200;

function sessionIdProblem(id: string): string | null {
  if ([...id].length > LONGEST_ID) return `is longer than ${LONGEST_ID} characters`;
  return isPathSegment(id) && !/\p{Cc}/u.test(id)
    ? null
    : 'holds invisible characters, or only dots';
}

function entityIdProblem(id: string): string | null {
  if (/^-?\d+$/.test(id)) {
    return Math.abs(Number(id)) <= LARGEST_ENTITY_ID ? null : 'holds a number too large for an ID';
  }
  return /~[cm]~\d+$/.test(id)
    ? 'holds a user ID instead of an entity ID, which is a whole number'
    : 'does not hold an ID, which is a whole number';
}

/** DeskDirector's connector API takes 32-bit integers. */
const LARGEST_ENTITY_ID = 2 ** 31 - 1;

/**
 * The id of a thing in an answer, as text: the first 32-bit id, otherwise the answer's `id`; null without
 * one. The most specific name comes first, since an answer can also have an id of its own.
 *
 * @param thing the name of the thing in names of properties, such as `ticket` in `ticketId`
 */
export function idIn(answer: JsonObject, thing: string): string | null {
  const ids = [
    propertyOf(answer, `${thing}Id`),
    propertyOf(asObject(propertyOf(answer, thing)), 'id'),
    propertyOf(answer, 'entityId'),
    propertyOf(answer, 'id'),
  ];
  const id = ids.map(integer).find((id) => id !== null && Math.abs(id) <= LARGEST_ENTITY_ID);
  return text(id) ?? idText(propertyOf(answer, 'id'));
}

/** The properties that can hold the id of a thing. */
export const idNames = (thing: string): string[] => [`${thing}Id`, thing, 'entityId', 'id'];
