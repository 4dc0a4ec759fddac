import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** The form of a request. Refuses a request without a form that can be read. */
export async function postedForm(context: Context): Promise<FormData> {
  try {
    return await context.req.formData();
  } catch {
    throw refusal('The editor could not read the form of this request.');
  }
}

/** The text of a field; null when the form lacks it. */
export function textIn(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' ? value : null;
}

/** The text of a field. Refuses a form without it. */
export function requiredText(form: FormData, name: string): string {
  const value = textIn(form, name);
  if (value === null) throw refusal(`The form lacks the field "${name}".`);
  return value;
}

/** An error that the sender of a request gets as a 400. */
export const refusal = (message: string): HTTPException => new HTTPException(400, { message });

/** The name under which a page lists the controls that somebody has typed into. No field has this key. */
const TYPED = 'typed:';

/**
 * A form with only what was typed into the page that sent it. All else in it may be older than what was
 * typed into another page. A sender that does not tell has typed everything.
 */
export function typedIn(form: FormData): FormData {
  if (!form.has(TYPED)) return form;
  const keyOf = (name: string) => name.split('[]')[0];
  const keys = form.getAll(TYPED).map((name) => keyOf(String(name)));
  const typed = new FormData();
  for (const [name, value] of form) if (keys.includes(keyOf(name))) typed.append(name, value);
  return typed;
}
