import { isObject } from '../../src/values.ts';
import type { InputField } from '../zap-runner/app-definition.ts';

/** What is filled in: only what is not blank, as Zapier hands it to an app. */
export type FormValues = Readonly<Record<string, FormValue>>;
export type FormValue = string | readonly string[] | readonly Row[];
export type Row = Readonly<Record<string, string>>;

/** How the columns of a list of rows are named in a form. */
export const columnName = (parent: InputField, child: InputField): string =>
  `${parent.key}[]${child.key}`;

/** Whether a field is a note, which is shown but never filled in. */
export const isNote = ({ type }: InputField): boolean => type === 'copy';

/** The fields that can be filled in. */
export const fillable = (fields: readonly InputField[]): InputField[] =>
  fields.filter((field) => !isNote(field));

/** Whether the other fields of a form depend on what is filled in for a field. */
export const altersOthers = ({ altersDynamicFields, children }: InputField): boolean =>
  altersDynamicFields || children.some(altersOthers);

/**
 * What was filled in for the fields.
 *
 * @param before what is filled in for those that the form does not show
 */
export function readFormData(
  fields: readonly InputField[],
  form: FormData,
  before: FormValues = {},
): FormValues {
  return withoutBlanks(
    fillable(fields).map((field) => [
      field.key,
      isShown(field, form) ? valueIn(field, form) : (before[field.key] ?? null),
    ]),
  );
}

/** Whether a form shows all the fields. */
export const isWholeForm = (fields: readonly InputField[], form: FormData): boolean =>
  fillable(fields)
    .flatMap(controlNames)
    .every((name) => form.has(name));

/** Whatever a form shows, it sends, if only as a blank. */
const isShown = (field: InputField, form: FormData): boolean =>
  controlNames(field).some((name) => form.has(name));

/** How a field is named in a form: one with columns by each of these. */
const controlNames = (field: InputField): string[] =>
  field.children.length > 0
    ? fillable(field.children).map((child) => columnName(field, child))
    : [field.key];

/** As much of what was filled in as there are fields for. */
export function fitting(fields: readonly InputField[], input: FormValues): FormValues {
  return withoutBlanks(
    fillable(fields).map((field) => [field.key, fitted(field, input[field.key])]),
  );
}

function fitted(field: InputField, value: FormValue | undefined): FormValue | null {
  if (field.children.length > 0) {
    const keys = fillable(field.children).map(({ key }) => key);
    return notEmpty(
      rowsIn(value).map((row) => withoutBlanks(keys.map((key) => [key, row[key] ?? null]))),
    );
  }
  const texts = textsOf(value);
  return field.isList ? notEmpty(texts) : (texts[0] ?? null);
}

/** The fields that lack something required, be it in one of their rows. */
export function missingFields(fields: readonly InputField[], input: FormValues): InputField[] {
  return fillable(fields).filter((field) => {
    const rows = rowsIn(input[field.key]);
    const isRowMissing = fillable(field.children).some(
      ({ key, isRequired }) => isRequired && rows.some((row) => row[key] === undefined),
    );
    return isRowMissing || (field.isRequired && input[field.key] === undefined);
  });
}

/** What a form, or a row of it, starts with. */
export function defaults(fields: readonly InputField[]): Row {
  return withoutBlanks(fillable(fields).map((field) => [field.key, field.default || null]));
}

/** Whether somebody filled a field in: what it began with does not count. */
export function isFilledIn(field: InputField, input: FormValues): boolean {
  const value = input[field.key];
  const begun = textsOf(defaults([field])[field.key]);
  return rowsIn(value).length > 0 || textsOf(value).some((text) => !begun.includes(text));
}

/** The texts that are filled in for a field: one at most, unless it is a list. */
export function textsOf(value: FormValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return (value ?? []).flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
}

/** The rows that are filled in for a field with columns. */
export function rowsIn(value: FormValue | undefined): Row[] {
  return typeof value === 'object' ? value.filter((entry): entry is Row => isObject(entry)) : [];
}

function valueIn(field: InputField, form: FormData): FormValue | null {
  if (field.children.length > 0) return notEmpty(rows(field, form));
  const texts = textsIn(form, field.key).filter((text) => text !== '');
  return field.isList ? notEmpty(texts) : (texts[0] ?? null);
}

/** A row is a value from each column, in order; one that is as it began was not filled in. */
function rows(field: InputField, form: FormData): Row[] {
  const columns = fillable(field.children).map((child) => ({
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
