import { isObject } from '../../src/chat-session/values.ts';
import type { InputField } from '../zap-runner/app-definition.ts';

/** What is filled in: only what is not blank, as Zapier hands it to an app. */
export type InputData = Readonly<Record<string, InputValue>>;
export type InputValue = string | readonly string[] | readonly Row[];
export type Row = Readonly<Record<string, string>>;

/** How the columns of a list of rows are named in a form. */
export const columnName = (parent: InputField, child: InputField): string =>
  `${parent.key}[]${child.key}`;

/** What was filled in for the fields. */
export function readForm(fields: readonly InputField[], form: FormData): InputData {
  return withoutBlanks(fields.map((field) => [field.key, filledIn(field, form)]));
}

/** The fields that lack something required, be it in one of their rows. */
export function missingFields(fields: readonly InputField[], input: InputData): InputField[] {
  return fields.filter((field) => {
    const rows = rowsOf(input[field.key]);
    const isRowMissing = field.children.some(
      ({ key, isRequired }) => isRequired && rows.some((row) => row[key] === undefined),
    );
    return isRowMissing || (field.isRequired && input[field.key] === undefined);
  });
}

/** What a form, or a row of it, starts with. */
export function defaults(fields: readonly InputField[]): Row {
  return withoutBlanks(fields.map((field) => [field.key, field.default || null]));
}

/** The texts that are filled in for a field: one at most, unless it is a list. */
export function textsOf(value: InputValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return (value ?? []).flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
}

/** The rows that are filled in for a field with columns. */
export function rowsOf(value: InputValue | undefined): Row[] {
  return typeof value === 'object' ? value.filter((entry): entry is Row => isObject(entry)) : [];
}

function filledIn(field: InputField, form: FormData): InputValue | null {
  if (field.children.length > 0) return notEmpty(rows(field, form));
  const texts = textsIn(form, field.key).filter((text) => text !== '');
  return field.isList ? notEmpty(texts) : (texts[0] ?? null);
}

/** A row is a value from each column, in order; one that is as it began was not filled in. */
function rows(field: InputField, form: FormData): Row[] {
  const columns = field.children.map((child) => ({
    key: child.key,
    texts: textsIn(form, columnName(field, child)),
  }));
  const count = Math.max(0, ...columns.map(({ texts }) => texts.length));
  const begun = defaults(field.children);
  return Array.from({ length: count }, (_, index) =>
    withoutBlanks(columns.map(({ key, texts }) => [key, texts[index] || null])),
  ).filter((row) => Object.entries(row).some(([key, value]) => value !== begun[key]));
}

function withoutBlanks<Value>(
  entries: readonly (readonly [string, Value | null])[],
): Record<string, Value> {
  const filled: [string, Value][] = [];
  for (const [key, value] of entries) if (value !== null) filled.push([key, value]);
  return Object.fromEntries(filled);
}

const textsIn = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string');

const notEmpty = <T>(values: T[]): T[] | null => (values.length > 0 ? values : null);
