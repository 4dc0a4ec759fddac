import type { Bundle, PlainInputField } from 'zapier-platform-core';
import { isMadeUp } from '../chat-session/made-up.ts';
import { ownerError, stoppedRun, WAITS_FOR_CHOICE } from '../deskdirector/errors.ts';
import {
  ACTIONS,
  type ActionId,
  type Call,
  callOf,
  type Description,
  type FindId,
  type OperationId,
  operationOf,
  type ParameterOf,
  parametersOf,
  subjectOf,
} from '../deskdirector/operations.ts';
import { isEntityId, isPathSegment } from '../deskdirector/sendable-id.ts';
import type { FormToRead } from '../site-form/board.ts';
import { hasSiteInput } from '../site-form/fields.ts';
import { BOARD_FIELD, BOARD_PARAMETER } from '../site-form/lists.ts';
import type { SchemaRequest } from '../site-form/read.ts';
import { isBlank, isObject, text } from '../values.ts';

/** The input field for a parameter of an operation. */
interface ParameterField {
  readonly inputField: PlainInputField;
  /** What the owner should do when the value is wrong. */
  readonly advice: string;
  /** What is wrong with a filled-in text; null when it can be such a value. */
  readonly problem: (value: string) => string | null;
}

/** A parameter that an owner fills in. */
type StepParameter =
  | 'companyId'
  | 'contactId'
  | 'emailTemplateId'
  | 'formId'
  | 'memberId'
  | 'requestTypeId'
  | 'resultId'
  | 'sessionId'
  | 'ticketId';

/** An operation whose parameters an owner fills in. */
export type StepOperationId = {
  [Id in OperationId]: [ParameterOf<Id>] extends [StepParameter] ? Id : never;
}[OperationId];

