import { asObject, list, text } from '../../src/values.ts';

/** A field of a record, or a column of its line items (`participants[]name`), in double braces. */
const PILL = /\{\{\s*(\w+)(?:\[\](\w+))?\s*\}\}/g;

/** A part of a text with mapped fields: plain text, or what a field holds. */
export interface MappedPart {
  readonly key: string | null;
  readonly text: string;
}

/**
 * What a later step of a Zap gets for a text into which fields are mapped. As in Zapier, a field
 * without a value is nothing, and a column is the values of all its line items, between commas.
 */
export function mapFields(
  template: string,
  record: Readonly<Record<string, unknown>>,
): MappedPart[] {
  const parts: MappedPart[] = [];
  let end = 0;
  for (const match of template.matchAll(PILL)) {
    const [pill, key = '', column] = match;
    parts.push({ key: null, text: template.slice(end, match.index) });
    parts.push({
      key: column === undefined ? key : `${key}[]${column}`,
      text: held(record[key], column),
    });
    end = match.index + pill.length;
  }
  parts.push({ key: null, text: template.slice(end) });
  return parts.filter((part) => part.key !== null || part.text !== '');
}

function held(value: unknown, column: string | undefined): string {
  if (column !== undefined) {
    return list(value, asObject)
      .map((item) => text(item[column]) ?? '')
      .filter((found) => found !== '')
      .join(',');
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (text(value) ?? '');
}
