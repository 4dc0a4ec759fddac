import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../src/values.ts';
import type { InputField } from '../zap-runner/app-definition.ts';
import {
  type FormValue,
  type FormValues,
  mappedFieldsIn,
  REMOVED_STEP,
  type Row,
} from '../zap-runner/mapping.ts';

/** The name of the control for a column of a list of rows. */
export const columnName = (parent: InputField, child: InputField): string =>
  `${parent.key}[]${child.key}`;

/** Whether a field is a note, which takes no value. */
export const isNote = ({ type }: InputField): boolean => type === 'copy';

/** The fields that take a value. */
export const fillable = (fields: readonly InputField[]): InputField[] =>
  fields.filter((field) => !isNote(field));

/**
 * The values of the fields in a form.
 *
 * @param before the values of the fields that the form does not show
 */
export function readFormData(
  fields: readonly InputField[],
  form: FormData,
  before: FormValues = {},
): FormValues {
  return withoutBlanks(
    fillable(fields).map((field) => [
      field.key,
      fitted(field, isShown(field, form) ? valueIn(form, field) : before[field.key]),
    ]),
  );
}

/** Whether a form shows all fields. */
export const isWholeForm = (fields: readonly InputField[], form: FormData): boolean =>
  fillable(fields)
    .flatMap(controlNames)
    .every((name) => form.has(name));

/** A form sends every field that it shows, even if the field is blank. */
const isShown = (field: InputField, form: FormData): boolean =>
  controlNames(field).some((name) => form.has(name));

/** The names of a field's controls: one for each column, or one for the field. */
const controlNames = (field: InputField): string[] =>
  field.children.length > 0
    ? fillable(field.children).map((child) => columnName(field, child))
    : [field.key];

/** The values for which there is a field, in the shape of the field. */
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

/** The values without those whose field depends on a value that has changed. Zapier: `dependsOn`. */
export function withoutOutdated(
  fields: readonly InputField[],
  input: FormValues,
  before: FormValues,
): FormValues {
  const isOutdated = ({ dependsOn }: InputField) =>
    dependsOn.some((key) => !isDeepStrictEqual(input[key], before[key]));
  const outdated = fields.filter(isOutdated).map(({ key }) => key);
  return Object.fromEntries(Object.entries(input).filter(([key]) => !outdated.includes(key)));
}

/**
 * The fields that lack a required value, also in one of their rows, and those into which a field of a
 * removed step is mapped.
 */
export function missingFields(fields: readonly InputField[], input: FormValues): InputField[] {
  return fillable(fields).filter((field) => {
    const rows = rowsIn(input[field.key]);
    const isRowMissing = fillable(field.children).some(
      ({ key, isRequired }) => isRequired && rows.some((row) => row[key] === undefined),
    );
    const isMissing = field.isRequired && input[field.key] === undefined;
    return isRowMissing || isMissing || mapsRemovedStep(input[field.key]);
  });
}

/** Whether a field of a removed step is mapped into a value. */
export function mapsRemovedStep(value: FormValue | undefined): boolean {
  const texts = [...textsOf(value), ...rowsIn(value).flatMap((row) => Object.values(row))];
  return texts.some((text) => mappedFieldsIn(text).some(({ step }) => step === REMOVED_STEP));
}

/** The values that a form or a row starts with. */
export function defaults(fields: readonly InputField[]): Row {
  return withoutBlanks(fillable(fields).map((field) => [field.key, field.default || null]));
}

/** Whether a field has a value other than its default. */
export function isFilledIn(field: InputField, input: FormValues): boolean {
  const value = input[field.key];
  const ofDefault = textsOf(defaults([field])[field.key]);
  return rowsIn(value).length > 0 || textsOf(value).some((text) => !ofDefault.includes(text));
}

/** The texts of a value. A field that is no list has at most one. */
export function textsOf(value: FormValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return (value ?? []).flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
}

/** The rows of a value. */
export function rowsIn(value: FormValue | undefined): Row[] {
  return typeof value === 'object' ? value.filter((entry): entry is Row => isObject(entry)) : [];
}

/**
 * The value of a field in a form. Row n holds the n-th text of each column. Omits rows of defaults.
 */
function valueIn(form: FormData, field: InputField): FormValue {
  const textsIn = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  if (field.children.length === 0) return textsIn(field.key).filter((text) => text !== '');
  const columns = fillable(field.children).map((child) => ({
    key: child.key,
    texts: textsIn(columnName(field, child)),
  }));
  const count = Math.max(0, ...columns.map(({ texts }) => texts.length));
  const first = defaults(field.children);
  return Array.from({ length: count }, (_, index) =>
    withoutBlanks(columns.map(({ key, texts }) => [key, texts[index] || null])),
  ).filter((row) => Object.entries(row).some(([key, value]) => value !== first[key]));
}

function withoutBlanks<Value>(
  entries: readonly (readonly [string, Value | null])[],
): Record<string, Value> {
  const filled: [string, Value][] = [];
  for (const [key, value] of entries) if (value !== null) filled.push([key, value]);
  return Object.fromEntries(filled);
}

const notEmpty = <T>(values: T[]): T[] | null => (values.length > 0 ? values : null);
