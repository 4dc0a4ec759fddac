/** Undefined for a text that is no JSON, as for none at all. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object, and none of anything else. */
export function membersOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** The entries of a list, and none of anything else. */
export function entriesOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
