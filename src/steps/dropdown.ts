import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { getList } from '../deskdirector/http.ts';
import type { OperationId } from '../deskdirector/operations.ts';

/** Compares names and ignores case. `Item 10` comes after `item 9`. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/** A hidden trigger that fills a dropdown with the entries of a list of the API. */
export function dropdown<const Key extends string>({
  key,
  noun,
  label,
  description,
  operation,
}: {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly operation: OperationId;
}) {
  return defineTrigger({
    key,
    noun,
    display: { label, description, hidden: true },
    operation: {
      type: 'polling',
      // Zapier keeps this order.
      perform: async (z: ZObject, bundle: Bundle) =>
        (await getList(z, bundle, operation)).sort((one, other) => byName(one.name, other.name)),
    },
  });
}
