import { parseArgs } from 'node:util';
import { portNumber, runProgram } from '../common/command-line.ts';
import { type Directory, memberDetails } from './directory.ts';
import { contacts, members } from './people.ts';
import { type DeskDirector, startDeskDirector } from './server.ts';
import { type Named, requestTypesWithSomethingElse } from './service.ts';
import type { ChatSessionPayload } from './session.ts';
import { readReplay, type SiteFile } from './site-file.ts';

const HELP = `Starts a DeskDirector on this computer, to try the integration without a real one.

node tools/desk-director/cli.ts [--port 4010] [--api-key sandbox-key] [--replay FILE]

  --port     the port on 127.0.0.1; 0 takes any free port
  --api-key  the API key that it accepts
  --replay   has the forms of a site that "npm run check-site" has saved
  --help     prints this text

It runs until you press Ctrl+C.`;

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      'api-key': { type: 'string', default: 'sandbox-key' },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { text: HELP };
  const port = portNumber(values.port);
  const replay = await readReplay(values.replay);
  const deskDirector = await startDeskDirector({ ...replay, port, apiKey: values['api-key'] });
  return { text: introduction(deskDirector, replay.replay), stop: deskDirector.stop };
});

function introduction(
  { url, apiKey, chats, directory }: DeskDirector,
  replayed?: SiteFile,
): string {
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

${replayed ? siteLines(replayed) : followUpLines(missed, directory)}

Ctrl+C stops it.`;
}

function followUpLines({ id, creator }: ChatSessionPayload, directory: Directory): string {
  const contact = creator.entityId;
  const requestType = requestTypesWithSomethingElse[0]?.id;
  return `Commands for Zapier's CLI, to paste as they are:

npx zapier-platform invoke auth test
npx zapier-platform invoke trigger company_list
npx zapier-platform invoke search find_chat_session -i '{"session_id":"${id}"}'
npx zapier-platform invoke search find_contact -i '{"contact_id":"${contact}"}'
npx zapier-platform invoke create create_ticket -i '{"request_type_id":"${requestType}","summary":"No sound","contactId":"${contact}"}'
npx zapier-platform invoke create send_member_notification -i '{"member_id":"${members.pixel.entityId}","message":"Please call"}'
npx zapier-platform invoke create send_chat_system_message -i '{"session_id":"${id}","message":"Hello"}'

IDs for the steps that follow a chat up:

${idLines('contact', directory.contacts())}
${idLines('member', memberDetails)}
${idLines('company', directory.companies())}
${idLines('request_type', requestTypesWithSomethingElse)}`;
}

/** What a saved site offers. The entries of its lists have made-up names. */
function siteLines({ events, lists }: SiteFile): string {
  const eventLines = events.map(
    ({ id, name, trigger }) => `${id}  ${name} (${trigger ?? 'no trigger'})`,
  );
  const listLines = Object.entries(lists).map(([path, count]) => `${path}  ${count}`);
  return `Events of the saved site:

${eventLines.join('\n') || 'none'}

Lists of the saved site, with how many made-up entries:

${listLines.join('\n') || 'none'}`;
}

function idLines(kind: string, entries: readonly Named[]): string {
  return entries
    .map(({ id, name }) => `${`${kind}_id`.padEnd(16)} ${`${id}`.padEnd(5)} ${name}`)
    .join('\n');
}
