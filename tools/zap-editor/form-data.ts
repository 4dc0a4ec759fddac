import { isDeepStrictEqual } from 'node:util';
import { hintFor } from '../../src/site-form/leaf-value.ts';
import { datetime, integer, isObject, number, shortened } from '../../src/values.ts';
import type { InputField } from '../zap-runner/app-definition.ts';
import {
  type FormValue,
  type FormValues,
  mappedFieldsIn,
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

/** The first field that a form does not show as a whole; undefined when there is none. */
export const unseenField = (
  fields: readonly InputField[],
  form: FormData,
): InputField | undefined =>
  fillable(fields).find((field) => !controlNames(field).every((name) => form.has(name)));

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
 * What is wrong with the values, by the key of the field: nothing where a value is required, also in a
 * row; a field of a step that is not before this one; and a value that its field can't take.
 *
 * @param refs the steps whose fields can be mapped
 */
export function complaintsAbout(
  fields: readonly InputField[],
  input: FormValues,
  refs: readonly number[],
): ReadonlyMap<string, string> {
  const complaints = fillable(fields).flatMap((field): [string, string][] => {
    const complaint = complaintAbout(field, input[field.key], refs);
    return complaint === null ? [] : [[field.key, complaint]];
  });
  return new Map(complaints);
}

function complaintAbout(
  field: InputField,
  value: FormValue | undefined,
  refs: readonly number[],
): string | null {
  const { label, isRequired } = field;
  const rows = rowsIn(value);
  const texts = [...textsOf(value), ...rows.flatMap((row) => Object.values(row))];
  const isLost = texts.flatMap(mappedFieldsIn).some(({ step }) => !refs.includes(step));
  if (isLost) return `${label} holds a field of a removed step. Replace it, or take it out.`;
  const lacking = fillable(field.children).find(
    (child) => child.isRequired && rows.some((row) => row[child.key] === undefined),
  );
  if (lacking !== undefined) return `Fill in ${lacking.label} in each row of ${label}.`;
  if (isRequired && value === undefined) return `Fill in ${label}.`;
  const wrong = [
    ...textsOf(value).map((text) => wrongValue(field, text)),
    ...fillable(field.children).flatMap((child) =>
      rows.map((row) => wrongValue(child, row[child.key] ?? '')),
    ),
  ];
  return wrong.find((one) => one !== null) ?? null;
}

/** The types whose values can be wrong. */
const TYPES = [
  { type: 'integer', read: integer, takes: 'a whole number' },
  { type: 'number', read: number, takes: 'a number, such as 12.5' },
  { type: 'date-time', read: datetime, takes: 'a date and time with its offset' },
] as const;

/**
 * What is wrong with a text; null when the field may take it. The fields that the app makes for a site
 * are all text fields, and those for numbers and times say so in their help text.
 */
function wrongValue({ type, helpText }: InputField, text: string): string | null {
  const known = TYPES.find((one) => one.type === type || helpText.includes(hintFor(one.type)));
  const isRight =
    text === '' || mappedFieldsIn(text).length > 0 || known?.read(text.trim()) !== null;
  return isRight ? null : `“${shortened(text, 50)}” is not ${known?.takes}.`;
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
