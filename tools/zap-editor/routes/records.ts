import type { Context } from 'hono';
import { type RecordSource, recordBody, recordsFrom } from '../views/records.ts';

/** Answers with the next records of a list. */
export function moreRecords(context: Context, source: RecordSource | null) {
  if (source === null) return context.notFound();
  return context.html(recordsFrom(source, Number(context.req.query('from')) || 0));
}

/** Answers with the fields of one record. */
export function oneRecord(context: Context, source: RecordSource | null) {
  const index = Number(context.req.param('index'));
  if (source?.records[index] === undefined) return context.notFound();
  return context.html(recordBody(source, index));
}
