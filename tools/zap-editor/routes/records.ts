import type { Context } from 'hono';
import { refusal } from '../posted-form.ts';
import { type RecordSource, recordBody, recordsFrom } from '../views/records.ts';

/** Answers with the next records of a list. */
export function moreRecords(context: Context, source: RecordSource | null) {
  const from = Number(context.req.query('from') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw refusal('"from" must be a number from 0.');
  if (source === null) return context.notFound();
  return context.html(recordsFrom(source, from));
}

/** Answers with the fields of one record. */
export function oneRecord(context: Context, source: RecordSource | null) {
  const index = Number(context.req.param('index'));
  if (source?.records[index] === undefined) return context.notFound();
  return context.html(recordBody(source, index));
}
