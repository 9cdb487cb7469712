import { cleanText, escapeHtml, plainText, sanitizeReleaseHtml, walkHtml } from './html.ts';

/** One paragraph, heading, list or table of a release. */
export interface Block {
  /** Safe HTML; one element. */
  html: string;
  /** The same as text; lines of it are joined by `\n`. */
  text: string;
  heading: boolean;
  /** A line that stands alone followed it in the same paragraph. */
  beforeMark: boolean;
}

/** An `<img>` as it stands in a text. */
export interface InlineImage {
  src: string;
  alt: string;
}

/** Elements that stay whole. */
const wholes = new Set(['ul', 'ol', 'table', 'blockquote', 'dl']);
const paragraphs = new Set([
  'p',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'figure',
  'figcaption',
  'address',
  'pre',
  'body',
  'html',
  'center',
]);
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Tags without a meaning on other pages. */
const inline = new Set(['strong', 'b', 'em', 'i', 'a', 'sub', 'sup', 'abbr', 'q', 'cite']);

/**
 * Cuts HTML of any shape into blocks, safe ones, in order: a paragraph for each run of text, whatever it was wrapped in.
 * A line that ends in two breaks ends its paragraph, and so does one that `standsAlone`. What is written in figures is no
 * text of the release; its lines are `captions`.
 *
 * @param base what relative addresses are relative to; absolute
 */
export function blocksOf(
  html: string,
  base: string,
  standsAlone: (line: string) => boolean,
): { blocks: Block[]; images: InlineImage[]; captions: string[] } {
  const blocks: Block[] = [];
  const images: InlineImage[] = [];
  const captions: string[] = [];
  let figures = 0;
  let tag = 'p';
  let lines: string[] = [''];
  let whole = 0;
  const open: { name: string; source: string }[] = [];

  const push = (source: string, name: string): void => {
    const safe = sanitizeReleaseHtml(`<${name}>${source}</${name}>`, base).replaceAll(/\s+/g, ' ');
    const text = plainText(safe);
    if (text !== '') blocks.push({ html: safe, text, heading: headings.has(name), beforeMark: false });
  };
  const add = (source: string): void => {
    lines.push((lines.pop() ?? '') + source);
  };
  const flush = (): void => {
    const closing = open.map(({ name }) => `</${name}>`).toReversed();
    add(closing.join(''));
    let paragraph: string[] = [];
    const end = (): void => {
      if (paragraph.length > 0) push(paragraph.join('<br>'), tag);
      paragraph = [];
    };
    for (const line of lines) {
      const text = plainText(line);
      if (text === '') end();
      else if (tag === 'p' && standsAlone(text)) {
        const before = paragraph.length;
        end();
        const last = blocks.at(-1);
        if (before > 0 && last !== undefined) last.beforeMark = true;
        push(line, tag);
      } else paragraph.push(line);
    }
    end();
    tag = 'p';
    lines = [open.map(({ source }) => source).join('')];
  };

  walkHtml(html, {
    open: ({ name, attributes }) => {
      if (name === 'img') {
        const small = [attributes['width'], attributes['height']].some((size) => Number(size ?? 100) < 50);
        if (attributes['src'] !== undefined && !small)
          images.push({ src: attributes['src'], alt: cleanText(attributes['alt'] ?? '') });
        return;
      }
      if (name === 'figure') {
        flush();
        figures += 1;
        captions.push('');
      }
      if (figures > 0) return;
      const source = `<${name}${Object.entries(attributes)
        .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
        .join('')}>`;
      if (wholes.has(name)) {
        if (whole === 0) flush();
        whole += 1;
        add(source);
      } else if (whole > 0) add(source);
      else if (name === 'br') lines.push('');
      else if (name === 'hr') flush();
      else if (paragraphs.has(name)) flush();
      else if (headings.has(name)) {
        flush();
        tag = name;
      } else if (inline.has(name)) {
        open.push({ name, source });
        add(source);
      }
    },
    close: (name) => {
      if (name === 'figure') figures -= 1;
      if (figures > 0) captions.push(`${captions.pop() ?? ''}\n`);
      else if (wholes.has(name)) {
        add(`</${name}>`);
        whole -= 1;
        if (whole > 0) return;
        const source = lines.join('<br>');
        lines = [''];
        const block = sanitizeReleaseHtml(source, base);
        const text = plainText(block);
        if (text !== '') blocks.push({ html: block, text, heading: false, beforeMark: false });
      } else if (whole > 0) {
        if (!paragraphs.has(name)) add(`</${name}>`);
      } else if (paragraphs.has(name) || headings.has(name)) flush();
      else if (open.at(-1)?.name === name) {
        open.pop();
        add(`</${name}>`);
      }
    },
    text: (text) => {
      if (figures > 0) captions.push((captions.pop() ?? '') + text);
      else add(escapeHtml(text));
    },
  });
  flush();
  return { blocks, images, captions: captions.flatMap((caption) => caption.split('\n').map(cleanText)) };
}
