import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseEnv } from 'node:util';

/** The site and the key that the app gets, and the environment variables of the app. */
export interface Connection {
  readonly authData: { readonly site: string; readonly apiKey: string };
  readonly environment: Readonly<Record<string, string>>;
}

const HOW_TO =
  'Set authData_site and authData_apiKey, in the environment or in a file .env. The prompt asks for them in a terminal only.';

/**
 * Reads the connection from the environment and from the file `.env`, which counts more, as Zapier's
 * command-line tool does. Asks for what is missing. Rejects with words that say what to set when
 * nobody can be asked.
 */
export async function readConnection(): Promise<Connection> {
  const file = await readFile('.env', 'utf8').catch(() => '');
  const settings: Readonly<Record<string, string | undefined>> = {
    ...process.env,
    ...parseEnv(file),
  };
  const site = settings.authData_site || (await ask('Site Host: '));
  const apiKey = settings.authData_apiKey || (await ask('API Key (not shown): ', 'hidden'));
  const { DESKDIRECTOR_BASE_URL: base } = settings;
  return {
    authData: { site, apiKey },
    environment: base === undefined ? {} : { DESKDIRECTOR_BASE_URL: base },
  };
}

/** Whether somebody can answer a question. */
export const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/**
 * Asks a question in the terminal. Rejects when there is no terminal, and when the person ends it.
 *
 * @param echo whether the terminal shows what is typed
 */
async function ask(question: string, echo: 'shown' | 'hidden' = 'shown'): Promise<string> {
  if (!isTerminal()) throw new Error(HOW_TO);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({
    input: process.stdin,
    output: echo === 'shown' ? process.stdout : nowhere,
    terminal: true,
  });
  const stopped = new Promise<never>((_, reject) => {
    prompt.once('close', () => reject(new Error('Stopped: nothing was answered.')));
  });
  try {
    if (echo === 'hidden') process.stdout.write(question);
    return (await Promise.race([prompt.question(question), stopped])).trim();
  } finally {
    stopped.catch(() => undefined);
    prompt.close();
    if (echo === 'hidden') process.stdout.write('\n');
  }
}

/** Asks for an explicit yes. Rejects when the answer is anything else. */
export async function askYes(): Promise<void> {
  const answer = await ask('Type yes to go on: ');
  if (!/^y(?:es)?$/i.test(answer)) throw new Error('Stopped: the answer was not yes.');
}
