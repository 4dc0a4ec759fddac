/** An address with https, in which brackets come in pairs: `https://example.com/a_(b)`. */
const HTTPS = String.raw`https:\/\/(?:[^\s<>()[\]\\]|\([^\s<>()[\]\\]*\))+`;
const HTTPS_AT_START = new RegExp(String.raw`^\s*(${HTTPS})`, 'i');
/** A link or an image: its text, and what it leads to. `[text](http://a.b)`, `![text](a.png "b")`. */
const LINK = /(!?)\[((?:\\.|[^[\]\\])*)\]\(((?:[^()]|\([^()]*\))*)\)/gs;
/** A link that stays, whole. `split` gives it as every second part. */
const HTTPS_LINK = new RegExp(String.raw`(?<![!\\])(\[(?:\\.|[^[\]\\])+\]\(${HTTPS}\))`, 'is');

/**
 * Markdown in which nothing but a link with https is a link. Other links, and images, become their
 * texts, and an address without https loses its beginning. The result is never longer.
 * Zapier shows the help texts of a form as Markdown, and some of their texts are a site's.
 */
export function plainLinks(markdown: string): string {
  return (
    markdown
      // `<a href="x">text</a>` becomes `text`.
      .replace(/<\/?(?:a|img)(?=[\s/>])[^<>]*>/gi, '')
      // `<mailto:me>` becomes `mailto:me`.
      .replace(/<([a-z][a-z\d+.-]*:[^\s<>]*)>/gi, '$1')
      // Twice, since the text of a link can be an image: `[![text](a.png)](http://a.b)`.
      .replace(LINK, textOrHttps)
      .replace(LINK, textOrHttps)
      // `<b>` and `<me@example.com>` begin with another sign. `1 < 2` stays. The text of a link could follow a `<`.
      .replace(/<(?=[a-z/!?]|[^\s<>]+@)/gi, '‹')
      .split(HTTPS_LINK)
      .map((part, n) => (n % 2 === 1 ? part : withoutLinks(part)))
      .join('')
  );
}

function textOrHttps(_: string, image: string, label: string, target: string): string {
  const https = image === '' ? HTTPS_AT_START.exec(target)?.[1] : undefined;
  return https === undefined ? label : `[${label}](${https})`;
}

/** Text without addresses that are not https, and without brackets that a link could begin with. */
const withoutLinks = (text: string): string =>
  text
    // `http://a.b` becomes `a.b`.
    .replace(/(?<![a-z\d+.-])(?!https:)[a-z][a-z\d+.-]*:\/\//gi, '')
    // `[text](` becomes `(text)(`, and `[text]:` becomes `(text):`.
    .replace(/\[([^[\]]*)\](?=[(:])/g, '($1)')
    .replace(/\](?=[(:])/g, ')');
