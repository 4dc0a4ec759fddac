import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { listenOnLoopback } from '../../common/loopback.ts';
import type { DeskDirector } from '../../desk-director/server.ts';
import { type CheckOptions, checkSite } from '../../site-check/check.ts';
import { saveSite } from '../../site-check/save.ts';
import type { Facts } from '../../site-check/table.ts';
import { sharedApp } from '../built-app.ts';

export const SITE = 'support.deskdirector.com';

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
    output: `${printed.join('\n')}\n`,
    /** The output in one line. */
    words: printed.join(' ').replace(/\s+/g, ' '),
    verdicts: Object.fromEntries(rows.map(({ unknown, verdict }) => [unknown, verdict])),
    said: (start: string) => rows.find(({ unknown }) => unknown.startsWith(start))?.says ?? '',
    finding: (title: string) => findings.find((finding) => finding.title === title),
  };
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

/** A tunnel, such as a person has: it passes requests on with the host that they were sent to. */
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
  return {
    url: `${url}/`,
    /** Leads to the receiver whose address is in these words, if one is. */
    leadTo(words: string) {
      port = /receiver is\s+http:\/\/127\.0\.0\.1:(\d+)/.exec(words)?.[1] ?? port;
    },
    stop: close,
  };
}
