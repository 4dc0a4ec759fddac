import { asObject, list, text } from '../../src/values.ts';

/** A mapped field in double braces: a field of the record, or a column (`participants[]name`). */
const MAPPED_FIELD = /\{\{\s*(\w+)(?:\[\](\w+))?\s*\}\}/g;

/** A part of a text: the value of a field, or plain text. */
interface MappedPart {
  /** The key of the field; null for plain text. */
  readonly key: string | null;
  readonly text: string;
}

/**
 * The text that a later step of a Zap gets. As in Zapier, an empty field becomes nothing, and a column
 * becomes the values of all line items, separated by commas.
 */
export function mapFields(
  template: string,
  record: Readonly<Record<string, unknown>>,
): MappedPart[] {
  const parts: MappedPart[] = [];
  let end = 0;
  for (const match of template.matchAll(MAPPED_FIELD)) {
    const [whole, key = '', column] = match;
    parts.push({ key: null, text: template.slice(end, match.index) });
    parts.push({
      key: column === undefined ? key : `${key}[]${column}`,
      text: fieldText(record[key], column),
    });
    end = match.index + whole.length;
  }
  parts.push({ key: null, text: template.slice(end) });
  return parts.filter((part) => part.key !== null || part.text !== '');
}

function fieldText(value: unknown, column: string | undefined): string {
  if (column === undefined) return asText(value);
  const texts = list(value, asObject).flatMap((item) => text(item[column]) ?? []);
  return texts.join(',');
}

/** A value as text: an object or a list as JSON. Empty when there is no value. */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (text(value) ?? '');
}
