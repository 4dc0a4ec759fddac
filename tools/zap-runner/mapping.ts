import { asObject, isObject, list, text } from '../../src/values.ts';

/** A record that a step returned. */
export type AppRecord = Readonly<Record<string, unknown>>;

/** The values of a form, without blank ones. Zapier passes values to an app in the same way. */
export type FormValues = Readonly<Record<string, FormValue>>;
export type FormValue = string | readonly (string | Row)[];
export type Row = Readonly<Record<string, string>>;

/** A field of an earlier step's record, whose value a later step gets. */
export interface MappedField {
  /** The number of the earlier step. The trigger is step 1. */
  readonly step: number;
  /** The key of the field, or its column such as `participants[]name`. */
  readonly path: string;
}

/** A mapped field in a text, such as `{{1.contact_name}}` or `{{1.participants[]name}}`. */
const MAPPED_FIELD = /\{\{(\d+)\.([^{}]+)\}\}/g;

/** The text that stands for a field in the form of a later step. */
export const mappedField = ({ step, path }: MappedField): string => `{{${step}.${path}}}`;

/** The texts and the mapped fields of a text, in order. */
export function partsOf(template: string): (string | MappedField)[] {
  const parts: (string | MappedField)[] = [];
  let from = 0;
  for (const { 0: token, 1: step, 2: path = '', index } of template.matchAll(MAPPED_FIELD)) {
    if (index > from) parts.push(template.slice(from, index));
    parts.push({ step: Number(step), path });
    from = index + token.length;
  }
  if (from < template.length) parts.push(template.slice(from));
  return parts;
}

/** The mapped fields in a text. */
export const mappedFieldsIn = (template: string): MappedField[] =>
  partsOf(template).filter((part) => typeof part !== 'string');

/** The values with each mapped field replaced. A value that becomes blank is left out. */
export function replaceMappedIn(
  values: FormValues,
  replacement: (field: MappedField) => string,
): FormValues {
  const replaced = (template: string) =>
    partsOf(template)
      .map((part) => (typeof part === 'string' ? part : replacement(part)))
      .join('');
  const row = (cells: Row): Row =>
    Object.fromEntries(
      Object.entries(cells)
        .map(([key, cell]) => [key, replaced(cell)] as const)
        .filter(([, cell]) => cell !== ''),
    );
  const entries = Object.entries(values).map(([key, value]): [string, FormValue] => [
    key,
    typeof value === 'string'
      ? replaced(value)
      : value
          .map((entry) => (typeof entry === 'string' ? replaced(entry) : row(entry)))
          .filter((entry) => (isObject(entry) ? Object.keys(entry).length > 0 : entry !== '')),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value.length > 0));
}

/**
 * The values that a step gets, with the values of the fields that are mapped into it.
 *
 * @param recordOf the record of an earlier step, by its number
 */
export const withMappedValues = (
  values: FormValues,
  recordOf: (step: number) => AppRecord | undefined,
): FormValues =>
  replaceMappedIn(values, ({ step, path }) => mappedText(recordOf(step) ?? {}, path));

/**
 * The text of a mapped field. As in Zapier, an empty field becomes nothing, and a column becomes the
 * values of all line items, separated by commas.
 */
export function mappedText(record: AppRecord, path: string): string {
  const [key = '', column] = path.split('[]');
  const value = valueAt(record, key);
  if (column === undefined) return asText(value);
  return list(value, (item) => asText(valueAt(asObject(item), column)))
    .filter((item) => item !== '')
    .join(',');
}

/** The value under a key. The key of a nested value is the names of all members, joined by `__`. */
export function valueAt(record: AppRecord, key: string): unknown {
  if (Object.hasOwn(record, key)) return record[key];
  for (const [name, value] of Object.entries(record)) {
    if (key.startsWith(`${name}__`) && isObject(value)) {
      const inner = valueAt(value, key.slice(name.length + 2));
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

/** A value as text: an object or a list as JSON. Empty when there is no value. */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (text(value) ?? '');
}
