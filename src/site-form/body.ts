import { isBlank, isObject } from '../values.ts';
import {
  type Form,
  fieldNames,
  fieldsIn,
  type Group,
  type Leaf,
  type NamesOf,
  type OwnField,
  type Property,
} from './form.ts';
import { complaint, isDefault, readValue } from './leaf-value.ts';

/** Makes an error from a message that names a field and says what is wrong with its value. */
type Fail = (message: string) => Error;

/** Says why a value is not sent although its type is right; null when it is sent. */
type Refusal = (value: unknown) => string | null;

/** Zapier fills in defaults by itself. Says whether such a value counts as filled in. */
type Counting = 'with defaults' | 'without defaults';

type InputData = Readonly<Record<string, unknown>>;

/**
 * Makes the body of a request from input data. Values are converted to the types of the schema, and
 * blank optional values are left out. Required properties that the site hides are included.
 *
 * Throws the error that `fail` makes when a value can't be converted or is refused, or when a required
 * one is missing.
 *
 * @param own the app's own fields in the same form
 * @param timeZone the time zone of a time without an offset; null when none is known
 */
export function toBody(
  form: Form,
  inputData: InputData,
  own: readonly OwnField[],
  fail: Fail,
  refusal?: Refusal,
  timeZone: string | null = null,
) {
  const names = fieldNames(form.properties, own);
  return bodyWriter(names, { fail, refusal, timeZone })(form.properties, inputData);
}

/**
 * What an owner filled in. `chosen` lists the values of the form's fields, without the defaults that
 * Zapier fills in by itself. `unknown` lists the keys of input for which the form has no field.
 *
 * @param own the app's own fields in the same form
 */
export function readInput(form: Form, inputData: InputData, own: readonly OwnField[]) {
  const names = fieldNames(form.properties, own);
  const fields = fieldsIn(form.properties);
  const known = new Set([...own, ...fields.map(names)].map(({ key }) => key));
  const rows = fields
    .filter(({ kind }) => kind === 'group')
    .flatMap((list) => [inputData[names(list).key]].flat().filter(isObject));
  const all = [inputData, ...rows];
  const chosen = fields.flatMap((leaf) => {
    if (leaf.kind !== 'leaf') return [];
    const values = all.flatMap((row) => row[names(leaf).key]);
    return values.flatMap((value) =>
      isBlank(value) || isDefault(leaf, value) ? [] : { leaf, value },
    );
  });
  const unknown = all.flatMap((row) =>
    Object.keys(row).filter((key) => !known.has(key) && isFilledInField(key, row[key])),
  );
  return { chosen, unknown: [...new Set(unknown)] };
}

/**
 * Whether an owner filled in a field of the step. Zapier keeps its own settings of a step beside the
 * fields, such as `_zap_search_success_on_miss`. That they never reach an app is not documented.
 */
export const isFilledInField = (key: string, value: unknown): boolean =>
  !key.startsWith('_zap_') && !isBlank(value);

/**
 * The required properties that the site hides, for a form without input. Other required properties
 * may be missing: the site itself says so.
 */
export function hiddenBody({ properties }: Form): Record<string, unknown> {
  const names = fieldNames(properties, []);
  // Without input nothing can be wrong, so no error is made.
  return bodyWriter(names, { fail: Error, mayMiss: true })(properties, {});
}

interface Rules {
  readonly fail: Fail;
  readonly refusal?: Refusal | undefined;
  readonly timeZone?: string | null;
  /** Whether required properties may be missing. */
  readonly mayMiss?: boolean;
}

