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
  const entries = fields.map((field) => [field.key, filledIn(field, form)] as const);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

/** The required fields for which nothing is filled in. */
export function missingFields(fields: readonly InputField[], input: InputData): InputField[] {
  return fields.filter(({ key, isRequired }) => isRequired && input[key] === undefined);
}

/** What a form starts with. */
export function defaults(fields: readonly InputField[]): InputData {
  return Object.fromEntries(
    fields.flatMap((field) => (field.default === '' ? [] : [[field.key, field.default]])),
  );
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

/** A row is a value from each column, in order; rows without any are left out. */
function rows(field: InputField, form: FormData): Row[] {
  const columns = field.children.map((child) => ({
    key: child.key,
    texts: textsIn(form, columnName(field, child)),
  }));
  const count = Math.max(0, ...columns.map(({ texts }) => texts.length));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      columns.flatMap(({ key, texts }) => (texts[index] ? [[key, texts[index]]] : [])),
    ),
  ).filter((row) => Object.keys(row).length > 0);
}

const textsIn = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string');

const notEmpty = <T>(values: T[]): T[] | null => (values.length > 0 ? values : null);
