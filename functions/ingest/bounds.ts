import type { ArticleContent, ArticleImage } from '../articles/article.ts';
import type { Finding } from './feed-errors.ts';
import type { SourceItem } from './source-feed.ts';

/** Largest body that is read, in bytes after decompression. */
export const maxFeedBytes = 15_000_000;

/**
 * DynamoDB takes 400 kB in a row (quotas), where a correction that waits for the end of a freeze, and what an editor
 * set, may stand beside an article's text. In bytes, of the text as HTML and as plain text together.
 */
const maxBodyBytes = 120_000;

/** Of identifiers and addresses; what is longer is none. In characters. */
const maxAddress = 2000;

/** Of the texts around the body; what is longer is cut at a word. In characters. */
const maxTexts = {
  headline: 1000,
  kicker: 200,
  lead: 5000,
  issuer: 300,
  contact: 2000,
  alt: 1000,
  credit: 300,
};

/** Categories of an item that are looked at, and how long their names may be. */
const maxCategories = 50;
const maxCategory = 200;

type Report = (kind: Finding['kind'], what: string) => void;

/** An item without what no ministry would write and no row could hold. */
export function boundedItem(item: SourceItem, report: Report): SourceItem {
  const changes: Partial<SourceItem> = {};
  for (const [name, field] of [
    ['GUID', 'guid'],
    ['link', 'link'],
  ] as const) {
    const length = item[field]?.length ?? 0;
    if (length <= maxAddress) continue;
    changes[field] = undefined;
    report('rejected', `its ${name} has ${length} characters and counts as missing`);
  }
  const { title = '', categories } = item;
  if (title.length > maxTexts.headline) changes.title = cut(title, maxTexts.headline);
  const names = categories.filter((name) => name.length <= maxCategory).slice(0, maxCategories);
  if (names.length < categories.length) changes.categories = names;
  return Object.keys(changes).length === 0 ? item : { ...item, ...changes };
}

/** What is read of an item, as far as there is room for it. */
export function boundedContent<T extends Omit<ArticleContent, 'sourceDate'>>(content: T, report: Report): T {
  const { body, image, kicker, contact, ...others } = content;
  const bodyBytes = Buffer.byteLength(body?.html ?? '') + Buffer.byteLength(body?.text ?? '');
  if (bodyBytes > maxBodyBytes) report('rejected', `its text of ${bodyBytes} bytes is left out`);
  return {
    ...others,
    headline: cut(content.headline, maxTexts.headline),
    lead: cut(content.lead, maxTexts.lead),
    issuer: cut(content.issuer, maxTexts.issuer),
    ...(kicker !== undefined && { kicker: cut(kicker, maxTexts.kicker) }),
    ...(contact !== undefined && { contact: cut(contact, maxTexts.contact) }),
    ...(body !== undefined && bodyBytes <= maxBodyBytes && { body }),
    ...(image !== undefined && image.url.length <= maxAddress && { image: boundedImage(image) }),
  } as T;
}

const boundedImage = ({ url, alt, credit }: ArticleImage): ArticleImage => ({
  url,
  alt: cut(alt, maxTexts.alt),
  ...(credit !== undefined && { credit: cut(credit, maxTexts.credit) }),
});

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const space = text.lastIndexOf(' ', length);
  return `${text.slice(0, space > length / 2 ? space : length).replace(/[\ud800-\udbff]$/, '')} …`;
}
