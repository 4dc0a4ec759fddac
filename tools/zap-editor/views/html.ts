import { html, raw } from 'hono/html';
import markdownIt from 'markdown-it';

export { html };

/** Escaped HTML, as the `html` tag returns it. */
export type Html = ReturnType<typeof html>;

// A heading in an app's text would mix with the headings of the page.
const markdown = markdownIt().disable(['heading', 'lheading']);
markdown.renderer.rules.link_open = (tokens, index, options, _environment, self) => {
  tokens[index]?.attrJoin('rel', 'noopener noreferrer');
  tokens[index]?.attrJoin('target', '_blank');
  return self.renderToken(tokens, index, options);
};

/** The Markdown of a help text, as one paragraph. HTML in it becomes text. */
export const rendered = (text: string): Html => html`${raw(markdown.renderInline(text))}`;

/** The Markdown of a note, with paragraphs and lists. HTML in it becomes text. */
export const renderedNote = (text: string): Html => html`${raw(markdown.render(text))}`;

/** Shows a value; shows nothing when the value is empty. */
export const when = <T>(
  value: T | null | undefined | false | '',
  show: (value: T) => Html,
): Html =>
  value === null || value === undefined || value === false || value === '' ? html`` : show(value);

/** An error message. Screen readers read it out. */
export const alertBox = (message: string): Html =>
  html`<p class="notice is-bad" role="alert">${message}</p>`;

/** Such as `10:42:01`. */
export const clockTime = (date: Date): Html =>
  html`<time datetime="${date.toISOString()}">${date.toTimeString().slice(0, 8)}</time>`;
