import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseEnv } from 'node:util';

/** The site and the key that the app gets. */
export interface Connection {
  readonly authData: { readonly site: string; readonly apiKey: string };
  /** The address in `DESKDIRECTOR_BASE_URL`, which takes the place of the site's; empty without one. */
  readonly base: string;
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
  const { authData_site, authData_apiKey, DESKDIRECTOR_BASE_URL: base = '' } = settings;
  if (authData_site && authData_apiKey) {
    return { authData: { site: authData_site, apiKey: authData_apiKey }, base };
  }
  const prompt = openPrompt();
  try {
    const site = authData_site || (await prompt.ask('Site Host: '));
    const apiKey = authData_apiKey || (await prompt.ask('API Key (not shown): ', 'hidden'));
    return { authData: { site, apiKey }, base };
  } finally {
    prompt.close();
  }
}

/** Whether somebody can answer a question. */
export const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/**
 * Reads the terminal until it is closed. Throws when there is no terminal. The key may be pasted
 * together with the site, so nothing is shown between a line and the next question.
 */
function openPrompt() {
  if (!isTerminal()) throw new Error(HOW_TO);
  let isShown = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (isShown) process.stdout.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  reader.on('line', () => {
    isShown = false;
  });
  const lines = reader[Symbol.asyncIterator]();
  return {
    /**
     * The answer to a question. Rejects when the person ends it.
     *
     * @param echo whether the terminal shows what is typed
     */
    async ask(question: string, echo: 'shown' | 'hidden' = 'shown'): Promise<string> {
      process.stdout.write(question);
      // The reader writes the question again when the line is edited.
      reader.setPrompt(question);
      isShown = echo === 'shown';
      const { value, done } = await lines.next();
      if (echo === 'hidden' || done) process.stdout.write('\n');
      if (done) throw new Error('Stopped: nothing was answered.');
      return value.trim();
    },
    close: () => reader.close(),
  };
}

/** Asks for an explicit yes. Rejects when the answer is anything else. */
export async function askYes(): Promise<void> {
  const prompt = openPrompt();
  const answer = await prompt.ask('Type yes to go on: ').finally(prompt.close);
  if (!/^y(?:es)?$/i.test(answer)) throw new Error('Stopped: the answer was not yes.');
}
