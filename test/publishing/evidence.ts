import { beforeAll, describe, expect, test } from '@jest/globals';
import app from '../../index.ts';
import { asObject, list } from '../../src/values.ts';
import { contacts } from '../../tools/desk-director/people.ts';
import { definitionOf, type Step, stepsOf } from '../../tools/scripts/published-interface.ts';
import { startZapRunner } from '../../tools/zap-runner/zap-runner.ts';
import { stepInputs } from '../helpers/step-inputs.ts';
import { call, connectedDeskDirector } from '../helpers/zapier.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What the checks look at. */
export interface Evidence {
  /** The app's definition. Functions in it are placeholders. */
  readonly definition: Fields;
  /** The definition with the fields of the sandbox's site in place of the functions. */
  readonly siteDefinition: Fields;
  /** The definition with the output fields that functions make without a site. */
  readonly ownDefinition: object;
  /** The records of each visible step, by its key. */
  readonly records: Readonly<Record<string, StepRecords>>;
}

export interface StepRecords {
  readonly sample: Fields;
  /** The records that the Zap editor shows for a test; null when the step is no trigger. */
  readonly tested: readonly Fields[] | null;
  /** The records of the step's runs. */
  readonly live: readonly Fields[];
}

/** Runs each visible step of the built app against the sandbox. */
export async function gatherEvidence(): Promise<Evidence> {
  const deskDirector = await connectedDeskDirector();
  const { authData, chats } = deskDirector;
  const environment = { DESKDIRECTOR_BASE_URL: deskDirector.url };
  const zapier = await startZapRunner({ authData, environment });
  try {
    const inputs = stepInputs(deskDirector, chats.request().id, 'The printer is out of ink.');
    const { results: definition } = await call<Fields>('', {}, 'definition');
    const hooks = visibleSteps(definition).filter(({ kind }) => kind === 'triggers');
    for (const { key } of hooks) await zapier.turnOn(key, inputs[key] ?? {});
    const handled = chats.request();
    chats.join(handled.id);
    chats.complete(handled.id, { note: 'Printer restarted.' });
    chats.askForCallback(chats.request({ contact: contacts.zephyrine }).id, {
      type: 'phone',
      phone: '+1 202-555-0143',
      preferredTime: [{ start: '2026-03-10T13:00:00Z', end: '2026-03-10T14:00:00Z' }],
    });
    const pushed = chats.push({ ticketId: '48213' });
    chats.join(pushed.id, contacts.bramble);
    chats.invite(pushed.id, [contacts.tansy]);
    deskDirector.workflows.run('onboarding');
    for (const key of ['create_ticket', 'create_ticket_tasks']) {
      await zapier.step('creates', key, inputs[key] ?? {});
    }
    const { ticket_id } = inputs.update_ticket ?? {};
    deskDirector.tickets.update(Number(ticket_id), { statusId: 213 });
    await deskDirector.settled();
    await zapier.idle();

    let siteDefinition = definition;
    const records: Record<string, StepRecords> = {};
    for (const { kind, key, name, operation } of visibleSteps(definition)) {
      const inputData = inputs[key] ?? {};
      for (const part of ['inputFields', 'outputFields']) {
        const path = `${name}.operation.${part}`;
        const { results } = await call(path, { authData, inputData });
        siteDefinition = changed(siteDefinition, path, results);
      }
      const isTrigger = kind === 'triggers';
      records[key] = {
        sample: asObject(operation.sample),
        tested: isTrigger ? list(await zapier.testTrigger(key, inputData), asObject) : null,
        live: isTrigger
          ? zapier.runs.flatMap(({ zap, records }) => (zap.trigger === key ? records : []))
          : list([await zapier.step(kind, key, inputData)].flat(), asObject),
      };
    }
    return { definition, siteDefinition, ownDefinition: await definitionOf(app), records };
  } finally {
    await zapier.stop();
    await deskDirector.stop();
  }
}

/** The steps that people can choose. */
export const visibleSteps = (definition: unknown): Step[] =>
  stepsOf(definition).filter(({ display }) => display.hidden !== true);

/**
 * A copy with another value at a path such as `triggers.new_chat_session.key`. Without a value, the copy
 * has nothing there. Throws when the path leads nowhere.
 */
export function changed<T extends object>(whole: T, path: string, value?: unknown): T {
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

/** What holds for the definition, and changes to the evidence that break it. */
export interface Rule {
  readonly rule: string;
  /** Names what breaks the rule. */
  readonly problems: (evidence: Evidence) => unknown[];
  /** Counter-examples: another value at a path, or none. */
  readonly breaks: readonly (readonly [path: string, value?: unknown])[];
}

/** Tests each rule, and that each of its counter-examples breaks it. The result gives the evidence to a test. */
export function testRules(title: string, rules: readonly Rule[]): () => Evidence {
  let evidence: Evidence;
  beforeAll(async () => {
    evidence = await gatherEvidence();
  });

  describe.each(rules)(title, ({ problems, breaks }) => {
    test('holds', () => {
      expect(problems(evidence)).toEqual([]);
    });

    test.each(breaks)('would not hold with another %s', (...change) => {
      expect(problems(changed(evidence, ...change))).not.toEqual([]);
    });
  });
  return () => evidence;
}
