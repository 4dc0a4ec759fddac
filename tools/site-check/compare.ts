import { asObject, datetime, integer, isObject, kindOf, number, text } from '../../src/values.ts';
import { chat } from '../desk-director/schemas/chat.ts';
import type { Names } from './names.ts';

/** How a property of a chat session differs from the documented one. */
export interface Difference {
  readonly what: 'missing' | 'not documented' | "can't be read";
  /** Such as `creator.mood (text)`: the path of the property, and the kind of its value. */
  readonly property: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** Compares sessions with the documented payload. Tells names and kinds, and no contents. */
export function compareSessions(sessions: readonly unknown[], names: Names): Difference[] {
  const found = new Map<string, Difference>();
  const add = (what: Difference['what'], property: string) =>
    found.set(`${what}: ${property}`, { what, property });

  function compareValue(schema: Schema, value: unknown, path: string): void {
    const { type, format, items } = schema;
    if (type === 'object' && isObject(value)) {
      compareObject(schema, value, path);
      return;
    }
    if (type === 'array' && Array.isArray(value)) {
      for (const item of value) compareValue(resolved(items), item, `${path}[]`);
      return;
    }
    const allowed: readonly unknown[] | null = Array.isArray(schema.enum) ? schema.enum : null;
    if (!isReadable(type, format, value)) add("can't be read", `${path} (${kindOf(value)})`);
    else if (allowed?.includes(value) === false) add("can't be read", `${path} (an unknown value)`);
  }

  function compareObject(schema: Schema, value: Schema, path: string): void {
    const properties = asObject(schema.properties);
    const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    for (const name of required) {
      if (value[String(name)] === undefined) add('missing', at(String(name)));
    }
    for (const [name, inner] of Object.entries(value)) {
      if (!Object.hasOwn(properties, name)) {
        add('not documented', `${at(names.property(name))} (${kindOf(inner)})`);
      } else if (inner !== null) {
        compareValue(resolved(properties[name]), inner, at(name));
      }
    }
  }

  for (const session of sessions) {
    if (isObject(session)) compareObject(chat, session, '');
  }
  return [...found.values()];
}

/** A documented schema with its reference followed. */
function resolved(schema: unknown): Schema {
  const { $ref, allOf } = asObject(schema);
  if (Array.isArray(allOf)) return resolved(allOf[0]);
  if (typeof $ref !== 'string') return asObject(schema);
  return asObject(asObject(chat.definitions)[$ref.replace('#/definitions/', '')]);
}

function isReadable(type: unknown, format: unknown, value: unknown): boolean {
  if (format === 'date-time') return datetime(value) !== null;
  if (type === 'string') return typeof value === 'string' || text(value) !== null;
  if (type === 'integer') return integer(value) !== null;
  return type === 'number' && number(value) !== null;
}
