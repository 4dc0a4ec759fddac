import { asObject, datetime, integer, isObject, kindOf, number, text } from '../../src/values.ts';
import { chat } from '../desk-director/schemas/chat.ts';
import type { Names } from './names.ts';

/** How a chat session differs from the documented one, by the paths of its properties. */
export interface Comparison {
  /** Properties that the documented interface requires. */
  readonly missing: readonly string[];
  /** Properties that nobody documented, each with its kind. */
  readonly undocumented: readonly string[];
  /** Properties whose value the app can't read or does not know, each with its kind. */
  readonly unreadable: readonly string[];
}

type Schema = Readonly<Record<string, unknown>>;

/** Compares sessions with the documented payload. Tells names and kinds, and no contents. */
export function compareSessions(sessions: readonly unknown[], names: Names): Comparison {
  const missing = new Set<string>();
  const undocumented = new Set<string>();
  const unreadable = new Set<string>();

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
    if (!isReadable(type, format, value)) unreadable.add(`${path} (${kindOf(value)})`);
    else if (allowed?.includes(value) === false) unreadable.add(`${path} (an unknown value)`);
  }

  function compareObject(schema: Schema, value: Schema, path: string): void {
    const properties = asObject(schema.properties);
    const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    for (const name of required) {
      if (value[String(name)] === undefined) missing.add(at(String(name)));
    }
    for (const [name, inner] of Object.entries(value)) {
      if (!Object.hasOwn(properties, name)) {
        undocumented.add(`${at(names.property(name))} (${kindOf(inner)})`);
      } else if (inner !== null) {
        compareValue(resolved(properties[name]), inner, at(name));
      }
    }
  }

  for (const session of sessions) {
    if (isObject(session)) compareObject(chat, session, '');
  }
  return {
    missing: [...missing],
    undocumented: [...undocumented],
    unreadable: [...unreadable],
  };
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
