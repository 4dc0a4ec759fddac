import { styleText } from 'node:util';
import { cliui } from '@isaacs/cliui';
import { asObject } from '../../src/values.ts';
import { plural } from '../common/plural.ts';
import type { OutputField } from './app-definition.ts';

/** The width of a narrow terminal, in characters. */
export const WIDTH = 80;

/**
 * A record as a table of label, key and value, 80 characters wide. The columns of a line-item field
 * follow the field, with one line for each item. The table omits empty fields and prints their
 * number.
 */
export function recordTable(
  fields: readonly OutputField[],
  record: Readonly<Record<string, unknown>>,
): string {
  const rows = fields.flatMap((field) => tableRows(field, record[field.key]));
  const filled = rows.filter(({ value }) => value !== '');
  const left = rows.length - filled.length;

  const ui = cliui({ width: WIDTH });
  const add = (label: string, key: string, value: string) => {
    ui.div(
      { text: label, width: 28, padding: [0, 1, 0, 2] },
      { text: key, width: 28, padding: [0, 1, 0, 0] },
      { text: value, width: 24, padding: [0, 0, 0, 0] },
    );
  };
  add(styleText('bold', 'Label'), styleText('bold', 'Key'), styleText('bold', 'Value'));
  for (const { label, key, value } of filled) add(label, key, value);
  ui.div({ text: styleText('dim', `${left} empty fields are left out.`), padding: [0, 0, 0, 2] });
  return ui.toString();
}

interface TableRow {
  readonly label: string;
  readonly key: string;
  /** Empty when the field has no value. */
  readonly value: string;
}

function tableRows({ label, key, children }: OutputField, value: unknown): TableRow[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  if (items.length === 0) return [{ label, key, value: String(value ?? '') }];
  const columns = children.map((child) => ({
    label: `- ${child.label}`,
    key: `- ${child.key}`,
    value: items
      .map((item) => String(asObject(item)[child.key] ?? ''))
      .filter((text) => text !== '')
      .join('\n'),
  }));
  return [{ label, key, value: plural(items.length, 'item') }, ...columns];
}
