import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { afterEach } from '@jest/globals';
import { listenOnLoopback } from '../../common/loopback.ts';
import { type DeskDirector, startDeskDirector } from '../../desk-director/server.ts';
import { connectApp } from '../../site-check/app.ts';
import { type CheckOptions, checkSite } from '../../site-check/check.ts';
import { listen, type Receiver } from '../../site-check/listening.ts';
import { createNames } from '../../site-check/names.ts';
import { saveSite } from '../../site-check/save.ts';
import { sessionsIn } from '../../site-check/session.ts';
import { type Facts, type Judgement, ROWS } from '../../site-check/table.ts';
import { sharedApp } from '../built-app.ts';

export const SITE = 'support.deskdirector.com';

/** What to stop after a test. */
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** Starts a sandbox, which stops after the test. */
export async function startSite(
  ...options: Parameters<typeof startDeskDirector>
): Promise<DeskDirector> {
  const site = await startDeskDirector(...options);
  stops.push(site.stop);
  return site;
}

/**
 * Checks a sandbox. Resolves with the result, all that was printed, and the verdict of each row.
 *
 * @param onPrint called with each text that is printed
 */
export async function check(
  { url, apiKey }: Pick<DeskDirector, 'url' | 'apiKey'>,
  options: CheckOptions = {},
  site = SITE,
  onPrint: (text: string) => void = () => undefined,
) {
  const connection = { authData: { site, apiKey }, base: url };
  const printed: string[] = [];
  const result = await checkSite(sharedApp, connection, options, (text) => {
    printed.push(text);
    onPrint(text);
  });
  const { rows, findings } = result;
  return {
    ...result,
    ...readable(rows, printed),
    output: `${printed.join('\n')}\n`,
    finding: (title: string) => findings.find((finding) => finding.title === title),
  };
}

function readable(rows: readonly (Judgement & { unknown: string })[], printed: readonly string[]) {
  return {
    /** What was printed, in one line. */
    words: printed.join(' ').replace(/\s+/g, ' '),
    verdicts: Object.fromEntries(rows.map(({ unknown, verdict }) => [unknown, verdict])),
    said: (start: string) => rows.find(({ unknown }) => unknown.startsWith(start))?.says ?? '',
  };
}

/** What a check knows of a site that it did not ask. */
const NOTHING: Facts = {
  ...{ findings: [], events: null, triggers: [], searched: null, unknownNames: [] },
  ...{ exchanges: [], names: createNames(), lookUp: null, listening: null, ticket: null },
  ...{ sessions: [], differences: [], missedPeople: null },
};

/** Waits for a delivery of a sandbox as a check does, and asks nothing else. */
export async function receive(
  { url, apiKey }: DeskDirector,
  what: 'chat' | 'ticket',
  receiver: Receiver,
  onPrint: (text: string) => void,
) {
  const app = await connectApp(sharedApp, { authData: { site: SITE, apiKey }, base: url });
  const printed: string[] = [];
  const key = what === 'chat' ? 'new_chat_session' : 'new_ticket';
  const trigger = { kind: 'triggers', key, label: key } as const;
  try {
    const received = await listen(app, trigger, what, receiver, (text) => {
      printed.push(text);
      onPrint(text);
    });
    const facts =
      what === 'ticket'
        ? { ...NOTHING, ticket: received }
        : {
            ...NOTHING,
            listening: received,
            sessions: received.deliveries.flatMap(sessionsIn),
          };
    const rows = ROWS.map(({ unknown, judge }) => ({ unknown, ...judge(facts) }));
    return readable(rows, printed);
  } finally {
    await app.disconnect();
  }
}

/** Checks a site and saves it. Resolves with the result, what was told, and the text of the file. */
export async function checkAndSave(path: string, ...options: Parameters<typeof check>) {
  const result = await check(...options);
  const { facts } = result;
  if (facts === null) throw new Error(result.output);
  return { ...result, facts, ...(await save(path, facts)) };
}

/** Saves what a check learned. */
export async function save(path: string, facts: Facts) {
  const told: string[] = [];
  await saveSite(path, facts, async (words) => void told.push(words));
  return { path, told, text: await readFile(path, 'utf8') };
}

/** The events of a site whose events have other names than the published ones. */
export const OTHER_EVENTS = [
  { id: 'conversation.created', name: 'Conversation created' },
  { id: 'conversation.updated', name: 'Conversation updated' },
];

/**
 * A tunnel, such as a person has: it passes requests on with the host that they were sent to. It stops
 * after the test.
 */
export async function startTunnel() {
  let port: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url: path } = incoming;
    const passedOn = request({ host: '127.0.0.1', port, method, headers, path }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passedOn);
  });
  const { url, close } = await listenOnLoopback(server);
  stops.push(close);
  return {
    url: `${url}/`,
    /** Leads to the receiver whose address is in these words, if one is. */
    leadTo(words: string) {
      port = /receiver is\s+http:\/\/127\.0\.0\.1:(\d+)/.exec(words)?.[1] ?? port;
    },
  };
}
