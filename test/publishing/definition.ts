import { fileURLToPath } from 'node:url';
import { createAppProcess } from '../../sandbox/zap-runner/app-process.ts';
import { asObject, list } from '../../src/values.ts';

const BUILT_APP = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** What a part of a definition, or a record, holds. */
export type Members = Readonly<Record<string, unknown>>;

export type StepKind = 'triggers' | 'searches' | 'creates';

/** A trigger, search or create, as the serialised definition has it. */
export interface Step {
  readonly kind: StepKind;
  readonly key: string;
  /** Where it is in the definition, such as `triggers.new_chat_session`. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly isHidden: boolean;
  readonly operation: Members;
}

/** What a running app is asked: a method of the definition, such as `authentication.test`. */
export type Ask = (method: string, bundle?: object) => Promise<unknown>;

/** Calls the built app, in a process of its own. Rejects with the app's error. */
export async function withBuiltApp<T>(
  environment: Readonly<Record<string, string>>,
  use: (definition: Members, ask: Ask) => Promise<T>,
): Promise<T> {
  const app = createAppProcess(BUILT_APP, environment);
  try {
    const { results } = await app.handle({ command: 'definition', bundle: {} });
    return await use(asObject(results), async (method, bundle) => {
      const answer = await app.handle({
        command: 'execute',
        method,
        bundle: { inputData: {}, meta: {}, ...bundle },
      });
      if (answer.error !== null) throw new Error(answer.error.message);
      return answer.results;
    });
  } finally {
    await app.stop();
  }
}

/** The definition that Zapier gets when the built app is pushed; functions in it are placeholders. */
export function builtDefinition(): Promise<Members> {
  return withBuiltApp({}, async (definition) => definition);
}

export function stepsOf(definition: unknown): Step[] {
  return (['triggers', 'searches', 'creates'] as const).flatMap((kind) =>
    Object.values(asObject(asObject(definition)[kind])).map((step) => {
      const { key, display, operation } = asObject(step);
      const { label, description, hidden } = asObject(display);
      return {
        kind,
        key: String(key),
        name: `${kind}.${key}`,
        label: String(label),
        description: String(description),
        isHidden: hidden === true,
        operation: asObject(operation),
      };
    }),
  );
}

/** Those that people can pick. */
export function visibleSteps(definition: unknown): Step[] {
  return stepsOf(definition).filter(({ isHidden }) => !isHidden);
}

export function authenticationOf(definition: unknown): Members {
  return asObject(asObject(definition).authentication);
}

/** The fields of a list and their children, without the placeholders of functions. */
export function fieldsIn(fields: unknown): Members[] {
  return list(fields, asObject).flatMap((field) => [field, ...fieldsIn(field.children)]);
}

/** All texts of a definition, each with where it is. */
export function textsIn(value: unknown, where = ''): { where: string; text: string }[] {
  if (typeof value === 'string') return [{ where, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    textsIn(member, where === '' ? name : `${where}.${name}`),
  );
}
