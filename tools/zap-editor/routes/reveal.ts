import type { Context } from 'hono';

/** Lets the page that sent the request scroll to an element, and focus it. */
export function reveal(context: Context, id: string): void {
  const event = JSON.stringify({ reveal: { target: 'body', id } });
  // A header takes no other characters, and the key of a field may have some.
  const escaped = (character: string) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  context.header('HX-Trigger', event.replace(/[^ -~]/g, escaped));
}
