import { Tokenizer } from 'htmlparser2';
import sanitizeHtml from 'sanitize-html';

/** Elements deeper than this lose their tags, not their text. */
const maxDepth = 60;
/** Attributes longer than this are no addresses or texts that anyone wrote. In characters. */
const maxAttribute = 4000;
/** HTML of one release that is looked at; ministries stay below a fifth of it. In characters. */
const maxHtml = 300_000;

const voidElements = new Set([
  'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr',
]); // prettier-ignore
const unread = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'textarea',
  'select',
  'xmp',
]);
const attributesRead = new Set([
  'href',
  'src',
  'alt',
  'title',
  'width',
  'height',
  'colspan',
  'rowspan',
  'lang',
  'class',
  'id',
]);

const endsParagraph = new Set([
  'p', 'div', 'ul', 'ol', 'dl', 'table', 'blockquote', 'figure', 'pre', 'hr', 'section', 'article', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
]); // prettier-ignore

export interface HtmlTag {
  name: string;
  attributes: Record<string, string>;
}

export interface HtmlVisitor {
  open(tag: HtmlTag): void;
  close(name: string): void;
  /** Entities are decoded. */
  text(text: string): void;
}

/**
 * Walks HTML of any shape in linear time: end tags without a start are dropped, missing ones supplied, elements below
 * {@link maxDepth} flattened, and what is inside scripts and the like never seen.
 */
