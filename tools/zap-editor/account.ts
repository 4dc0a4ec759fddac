import { asObject } from '../../src/values.ts';
import type { AuthData } from '../zap-runner/app-calls.ts';
import type { AppDefinition } from '../zap-runner/app-definition.ts';
import type { ZapRunner } from '../zap-runner/zap-runner.ts';
import { fillable } from './form-data.ts';
import { textIn, typedIn } from './posted-form.ts';
import { errorIn, resultOf } from './result.ts';

/** The site that the DeskDirector on this computer stands for. */
export const PRACTICE_SITE = 'support.deskdirector.com';

/** The connection in the editor. It is immutable: every change returns another account. */
export interface Account {
  /** The values of the form, without passwords. */
  readonly input: AuthData;
  /** The label of the connection; null before the connection passes its test. */
  readonly label: string | null;
  readonly error: string | null;
}

export const newAccount = (input: AuthData): Account => ({ input, label: null, error: null });

/** The account with the values of a form, except passwords. */
export function fillInAccount(
  account: Account,
  { authentication: { fields } }: AppDefinition,
  posted: FormData,
): Account {
  const form = typedIn(posted);
  const visible = fillable(fields).filter(({ type }) => type !== 'password');
  const input = Object.fromEntries(
    visible.map(({ key }) => [key, textIn(form, key) ?? account.input[key] ?? '']),
  );
  return { ...account, input };
}

/**
 * The account after a test of the connection with the values of a form.
 *
 * @param passwords used where the form has an empty password
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
  const secrets = fillable(fields)
    .filter(({ type }) => type === 'password')
    .map(({ key }) => [key, textIn(form, key) || (passwords[key] ?? '')]);
  const tested = await resultOf(zapier.connect({ ...input, ...Object.fromEntries(secrets) }));
  const label = 'found' in tested ? labelFor(connectionLabel, input, tested.found) : null;
  return { input, label, error: errorIn(tested) };
}

/** Fills in a label as Zapier does: from the values of the form and from the result of the test. */
function labelFor(template: string, input: AuthData, tested: unknown): string {
  const values = { ...input, ...asObject(tested) };
  return template.replace(/\{\{(?:bundle\.(?:inputData|authData)\.)?(\w+)\}\}/g, (_, key: string) =>
    String(values[key] ?? ''),
  );
}
