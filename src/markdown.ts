/** A link or an image, with one level of brackets in its address. */
const LINK = /(!?)\[((?:\\.|[^[\]\\])*)\]\(((?:[^()]|\([^()]*\))*)\)/gs;
const HTTPS = /^\s*(https:\/\/[^\s<>()\\]+)/i;
const HTTPS_LINK = /(?<![!\\])(\[(?:\\.|[^[\]\\])+\]\(https:\/\/[^\s<>()\\]+\))/is;

/**
 * Markdown in which nothing but a link to `https:` is a link: other links and images become their
 * texts. It is never longer than what was given. Zapier shows texts of a site as Markdown.
 */
export function plainLinks(markdown: string): string {
  return (
    markdown
      .replace(/<\/?(?:a|img)\b[^<>]*>/gi, '')
      .replace(/<([a-z][a-z\d+.-]*:[^\s<>]*)>/gi, '$1')
      .replace(/<(?=[a-z/!?]|[^\s<>]+@)/gi, '‹')
      // An image can be the text of a link.
      .replace(LINK, textOrHttps)
      .replace(LINK, textOrHttps)
      .split(HTTPS_LINK)
      .map((part, n) => (n % 2 === 1 ? part : withoutLinks(part)))
      .join('')
  );
}

function textOrHttps(_: string, image: string, label: string, address: string): string {
  const [, https] = HTTPS.exec(address) ?? [];
  return image !== '' || https === undefined ? label : `[${label}](${https})`;
}

/** Text without an address other than https, and without brackets that could be those of a link. */
const withoutLinks = (text: string): string =>
  text
    .replace(/(?<![a-z\d+.-])(?!https:)[a-z][a-z\d+.-]*:\/\//gi, '')
    .replace(/\[([^[\]]*)\](?=[(:])/g, '($1)')
    .replace(/\](?=[(:])/g, ')');