/** A function that makes the object with these properties from input data. */
function bodyWriter(
  names: NamesOf,
  { fail, refusal = () => null, timeZone = null, mayMiss = false }: Rules,
) {
  return objectOf;

  function objectOf(properties: readonly Property[], input: InputData): Record<string, unknown> {
    return Object.fromEntries(
      properties
        .map((property) => [property.name, propertyValue(property, input)])
        .filter(([, value]) => value !== undefined),
    );
  }

  /** The value of a property; undefined when the property is left out. */
  function propertyValue(property: Property, input: InputData): unknown {
    const value = givenValue(property, input);
    if (value !== undefined || !property.isRequired) return value;
    if (property.isNullable) return null;
    if (mayMiss) return undefined;
    throw fail(
      property.kind === 'leftOut'
        ? `Your DeskDirector site requires "${names(property).label}", which can't be filled in here: ${property.reason}. Ask whoever runs the site whether it can do without.`
        : `"${names(property).label}" is required.`,
    );
  }

  function givenValue(property: Property, input: InputData): unknown {
    const { isRequired, isNullable, kind } = property;
    if (kind === 'leftOut') return isRequired ? property.value : undefined;
    if (kind === 'leaf') return leafValue(property, input[names(property).key]);
    if (property.isList) return itemValues(property, input);
    const mustBeSent = isRequired && !isNullable;
    return mustBeSent || isWanted(property, input)
      ? objectOf(property.properties, input)
      : undefined;
  }

  /**
   * Whether an optional object is sent: when the owner filled in one of its fields. Zapier fills in
   * defaults without the owner. So a default counts as filled in only when every required field of
   * the object has a value.
   */
  function isWanted({ properties }: Group, input: InputData): boolean {
    const isComplete = properties.every(
      (property) =>
        !property.isRequired ||
        property.isNullable ||
        (property.kind === 'leftOut'
          ? property.value !== undefined
          : isFilledIn(property, input, 'with defaults')),
    );
    return isAnyFilledIn(properties, input, isComplete ? 'with defaults' : 'without defaults');
  }

  function isAnyFilledIn(all: readonly Property[], input: InputData, counting: Counting): boolean {
    return all.some((property) => isFilledIn(property, input, counting));
  }

  function isFilledIn(property: Property, input: InputData, counting: Counting): boolean {
    if (property.kind === 'leftOut') return false;
    if (property.kind === 'group') {
      // Zapier passes line items under the key of their list, or under the keys of its columns.
      const rows = property.isList ? [input[names(property).key]].flat() : [];
      const isFilledRow = (row: unknown) =>
        isObject(row) ? isAnyFilledIn(property.properties, row, counting) : !isBlank(row);
      return rows.some(isFilledRow) || isAnyFilledIn(property.properties, input, counting);
    }
    const value = input[names(property).key];
    return !isBlank(value) && (counting === 'with defaults' || !isDefault(property, value));
  }

  /** The objects of a list; undefined when there are none. */
  function itemValues(list: Group, input: InputData): object[] | undefined {
    const { properties, isRequired } = list;
    const { key, label } = names(list);
    const given = input[key];
    const rows = isBlank(given) ? rowsOf(properties, input) : [given].flat();
    const filled = rows.filter((row): row is InputData => {
      if (!isObject(row)) throw fail(`"${label}" takes line items.`);
      return isAnyFilledIn(properties, row, 'with defaults');
    });
    // Zapier itself adds a single line item that holds the defaults.
    const isByZapier =
      filled.length === 1 &&
      !filled.some((row) => isAnyFilledIn(properties, row, 'without defaults'));
    if (filled.length === 0 || (isByZapier && !isRequired)) return undefined;
    return filled.map((row) => objectOf(properties, row));
  }

  /**
   * Zapier passes line items as a list of objects only when an owner mapped a list. Otherwise it
   * passes one value or list for each column. A single value then applies to every line item.
   */
  function rowsOf(properties: readonly Property[], input: InputData): InputData[] {
    const columns = fieldsIn(properties).flatMap((field) => {
      const { key } = names(field);
      const value = input[key];
      return isBlank(value) ? [] : { key, cells: [value].flat() };
    });
    const length = Math.max(0, ...columns.map(({ cells }) => cells.length));
    return Array.from({ length }, (_, index) =>
      Object.fromEntries(
        columns.map(({ key, cells }) => [key, cells.length === 1 ? cells[0] : cells[index]]),
      ),
    );
  }

  /** The value of a leaf; undefined when its field is blank. */
  function leafValue(leaf: Leaf, value: unknown): unknown {
    const { label } = names(leaf);
    const values = [value].flat().filter((one) => !isBlank(one));
    if (values.length === 0) return undefined;
    if (values.length > 1 && !leaf.isList) {
      throw fail(`"${label}" takes one value, not several.`);
    }
    const read = values.map((one) => {
      const converted = readValue(leaf, one, timeZone);
      if (converted === null) throw fail(`"${label}" ${complaint(leaf, one, timeZone)}.`);
      const refused = refusal(converted);
      if (refused !== null) throw fail(`"${label}" ${refused}`);
      return converted;
    });
    return leaf.isList ? read : read[0];
  }
}
