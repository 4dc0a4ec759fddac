import { isBlank, isObject, text } from '../values.ts';
import { type Form, fieldsIn, type Group, type Leaf, type Property } from './form.ts';
import { fieldNames, type NamesOf } from './input-fields.ts';
import { complaint, readValue } from './leaf-value.ts';

/** Makes an error of words that name a field and tell why no body can be made. */
type Fail = (words: string) => Error;

type InputData = Readonly<Record<string, unknown>>;

/**
 * Makes the body that a schema describes from the values of its input fields: converted to the
 * schema's types, blank optional ones left out. What the site hides is sent where it is required. The
 * unknown keys are those of input that no field asks for.
 *
 * Throws what `fail` makes for what can't be converted, and for what is required and missing.
 */
export function toBody(form: Form, inputData: InputData, ownKeys: readonly string[], fail: Fail) {
  const names = fieldNames(form.members, ownKeys);
  const body = createWriter(names, fail).objectOf(form.members, inputData);
  const known = new Set([...ownKeys, ...fieldsIn(form.members).map((field) => names(field).key)]);
  return { body, unknown: unknownKeys(inputData, known) };
}

/**
 * Only what the site hides and requires, for a form in which nothing is filled in. What else is missing
 * the site refuses in its own words.
 */
export function hiddenBody({ members }: Form): Record<string, unknown> {
  return createWriter(fieldNames(members, []), null).objectOf(members, {});
}

/** The keys that no field has, those within rows of line items included. */
function unknownKeys(input: InputData, known: ReadonlySet<string>): string[] {
  return Object.entries(input).flatMap(([key, value]) => {
    if (isBlank(value)) return [];
    if (!known.has(key)) return [key];
    return [value].flat().flatMap((row) => (isObject(row) ? unknownKeys(row, known) : []));
  });
}

/** @param fail null where what is required may be missing, since nothing is filled in */
function createWriter(names: NamesOf, fail: Fail | null) {
  function objectOf(members: readonly Property[], input: InputData): Record<string, unknown> {
    return Object.fromEntries(
      members
        .map((member) => [member.path.at(-1), propertyValue(member, input)])
        .filter(([, value]) => value !== undefined),
    );
  }

  /** The value of a property; undefined when it is to be left out. */
  function propertyValue(property: Property, input: InputData): unknown {
    const value = givenValue(property, input);
    if (value !== undefined || !property.isRequired) return value;
    if (property.isNullable) return null;
    if (fail === null) return undefined;
    throw fail(
      property.kind === 'unshown'
        ? `Your DeskDirector site requires "${property.labels[0]}", which can't be filled in here: ${property.reason}. Ask whoever runs the site whether it can do without.`
        : `"${names(property).label}" is required.`,
    );
  }

  function givenValue(property: Property, input: InputData): unknown {
    const { isRequired, isNullable, kind } = property;
    if (kind === 'unshown') return isRequired ? property.value : undefined;
    if (kind === 'leaf') return leafValue(property, input[names(property).key]);
    if (property.isList) return itemValues(property, input);
    const isNeeded = (isRequired && !isNullable) || isWanted(property, input);
    return isNeeded ? objectOf(property.members, input) : undefined;
  }

  /**
   * Whether an optional object is to be there: once something in it was filled in. Zapier fills in
   * defaults by itself, so these alone don't ask for an object of which something required is missing.
   */
  function isWanted({ members }: Group, input: InputData): boolean {
    const isComplete = members.every(
      (member) =>
        !member.isRequired ||
        member.isNullable ||
        (member.kind === 'unshown' ? member.value !== undefined : isFilledIn(member, input, true)),
    );
    return isAnyFilledIn(members, input, isComplete);
  }

  const isAnyFilledIn = (all: readonly Property[], input: InputData, doDefaultsCount: boolean) =>
    all.some((member) => isFilledIn(member, input, doDefaultsCount));

  function isFilledIn(property: Property, input: InputData, doDefaultsCount: boolean): boolean {
    if (property.kind === 'unshown') return false;
    const isField = property.kind === 'leaf' || property.isList;
    const value = isField ? input[names(property).key] : null;
    if (property.kind === 'group' && isBlank(value)) {
      return isAnyFilledIn(property.members, input, doDefaultsCount);
    }
    const byDefault = property.kind === 'leaf' ? text(property.keywords.default) : null;
    return !isBlank(value) && (doDefaultsCount || byDefault === null || text(value) !== byDefault);
  }

  /** The objects of a list; undefined when there are none. */
  function itemValues(list: Group, input: InputData): object[] | undefined {
    const { members, isRequired } = list;
    const { key, label } = names(list);
    const given = input[key];
    const rows = isBlank(given) ? rowsOf(members, input) : [given].flat();
    const filled = rows.filter((row): row is InputData => {
      if (!isObject(row)) throw fail?.(`"${label}" takes line items.`);
      return isAnyFilledIn(members, row, true);
    });
    // Zapier fills in a single row of defaults by itself.
    const isByZapier =
      filled.length === 1 && !filled.some((row) => isAnyFilledIn(members, row, false));
    if (filled.length === 0 || (isByZapier && !isRequired)) return undefined;
    return filled.map((row) => objectOf(members, row));
  }

  /**
   * Zapier gives line items as such only where some were mapped, else the columns by themselves. A
   * single value is for all rows.
   */
  function rowsOf(members: readonly Property[], input: InputData): InputData[] {
    const columns = fieldsIn(members).flatMap((field) => {
      const { key } = names(field);
      const value = input[key];
      return isBlank(value) ? [] : { key, cells: [value].flat() };
    });
    const length = Math.max(...columns.map(({ cells }) => cells.length));
    return Array.from({ length }, (_, index) =>
      Object.fromEntries(
        columns.map(({ key, cells }) => [key, cells.length === 1 ? cells[0] : cells[index]]),
      ),
    );
  }

  /** The value of a leaf; undefined when nothing was filled in. */
  function leafValue(leaf: Leaf, value: unknown): unknown {
    const { label } = names(leaf);
    const values = [value].flat().filter((one) => !isBlank(one));
    if (values.length === 0) return undefined;
    if (values.length > 1 && !leaf.isList) {
      throw fail?.(`"${label}" takes one value, not several.`);
    }
    const read = values.map((one) => {
      const converted = readValue(leaf, one);
      if (converted === null) throw fail?.(`"${label}" ${complaint(leaf, one)}.`);
      return converted;
    });
    return leaf.isList ? read : read[0];
  }

  return { objectOf };
}
