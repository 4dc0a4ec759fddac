import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { getList } from '../deskdirector/list.ts';
import { callOf } from '../deskdirector/operations.ts';
import { filledInBoard } from '../site-form/board.ts';
import type { List } from '../site-form/lists.ts';
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
        const boardId =
          operation === 'ListStatuses'
            ? await filledInBoard(z, bundle, formsWithStatuses(bundle))
            : '';
        const found = await getList(
          z,
          bundle,
          callOf(operation, () => boardId),
        );
        // Ignores case, and `Item 10` comes after `item 9`. It is made here, since the first collator
        // of a process takes 6 ms, and a delivery needs none.
        const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
        // Zapier keeps this order.
        return found.sort((one, other) => compare(one.name, other.name));
      },
    },
  });
}
