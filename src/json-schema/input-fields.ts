import type { PlainInputField } from 'zapier-platform-core';
import { text, words } from '../values.ts';
import { type Field, type Form, fieldsIn, type Leaf, leafAt, type Property } from './form.ts';
import { hintFor, readValue } from './leaf-value.ts';
import type { Schema } from './schema.ts';

/** How a field offers a list of the API. */
interface Offer {
  /** A hint about the value to fill in, for a field without a dropdown. */
  readonly hint: string;
  /** The dropdown, such as `company_list.id.name`. */
  readonly dynamic?: string;
  /** The properties that the list depends on. Each can be at one of several paths. */
  readonly dependsOn?: readonly (readonly (readonly string[])[])[];
  /** Where the list's parameter comes from. Two lists with equal texts depend on the same field. */
  readonly source?: string;
}

/** Decides how a field offers the list that its keywords name; null when they name none. */
export type OfferList = (keywords: Schema) => Offer | null;

const LONGEST_HELP_TEXT = 1000;

/** In a boolean field Zapier would turn `perhaps` into a value before the app sees it. */
const YES_OR_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

/**
 * The input fields of a form. `advanced` holds those that the site marks as advanced.
 *
 * @param ownKeys the keys of the app's own fields in the same form
 */
export function toInputFields(
  form: Form,
  ownKeys: readonly string[],
  offerList: OfferList,
): { normal: PlainInputField[]; advanced: PlainInputField[] } {
  const names = fieldNames(form.properties, ownKeys);
  const leaves = fieldsIn(form.properties).filter((field) => field.kind === 'leaf');
  const offers = new Map(leaves.map((leaf) => [leaf, offerList(leaf.keywords)]));
  const sources = new Set([...offers.values()].flatMap((offer) => offer?.source ?? []));
  const all = fieldsOf(form.properties, true);
  const those = (isAdvanced: boolean) =>
    all.flatMap((one) => (one.isAdvanced === isAdvanced ? one.field : []));
  return { normal: those(false), advanced: those(true) };

  function fieldsOf(
    all: readonly Property[],
    isRequired: boolean,
  ): { field: PlainInputField; isAdvanced: boolean }[] {
    return all.flatMap((property) => {
      if (property.kind === 'unshown') return [];
      // A required property of an optional object is not required on its own.
      const required = isRequired && property.isRequired && !property.isNullable;
      const { isAdvanced } = property;
      if (property.kind === 'leaf') return { field: leafField(property, required), isAdvanced };
      const inner = fieldsOf(property.properties, required);
      const children = inner.map(({ field }) => field);
      return property.isList ? { field: { ...names(property), children }, isAdvanced } : inner;
    });
  }

  function leafField(leaf: Leaf, required: boolean): PlainInputField {
    const { type, isList, keywords } = leaf;
    const { key, label } = names(leaf);
    const { listHint, dropdown } = listOf(leaf);
    const hint = leaf.choices || dropdown ? '' : `${hintFor(type)} ${listHint}`.trim();
    const description = words(keywords.description)?.slice(0, LONGEST_HELP_TEXT - hint.length - 1);
    const helpText = `${description ?? ''} ${hint}`.trim();
    const prefilled = readValue(leaf, keywords.default) === null ? null : text(keywords.default);
    const labels =
      type === 'boolean'
        ? YES_OR_NO
        : [...(leaf.choices ?? [])].map(([value, choice]) => [value, choice.label] as const);
    const choices = labels.map(([value, label]) => ({ value, label, sample: value }));
    return {
      key,
      label,
      type: type === 'multiline' ? 'text' : 'string',
      required,
      ...(isList && { list: true }),
      ...(helpText !== '' && helpText !== label && { helpText }),
      ...(prefilled !== null && !isList && { default: prefilled }),
      ...(choices.length > 0 && { choices }),
      ...dropdown,
    };
  }

  /**
   * The dropdown of a leaf; null when it has none, or when it depends on a field that is not there.
   */
  function listOf(leaf: Leaf) {
    const hasChoices = leaf.choices !== null || leaf.type === 'boolean';
    const offer = hasChoices ? null : offers.get(leaf);
    const { hint: listHint = '', dynamic, dependsOn = [], source } = offer ?? {};
    const keys = dependsOn.flatMap((paths) => {
      const other = leafAt(form, paths);
      return other === undefined ? [] : names(other).key;
    });
    // Zapier does not tell a dropdown which field opens it. So all such lists in a form must depend on
    // the same field.
    const isClear = source === undefined || sources.size === 1;
    const isComplete = keys.length === dependsOn.length && isClear;
    const dropdown =
      dynamic !== undefined && isComplete
        ? { dynamic, ...(keys.length > 0 && { dependsOn: keys }) }
        : null;
    return { listHint, dropdown };
  }
}

/** Finds the key and the label of the input field of a property. */
export type NamesOf = (field: Field) => { readonly key: string; readonly label: string };

/**
 * Makes the keys and labels of all fields. A key is the path to the property, joined by `__`. A key
 * that could belong to another field gets a suffix. No two keys and no two labels are the same, and
 * the order of the properties makes no difference.
 */
export function fieldNames(properties: readonly Property[], ownKeys: readonly string[]): NamesOf {
  const fields = fieldsIn(properties);
  const calls = Map.groupBy(
    fields.flatMap(({ labels }) => labels),
    (label) => label.toLowerCase(),
  );
  const names = new Map<Field, ReturnType<NamesOf>>();
  const taken = new Set(ownKeys);
  for (const field of fields.toSorted((one, other) => (id(one) < id(other) ? -1 : 1))) {
    const plain = field.path.join('__');
    const isAmbiguous = field.path.some((name) => name.includes('__'));
    // Zapier's validation also refuses the names that every JavaScript object has.
    let key = isAmbiguous || taken.has(plain) || plain in {} ? `${plain}_site` : plain;
    while (taken.has(key)) key += '_';
    taken.add(key);
    const label = field.labels.find((one) => calls.get(one.toLowerCase())?.length === 1);
    names.set(field, { key, label: label ?? `${field.labels[0]} (${field.path.join('.')})` });
  }
  return (field) => Object.assign({ key: '', label: '' }, names.get(field));
}

const id = ({ path }: Field): string => JSON.stringify(path);
