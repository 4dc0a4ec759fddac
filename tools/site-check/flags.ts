import { parseArgs } from 'node:util';
import { portNumber } from '../common/command-line.ts';
import { isTerminal } from './connection.ts';
import { refuseExisting } from './save.ts';

export const HELP = `Checks whether a DeskDirector site is as this app believes. Without --listen it
only reads.

npm run check-site -- [--session ID] [--find TEXT] [--save FILE] [--yes]
                      [--listen [--ticket] --url https://ADDRESS [--port 4040]]

  --session  also looks this chat session up, and compares it
  --find     also searches for this text, such as an e-mail address
  --listen   also subscribes to chats, waits for one, and unsubscribes
  --ticket   waits for a new ticket in place of a chat
  --url      the public address of a tunnel that leads to the port
  --port     the port on 127.0.0.1 that receives it
  --save     writes the structure of what the site said into a new file
  --yes      answers the questions of --listen and --save with yes
  --help     prints this text

The connection is read from authData_site and authData_apiKey, in the
environment or in a file .env. In a terminal, the command asks for what is
missing. The exit status is 1 when something is different.`;

/**
 * Reads the flags of the command; null when it has to print its help. `address` is where to receive a
 * chat. Rejects with words about a wrong flag.
 */
export async function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      session: { type: 'string' },
      find: { type: 'string' },
      listen: { type: 'boolean', default: false },
      ticket: { type: 'boolean', default: false },
      url: { type: 'string' },
      port: { type: 'string', default: '4040' },
      save: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { session, find, save, yes, ticket } = values;
  if (values.help) return null;
  const port = portNumber(values.port);
  const url = values.listen ? publicAddress(values.url, port) : null;
  if (session?.trim() === '') throw new Error('--session needs the ID of a chat session.');
  if (find?.trim() === '') throw new Error('--find needs a text to search for.');
  if (url === null && values.url !== undefined) throw new Error('--url goes with --listen.');
  if (url === null && ticket) throw new Error('--ticket goes with --listen.');
  if (save !== undefined) await refuseExisting(save);
  if (!yes && !isTerminal() && (url !== null || save !== undefined)) {
    throw new Error('Add --yes: --listen and --save ask a question, and nobody can be asked here.');
  }
  return { session, find, save, yes, ticket, address: url && { url, port } };
}

/** The address of the person's tunnel. Throws when it can't be one. */
function publicAddress(text: string | undefined, port: number): URL {
  const url = URL.parse(text ?? '');
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url && isLocal)) return url;
  throw new Error(
    `--listen needs --url https://…: the public address of a tunnel to http://127.0.0.1:${port}.`,
  );
}
