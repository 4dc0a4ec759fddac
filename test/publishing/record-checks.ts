import { asObject, isObject, list } from '../../src/values.ts';
import { type Members, type Step, type StepKind, stepsOf, visibleSteps } from './definition.ts';

/*
 * Zapier's checks of samples and of the records of live Zaps. Each returns words for whatever breaks
 * its rule, none when all is well.
 * Source: https://docs.zapier.com/platform/publish/integration-checks-reference
 */

/** Records by kind and key of the step they came from. */
export type Records = {
  readonly [kind in StepKind]?: Readonly<Record<string, readonly unknown[]>>;
};

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;
const LOOKS_LIKE_TIME =
  /^(?:\d{4}-\d\d-\d\d(?!\d)|\d{1,2} \p{L}{3,} \d{4}|\d{1,2}[./]\d{1,2}[./]\d)/u;

/** Two times with words between are text. */
const isUnreadableTime = (value: string): boolean =>
  LOOKS_LIKE_TIME.test(value) && !Number.isNaN(Date.parse(value)) && !ISO_8601.test(value);

const isString = (value: unknown): boolean => typeof value === 'string';

const IS_OF_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isString,
  text: isString,
  datetime: (value) => isString(value) && ISO_8601.test(String(value)),
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
};

/** What of a record is not as the output fields say. What is empty is of every type. */
function mismatches(fields: unknown, record: Members, where: string): string[] {
  return list(fields, asObject).flatMap((field) => {
    const name = `${where}.${field.key}`;
    const value = record[String(field.key)];
    if (value === undefined || value === null) {
      return field.required === true ? [`${name} is required and missing`] : [];
    }
    if (field.children === undefined) {
      const type = String(field.type ?? 'string');
      return IS_OF_TYPE[type]?.(value) ? [] : [`${name} is no ${type}: ${JSON.stringify(value)}`];
    }
    if (!Array.isArray(value) || !value.every(isObject))
      return [`${name} is no list of line items`];
    return value.flatMap((row, index) => mismatches(field.children, row, `${name}.${index}`));
  });
}

/** D023: all times in samples have a format that Zapier can read, with their offset. */
export function unreadableTimes(definition: unknown): string[] {
  return stepsOf(definition).flatMap(({ name, operation }) =>
    valuesIn(operation.sample)
      .filter(isUnreadableTime)
      .map((value) => `${name} has "${value}" in its sample`),
  );
}

function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}

/** T003: so have the times in live records. */
export function unreadableLiveTimes(definition: unknown, live: Records): string[] {
  return eachRecord(visibleSteps(definition), live, (_, record, where) =>
    valuesIn(record)
      .filter(isUnreadableTime)
      .map((value) => `${where} has "${value}"`),
  );
}

/** D024: samples are as the output fields say. */
export function wrongSamples(definition: unknown): string[] {
  return stepsOf(definition).flatMap(({ name, operation: { outputFields, sample } }) =>
    mismatches(outputFields, asObject(sample), `${name}.sample`),
  );
}

/** T004: what can be mapped from a sample is there when the Zap runs. */
export function sampleKeysMissingLive(definition: unknown, live: Records): string[] {
  return eachRecord(visibleSteps(definition), live, ({ operation }, record) =>
    missing(keysOf(asObject(operation.sample)), record),
  );
}

/** T005: live records are as the output fields say. */
export function wrongLiveRecords(definition: unknown, live: Records): string[] {
  return eachRecord(visibleSteps(definition), live, ({ operation }, record, where) =>
    mismatches(operation.outputFields, record, where),
  );
}

/** T006: what can be mapped from the editor's test records is there when the Zap runs. */
export function polledKeysMissingLive(
  definition: unknown,
  live: Records,
  polled: Records,
): string[] {
  return eachRecord(visibleHooks(definition), live, ({ key }, record) =>
    missing(list(polled.triggers?.[key], asObject).flatMap(keysOf), record),
  );
}

/** Z001: the editor's test records are as the output fields say. */
export function wrongPolledRecords(definition: unknown, polled: Records): string[] {
  return eachRecord(visibleHooks(definition), polled, ({ operation }, record, where) =>
    mismatches(operation.outputFields, record, where),
  );
}

function visibleHooks(definition: unknown): Step[] {
  return visibleSteps(definition).filter(({ operation }) => operation.type === 'hook');
}

/** What a judge says of the records of each step; a step without records can't be judged. */
function eachRecord(
  steps: readonly Step[],
  records: Records,
  judge: (step: Step, record: Members, where: string) => string[],
): string[] {
  return steps.flatMap((step) => {
    const found = list(records[step.kind]?.[step.key], asObject);
    if (found.length === 0) return [`${step.name} has no records`];
    return found.flatMap((record, index) =>
      judge(step, record, `${step.name}.${index}`).map((words) => `${step.name}: ${words}`),
    );
  });
}

/** The keys of a record; those of line items as `participants[]id`. */
function keysOf(record: Members): string[] {
  return Object.entries(record).flatMap(([key, value]) => [
    key,
    ...list(value, asObject).flatMap((row) => Object.keys(row).map((child) => `${key}[]${child}`)),
  ]);
}

/** Which keys a record lacks. What is in line items can't be told where there are none. */
function missing(keys: readonly string[], record: Members): string[] {
  const found = keysOf(record);
  return [...new Set(keys)]
    .filter((key) => !found.includes(key))
    .filter((key) => !isEmptyList(record[key.split('[]', 1).join()]))
    .map((key) => `a live record has no "${key}"`);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
