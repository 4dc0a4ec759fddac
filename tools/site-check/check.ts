import type { AppProcess } from '../zap-runner/app-process.ts';
import { connectApp, hostOf } from './app.ts';
import { compareSessions } from './compare.ts';
import type { Connection } from './connection.ts';
import type { Finding } from './findings.ts';
import { type Listening, listen, type Receiver } from './listening.ts';
import { createNames } from './names.ts';
import {
  APP_WORDS,
  countLine,
  differenceLines,
  findingLines,
  heading,
  paragraph,
  rowLines,
  todoLines,
} from './output.ts';
import { readSite } from './reading.ts';
import { lookUp, missedPeopleIn, sessionsIn } from './session.ts';
import { namesIn } from './structure.ts';
import { type Facts, type Judgement, otherTodo, ROWS } from './table.ts';

export interface CheckOptions {
  /** The ID of a session to look up. */
  readonly session?: string | undefined;
  /** A text to search for. */
  readonly find?: string | undefined;
  /** Where to receive a delivery, when the person has said yes to it. */
  readonly receiver?: Receiver | undefined;
  /** Whether to receive a new ticket in place of a chat. */
  readonly isTicket?: boolean;
}

interface CheckResult {
  readonly findings: readonly Finding[];
  /** Null when nothing could be read. */
  readonly facts: Facts | null;
  readonly rows: readonly (Judgement & { readonly unknown: string; readonly believed: string })[];
  /** Whether a row is different, the connection test or a dropdown failed, or nothing was read. */
  readonly isDifferent: boolean;
}

/** Checks a site through an app, and prints what it finds. It only reads, unless a receiver is given. */
export async function checkSite(
  process: AppProcess,
  connection: Connection,
  { session, find, receiver, isTicket = false }: CheckOptions,
  print: (text: string) => void,
): Promise<CheckResult> {
  const names = createNames(connection.authData.apiKey);
  names.learn([hostOf(connection.authData.site) ?? '', find ?? '']);
  const app = await connectApp(process, connection);
  try {
    const found = session === undefined ? null : await lookUp(app, session);
    names.learn(namesIn(found?.data));
    print(heading('What the site offers'));
    const tell = (finding: Finding) => print(findingLines(finding));
    const reading = await readSite(app, names, tell, find);
    if (reading.triggers.length === 0) {
      print(paragraph('Nothing else was asked, since the site gave no usable answer so far.'));
      print(paragraph(APP_WORDS));
      return { findings: reading.findings, facts: null, rows: [], isDifferent: true };
    }

    let received: Listening | null = null;
    if (receiver !== undefined) {
      print(heading('A delivery'));
      const [what, trigger] = isTicket
        ? ['ticket', (await app.steps()).find(({ key }) => key === 'new_ticket')]
        : ['chat', reading.triggers.find(({ event }) => event !== null)];
      const tell = (words: string) => print(paragraph(words, 2));
      if (trigger === undefined) print(paragraph('There is no event to subscribe to.', 2));
      else received = await listen(app, trigger, what, receiver, tell);
    }

    const [listening, ticket] = isTicket ? [null, received] : [received, null];
    const sessions = [found?.data, ...(listening?.deliveries ?? [])].flatMap(sessionsIn);
    names.learn(namesIn(received?.deliveries));
    const differences = compareSessions(sessions, names);
    if (sessions.length > 0) {
      print(heading('Chat sessions, compared with the documented one'));
      print(differenceLines(differences));
    }
    const missedPeople = await missedPeopleIn(app, sessions);
    const facts: Facts = {
      ...reading,
      ...{ names, lookUp: found, listening, ticket, sessions, differences, missedPeople },
      exchanges: app.exchanges,
    };
    const rows = ROWS.map(({ unknown, believed, judge }) => ({
      ...{ unknown, believed },
      ...judge(facts),
    }));
    print(heading('What is not known of DeskDirector’s API, and what this site says'));
    print(rowLines(rows));
    const different = rows.filter(({ verdict }) => verdict === 'different');
    const todo = [
      ...different.map(({ unknown, todo: words }) => `${unknown}: ${words}`),
      ...otherTodo(reading.findings),
    ];
    if (todo.length > 0) print(todoLines(todo));
    const more = [
      ...(session === undefined ? ['--session ID'] : []),
      ...(find === undefined ? ['--find TEXT'] : []),
      ...(receiver === undefined ? ['--listen'] : []),
    ];
    const verdicts = rows.map(({ verdict }) => verdict);
    print(countLine(verdicts, todo.length, new Intl.ListFormat('en-GB').format(more)));
    return { findings: reading.findings, facts, rows, isDifferent: todo.length > 0 };
  } finally {
    await app.disconnect();
  }
}
