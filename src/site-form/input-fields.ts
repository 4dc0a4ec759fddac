import type { PlainInputField } from 'zapier-platform-core';
import { plainLinks } from '../markdown.ts';
import { shortened, trimmedText } from '../values.ts';
import {
  type Field,
  type Form,
  fieldsIn,
  type Leaf,
  labelsOf,
  leafFinder,
  type Property,
} from './form.ts';
import { hintFor, prefilled } from './leaf-value.ts';
import type { Schema } from './schema.ts';

/** How a field offers a list of the API. */
interface Offer {
  /** A hint about the value to fill in, for a field without a dropdown. */
  readonly hint: string;
  /** The dropdown, such as `company_list.id.name`. */
  readonly dynamic?: string;
  /** The properties that the list depends on. Each can be at one of several paths. */
  readonly dependsOn?: readonly Paths[];
  /** Where the value of a parameter comes from, for a dropdown that has to find it out by itself. */
  readonly source?: ParameterSource;
}

type Paths = readonly (readonly string[])[];

/** A fixed value, or the property at the first of these paths that there is. */
export type ParameterSource = { readonly value: unknown } | { readonly paths: Paths };

/** Decides how a field offers the list that its keywords name; null when they name none. */
export type OfferList = (keywords: Schema) => Offer | null;

const LONGEST_HELP_TEXT = 1000;
const LONGEST_PATH = 200;

/** In a boolean field Zapier would turn `perhaps` into a value before the app sees it. */
const YES_OR_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

/**
 * The input fields of a form. `advanced` holds those that the site marks as advanced.
 *
 * @param own the app's own fields in the same form
 */
export function toInputFields(
  form: Form,
  own: readonly OwnField[],
  offerList: OfferList,
): { normal: PlainInputField[]; advanced: PlainInputField[] } {
  const names = fieldNames(form.properties, own);
  const findLeaf = leafFinder(form);
  const leaves = fieldsIn(form.properties).filter((field) => field.kind === 'leaf');
  const offers = new Map(leaves.map((leaf) => [leaf, offerList(leaf.keywords)]));
  const sources = new Set(
    [...offers.values()].flatMap((offer) => (offer?.source ? [sourceOf(offer.source)] : [])),
  );
  const all = fieldsOf(form.properties);
  const those = (isAdvanced: boolean) =>
    all.flatMap((one) => (one.isAdvanced === isAdvanced ? one.field : []));
  return { normal: those(false), advanced: those(true) };

  function sourceOf(source: ParameterSource): unknown {
    return 'paths' in source ? findLeaf(source.paths) : source.value;
  }

  function fieldsOf(
    properties: readonly Property[],
  ): { field: PlainInputField; isAdvanced: boolean }[] {
    return properties.flatMap((property) => {
      if (property.kind === 'leftOut') return [];
      const { isAdvanced, isNeeded } = property;
      if (property.kind === 'leaf') return { field: leafField(property), isAdvanced };
      const inner = fieldsOf(property.properties);
      if (!property.isList) return inner;
      const children = inner.map(({ field }) => field);
      return { field: { ...names(property), required: isNeeded, children }, isAdvanced };
    });
  }

  function leafField(leaf: Leaf): PlainInputField {
    const { type, isList, isNeeded, keywords } = leaf;
    const { key, label } = names(leaf);
    const { listHint, dropdown } = listOf(leaf);
    const hint = leaf.choices || dropdown ? '' : `${hintFor(type)} ${listHint}`.trim();
    const described = trimmedText(keywords.description) ?? '';
    const description = plainLinks(shortened(described, LONGEST_HELP_TEXT - hint.length - 1));
    const helpText = `${description} ${hint}`.trim();
    const byDefault = prefilled(leaf);
    const labels =
      type === 'boolean'
        ? YES_OR_NO
        : [...(leaf.choices ?? [])].map(([value, choice]) => [value, choice.label] as const);
    const choices = labels.map(([value, label]) => ({ value, label, sample: value }));
    return {
      key,
      label,
      type: type === 'multiline' ? 'text' : 'string',
      // Zapier: `required: false` would take the dependency on another field away.
      ...((isNeeded || !dropdown?.dependsOn) && { required: isNeeded }),
      ...(isList && { list: true }),
      ...(helpText !== '' && helpText !== label && { helpText }),
      ...(byDefault !== null && { default: byDefault }),
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
      const other = findLeaf(paths);
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

/** One of the app's own fields, which share a form or a result with those of a site. */
export interface OwnField {
  readonly key: string;
  readonly label?: string;
}

/** Finds the key and the label of a property. Those of a property without a field are of no field. */
export type NamesOf = (property: Property) => { readonly key: string; readonly label: string };

/**
 * Makes the keys and labels of all fields. A key is the path to the property, joined by `__`. A key
 * that could belong to another field gets a suffix. No two keys and no two labels are the same, those
 * of the app's own fields included, and the order of the properties makes no difference. Labels that
 * differ only in case are the same.
 */
export function fieldNames(properties: readonly Property[], own: readonly OwnField[]): NamesOf {
  const fields = fieldsIn(properties);
  const calls = Map.groupBy(fields.flatMap(labelsOf), (label) => label.toLowerCase());
  const names = new Map<Property, ReturnType<NamesOf>>();
  const keys = new Set(own.map(({ key }) => key));
  const labels = new Set(own.map(({ label }) => label?.toLowerCase()));
  // The fields come first, so that they get the plain names.
  for (const field of fields.toSorted((one, other) => (id(one) < id(other) ? -1 : 1))) {
    nameOf(field);
  }
  return nameOf;

  function nameOf(property: Property): ReturnType<NamesOf> {
    const name = names.get(property) ?? { key: freeKey(property), label: freeLabel(property) };
    names.set(property, name);
    keys.add(name.key);
    labels.add(name.label.toLowerCase());
    return name;
  }

  /** A key that no field has yet, and that no other field could have. */
  function freeKey({ path }: Property): string {
    const plain = path.join('__');
    const isAmbiguous = path.some((name) => name.includes('__'));
    // Zapier's validation also refuses the names that every JavaScript object has.
    let key = isAmbiguous || keys.has(plain) || plain in {} ? `${plain}_site` : plain;
    while (keys.has(key)) key += '_';
    return key;
  }

  /** A label that no field has yet, and that no other field could have. */
  function freeLabel(property: Property): string {
    const isFree = (label: string) => !labels.has(label.toLowerCase());
    const all = labelsOf(property);
    const isOwn = (label: string) => (calls.get(label.toLowerCase())?.length ?? 0) < 2;
    const path = shortened(property.path.join('.'), LONGEST_PATH);
    const place = plainLinks(`${all[0]} (${path})`);
    let label = all.find((one) => isFree(one) && isOwn(one)) ?? place;
    for (let n = 2; !isFree(label); n += 1) label = `${place} ${n}`;
    return label;
  }
}

const id = ({ path }: Field): string => JSON.stringify(path);
