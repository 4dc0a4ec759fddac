import type { PlainInputField } from 'zapier-platform-core';
import { text, words } from '../values.ts';
import { type Field, type Form, fieldsIn, type Leaf, type Property } from './form.ts';
import { hintFor, readValue } from './leaf-value.ts';
import type { Schema } from './schema.ts';

/**
 * Tells how a list that these keywords name is offered: as a dropdown (`company_list.id.name`), or as
 * a hint of what to fill in. Null when they name none.
 */
export type OfferList = (keywords: Schema) => { dynamic?: string; hint?: string } | null;

const LONGEST_HELP_TEXT = 1000;

/**
 * The input fields for a form, those apart that the site calls advanced.
 *
 * @param ownKeys the keys of the fields that stand beside these
 */
export function toInputFields(
  { members }: Form,
  ownKeys: readonly string[],
  offerList: OfferList,
): { normal: PlainInputField[]; advanced: PlainInputField[] } {
  const names = fieldNames(members, ownKeys);
  const all = fieldsOf(members, true);
  const those = (isAdvanced: boolean) =>
    all.flatMap((one) => (one.isAdvanced === isAdvanced ? one.field : []));
  return { normal: those(false), advanced: those(true) };

  function fieldsOf(
    all: readonly Property[],
    isRequired: boolean,
  ): { field: PlainInputField; isAdvanced: boolean }[] {
    return all.flatMap((member) => {
      if (member.kind === 'unshown') return [];
      // A required member of an optional object is not required on its own.
      const required = isRequired && member.isRequired && !member.isNullable;
      const { isAdvanced } = member;
      if (member.kind === 'leaf') return { field: leafField(member, required), isAdvanced };
      const inner = fieldsOf(member.members, required);
      const children = inner.map(({ field }) => field);
      return member.isList ? { field: { ...names(member), children }, isAdvanced } : inner;
    });
  }

  function leafField(leaf: Leaf, required: boolean): PlainInputField {
    const { type, isList, keywords } = leaf;
    const { key, label } = names(leaf);
    const { dynamic, hint: listHint = '' } = (leaf.choices ? null : offerList(keywords)) ?? {};
    const hint = leaf.choices || dynamic ? '' : `${hintFor(type)} ${listHint}`.trim();
    const description = words(keywords.description)?.slice(0, LONGEST_HELP_TEXT - hint.length - 1);
    const helpText = `${description ?? ''} ${hint}`.trim();
    const prefilled = readValue(leaf, keywords.default) === null ? null : text(keywords.default);
    const choices = [...(leaf.choices ?? [])].map(([value, choice]) => {
      return { value, label: choice.label, sample: value };
    });
    return {
      key,
      label,
      type: type === 'boolean' ? 'boolean' : type === 'multiline' ? 'text' : 'string',
      required,
      ...(isList && { list: true }),
      ...(helpText !== '' && helpText !== label && { helpText }),
      ...(prefilled !== null && !isList && { default: prefilled }),
      ...(choices.length > 0 && { choices }),
      ...(dynamic && { dynamic }),
    };
  }
}

/** Tells what the input field of a property is called. */
export type NamesOf = (field: Field) => { readonly key: string; readonly label: string };

/**
 * Makes the keys and labels of all fields, whatever the order of the properties. A key is made of the
 * names on the way to a property, joined by `__`; one that could be taken for another field's gets a
 * suffix. No two labels are the same.
 */
export function fieldNames(members: readonly Property[], ownKeys: readonly string[]): NamesOf {
  const fields = fieldsIn(members);
  const calls = Map.groupBy(
    fields.flatMap(({ labels }) => labels),
    (label) => label.toLowerCase(),
  );
  const names = new Map<Field, ReturnType<NamesOf>>();
  const taken = new Set(ownKeys);
  for (const field of fields.toSorted((one, other) => (id(one) < id(other) ? -1 : 1))) {
    const plain = field.path.join('__');
    const isAmbiguous = field.path.some((name) => name.includes('__'));
    // Zapier's own validation takes the names that every object has for taken, too.
    let key = isAmbiguous || taken.has(plain) || plain in {} ? `${plain}_site` : plain;
    while (taken.has(key)) key += '_';
    taken.add(key);
    const label = field.labels.find((one) => calls.get(one.toLowerCase())?.length === 1);
    names.set(field, { key, label: label ?? `${field.labels[0]} (${field.path.join('.')})` });
  }
  return (field) => Object.assign({ key: '', label: '' }, names.get(field));
}

const id = ({ path }: Field): string => JSON.stringify(path);
