import { readFile } from 'node:fs/promises';
import { contacts, members as technicians } from '../../sandbox/desk-director/people.ts';
import { type DeskDirector, startDeskDirector } from '../../sandbox/desk-director/server.ts';
import { startZapRunner, type ZapRunner } from '../../sandbox/zap-runner/zap-runner.ts';
import { asObject, list } from '../../src/values.ts';
import { type Logo, type Marketing, marketingIn, readLogo } from './brand.ts';
import { type Members, stepsOf, withBuiltApp } from './definition.ts';
import type { Interface } from './interface.ts';
import type { Records } from './record-checks.ts';

/** A host that somebody typed when connecting. */
export interface TypedHost {
  readonly typed: string;
  /** What they were told; null when it was taken. */
  readonly refusal: string | null;
  /** How many requests were made for it. */
  readonly requests: number;
}

/** All that the checks look at. */
export interface Evidence {
  /** As the built app serialises it. */
  readonly definition: Members;
  /** The same, with the fields that a site describes in place of the functions that ask for them. */
  readonly definitionOfSite: Members;
  /** The version of the platform that is installed. */
  readonly platform: string;
  /** What Zap runs, searches and actions gave that came through the sandbox. */
  readonly live: Records;
  /** What the Zap editor's "Test trigger" gives. */
  readonly polled: Records;
  readonly hosts: readonly TypedHost[];
  readonly recorded: Interface;
  readonly marketing: Marketing;
  readonly logo: Logo;
}

const TYPED_HOSTS = [
  '127.0.0.1',
  'http://[::1]:8080/',
  'localhost',
  'intranet.local',
  'support.deskdirector.com@example.com',
  'support.deskdirector.com:8443',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '',
];

export async function gatherEvidence(): Promise<Evidence> {
  const deskDirector = await startDeskDirector();
  const environment = { DESKDIRECTOR_BASE_URL: deskDirector.url };
  const authData = { site: 'support', apiKey: deskDirector.apiKey };
  const zapier = await startZapRunner({ authData, environment });
  const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url));
  const json = async (path: string) => JSON.parse(String(await file(path)));
  try {
    return {
      ...(await withBuiltApp(environment, async (definition, ask) => ({
        definition,
        definitionOfSite: await withSiteFields(definition, (method) => ask(method, { authData })),
        hosts: await connectWithEach(TYPED_HOSTS, deskDirector, (siteHost) =>
          ask('authentication.test', { authData: { ...authData, site: siteHost } }),
        ),
      }))),
      platform: (await json('node_modules/zapier-platform-core/package.json')).version,
      live: await liveRecords(deskDirector, zapier),
      polled: await polledRecords(zapier),
      recorded: await json('test/publishing/interface.json'),
      marketing: marketingIn(String(await file('docs/publishing.md'))),
      logo: readLogo(await file('assets/icon.png')),
    };
  } finally {
    await zapier.stop();
    await deskDirector.stop();
  }
}

async function withSiteFields(
  definition: Members,
  ask: (method: string) => Promise<unknown>,
): Promise<Members> {
  let resolved = definition;
  for (const { name, operation } of stepsOf(definition)) {
    const isDynamic = [operation.inputFields].flat().some((field) => typeof field === 'string');
    if (!isDynamic) continue;
    const path = `${name}.operation.inputFields`;
    resolved = changed(resolved, path, await ask(path));
  }
  return resolved;
}

async function connectWithEach(
  hosts: readonly string[],
  { requests }: DeskDirector,
  connect: (site: string) => Promise<unknown>,
): Promise<TypedHost[]> {
  const outcomes: TypedHost[] = [];
  for (const typed of hosts) {
    const before = requests.length;
    const refusal = await connect(typed).then(
      () => null,
      (error: Error) => error.message,
    );
    outcomes.push({ typed, refusal, requests: requests.length - before });
  }
  return outcomes;
}

/** Plays chats until each step has records, and each list of line items has rows in some. */
async function liveRecords(deskDirector: DeskDirector, zapier: ZapRunner): Promise<Records> {
  const { chats } = deskDirector;
  const triggers = await triggersOf(zapier);
  for (const key of triggers) await zapier.turnOn(key);

  const handled = chats.request();
  chats.join(handled.id);
  chats.complete(handled.id, { note: 'Printer restarted.' });
  chats.miss(chats.request({ contact: contacts.tansy }).id);
  const waiting = chats.request({ contact: contacts.zephyrine });
  chats.askForCallback(waiting.id, {
    type: 'phone',
    phone: '+1 202-555-0143',
    note: 'The lamp of the lighthouse shows a blue screen.',
    preferredTime: [{ start: '2026-03-10T13:00:00.0000000Z', end: '2026-03-10T14:00:00.0000000Z' }],
  });
  const pushed = chats.push({ ticketId: '48213' });
  chats.invite(pushed.id, [contacts.tansy]);
  chats.join(pushed.id, contacts.bramble);
  await deskDirector.settled();
  await zapier.idle();

  const inputData = { session_id: pushed.id };
  const message = { ...inputData, message: 'A colleague joins you in a minute.' };
  const invitation = { ...inputData, members: [technicians.modema.entityId] };
  const found = [];
  for (const { id } of [handled, waiting, pushed]) {
    found.push(await zapier.step('searches', 'find_chat_session', { session_id: id }));
  }
  return {
    triggers: Object.fromEntries(
      triggers.map((key) => [
        key,
        zapier.runs.flatMap(({ zap, records }) => (zap.trigger === key ? records : [])),
      ]),
    ),
    searches: { find_chat_session: found.flat() },
    creates: {
      send_chat_system_message: [await zapier.step('creates', 'send_chat_system_message', message)],
      invite_users_to_chat: [await zapier.step('creates', 'invite_users_to_chat', invitation)],
    },
  };
}

/** The keys of the triggers that people can choose. */
async function triggersOf(zapier: ZapRunner): Promise<string[]> {
  const { steps } = await zapier.definition();
  return steps.filter(({ kind }) => kind === 'triggers').map(({ key }) => key);
}

async function polledRecords(zapier: ZapRunner): Promise<Records> {
  const records: [key: string, records: readonly unknown[]][] = [];
  for (const key of await triggersOf(zapier)) {
    records.push([key, list(await zapier.testTrigger(key), asObject)]);
  }
  return { triggers: Object.fromEntries(records) };
}

/**
 * A copy with another value at a path such as `definition.triggers.new_chat_session.key`; without
 * what is there when the value is undefined. Throws when the path leads nowhere.
 */
export function changed<T extends object>(whole: T, path: string, value: unknown): T {
  const copy = structuredClone(whole);
  const names = path.split('.');
  const last = String(names.pop());
  const parent = names.reduce((within: object, name) => {
    const next: unknown = Reflect.get(within, name);
    if (typeof next !== 'object' || next === null) throw new Error(`There is no ${path}.`);
    return next;
  }, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}
