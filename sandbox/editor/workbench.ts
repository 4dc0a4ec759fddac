import { randomUUID } from 'node:crypto';
import { isObject, list, members, text } from '../../src/chat-session/values.ts';
import { type DeskDirector, startDeskDirector } from '../desk-director/server.ts';
import type { AppDefinition, Choice, InputField, Step } from '../zap-runner/app-definition.ts';
import { type AuthData, type Run, startZapRunner, type Zap } from '../zap-runner/zap-runner.ts';
import { type FaultSwitch, forAllAnswers } from './faults.ts';
import { defaults, type InputData, missingFields, readForm } from './form.ts';

/** The parts of a Zap's first step, in the order in which one fills them in. */
export const PANELS = ['event', 'account', 'configure', 'test', 'publish'] as const;
export type Panel = (typeof PANELS)[number];

/** A record as a step returned it. */
export type AppRecord = Readonly<Record<string, unknown>>;

/** What came of something that can fail: the words are those that an owner of a Zap reads. */
export type Outcome<T> = { readonly found: T } | { readonly error: string };

/** The step at which somebody is at work. */
export interface Draft {
  panel: Panel;
  step: Step | null;
  /** The fields of its form, and what the app logged while it made them. */
  form: Outcome<{ readonly fields: readonly InputField[]; readonly logs: readonly string[] }>;
  /** What the dropdowns offer, by what fills them, such as `company_list.id.name`. */
  dropdowns: ReadonlyMap<string, Outcome<readonly Choice[]>>;
  /** What is filled in; empty until the fields are known. */
  input: InputData | null;
  /** Required, and not filled in. */
  missing: readonly InputField[];
  isConfigured: boolean;
  tested: Outcome<readonly AppRecord[]> | null;
  /** What it was turned on as; its input may be an earlier one. */
  zap: Zap | null;
  publishError: string | null;
}

export interface Account {
  authData: AuthData;
  /** What names the connection; null until it passed its test. */
  label: string | null;
  error: string | null;
}

export interface ActiveZap {
  readonly zap: Zap;
  readonly step: Step;
}

export interface HistoryEntry {
  /** The first is 1. */
  readonly number: number;
  readonly at: Date;
  readonly run: Run;
  /** The trigger that was run. */
  readonly step: Step;
}

/** Stands in the form for a password that is known already. */
export const MASK = '••••••••••••';

const HISTORY_LENGTH = 200;

/**
 * A sandbox, the app, and what somebody did with them so far. What fails in them is kept in words,
 * to be shown; nothing here rejects for it.
 */
export interface Workbench {
  readonly deskDirector: DeskDirector;
  readonly definition: AppDefinition;
  readonly draft: Readonly<Draft>;
  readonly account: Readonly<Account>;
  readonly activeZaps: readonly ActiveZap[];
  /** The latest first. */
  readonly history: readonly HistoryEntry[];
  /** What goes wrong with each answer of the site's API. */
  readonly fault: FaultSwitch | null;
  open(panel: Panel): Promise<void>;
  choose(step: Step): Promise<void>;
  connect(form: FormData): Promise<void>;
  /** Reads the fields anew, and keeps what is filled in. */
  refreshFields(form: FormData): Promise<void>;
  configure(form: FormData): void;
  test(): Promise<void>;
  turnOn(): Promise<void>;
  turnOff(id: string): Promise<void>;
  replay(run: Run): Promise<void>;
  /** Posts a text, whatever it is, to the hook of each Zap; resolves with their statuses. */
  deliver(zaps: readonly ActiveZap[], body: string): Promise<number[]>;
  breakApi(fault: FaultSwitch | null): void;
  stop(): Promise<void>;
}

/**
 * @param onRun is told of each delivery that was run
 * @param appPath the app to run in place of the built one
 */
