import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { getList } from '../deskdirector/http.ts';
import type { OperationId } from '../deskdirector/operations.ts';

/** Compares names without regard to case: `Item 10` comes behind `item 9`. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/** A hidden trigger that fills a dropdown with what a list of the API holds. */
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
      // Zapier shows them in the order in which they come.
      perform: async (z: ZObject, bundle: Bundle) =>
        (await getList(z, bundle, operation)).sort((one, other) => byName(one.name, other.name)),
    },
  });
}
