import { contacts } from '../sandbox/desk-director/people.ts';
import { startDeskDirector } from '../sandbox/desk-director/server.ts';
import { handlerOf } from './apps.ts';

/** How many requests an operation sends, and how many it may. */
export interface Requests {
  readonly operation: string;
  readonly requests: number;
  readonly most: number;
}

const TRIGGER = 'triggers.chat_session_status_changed.operation';
const SEARCH = 'searches.find_chat_session.operation.perform';
const MESSAGE = 'creates.send_chat_system_message.operation.perform';
const INVITATION = 'creates.invite_users_to_chat.operation.perform';

/** Counts the requests that a DeskDirector gets from each operation of the app. */
export async function countRequests(app: unknown): Promise<Requests[]> {
  const handler = handlerOf(app);
  const deskDirector = await startDeskDirector();
  const session = deskDirector.chats.request();
  const session_id = session.id;
  const authData = { site: 'support.deskdirector.com', apiKey: deskDirector.apiKey };
  const targetUrl = 'https://hooks.zapier.com/hooks/standard/1/';
  const counted: Requests[] = [];

  async function count(operation: string, most: number, method: string, bundle: object) {
    const before = deskDirector.requests.length;
    const { results } = await handler({
      command: 'execute',
      method,
      bundle: { inputData: {}, meta: {}, authData, ...bundle },
      environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
      customLogger: () => undefined,
      // Otherwise the platform prints a line for each event.
      calledFromCli: true,
    });
    counted.push({ operation, requests: deskDirector.requests.length - before, most });
    return results;
  }

  try {
    await count('perform', 0, `${TRIGGER}.perform`, { cleanedRequest: [session] });
    await count('connection test', 1, 'authentication.test', {});
    const subscribe = `${TRIGGER}.performSubscribe`;
    const subscribeData = await count('subscribe', 3, subscribe, { targetUrl });
    const inputData = { nameContains: 'Zephyrine' };
    await count("subscribe with a site's filter", 3, subscribe, { targetUrl, inputData });
    await count('unsubscribe', 1, `${TRIGGER}.performUnsubscribe`, { subscribeData });
    await count('search', 1, SEARCH, { inputData: { session_id } });
    await count('send a message', 2, MESSAGE, {
      inputData: { session_id, message: 'Hello.' },
    });
    await count('invite', 2, INVITATION, {
      inputData: { session_id, contacts: String(contacts.tansy.entityId) },
    });
    return counted;
  } finally {
    await deskDirector.stop();
  }
}
