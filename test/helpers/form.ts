import { afterAll } from '@jest/globals';
import { Answer, startPreparedSite } from './prepared-site.ts';
import { call } from './zapier.ts';

/* A site that describes a form. It runs for the tests of each file that imports this one. */

const site = await startPreparedSite({}, new Answer('{"message":"No such type."}', 404));
afterAll(() => site.stop());

const ACTION = 'creates.send_chat_system_message.operation';
const describeForm = (schema: unknown, answers: Readonly<Record<string, unknown>>) =>
  site.answer({ '/CreateChatMessageRequest': schema, '/system-messages': {}, ...answers });

/**
 * The input fields for a schema, the note about missing ones, and the number of requests.
 *
 * @param answers further answers of the site, by the end of the path
 */
export async function fieldsFor(schema: unknown, answers = {}) {
  describeForm(schema, answers);
  const { results } = await call(`${ACTION}.inputFields`);
  const [sessionId, ...fields] = results;
  if (sessionId?.key !== 'session_id') throw new Error('The static field is gone.');
  const note = fields.at(-1)?.type === 'copy' ? String(fields.pop()?.helpText) : null;
  // Another test checks the groups of fields.
  return {
    fields: fields.map(({ group, ...field }) => field),
    note,
    requests: site.requests.length,
  };
}

/**
 * The body that the app sends for the input, and its warnings.
 *
 * @param answers further answers of the site, by the end of the path
 * @param meta what Zapier says of the run
 */
export async function bodyFor(schema: unknown, inputData: object, answers = {}, meta = {}) {
  describeForm(schema, answers);
  const { warnings } = await call(`${ACTION}.perform`, {
    inputData: { session_id: 'a', ...inputData },
    meta,
  });
  return { body: JSON.parse(site.requests.at(-1)?.body ?? ''), warnings };
}
