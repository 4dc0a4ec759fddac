import { asObject, list } from '../../src/values.ts';
import { authenticationOf, type Members, type Step, stepsOf } from './definition.ts';

/*
 * What existing Zaps rely on: the keys of an app, and what is told of them. It is recorded in
 * interface.json, so that a change of it is made on purpose.
 */

/**
 * Each published key with what counts of it, such as
 * `triggers.new_chat_session input company_ids` → `integer list, optional`.
 */
export type Interface = Readonly<Record<string, string>>;

/** What a change of the interface means for the Zaps that are there. */
export interface InterfaceChange {
  /** The check that it fails; null where Zapier has none of its own. */
  readonly check: 'C001' | 'C002' | 'C003' | null;
  readonly words: string;
}

/** The interface of a definition. What a site describes by itself is no part of it. */
export function interfaceOf(definition: unknown): Interface {
  const { type, fields } = authenticationOf(definition);
  return Object.fromEntries([
    ['authentication', String(type)],
    ...inputs('authentication', fields),
    ...stepsOf(definition).flatMap((step) => [
      [
        step.name,
        [step.isHidden ? 'hidden' : 'visible', step.operation.type].filter(isString).join(' '),
      ],
      ...inputs(step.name, step.operation.inputFields),
      ...outputs(step),
    ]),
  ]);
}

function inputs(name: string, fields: unknown): [string, string][] {
  return flat(fields).map(([key, field]) => [
    `${name} input ${key}`,
    `${typeOf(field)}, ${field.required === true ? 'required' : 'optional'}`,
  ]);
}

/** An output field counts while it is in the sample: this is what C003 looks at. */
function outputs({ name, operation: { outputFields, sample } }: Step): [string, string][] {
  const sampled = asObject(sample);
  return flat(outputFields)
    .filter(([key]) => {
      const [parent = '', child] = key.split('[]');
      if (child === undefined) return parent in sampled;
      return list(sampled[parent], asObject).some((row) => child in row);
    })
    .map(([key, field]) => [
      `${name} output ${key}`,
      typeOf(field) + (field.primary === true ? ', primary' : ''),
    ]);
}

/** The fields with their keys; those of line items as `participants[]id`. */
function flat(fields: unknown, parent = ''): [string, Members][] {
  return list(fields, asObject).flatMap((field) => [
    [`${parent}${field.key}`, field],
    ...flat(field.children, `${field.key}[]`),
  ]);
}

const isString = (value: unknown): value is string => typeof value === 'string';

function typeOf({ type = 'string', list, children }: Members): string {
  if (children !== undefined) return 'line items';
  return list === true ? `${type} list` : String(type);
}

/** How an interface differs from the recorded one, in words about the Zaps that are there. */
export function interfaceChanges(recorded: Interface, current: Interface): InterfaceChange[] {
  return [
    ...Object.entries(recorded)
      // What a lost step had needs no words of its own.
      .filter(([key]) => !key.includes(' ') || stepOf(key) in current)
      .filter(([key, was]) => current[key] !== was)
      .map(([key, was]) => {
        const is = current[key];
        const { check, words } = is === undefined ? loss(key) : change(key, was, is);
        const what = is === undefined ? 'is gone' : `was "${was}" and is "${is}"`;
        return { check, words: `${key} ${what}: ${words}.` };
      }),
    ...Object.entries(current)
      .filter(([key]) => !(key in recorded))
      .map(([key, is]) => ({ check: null, words: `${key} is new: ${gain(key, is, recorded)}.` })),
  ];
}

const stepOf = (key: string): string => key.split(' ', 1).join();

const RECONNECT = 'accounts that are connected stop working until their owners connect them again';
const TEMPLATES = 'Zap templates with it become invalid';

function loss(key: string): InterfaceChange {
  if (key.startsWith('authentication')) return { check: null, words: RECONNECT };
  if (key.includes(' input ')) {
    return { check: 'C002', words: `what existing Zaps filled in is not read, and ${TEMPLATES}` };
  }
  if (key.includes(' output ')) {
    return {
      check: 'C003',
      words: `existing Zaps that mapped it get nothing there, and ${TEMPLATES}`,
    };
  }
  return { check: 'C001', words: `existing Zaps with it can't be migrated, and ${TEMPLATES}` };
}

function change(key: string, was: string, is: string): InterfaceChange {
  if (key.startsWith('authentication')) return { check: null, words: RECONNECT };
  if (was.startsWith('visible') && is.startsWith('hidden')) {
    return { check: 'C001', words: `no new Zap can have it, and ${TEMPLATES}` };
  }
  if (key.includes(' input ')) {
    const words =
      is === was.replace('optional', 'required')
        ? 'existing Zaps that left it empty fail until their owners fill it in'
        : 'what existing Zaps filled in was meant for the former kind of field';
    return { check: null, words };
  }
  if (key.includes(' output ')) {
    const words =
      was.includes('primary') === is.includes('primary')
        ? 'existing Zaps that mapped it get another kind of value'
        : 'events are told apart otherwise, so that existing Zaps may run twice or not at all';
    return { check: null, words };
  }
  const isOfType = (type: string) => was.endsWith(type) === is.endsWith(type);
  if (!['hook', 'polling'].every(isOfType)) {
    return { check: null, words: 'this breaks existing Zaps, and takes a new major version' };
  }
  return { check: null, words: 'no existing Zap is broken' };
}

function gain(key: string, is: string, recorded: Interface): string {
  const isOfKnownStep = key.includes(' input ') && stepOf(key) in recorded;
  if (!isOfKnownStep || is.endsWith('optional')) return 'no existing Zap is broken';
  return key.startsWith('authentication')
    ? RECONNECT
    : 'existing Zaps have it empty, and fail until their owners fill it in';
}
