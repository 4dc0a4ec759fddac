import {
  type Bundle,
  defineTrigger,
  type PlainInputField,
  type ZObject,
} from 'zapier-platform-core';
import { getList } from '../deskdirector/http.ts';
import type { OperationId } from '../deskdirector/operations.ts';

/** A hidden trigger that fills a dropdown with the entries of a list of the API. */
export function dropdown<const Key extends string>({
  key,
  noun,
  label,
  description,
  operation,
  inputFields = [],
  readId,
}: {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly operation: OperationId;
  /** Zapier passes the values of these fields of a form to the trigger. */
  readonly inputFields?: PlainInputField[];
  /** Finds the id that the list depends on. */
  readonly readId?: (z: ZObject, bundle: Bundle) => Promise<string>;
}) {
  return defineTrigger({
    key,
    noun,
    display: { label, description, hidden: true },
    operation: {
      type: 'polling',
      inputFields,
      perform: async (z: ZObject, bundle: Bundle) => {
        const id = await readId?.(z, bundle);
        const entries = await getList(z, bundle, { operation, ...(id !== undefined && { id }) });
        // Ignores case, and `Item 10` comes after `item 9`. It is made here, since the first collator
        // of a process takes 6 ms, and a delivery needs none.
        const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
        // Zapier keeps this order.
        return entries.sort((one, other) => compare(one.name, other.name));
      },
    },
  });
}
