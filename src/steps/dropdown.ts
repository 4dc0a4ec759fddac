import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { ownerError, WAITS_FOR_CHOICE } from '../deskdirector/errors.ts';
import { getList } from '../deskdirector/list.ts';
import type { ListId, ParameterValues } from '../deskdirector/operations.ts';
import { filledInBoard } from '../site-form/board.ts';
import { type List, WORKFLOW_TYPE } from '../site-form/lists.ts';
import { text } from '../values.ts';
import { formsWithStatuses } from './parameters.ts';

/** A hidden trigger that fills a dropdown with the entries of a list of the API. */
export function dropdown({ key, noun, plural, entries, operation, inputFields = [] }: List) {
  return defineTrigger({
    key,
    noun,
    display: {
      label: `List of ${plural}`,
      description: `Triggers when a dropdown for ${entries} is opened.`,
      hidden: true,
    },
    operation: {
      type: 'polling',
      inputFields,
      perform: async (z: ZObject, bundle: Bundle) => {
        const found = await getList(
          z,
          bundle,
          operation,
          await parametersFor(z, bundle, operation),
        );
        // Ignores case, and `Item 10` comes after `item 9`. It is made here, since the first collator
        // of a process takes 6 ms, and a delivery needs none.
        const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
        if (found.length === 0 && operation === 'ListWorkflows') {
          throw ownerError(
            'Your DeskDirector site has no workflow of this type. Choose another type, or make the workflow in the admin portal.',
            WAITS_FOR_CHOICE,
          );
        }
        // Zapier keeps this order.
        return found.sort((one, other) => compare(one.name, other.name));
      },
    },
  });
}

/** The values of a list's own parameters. Rejects with an owner's error when the owner has to choose first. */
async function parametersFor(
  z: ZObject,
  bundle: Bundle,
  operation: ListId,
): Promise<ParameterValues> {
  if (operation === 'ListStatuses') {
    return { boardId: await filledInBoard(z, bundle, formsWithStatuses(bundle)) };
  }
  if (operation !== 'ListWorkflows') return {};
  const type = text(bundle.inputData[WORKFLOW_TYPE])?.trim();
  if (type) return { type };
  throw ownerError(
    'The workflows depend on their type. Choose a workflow type first. Then open this list again.',
    WAITS_FOR_CHOICE,
  );
}
