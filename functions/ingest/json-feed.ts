import * as z from 'zod';
import { BrokenFeed, itemName, NotAFeed, type Findings } from './feed-errors.ts';
import { escapeHtml } from './html.ts';

const text = z.string().optional().catch(undefined);
const author = z.object({ name: text }).optional().catch(undefined);

/** JSON Feed 1.0 and 1.1; a field of the wrong type counts as missing. */
const itemSchema = z.object({
  // 1.0 allowed numbers, and feeds of 1.1 send them too.
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  image: text,
  banner_image: text,
  date_published: text,
  date_modified: text,
  author,
  authors: z.array(author).optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
  attachments: z
    .array(z.object({ url: text, mime_type: text, size_in_bytes: z.number().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

export type JsonFeedItem = z.infer<typeof itemSchema>;

const headSchema = z.object({
  title: text,
  home_page_url: text,
  feed_url: text,
  description: text,
  language: text,
});

export interface JsonFeed {
  head: z.infer<typeof headSchema>;
  items: JsonFeedItem[];
}

/**
 * Reads a JSON Feed. Of one that is cut off or malformed, the items that are whole.
 *
 * @throws NotAFeed for JSON of another kind
 * @throws BrokenFeed when no item of it is whole
 */
export function readJsonFeed(source: string, findings: Findings): JsonFeed {
  const json = parsed(source);
  const items: unknown[] = [];
  let head: JsonFeed['head'] = {};
  if (json !== undefined) {
    const feed = z.object({ items: z.array(z.unknown()) }).safeParse(json);
    if (!feed.success) throw new NotAFeed('JSON without a list of items');
    items.push(...feed.data.items);
    head = headSchema.parse(json);
  } else {
    if (!/"items"\s*:\s*\[/.test(source)) throw new NotAFeed('malformed JSON');
    items.push(...wholeItems(source, findings));
    if (items.length === 0) throw new BrokenFeed('The JSON Feed is malformed, and no item of it is whole');
  }
  return {
    head,
    items: items.flatMap((item, index) => {
      const read = itemSchema.safeParse(item);
      if (read.success) return [read.data];
      findings.add('rejected', itemName(index), 'it is no object');
      return [];
    }),
  };
}

const parsed = (source: string): unknown => {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined; // SyntaxError: its items are looked for one by one
  }
};

/** The objects of the `items` array that can be read on their own, in one pass. */
function wholeItems(source: string, findings: Findings): unknown[] {
  const items: unknown[] = [];
  let start = -1;
  let depth = 0;
  let inString = false;
  let count = 0;
  for (let at = source.search(/"items"\s*:\s*\[/) + '"items"'.length; at < source.length; at++) {
    const character = source[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth < 0) break;
      if (depth === 0) {
        const item = parsed(source.slice(start, at + 1));
        if (item === undefined) findings.add('rejected', itemName(count), 'it is malformed');
        else items.push(item);
        count += 1;
      }
    }
  }
  if (depth > 0) findings.add('rejected', itemName(count), 'it is cut off');
  findings.add('repaired', 'feed', `it is malformed; ${items.length} items were whole`);
  return items;
}

/** Plain text as HTML, paragraph by paragraph. */
export const textAsHtml = (plain: string): string =>
  plain
    .split(/\n[^\S\n]*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
