import { call, connectedDeskDirector } from './zapier.ts';

const CREATE = 'creates.send_chat_system_message.operation';

/** Runs the app against a site that describes system messages with other schemas. */
export async function form(createChatMessageRequest: unknown) {
  const site = await connectedDeskDirector({
    schemas: { CreateChatMessageRequest: createChatMessageRequest },
  });
  const { authData } = site;
  const { id } = site.chats.request();
  return {
    /** The site's fields in the form, and the note about missing ones. */
    async fields() {
      const { results } = await call<Record<string, unknown>[]>(`${CREATE}.inputFields`, {
        authData,
      });
      const [sessionId, ...fields] = results;
      if (sessionId?.key !== 'session_id') throw new Error('The static field is gone.');
      const note = fields.at(-1)?.type === 'copy' ? String(fields.pop()?.helpText) : null;
      // Another test checks the groups of fields.
      return { fields: fields.map(({ group, ...field }) => field), note };
    },
    /**
     * The body that the app sends for the input, and its warnings.
     *
     * @param meta what Zapier says of the run
     */
    async send(inputData: object, meta: object = {}) {
      const { warnings } = await call(`${CREATE}.perform`, {
        authData,
        inputData: { session_id: id, ...inputData },
        meta,
      });
      return { body: JSON.parse(site.requests.at(-1)?.body ?? ''), warnings };
    },
    /** Makes the site refuse the next message, with a reason. */
    refuse: (reason: object) =>
      site.fail({
        kind: 'status',
        status: 400,
        body: JSON.stringify(reason),
        path: /system-messages$/,
      }),
    /** The requests so far. */
    requests: site.requests,
    /** Makes the site describe more types, by their ids. */
    describe: (types: Readonly<Record<string, unknown>>) => {
      for (const [typeId, schema] of Object.entries(types)) {
        site.fail({
          kind: 'json',
          value: schema,
          path: new RegExp(`dynamic-types/${typeId}$`),
          times: Number.POSITIVE_INFINITY,
        });
      }
    },
    stop: site.stop,
  };
}

/** The input fields for a schema. */
export async function fieldsFor(schema: unknown) {
  const { fields, stop } = await form(schema);
  try {
    return await fields();
  } finally {
    await stop();
  }
}

/** The body for the input. */
export async function bodyFor(schema: unknown, inputData: object, meta: object = {}) {
  const { send, stop } = await form(schema);
  try {
    return await send(inputData, meta);
  } finally {
    await stop();
  }
}
