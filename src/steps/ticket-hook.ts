import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { messageOf, ownerError, warn } from '../deskdirector/errors.ts';
import { getList } from '../deskdirector/list.ts';
import { isEntityId } from '../deskdirector/sendable-id.ts';
import { hiddenSiteBody } from '../site-form/fields.ts';
import { BOARD_FIELD } from '../site-form/lists.ts';
import { integer, isBlank, type JsonObject, text } from '../values.ts';
import { eventHook } from './event-hook.ts';
import { findEntries } from './find.ts';
import type { Hook } from './hook.ts';
import { formRequest } from './parameters.ts';
import type { StepOf } from './result.ts';

interface TicketHook<Key extends string>
  extends StepOf<Key>,
    Pick<Hook<Key>, 'check' | 'parameters'> {
  /** Fields that come before those of every trigger for tickets. */
  readonly inputFields: readonly PlainInputField[];
  /** The name of the workflow in DeskDirector, when the owner gives none. */
  readonly workflowName: string;
}

/** A text in the form. Owners read it before they test the trigger. */
const TEST_NOTE = {
  key: 'test_note',
  type: 'copy',
  helpText:
    'In a test of this trigger you see up to three real tickets of your site, in the fields of the event. A field that a ticket does not have is empty. When your site finds no ticket, or none that fits the event, you see one made-up event: its texts begin with "Example", and its IDs are 2000001001. In a test, a search finds a made-up result for such an ID, and an action does not send it.',
} as const;

const BOARD: PlainInputField = {
  key: BOARD_FIELD,
  label: 'Board',
  type: 'string',
  dynamic: 'board_list.id.name',
  helpText:
    'Choose the board of the tickets to run for by name, or fill in its ID, a whole number such as 2. Leave empty to run for tickets of every board.',
  required: false,
};

/** Zapier would take the dependency on the board away from a field that says `required: false`. */
const STATUS: PlainInputField = {
  key: 'status_id',
  label: 'Status',
  type: 'string',
  dynamic: 'status_list.id.name',
  dependsOn: [BOARD_FIELD],
  helpText:
    'Choose a status of the board by name, or fill in its ID, a whole number such as 213. Leave empty to run for tickets of every status. Your site decides whether it looks at the status before or after the event.',
};

/** A trigger for events of tickets. A Zap runs once for each event. */
export function ticketHook<const Key extends string>({
  workflowName,
  inputFields,
  check,
  ...step
}: TicketHook<Key>) {
  const name: PlainInputField = {
    key: 'workflow_name',
    label: 'Workflow Name',
    type: 'string',
    default: workflowName,
    helpText:
      'Type the name under which your administrator finds the workflow of this Zap in the admin portal. It changes nothing else.',
    required: false,
  };

  return eventHook({
    ...step,
    operation: 'CreateTicketWorkflow',
    thing: 'ticket',
    inputFields: [TEST_NOTE, ...inputFields, BOARD, STATUS, name],
    check: async (z, bundle) => {
      await check?.(z, bundle);
      await checkBoard(z, bundle);
    },
    makeBody: (bundle, url, advancedFilters) => {
      const boardId = chosenId(bundle, BOARD);
      const statusId = chosenId(bundle, STATUS);
      return {
        description: text(bundle.inputData[name.key])?.trim() || workflowName,
        advancedFilters,
        url,
        ...(boardId !== null && { boardId }),
        ...(statusId !== null && { statusId }),
      };
    },
    find: findTickets,
  });
}

/** Rejects with an owner's error when the site does not have the chosen board, or status of it. */
async function checkBoard(z: ZObject, bundle: Bundle): Promise<void> {
  const board = chosenId(bundle, BOARD);
  const status = chosenId(bundle, STATUS);
  if (board === null) {
    if (status === null) return;
    throw ownerError(
      'The field "Status" is filled in, but "Board" is empty. A status is that of a board: choose the board, too, or empty "Status". Then turn the Zap on again.',
      'InvalidFilter',
    );
  }
  const [{ label }, id, where, list] =
    status === null
      ? [BOARD, board, 'your DeskDirector site', await getList(z, bundle, 'ListBoards')]
      : [
          STATUS,
          status,
          `board ${board} of your DeskDirector site`,
          await getList(z, bundle, 'ListStatuses', { boardId: String(board) }),
        ];
  if (list.some((entry) => entry.id === String(id))) return;
  throw ownerError(
    `The field "${label}" holds ${id}, which ${where} does not have, or no longer. So the Zap was not turned on. Choose another one, and turn the Zap on again.`,
    'InvalidFilter',
  );
}

/** The ID in a field; null when the field is empty. Throws an owner's error for anything else. */
function chosenId({ inputData }: Bundle, { key, label }: PlainInputField): number | null {
  const value = inputData[key];
  if (isBlank(value)) return null;
  const id = text(value)?.trim();
  if (isEntityId(id)) return integer(id);
  throw ownerError(
    `The field "${label}" does not hold an ID, which is a whole number. Choose one from its list.`,
    'InvalidFilter',
  );
}

/** Tickets of the site, for a test; none when the site can't search without any value. */
async function findTickets(z: ZObject, bundle: Bundle): Promise<JsonObject[]> {
  const { body, missing } = await hiddenSiteBody(z, bundle, formRequest('FindTickets', bundle), []);
  if (missing !== '') return [];
  try {
    return await findEntries(z, bundle, 'FindTickets', body);
  } catch (error) {
    warn(z, `No tickets for the test: ${messageOf(error)}`);
    return [];
  }
}
