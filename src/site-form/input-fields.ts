import type { PlainInputField } from 'zapier-platform-core';
import { plainLinks } from '../markdown.ts';
import { shortened, trimmedText } from '../values.ts';
import {
  type Form,
  fieldNames,
  fieldsIn,
  type Leaf,
  leafFinder,
  type OwnField,
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
  /** Where the board of a list of statuses comes from. Its dropdown reads the form to find it. */
  readonly board?: ParameterSource;
}

type Paths = readonly (readonly string[])[];

/** A fixed value, or the property at the first of these paths that there is. */
export type ParameterSource = { readonly value: unknown } | { readonly paths: Paths };

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
 * @param own the app's own fields in the same form
 * @param isOptional whether the fields are optional, whatever the site requires
 * @param isChange whether the form is that of a change. A default in it would change what nobody filled in.
 */
export function toInputFields(
  form: Form,
  own: readonly OwnField[],
  offerList: OfferList,
  isOptional = false,
  isChange = false,
): { normal: PlainInputField[]; advanced: PlainInputField[] } {
  const names = fieldNames(form.properties, own);
  const findLeaf = leafFinder(form);
  const leaves = fieldsIn(form.properties).filter((field) => field.kind === 'leaf');
  const offers = new Map(leaves.map((leaf) => [leaf, offerList(leaf.keywords)]));
  /** The fields or the fixed values that hold the boards of all lists of statuses. */
  const boards = new Set(
    [...offers.values()].flatMap((offer) => (offer?.board ? [boardIn(offer.board)] : [])),
  );
  const all = fieldsOf(form.properties);
  const those = (isAdvanced: boolean) =>
    all.flatMap((one) => (one.isAdvanced === isAdvanced ? one.field : []));
  return { normal: those(false), advanced: those(true) };

  function boardIn(source: ParameterSource): unknown {
    return 'paths' in source ? findLeaf(source.paths) : source.value;
  }

  function fieldsOf(
    properties: readonly Property[],
  ): { field: PlainInputField; isAdvanced: boolean }[] {
    return properties.flatMap((property) => {
      if (property.kind === 'leftOut') return [];
      const { isAdvanced } = property;
      const isNeeded = property.isNeeded && !isOptional;
      if (property.kind === 'leaf') return { field: leafField(property, isNeeded), isAdvanced };
      const inner = fieldsOf(property.properties);
      if (!property.isList) return inner;
      const children = inner.map(({ field }) => field);
      return { field: { ...names(property), required: isNeeded, children }, isAdvanced };
    });
  }

  function leafField(leaf: Leaf, isNeeded: boolean): PlainInputField {
    const { type, isList, keywords } = leaf;
    const { key, label } = names(leaf);
    const { listHint, dropdown } = listOf(leaf);
    const hint = leaf.choices || dropdown ? '' : `${hintFor(type)} ${listHint}`.trim();
    const described = trimmedText(keywords.description) ?? '';
    const description = plainLinks(shortened(described, LONGEST_HELP_TEXT - hint.length - 1));
    const helpText = `${description} ${hint}`.trim();
    const byDefault = isChange ? null : prefilled(leaf);
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
   * The hint about the list of a leaf, and its dropdown. The dropdown is null when there is none, or when
   * it depends on a field that is not there.
   */
  function listOf(leaf: Leaf) {
    const hasChoices = leaf.choices !== null || leaf.type === 'boolean';
    const offer = hasChoices ? null : offers.get(leaf);
    const { hint: listHint = '', dynamic, dependsOn = [], board } = offer ?? {};
    const keys = dependsOn.flatMap((paths) => {
      const other = findLeaf(paths);
      return other === undefined ? [] : names(other).key;
    });
    const isComplete = keys.length === dependsOn.length;
    // Zapier does not tell a dropdown which field opens it. So all lists of statuses in a form must be
    // those of the same board.
    const isClear = board === undefined || boards.size === 1;
    const dropdown =
      dynamic !== undefined && isComplete && isClear
        ? { dynamic, ...(keys.length > 0 && { dependsOn: keys }) }
        : null;
    return { listHint, dropdown };
  }
}
