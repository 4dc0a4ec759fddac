import { text } from '../chat-session/values.ts';
import type { Form, Group, Leaf, LeafType, LineItems, Property } from './form.ts';
import { readValue } from './leaf-value.ts';

/** An input field as Zapier takes it from a function among `inputFields`. */
export interface InputField {
  key: string;
  label: string;
  type?: 'string' | 'text' | 'boolean';
  required?: boolean;
  list?: true;
  helpText?: string;
  default?: string;
  choices?: { value: string; label: string; sample: string }[];
  dynamic?: string;
  children?: InputField[];
}

export interface InputFieldOptions {
  /** The keys of the fields that stand beside these. */
  readonly ownKeys: readonly string[];
  /** Which dropdown (`company_list.id.name`) shows what an operation of the API lists. */
  readonly dropdowns: ReadonlyMap<string, string>;
}

const LONGEST_HELP_TEXT = 1000;

/**
 * Zapier converts nonsense in integer, number and date fields to 0 and now before the app sees it:
 * so these are asked for as text, and converted here.
 */
const AS_TEXT: Readonly<Partial<Record<LeafType, string>>> = {
  integer: 'A whole number.',
  number: 'A number; decimals with a point.',
  'date-time': 'Fill in a date and time with its offset, such as `2026-03-10T14:00:00+01:00`.',
};

/** The input fields for a form, the advanced ones last. Those of internal properties are not shown. */
export function toInputFields(form: Form, options: InputFieldOptions): InputField[] {
  const keyOf = fieldKeys(form, options.ownKeys);
  const shown = fieldsOf(form.root, true);
  return [...shown.filter(({ last }) => !last), ...shown.filter(({ last }) => last)].map(
    ({ field }) => field,
  );

  function fieldsOf(group: Group, isRequired: boolean): { field: InputField; last: boolean }[] {
    return group.members.flatMap((member) => {
      if (member.visibility === 'internal') return [];
      // A required member of an optional object is not required on its own.
      const needed = isRequired && member.isRequired;
      if (member.kind === 'group') return fieldsOf(member, needed);
      const field = member.kind === 'leaf' ? leafField(member, needed) : lineItems(member, needed);
      return field === null ? [] : { field, last: member.visibility === 'advanced' };
    });
  }

  function lineItems(member: LineItems, isRequired: boolean): InputField | null {
    const children = fieldsOf(member.item, isRequired).map(({ field }) => field);
    return children.length === 0 ? null : { key: keyOf(member), label: member.label, children };
  }

  function leafField(leaf: Leaf, isRequired: boolean): InputField {
    const { choices, isList, listedBy } = leaf;
    const prefilled = readValue(leaf, leaf.default) === null ? null : text(leaf.default);
    const dropdown = options.dropdowns.get(listedBy ?? '');
    const helpText = help(leaf, choices !== null || dropdown !== undefined);
    return {
      key: keyOf(leaf),
      label: leaf.label,
      type: leaf.type === 'boolean' ? 'boolean' : leaf.type === 'multiline' ? 'text' : 'string',
      required: isRequired,
      ...(isList && { list: true }),
      ...(helpText !== '' && helpText !== leaf.label && { helpText }),
      ...(prefilled !== null && !isList && { default: prefilled }),
      ...(choices && {
        choices: [...choices.keys()].map((value) => ({ value, label: value, sample: value })),
      }),
      ...(dropdown && !choices && { dynamic: dropdown }),
    };
  }
}

function help({ description, type }: Leaf, isChosen: boolean): string {
  const hint = isChosen ? '' : (AS_TEXT[type] ?? '');
  const room = LONGEST_HELP_TEXT - hint.length - 1;
  return `${(description ?? '').slice(0, room)} ${hint}`.trim();
}

/** Tells the key of a property's input field. */
export type KeyOf = (property: Property) => string;

/**
 * Makes the keys: the names on the way to a property, joined by `__`. One that could be taken for
 * another field's gets a suffix. The order of a schema's properties makes no difference.
 */
export function fieldKeys({ root }: Form, ownKeys: readonly string[]): KeyOf {
  const byPath = fieldsIn(root).toSorted((one, other) => (id(one) < id(other) ? -1 : 1));
  const keys = new Map<Property, string>();
  const taken = new Set(ownKeys);
  for (const property of byPath) {
    const plain = property.path.join('__');
    const isAmbiguous = property.path.some((name) => name.includes('__'));
    // Zapier's own validation takes the names that every object has for taken, too.
    let key = isAmbiguous || taken.has(plain) || plain in {} ? `${plain}_site` : plain;
    while (taken.has(key)) key += '_';
    taken.add(key);
    keys.set(property, key);
  }
  return (property) => String(keys.get(property));
}

const id = ({ path }: Property): string => JSON.stringify(path);

/** All within a group that has a field of its own, those within line items included. */
export function fieldsIn(group: Group): Property[] {
  return group.members.flatMap((member) => {
    if (member.kind === 'group') return fieldsIn(member);
    return member.kind === 'leaf' ? member : [member, ...fieldsIn(member.item)];
  });
}