export function walkHtml(html: string, visitor: HtmlVisitor): void {
  const source = html.length > maxHtml ? html.slice(0, maxHtml) : html;
  const open: string[] = [];
  const openCounts = new Map<string, number>();
  let unreadDepth = 0;
  let tag: HtmlTag = { name: '', attributes: {} };
  let attribute = '';
  let value = '';
  let run: string[] = [];

  const addText = (text: string): void => {
    if (unreadDepth === 0) run.push(text);
  };
  const endText = (): void => {
    if (run.length > 0) visitor.text(run.join(''));
    run = [];
  };
  const closeInnermost = (): void => {
    endText();
    const name = open.pop() ?? '';
    openCounts.set(name, (openCounts.get(name) ?? 1) - 1);
    if (unread.has(name)) unreadDepth -= 1;
    else if (unreadDepth === 0) visitor.close(name);
  };
  const openTag = (): void => {
    endText();
    const { name } = tag;
    // A paragraph ends where the next block begins (HTML, 13.1.2.4), and a list item where the next one does.
    if ((open.at(-1) === 'p' && endsParagraph.has(name)) || (name === 'li' && open.at(-1) === 'li'))
      closeInnermost();
    if (voidElements.has(name)) {
      if (unreadDepth === 0) visitor.open(tag);
      return;
    }
    if (open.length >= maxDepth) return;
    open.push(name);
    openCounts.set(name, (openCounts.get(name) ?? 0) + 1);
    if (unread.has(name)) unreadDepth += 1;
    else if (unreadDepth === 0) visitor.open(tag);
  };

  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      onopentagname: (start, end) => {
        tag = { name: source.slice(start, end).toLowerCase(), attributes: {} };
      },
      onattribname: (start, end) => {
        attribute = source.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => {
        if (value.length <= maxAttribute)
          value += source.slice(start, Math.min(end, start + maxAttribute + 1));
      },
      onattribentity: (codePoint) => {
        if (value.length <= maxAttribute) value += String.fromCodePoint(codePoint);
      },
      onattribend: () => {
        if (attributesRead.has(attribute) && value.length <= maxAttribute)
          tag.attributes[attribute] ??= value;
      },
      onopentagend: openTag,
      onselfclosingtag: () => {
        const { name } = tag;
        openTag();
        // `<p/>` opens in HTML, but in feeds, where it was XHTML once, it is an empty element; a script stays one.
        if (!voidElements.has(name) && open.at(-1) === name) closeInnermost();
      },
      onclosetag: (start, end) => {
        const name = source.slice(start, end).toLowerCase();
        if ((openCounts.get(name) ?? 0) === 0) return;
        for (let own = false; !own && open.length > 0;) {
          own = open.at(-1) === name;
          closeInnermost();
        }
      },
      ontext: (start, end) => addText(source.slice(start, end)),
      ontextentity: (codePoint) => addText(String.fromCodePoint(codePoint)),
      oncdata: (start, end, endOffset) => addText(source.slice(start, end - endOffset)),
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  while (open.length > 0) closeInnermost();
  endText();
}

const ignore = (): void => undefined;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Only what releases need to be read; every other tag goes, its text stays. */
const allowedTags = [
  'p', 'br', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'q', 'cite', 'strong', 'em', 'sub', 'sup', 'abbr', 'a',
  'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td', 'dl', 'dt', 'dd', 'hr',
]; // prettier-ignore

/**
 * HTML that is safe on any page: an allow-list of tags and attributes, links absolute (http, https, mailto, tel) with
 * `rel="noopener nofollow"`, no images. Linear in the length of its input, and stable: clean HTML comes out as it went in.
 *
 * @param base what relative addresses are relative to; absolute
 */
export function sanitizeReleaseHtml(html: string, base: string): string {
  return sanitizeHtml(tame(html), {
    allowedTags,
    allowedAttributes: {
      a: ['href', 'rel', 'title'],
      abbr: ['title'],
      th: ['colspan', 'rowspan'],
      td: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    disallowedTagsMode: 'discard',
    transformTags: {
      h1: 'h2',
      h5: 'h4',
      h6: 'h4',
      b: 'strong',
      i: 'em',
      a: (_name, { href = '', title }) => {
        const link = absolute(href, base);
        if (link === undefined) return { tagName: 'a', attribs: {} };
        return {
          tagName: 'a',
          attribs: { href: link, ...(title !== undefined && { title }), rel: 'noopener nofollow' },
        };
      },
    },
  });
}

const linkSchemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** An address made absolute; `undefined` where it leads nowhere that a reader may be sent. */
export function absolute(address: string, base: string): string | undefined {
  const trimmed = address.trim();
  if (trimmed === '' || trimmed.startsWith('#') || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  return linkSchemes.has(url.protocol) ? url.href : undefined;
}

/** An address for `src` and the like: http and https only. */
export function absoluteWeb(address: string | undefined, base: string): string | undefined {
  const link = address === undefined ? undefined : absolute(address, base);
  return link?.startsWith('http') === true ? link : undefined;
}

/** The same HTML, balanced, shallow and without long attributes, so that no parser after it can take long. */
function tame(html: string): string {
  const out: string[] = [];
  walkHtml(html, {
    open: ({ name, attributes }) => {
      const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
      if (/^[a-z][a-z0-9]{0,20}$/.test(name)) out.push(`<${name}${list.join('')}>`);
    },
    close: (name) => {
      if (/^[a-z][a-z0-9]{0,20}$/.test(name)) out.push(`</${name}>`);
    },
    text: (text) => out.push(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  });
  return out.join('');
}

const breaking = new Set([
  'p', 'br', 'div', 'section', 'article', 'header', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li',
  'blockquote', 'table', 'caption', 'tr', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'hr', 'pre', 'address',
]); // prettier-ignore

/** The text alone, a line for each block. List items begin with a dash. */
export function plainText(html: string): string {
  const out: string[] = [];
  walkHtml(html, {
    open: ({ name }) => {
      if (breaking.has(name)) out.push('\n');
      if (name === 'li') out.push('- ');
      if (name === 'td' || name === 'th') out.push(' ');
    },
    close: (name) => {
      if (breaking.has(name)) out.push('\n');
    },
    // Line ends in the source mean nothing in HTML.
    text: (text) => out.push(text.replaceAll(/[\n\r\t]/g, ' ')),
  });
  return out
    .join('')
    .split('\n')
    .map(cleanText)
    .filter((line) => line !== '' && line !== '-')
    .join('\n');
}

/** Composed characters, one kind of space, no soft hyphens or invisible marks: what is compared and shown as text. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ') // eslint-disable-line no-control-regex -- they are what goes
    .trim();
