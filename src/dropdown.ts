import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import { getList } from './deskdirector/http.ts';

/** A hidden trigger that fills a dropdown with what a list of the API holds. */
export function dropdown<const Key extends string>({
  key,
  noun,
  label,
  description,
  path,
}: {
  readonly key: Key;
  readonly noun: string;
  readonly label: string;
  readonly description: string;
  readonly path: string;
}) {
  return defineTrigger({
    key,
    noun,
    display: { label, description, hidden: true },
    operation: {
      type: 'polling',
      perform: (z: ZObject, bundle: Bundle) => getList(z, bundle, path),
    },
  });
}
