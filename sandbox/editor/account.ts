import { asObject } from '../../src/values.ts';
import type { AppDefinition } from '../zap-runner/app-definition.ts';
import type { AuthData, ZapRunner } from '../zap-runner/zap-runner.ts';
import { fillable } from './form-data.ts';
import { errorIn, resultOf } from './result.ts';

/** The connection, as far as somebody came with it; whatever is done makes another one of it. */
export interface Account {
  /** What stands in the form; never a password. */
  readonly input: AuthData;
  /** What names the connection; null until it passed its test. */
  readonly label: string | null;
  readonly error: string | null;
}

export const newAccount = (input: AuthData): Account => ({ input, label: null, error: null });

/** The account with what a page's form is filled in with, but for passwords. */
export function fillInAccount(
  account: Account,
  { authentication: { fields } }: AppDefinition,
  form: FormData,
): Account {
  const open = fillable(fields).filter(({ type }) => type !== 'password');
  const input = Object.fromEntries(
    open.map(({ key }) => [key, textIn(form, key) ?? account.input[key] ?? '']),
  );
  return { ...account, input };
}

/**
 * The account after the connection's own test, which is run with what a page's form is filled in with.
 *
 * @param passwords stand for the passwords that are left empty
 */
export async function connectAccount(
  account: Account,
  definition: AppDefinition,
  form: FormData,
  passwords: AuthData,
  zapier: ZapRunner,
): Promise<Account> {
  const { fields, connectionLabel } = definition.authentication;
  const { input } = fillInAccount(account, definition, form);
  const typed = fillable(fields)
    .filter(({ type }) => type === 'password')
    .map(({ key }) => [key, textIn(form, key) || (passwords[key] ?? '')]);
  const tested = await resultOf(zapier.connect({ ...input, ...Object.fromEntries(typed) }));
  const label = 'found' in tested ? labelFor(connectionLabel, input, tested.found) : null;
  return { input, label, error: errorIn(tested) };
}

/** As Zapier does: what the test returned stands beside what was filled in. */
function labelFor(template: string, input: AuthData, tested: unknown): string {
  const values = { ...input, ...asObject(tested) };
  return template.replace(/\{\{(?:bundle\.(?:inputData|authData)\.)?(\w+)\}\}/g, (_, key: string) =>
    String(values[key] ?? ''),
  );
}

/** Null where the form does not show the field. */
function textIn(form: FormData, key: string): string | null {
  const value = form.get(key);
  return typeof value === 'string' ? value : null;
}