export async function openWorkbench(onRun: () => void, appPath?: string): Promise<Workbench> {
  const deskDirector = await startDeskDirector({ apiKey: randomUUID() });
  const account: Account = {
    authData: { siteHost: 'support.deskdirector.com', apiKey: deskDirector.apiKey },
    label: null,
    error: null,
  };
  const history: HistoryEntry[] = [];
  let runs = 0;
  const zapier = await startZapRunner({
    authData: account.authData,
    environment: { DESKDIRECTOR_BASE_URL: deskDirector.url },
    ...(appPath === undefined ? {} : { appPath }),
    onRun(run) {
      const step = definition.steps.find(({ key }) => key === run.zap.trigger);
      if (step === undefined) return;
      runs += 1;
      history.unshift({ number: runs, at: new Date(), run, step });
      history.splice(HISTORY_LENGTH);
      onRun();
    },
  });
  const stop = async () => {
    await zapier.stop();
    await deskDirector.stop();
  };
  const definition = await zapier.definition().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let draft = newDraft(null);
  let activeZaps: ActiveZap[] = [];
  let fault: FaultSwitch | null = null;

  async function loadFields(): Promise<void> {
    const { step, input } = draft;
    if (step === null) return;
    draft.form = await outcomeOf(zapier.inputFields(step.kind, step.key, input ?? {}));
    draft.input ??= defaults(fieldsOf(draft));
    const names = new Set(fieldsOf(draft).flatMap(({ dynamic }) => dynamic ?? []));
    const dropdowns = [...names].map(
      async (name) => [name, await outcomeOf(choicesOf(name))] as const,
    );
    draft.dropdowns = new Map(await Promise.all(dropdowns));
  }

  /** @param dynamic a hidden trigger, and the keys of what is filled in and of what is shown */
  async function choicesOf(dynamic: string): Promise<Choice[]> {
    const [trigger = '', valueKey = '', labelKey = valueKey] = dynamic.split('.');
    return list(await zapier.dropdown(trigger), (record) => {
      const { [valueKey]: value, [labelKey]: label } = members(record);
      return { value: text(value) ?? '', label: text(label) ?? text(value) ?? '' };
    });
  }

  async function openConfigure(): Promise<void> {
    draft.panel = 'configure';
    await loadFields();
  }

  async function turnOff(zap: Zap): Promise<void> {
    const turnedOff = await outcomeOf(zapier.turnOff(zap));
    draft.publishError = 'error' in turnedOff ? turnedOff.error : null;
    activeZaps = activeZaps.filter((active) => active.zap !== zap);
  }

  return {
    deskDirector,
    definition,
    account,
    history,
    get draft() {
      return draft;
    },
    get activeZaps() {
      return activeZaps;
    },
    get fault() {
      return fault;
    },

    async open(panel) {
      if (panel === 'configure') await openConfigure();
      else draft.panel = panel;
    },

    async choose(step) {
      draft = newDraft(step);
      if (account.label === null) draft.panel = 'account';
      else await openConfigure();
    },

    async connect(form) {
      const { fields, connectionLabel } = definition.authentication;
      const authData = Object.fromEntries(
        fields.map(({ key }) => {
          const value = String(form.get(key) ?? '');
          return [key, value === MASK ? (account.authData[key] ?? '') : value];
        }),
      );
      const tested = await outcomeOf(zapier.connect(authData));
      account.authData = authData;
      account.error = 'error' in tested ? tested.error : null;
      account.label = 'error' in tested ? null : labelFor(connectionLabel, authData, tested.found);
      if (account.label === null) return;
      if (draft.step === null) draft.panel = 'event';
      else await openConfigure();
    },

    async refreshFields(form) {
      draft.input = readForm(fieldsOf(draft), form);
      await loadFields();
    },

    configure(form) {
      const fields = fieldsOf(draft);
      draft.input = readForm(fields, form);
      draft.missing = missingFields(fields, draft.input);
      draft.isConfigured = draft.missing.length === 0;
      draft.tested = null;
      if (draft.isConfigured) draft.panel = 'test';
    },

    async test() {
      const { step, input } = draft;
      if (step === null || input === null) return;
      const results =
        step.kind === 'triggers'
          ? zapier.testTrigger(step.key, input)
          : zapier.step(step.kind, step.key, input);
      draft.tested = await outcomeOf(results.then(recordsOf));
    },

    async turnOn() {
      const { step, input, zap } = draft;
      if (step === null || input === null) return;
      const turnedOn = await outcomeOf(zapier.turnOn(step.key, input));
      draft.publishError = 'error' in turnedOn ? turnedOn.error : null;
      if ('error' in turnedOn) return;
      activeZaps.push({ zap: turnedOn.found, step });
      draft.zap = turnedOn.found;
      // Only now, so that no chat falls between the two.
      if (zap !== null) await turnOff(zap);
    },

    async turnOff(id) {
      const active = activeZaps.find(({ zap }) => zap.id === id);
      if (active === undefined) return;
      if (draft.zap === active.zap) draft.zap = null;
      await turnOff(active.zap);
    },

    replay: (run) => zapier.replay(run),

    deliver: (zaps, body) =>
      Promise.all(
        zaps.map(async ({ zap }) => {
          const headers = { 'content-type': 'application/json' };
          const hook = `${zapier.url}/hooks/${zap.id}`;
          return (await fetch(hook, { method: 'POST', headers, body })).status;
        }),
      ),

    breakApi(chosen) {
      fault = chosen;
      deskDirector.faults.clear();
      if (chosen !== null) deskDirector.fail(forAllAnswers(chosen.fault));
    },

    stop,
  };
}

function newDraft(step: Step | null): Draft {
  return {
    panel: 'event',
    step,
    form: { found: { fields: [], logs: [] } },
    dropdowns: new Map(),
    input: null,
    missing: [],
    isConfigured: false,
    tested: null,
    zap: null,
    publishError: null,
  };
}

/** The fields of the form, if the app could make them. */
export function fieldsOf({ form }: Pick<Draft, 'form'>): readonly InputField[] {
  return 'found' in form ? form.found.fields : [];
}

/** As Zapier does: what the test returned stands beside what was filled in. */
function labelFor(template: string, authData: AuthData, tested: unknown): string {
  const values = { ...authData, ...members(tested) };
  return template.replace(/\{\{(?:bundle\.(?:inputData|authData)\.)?(\w+)\}\}/g, (_, key: string) =>
    String(values[key] ?? ''),
  );
}

/** Searches and triggers return a list of records, actions one. */
const recordsOf = (results: unknown): AppRecord[] =>
  (Array.isArray(results) ? results : [results]).filter(isObject);

async function outcomeOf<T>(running: Promise<T>): Promise<Outcome<T>> {
  try {
    return { found: await running };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
