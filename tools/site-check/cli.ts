import { parseArgs } from 'node:util';
import { endSignals, portNumber, runProgram } from '../common/command-line.ts';
import { hostOf } from './app.ts';
import { checkSite } from './check.ts';
import { askYes, type Connection, isTerminal, readConnection } from './connection.ts';
import { paragraph } from './output.ts';
import { refuseExisting, saveSite } from './save.ts';

const HELP = `Checks whether a DeskDirector site is as this app believes. Without --listen it
only reads.

npm run check-site -- [--session ID] [--save FILE] [--yes]
                      [--listen --url https://ADDRESS [--port 4040]]

  --session  also looks this chat session up, and compares it
  --listen   also subscribes to chats, waits for one, and unsubscribes
  --url      the public address of a tunnel that leads to the port
  --port     the port on 127.0.0.1 that receives the chat
  --save     writes the structure of what the site said into a new file
  --yes      answers the questions of --listen and --save with yes
  --help     prints this text

The connection is read from authData_site and authData_apiKey, in the
environment or in a file .env. In a terminal, the command asks for what is
missing. The exit status is 1 when something is different.`;

const LISTEN = `This subscribes to the chats of the site. DeskDirector then sends the next chat, with the names of the people in it, through your tunnel to this computer. Afterwards the subscription is ended.`;

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      session: { type: 'string' },
      listen: { type: 'boolean', default: false },
      url: { type: 'string' },
      port: { type: 'string', default: '4040' },
      save: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { session, save, yes } = values;
  if (values.help) return { text: HELP };
  if (session?.trim() === '') throw new Error('--session needs the ID of a chat session.');
  const port = portNumber(values.port);
  const url = values.listen ? publicAddress(values.url, port) : null;
  if (url === null && values.url !== undefined) throw new Error('--url goes with --listen.');
  if (save !== undefined) await refuseExisting(save);
  if (!yes && !isTerminal() && (url !== null || save !== undefined)) {
    throw new Error('Add --yes: --listen and --save ask a question, and nobody can be asked here.');
  }
  const agree = async (words: string) => {
    console.log(`\n${paragraph(words)}`);
    if (!yes) await askYes();
  };
  const connection = await readConnection();
  console.log(paragraph(whatIsChecked(connection)));
  if (url !== null) await agree(LISTEN);

  const receiver = url === null ? undefined : { url, port, interrupt };
  const { facts, isDifferent } = await checkSite(connection, { session, receiver }, console.log);
  if (isDifferent) process.exitCode = 1;
  if (save === undefined) return { text: '' };
  if (facts === null) throw new Error('There is nothing to save.');
  await saveSite(save, facts, agree);
  return { text: `\nWritten: ${save}` };
});

function whatIsChecked({ authData, base }: Connection): string {
  if (base !== '') return `Checks ${base}, from DESKDIRECTOR_BASE_URL. This is not a real site.`;
  return `Checks ${hostOf(authData.site) ?? 'the site'}.`;
}

/** Ends a wait, not the program, at a signal to end. */
function interrupt() {
  const stopped = new AbortController();
  const abort = () => stopped.abort();
  // A closed terminal can't be written to.
  const ignore = () => undefined;
  process.stdout.on('error', ignore);
  for (const signal of endSignals) process.on(signal, abort);
  return {
    stop: stopped.signal,
    release: () => {
      for (const signal of endSignals) process.off(signal, abort);
    },
  };
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
