import { parseArgs } from 'node:util';
import { contacts, members } from './desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from './desk-director/server.ts';

const help = `A DeskDirector on this computer, to try the integration without a real one.

node sandbox/cli.ts [--port 4010] [--api-key sandbox-key]

  --port     where it listens on 127.0.0.1; 0 takes any free port
  --api-key  the key it accepts
  --help     prints this

It runs until Ctrl+C.`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      'api-key': { type: 'string', default: 'sandbox-key' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(help);
  else await run(portNumber(values.port), values['api-key']);
} catch (error) {
  console.error(readable(error));
  process.exitCode = 1;
}

async function run(port: number, apiKey: string): Promise<void> {
  const deskDirector = await startDeskDirector({ port, apiKey });
  const stop = () => void deskDirector.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(introduction(deskDirector));
}

function introduction({ url, apiKey, chats }: DeskDirector): string {
  const handled = chats.request({ contact: contacts.tansy });
  chats.join(handled.id, members.pixel);
  const missed = chats.request({ contact: contacts.zephyrine });
  chats.miss(missed.id);

  return `The DeskDirector sandbox listens on ${url}

For the .env file of Zapier's CLI:

DESKDIRECTOR_BASE_URL=${url}
authData_siteHost=support.deskdirector.com
authData_apiKey=${apiKey}

Chat sessions to look up:

${handled.id}  handled
${missed.id}  missed

Ctrl+C stops it.`;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port has to be a number from 0 to 65535.`);
}

/** One line, whatever went wrong. */
function readable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken) return 'This port is in use already. Choose another one with --port.';
  return error.message.split('\n')[0] ?? '';
}
