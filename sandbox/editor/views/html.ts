import { html, raw } from 'hono/html';
import markdownIt from 'markdown-it';
import { shortened } from '../../../src/values.ts';

export { html };

/** Escaped HTML, such as the `html` tag makes. */
export type Html = ReturnType<typeof html>;

// A heading in an app's words would stand among those of the page.
const markdown = markdownIt().disable(['heading', 'lheading']);
markdown.renderer.rules.link_open = (tokens, index, options, _environment, self) => {
  tokens[index]?.attrJoin('rel', 'noopener noreferrer');
  tokens[index]?.attrJoin('target', '_blank');
  return self.renderToken(tokens, index, options);
};

/** The markdown of a help text, as one paragraph; HTML in it is text. */
export const rendered = (text: string): Html => html`${raw(markdown.renderInline(text))}`;

/** The markdown of a note, with its paragraphs and lists; HTML in it is text. */
export const renderedNote = (text: string): Html => html`${raw(markdown.render(text))}`;

/** Nothing where there is nothing to say. */
export const when = <T>(
  value: T | null | undefined | false | '',
  show: (value: T) => Html,
): Html =>
  value === null || value === undefined || value === false || value === '' ? html`` : show(value);

/** Words about what went wrong, which are read out. */
export const alertBox = (words: string): Html =>
  html`<p class="notice is-bad" role="alert">${words}</p>`;

export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Such as `10:42:01`. */
export const clockTime = (date: Date): Html =>
  html`<time datetime="${date.toISOString()}">${date.toTimeString().slice(0, 8)}</time>`;

/** What the app logged, for whoever wants to read it. */
export const logBox = (logs: readonly string[]): Html =>
  when(
    logs.length > 0,
    () => html`<details class="logs">
      <summary>What the app logged (${logs.length})</summary>
      ${logs.map((log) => html`<p>${shortened(log, 2000)}</p>`)}
    </details>`,
  );
