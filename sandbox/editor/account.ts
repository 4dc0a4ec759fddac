import { members } from '../../src/chat-session/values.ts';
import type { AppDefinition } from '../zap-runner/app-definition.ts';
import type { AuthData, ZapRunner } from '../zap-runner/zap-runner.ts';
import { errorIn, outcomeOf } from './outcome.ts';

/** The connection, as far as somebody came with it. */
export interface Account {
  /** What stands in the form; never a password. */
  input: AuthData;
  /** What names the connection; null until it passed its test. */
  label: string | null;
  error: string | null;
}

export const newAccount = (input: AuthData): Account => ({ input, label: null, error: null });

/** Keeps what is filled in, but for passwords. */
export function fillInAccount(
  account: Account,
  { authentication: { fields } }: AppDefinition,
  form: FormData,
): void {
  const open = fields.filter(({ type }) => type !== 'password');
  account.input = Object.fromEntries(open.map(({ key }) => [key, textIn(form, key)]));
}

/**
 * Runs the connection's own test with what is filled in.
 *
 * @param passwords stand for the passwords that are left empty
 */
export async function connectAccount(
  account: Account,
  { authentication }: AppDefinition,
  form: FormData,
  passwords: AuthData,
  zapier: ZapRunner,
): Promise<void> {
  const authData = Object.fromEntries(
    authentication.fields.map(({ key, type }) => {
      const typed = textIn(form, key);
      return [key, typed === '' && type === 'password' ? (passwords[key] ?? '') : typed];
    }),
  );
  const tested = await outcomeOf(zapier.connect(authData));
  account.error = errorIn(tested);
  account.label =
    'found' in tested
      ? labelFor(authentication.connectionLabel, account.input, tested.found)
      : null;
}

/** As Zapier does: what the test returned stands beside what was filled in. */
function labelFor(template: string, input: AuthData, tested: unknown): string {
  const values = { ...input, ...members(tested) };
  return template.replace(/\{\{(?:bundle\.(?:inputData|authData)\.)?(\w+)\}\}/g, (_, key: string) =>
    String(values[key] ?? ''),
  );
}

const textIn = (form: FormData, key: string): string => String(form.get(key) ?? '');
