import { parseArgs } from 'node:util';
import { portNumber, readable } from './arguments.ts';
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
authData_site=support.deskdirector.com
authData_apiKey=${apiKey}

Chat sessions to look up:

${handled.id}  handled
${missed.id}  missed

Ctrl+C stops it.`;
}