/** Sessions, contacts and tickets have no dropdown, since no call of the API lists them. */
const FIELDS: Readonly<Record<StepParameter, ParameterField>> = {
  sessionId: {
    inputField: field('session_id', 'Chat Session', {
      helpText:
        "The ID of a chat, a text such as 1530162945-9852: the Session ID of New Chat Session, Chat Session Status Changed or Find Chat Session. DeskDirector can't search chats.",
    }),
    advice: 'Map the Session ID from an earlier step into it.',
    problem: textIdProblem,
  },
  contactId: {
    inputField: field('contact_id', 'Contact', {
      helpText:
        'The ID of a contact, a whole number such as 501: the ID of Find Contact or Create Contact, or the Contact Entity ID of a chat. A Contact User ID does not fit.',
    }),
    advice: 'Map the Contact Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  memberId: {
    inputField: field('member_id', 'Member', {
      helpText:
        'Choose a technician by name, or fill in the ID, a whole number such as 301: the ID of Find Member, or the Member Entity ID of a chat.',
      dynamic: 'member_list.id.name',
    }),
    advice: 'Choose a technician, or map the Member Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  companyId: {
    inputField: field('company_id', 'Company', {
      helpText:
        'Choose a company by name, or fill in its ID, a whole number such as 101: the ID of Find Company, or the Contact Company Entity ID of a chat.',
      dynamic: 'company_list.id.name',
    }),
    advice: 'Choose a company, or map the Contact Company Entity ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  ticketId: {
    inputField: field('ticket_id', 'Ticket', {
      helpText:
        'The ID of a ticket, a whole number such as 48213: the ID of Find Ticket or Create Ticket, or the Ticket ID of New Ticket, Ticket Event or a chat. Workflow Triggered gives one where your site tells it.',
    }),
    advice: 'Map the Ticket ID or the ID from an earlier step into it.',
    problem: entityIdProblem,
  },
  emailTemplateId: {
    inputField: field('email_template_id', 'Email Template', {
      helpText:
        'Choose the template by name, or fill in its ID. The other fields are those of the template.',
      dynamic: 'email_template_list.id.name',
      altersDynamicFields: true,
    }),
    advice: 'Choose a template from its list, or type its ID.',
    problem: textIdProblem,
  },
  formId: {
    inputField: field('form_id', 'Form', {
      helpText:
        'Choose the form by name, or fill in its ID, a whole number such as 81. The fields of the result depend on it.',
      dynamic: 'form_list.id.name',
      altersDynamicFields: true,
    }),
    advice: 'Choose a form from its list, or type its ID.',
    problem: entityIdProblem,
  },
  resultId: {
    inputField: field('result_id', 'Form Result', {
      helpText:
        'The ID of what was filled in, a whole number such as 4001. Workflow Triggered can give it, under the name that your site gives it.',
    }),
    advice: 'Map the ID of the form result from an earlier step into it.',
    problem: (id) =>
      /^\d{1,19}$/.test(id) && BigInt(id) <= LARGEST_RESULT_ID
        ? null
        : 'does not hold the ID of a form result, which is a whole number',
  },
  requestTypeId: {
    inputField: field('request_type_id', 'Request Type', {
      helpText:
        'Choose the request type by name, or fill in its ID, a whole number such as 3. The other fields of the ticket depend on it.',
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

/** A text in a form without a field of the app. Zapier: D009, D022. */
export const noteField = (helpText: string): PlainInputField => ({
  key: 'site_form_note',
  type: 'copy',
  helpText,
});

/** The input fields for the parameters of an operation. */
export const parameterFields = (operation: StepOperationId): PlainInputField[] =>
  stepParameters(operation).map((name) => FIELDS[name].inputField);

/** The parameters of an operation that an owner fills in. */
const stepParameters = (operation: StepOperationId): StepParameter[] => parametersOf(operation);

/** What the owner should do when the site has no such thing as a parameter stands for. */
export const adviceFor = (operation: StepOperationId): string =>
  stepParameters(operation)
    .slice(-1)
    .map((name) => FIELDS[name].advice)
    .join('');

/**
 * The call of an operation with the values that an owner filled in, without spaces and line breaks
 * around them. Throws an error that names the field: it stops the run when the field is empty, and it
 * is an owner's error when the value can't be that of the parameter.
 */
export const filledInCall = <Id extends StepOperationId>(
  operation: Id,
  bundle: Bundle,
  furtherAdvice = '',
): Call<Id> => callOf(operation, (name) => readParameter(name, bundle, furtherAdvice));

function readParameter(name: StepParameter, bundle: Bundle, furtherAdvice: string): string {
  const { inputField, advice: ownAdvice, problem } = FIELDS[name];
  const advice = `${ownAdvice} ${furtherAdvice}`.trim();
  const filledIn = bundle.inputData[inputField.key];
  const complaint = (flaw: string) => `The field "${inputField.label}" ${flaw}. ${advice}`;
  const refuse = (flaw: string) => ownerError(complaint(flaw), 'InvalidId');
  if (isBlank(filledIn)) {
    const message = `${complaint('is empty')} If something is mapped already, it has no value in this run.`;
    throw stoppedRun(bundle, message, 'InvalidId');
  }
  if (isObject(filledIn) || Array.isArray(filledIn)) throw refuse('is not text');
  if (Number.isInteger(filledIn) && !Number.isSafeInteger(filledIn)) {
    throw refuse('holds a number whose last digits were lost. Such an ID has to be mapped as text');
  }
  const value = String(text(filledIn)).trim();
  const found = problem(value);
  if (found !== null) throw refuse(found);
  return value;
}

/** The first field of an operation's parameters that holds a made-up ID; undefined when there is none. */
export const madeUpField = (operation: StepOperationId, { inputData }: Bundle) =>
  parameterFields(operation).find(({ key }) => isMadeUp(inputData[key]));

/** Whether an owner filled in any parameter of an operation. */
export const hasParameter = (operation: StepOperationId, { inputData }: Bundle): boolean =>
  parameterFields(operation).some(({ key }) => !isBlank(inputData[key]));

/**
 * The request for the schema of a body or of an answer. When a parameter of that request is empty, the
 * error says that the fields only wait for a choice.
 */
export function schemaRequest(description: Description, bundle: Bundle): SchemaRequest {
  if (description.operation === 'GetDynamicSchema') return description;
  const { operation } = description;
  if (hasParameter(operation, bundle)) return filledInCall(operation, bundle);
  const thing = subjectOf(operation)?.thing;
  throw ownerError(`The other fields appear once a ${thing} is chosen.`, WAITS_FOR_CHOICE);
}

/** The request for the schema of the body of an operation, by the rule of `schemaRequest`. */
export function formRequest(operation: ActionId | FindId, bundle: Bundle): SchemaRequest {
  const { body, method } = operationOf(operation);
  return { ...schemaRequest(body, bundle), isChange: method === 'PATCH' };
}

/**
 * The forms whose input a dropdown of statuses can get. Zapier does not tell which form it is: one of an
 * action with a filled-in parameter, otherwise that of the search for tickets. None when a trigger's own
 * field holds the board.
 */
export function formsWithStatuses(bundle: Bundle): FormToRead[] {
  const actions = ACTIONS.filter((action) => hasParameter(action, bundle)).map((operation) => ({
    own: parameterFields(operation),
    makeRequest: () => formRequest(operation, bundle),
  }));
  const own = parameterFields('GetTicket');
  const mayBeSearch =
    actions.length === 0 &&
    isBlank(bundle.inputData[BOARD_FIELD]) &&
    hasSiteInput(bundle, [...own, { key: BOARD_PARAMETER }]);
  return mayBeSearch ? [{ own, makeRequest: () => formRequest('FindTickets', bundle) }] : actions;
}

/** DeskDirector: the ID of a form result is a 64-bit integer. */
const LARGEST_RESULT_ID = 2n ** 63n - 1n;

const LONGEST_ID = 200;

function textIdProblem(id: string): string | null {
  if ([...id].length > LONGEST_ID) return `is longer than ${LONGEST_ID} characters`;
  return isPathSegment(id) && !/\p{Cc}/u.test(id)
    ? null
    : 'holds invisible characters, or only dots';
}

function entityIdProblem(id: string): string | null {
  if (/^-?\d+$/.test(id)) {
    return isEntityId(id) ? null : 'holds a number too large for an ID';
  }
  if (id.includes('@')) return 'holds an e-mail address instead of an ID, which is a whole number';
  return /~[cm]~\d+$/.test(id)
    ? 'holds a user ID instead of an entity ID, which is a whole number'
    : 'does not hold an ID, which is a whole number';
}
