import Parser from 'rss-parser';
import { maxFeedBytes } from './bounds.ts';
import { decodeFeed } from './decode.ts';
import { BrokenFeed, Findings, itemName, NotAFeed, TooLarge } from './feed-errors.ts';
import { absoluteWeb, cleanText, plainText } from './html.ts';
import { readJsonFeed, textAsHtml, type JsonFeedItem } from './json-feed.ts';
import { decoded, scanXmlFeed, type XmlFeed, type XmlNode } from './scan-xml.ts';
import { parseSourceDate } from './source-date.ts';
import type { FeedPace, SourceEnclosure, SourceFeed, SourceImage, SourceItem } from './source-feed.ts';

export type { SourceFeed, SourceItem } from './source-feed.ts';

/**
 * Reads a source feed of any dialect (RSS 0.9x, 1.0, 2.0, Atom 0.3 and 1.0, JSON Feed) from bytes.
 *
 * rss-parser reads the dialects. It gets a clean document made from the one that came, with numbers in place of texts:
 * so nothing that a feed does reaches its regular expressions, which take quadratic time on some texts. Dates never
 * reach it either, since it hands them to `new Date`, and nor does what it has no field for.
 *
 * Takes linear time on any input. Whatever was odd is in `findings`.
 *
 * @param about `url` is the feed's address; relative links are relative to it
 * @throws NotAFeed, BrokenFeed, TooLarge
 */
export async function parseSourceFeed(
  bytes: Uint8Array,
  about: { contentType?: string | undefined; url: string },
): Promise<SourceFeed> {
  if (bytes.length > maxFeedBytes) throw new TooLarge(maxFeedBytes);
  const findings = new Findings();
  const text = decodeFeed(bytes, about.contentType, findings);
  const first = /[^\s\ufeff]/.exec(text)?.[0];
  if (first === undefined) throw new NotAFeed('an empty body');
  if (first === '{' || first === '[') return fromJson(text, about.url, findings);
  return fromXml(scanXmlFeed(text, findings), about.url, findings);
}

// --- XML ---------------------------------------------------------------------------------------------------------

type References = Record<'guid' | 'summary' | 'content:encoded', string | undefined>;
const parser = new Parser<object, References>();

async function fromXml(feed: XmlFeed, url: string, findings: Findings): Promise<SourceFeed> {
  const texts: XmlNode[] = [];
  const read = await parser.parseString(cleanDocument(feed, texts));
  const at = (reference: string | undefined): XmlNode | undefined =>
    reference === undefined ? undefined : texts[Number(reference)];
  const base = absoluteWeb(feed.root['xml:base'], url) ?? url;

  const items = feed.items.map((node, index): SourceItem => {
    const item = read.items[index];
    const [description, content] =
      feed.dialect === 'atom'
        ? [at(item?.summary), at(item?.content)]
        : [at(item?.content), at(item?.['content:encoded'])];
    const itemBase = absoluteWeb(content?.base ?? node.base, base) ?? base;
    return readItem(
      node,
      {
        title: at(item?.title),
        link: at(item?.link),
        guid: at(feed.dialect === 'atom' ? (item as { id?: string } | undefined)?.id : item?.guid),
        description,
        content,
      },
      itemBase,
      findings,
      index,
    );
  });
  const usable = items.filter((item, index) => {
    const empty =
      item.guid === undefined &&
      item.link === undefined &&
      item.title === undefined &&
      item.content === undefined;
    if (empty && item.description === undefined) findings.add('rejected', itemName(index), 'it is empty');
    return !(empty && item.description === undefined);
  });
  if (usable.length === 0 && findings.list.some(({ kind }) => kind === 'rejected')) {
    throw new BrokenFeed(
      `No item of the feed is whole: ${findings.list.find(({ kind }) => kind === 'rejected')?.what ?? ''}`,
    );
  }
  const link = at(read.link);
  return {
    title: plainTitle(at(read.title)),
    link: absoluteWeb(link?.attributes['href'] ?? link?.value, link?.base ?? base),
    id: first(feed.fields, 'atom:id')?.value.trim(),
    description: plainTitle(
      first(feed.fields, 'description', 'atom:subtitle', 'atom:tagline', 'dc:description'),
    ),
    language: textOf(first(feed.fields, 'language', 'dc:language')) ?? feed.root['xml:lang'],
    rights: plainTitle(first(feed.fields, 'copyright', 'atom:rights', 'atom:copyright', 'dc:rights')),
    updated: dateOf(
      feed.fields,
      ['lastbuilddate', 'atom:updated', 'atom:modified', 'pubdate', 'dc:date'],
      findings,
      'feed',
    ),
    items: usable,
    pace: paceOf(feed.fields),
    findings: findings.all(),
  };
}

/** Our names for what rss-parser reads, and the names that it knows them by. Of each, the first that says something. */
const rssFields = [
  ['title', 'title'],
  ['dc:title', 'dc:title'],
  ['description', 'description'],
] as const;
const atomFields = [
  ['atom:title', 'title'],
  ['atom:id', 'id'],
  ['atom:summary', 'summary'],
  ['atom:content', 'content'],
] as const;
/** Where feeds put their full text beside `content:encoded`. */
const fullTexts = ['content:encoded', 'xhtml:body', 'xhtml:div', 'body', 'atom:content'];

/**
 * A well-formed document for rss-parser. Each text is the number of its element in `texts`. Elements have an attribute,
 * since it takes an empty element for the string `''`, and the string's method `link` for a list of links.
 */
function cleanDocument(feed: XmlFeed, texts: XmlNode[]): string {
  const element = (name: string, node: XmlNode | undefined): string => {
    if (node === undefined) return '';
    texts.push(node);
    return `<${name}>${texts.length - 1}</${name}>`;
  };
  if (feed.dialect === 'atom') {
    const linkOf = (link: XmlNode | undefined): string => {
      if (link === undefined) return '';
      texts.push(link);
      return `<link rel="alternate" href="${texts.length - 1}"/>`;
    };
    const fields = (nodes: readonly XmlNode[]): string =>
      atomFields.map(([ours, theirs]) => element(theirs, first(nodes, ours))).join('') +
      linkOf(alternate(nodes));
    const entries = feed.items.map((item) => `<entry of="feed">${fields(item.children)}</entry>`);
    return `<feed of="feed">${fields(feed.fields)}${entries.join('')}</feed>`;
  }
  const fields = (nodes: readonly XmlNode[]): string =>
    rssFields.map(([ours, theirs]) => element(theirs, first(nodes, ours))).join('') +
    element('link', first(nodes, 'link') ?? alternate(nodes));
  const items = feed.items.map(
    ({ children }) =>
      `<item of="feed">${fields(children)}${element('guid', first(children, 'guid', 'atom:id'))}` +
      `${element('content:encoded', first(children, ...fullTexts))}</item>`,
  );
  const channel = `<channel of="feed">${fields(feed.fields)}</channel>`;
  if (feed.dialect === 'rdf') return `<rdf:RDF>${channel}${items.join('')}</rdf:RDF>`;
  return `<rss version="2.0">${channel.replace('</channel>', '')}${items.join('')}</channel></rss>`;
}

/** The first element that says something, of the first of these names that there is. */
function first(nodes: readonly XmlNode[], ...names: readonly string[]): XmlNode | undefined {
  for (const name of names) {
    const node = nodes.find(
      (candidate) =>
        candidate.name === name && (candidate.value.trim() !== '' || 'href' in candidate.attributes),
    );
    if (node !== undefined) return node;
  }
  return undefined;
}

/** The Atom link to the page itself. A link without `rel` is one (RFC 4287, 4.2.7.2); enclosures and hubs are not. */
function alternate(nodes: readonly XmlNode[]): XmlNode | undefined {
  const links = nodes.filter(
    ({ name, attributes }) =>
      name === 'atom:link' &&
      attributes['href'] !== undefined &&
      ['alternate', ''].includes(relOf(attributes)),
  );
  return links.find(({ attributes }) => (attributes['type'] ?? 'text/html').includes('html')) ?? links[0];
}

const relOf = (attributes: Record<string, string>): string =>
  (attributes['rel'] ?? '').toLowerCase().replace('http://www.iana.org/assignments/relation/', '').trim();

interface CoreNodes {
  title: XmlNode | undefined;
  link: XmlNode | undefined;
  guid: XmlNode | undefined;
  description: XmlNode | undefined;
  content: XmlNode | undefined;
}

function readItem(
  node: XmlNode,
  core: CoreNodes,
  base: string,
  findings: Findings,
  index: number,
): SourceItem {
  const { children } = node;
  const where = itemName(index);
  const media = mediaNodes(children);
  const guid = core.guid?.value.trim() ?? node.attributes['rdf:about'];
  const link =
    absoluteWeb(core.link?.attributes['href'] ?? core.link?.value, core.link?.base ?? base) ??
    (core.guid?.name === 'guid' && core.guid.attributes['ispermalink']?.toLowerCase() !== 'false'
      ? permalink(guid)
      : undefined) ??
    permalink(node.attributes['rdf:about']);
  return {
    guid: guid === '' ? undefined : guid,
    link,
    title: plainTitle(core.title),
    description: htmlOf(core.description),
    content: htmlOf(core.content),
    authors: authorsOf(children),
    published: dateOf(
      children,
      [
        'pubdate',
        'atom:published',
        'atom:issued',
        'dc:date',
        'dcterms:issued',
        'atom:created',
        'dcterms:created',
        'atom:updated',
        'atom:modified',
        'dcterms:modified',
      ],
      findings,
      where,
    ),
    updated: dateOf(
      children,
      ['atom:updated', 'atom:modified', 'dcterms:modified', 'lastbuilddate'],
      findings,
      where,
    ),
    event: dateOf(children, ['ev:startdate', 'xcal:dtstart'], findings, where),
    categories: categoriesOf(children),
    enclosures: enclosuresOf(media, base),
    image: imageOf(media, base),
    base,
  };
}

const permalink = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\//i.test(text.trim()) ? absoluteWeb(text, text) : undefined;

const textOf = (node: XmlNode | undefined): string | undefined => {
  const text = cleanText(node?.value ?? '');
  return text === '' ? undefined : text;
};

const htmlTypes = /^(?:x?html|text\/html|application\/xhtml\+xml)$/i;
/** Tags that no one writes in plain text. */
const tagInText =
  /<\/?(?:p|br|em|strong|b|i|u|a|span|div|ul|ol|li|h[1-6]|sup|sub|font|small|wbr|img|table)\b[^<>]{0,2000}>/i;
const entityInText = /&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,5});/i;

/** An element's text as one line: of a title, that may come as text, as HTML, or as HTML that was escaped twice. */
function plainTitle(node: XmlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const isText =
    node.name.startsWith('atom:') && ['text', 'text/plain'].includes(node.attributes['type'] ?? '');
  const isHtml = node.markup || htmlTypes.test(node.attributes['type'] ?? '') || tagInText.test(node.value);
  const text = !isText && isHtml ? plainText(node.value) : node.value;
  const clean = cleanText(entityInText.test(text) && !isText ? decoded(text) : text);
  return clean === '' ? undefined : clean;
}

/** An element's text as HTML, whatever it was sent as. */
function htmlOf(node: XmlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const { value, markup, attributes } = node;
  const type = attributes['type'] ?? '';
  if (attributes['mode'] === 'base64') return Buffer.from(value, 'base64').toString('utf8');
  if (markup || htmlTypes.test(type) || tagInText.test(value)) return value;
  const isText = node.name.startsWith('atom:') && (type === '' || type === 'text' || type === 'text/plain');
  if (isText) return textAsHtml(value);
  return entityInText.test(value) ? textAsHtml(decoded(value)) : textAsHtml(value);
}

function dateOf(
  nodes: readonly XmlNode[],
  names: readonly string[],
  findings: Findings,
  where: string,
): string | undefined {
  for (const name of names) {
    for (const node of nodes) {
      if (node.name !== name || node.value.trim() === '') continue;
      const date = parseSourceDate(node.value);
      if (date === undefined) {
        findings.add(
          'rejected',
          where,
          `${node.name} is no date: ${JSON.stringify(node.value.trim().slice(0, 60))}`,
        );
        continue;
      }
      if (date.guessed !== undefined) findings.add('guessed', where, `${node.name}: ${date.guessed}`);
      return date.value;
    }
  }
  return undefined;
}

function authorsOf(nodes: readonly XmlNode[]): string[] {
  const names = nodes.flatMap((node) => {
    if (node.name === 'dc:creator' || node.name === 'dc:publisher') return textOf(node) ?? [];
    if (node.name === 'atom:author') return textOf(first(node.children, 'atom:name')) ?? [];
    // RSS wants "mail (name)" here; where it is followed, the name is what is shown.
    if (node.name === 'author') return /\(([^()]{2,200})\)/.exec(node.value)?.[1] ?? textOf(node) ?? [];
    return [];
  });
  return [...new Set(names)];
}

function categoriesOf(nodes: readonly XmlNode[]): string[] {
  const categories = nodes.flatMap((node) => {
    if (!['category', 'atom:category', 'dc:subject', 'media:category'].includes(node.name)) return [];
    const { label, term } = node.attributes;
    const text = cleanText(label ?? textOf(node) ?? term ?? '');
    return text === '' ? [] : text;
  });
  return [...new Set(categories)];
}

function enclosuresOf(media: readonly XmlNode[], base: string): SourceEnclosure[] {
  const enclosures = media.flatMap((node) => {
    const { attributes } = node;
    const isLink = node.name === 'atom:link' && relOf(attributes) === 'enclosure';
    if (node.name !== 'enclosure' && node.name !== 'media:content' && !isLink) return [];
    const url = absoluteWeb(attributes['url'] ?? attributes['href'], node.base ?? base);
    if (url === undefined) return [];
    const length = Number(attributes['length'] ?? attributes['filesize'] ?? Number.NaN);
    return [
      {
        url,
        ...(attributes['type'] !== undefined && { type: attributes['type'] }),
        ...(Number.isSafeInteger(length) && length > 0 && { length }),
      },
    ];
  });
  return [...new Map(enclosures.map((enclosure) => [enclosure.url, enclosure])).values()];
}

/** Media elements of an item, also those in a group and inside one another. */
const mediaNodes = (nodes: readonly XmlNode[]): XmlNode[] =>
  nodes
    .filter(({ name }) => mediaNames.has(name))
    .flatMap((node) => [node, ...node.children, ...node.children.flatMap(({ children }) => children)]);

const mediaNames = new Set([
  'enclosure', 'atom:link', 'image', 'media:group', 'media:content', 'media:thumbnail', 'media:credit', 'media:copyright',
  'media:text', 'media:description', 'media:title',
]); // prettier-ignore

function imageOf(media: readonly XmlNode[], base: string): SourceImage | undefined {
  const address = (node: XmlNode): string | undefined =>
    absoluteWeb(
      node.attributes['url'] ?? node.attributes['href'] ?? first(node.children, 'url')?.value ?? node.value,
      node.base ?? base,
    );
  const isImage = ({ attributes }: XmlNode): boolean =>
    attributes['medium'] === 'image' ||
    (attributes['type'] ?? '').startsWith('image/') ||
    /\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(attributes['url'] ?? attributes['href'] ?? '');
  const found =
    media.find((node) => node.name === 'media:content' && isImage(node) && address(node) !== undefined) ??
    media.find((node) => node.name === 'enclosure' && isImage(node) && address(node) !== undefined) ??
    media.find(
      (node) => node.name === 'atom:link' && relOf(node.attributes) === 'enclosure' && isImage(node),
    ) ??
    media.find((node) => node.name === 'media:thumbnail' && address(node) !== undefined) ??
    media.find((node) => node.name === 'image' && address(node) !== undefined);
  const url = found === undefined ? undefined : address(found);
  if (found === undefined || url === undefined) return undefined;
  const near = [...found.children, ...media];
  return {
    url,
    alt: plainTitle(
      first(near, 'media:text') ?? first(near, 'media:description') ?? first(near, 'media:title'),
    ),
    credit: plainTitle(first(near, 'media:credit') ?? first(near, 'media:copyright')),
  };
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const periodMinutes: Record<string, number> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

function paceOf(fields: readonly XmlNode[]): FeedPace {
  const ttl = Number(first(fields, 'ttl')?.value ?? Number.NaN);
  const period = periodMinutes[textOf(first(fields, 'sy:updateperiod'))?.toLowerCase() ?? ''];
  const frequency = Math.max(1, Number(first(fields, 'sy:updatefrequency')?.value ?? 1) || 1);
  const minutes = ttl > 0 ? ttl : period === undefined ? undefined : period / frequency;
  const inside = (name: string, of: string): string[] =>
    fields
      .filter((node) => node.name === name)
      .flatMap(({ children }) =>
        children.filter((child) => child.name === of).map(({ value }) => value.trim()),
      );
  return {
    minutesBetweenPolls: minutes,
    // RSS says 0 to 23; older versions counted from 1 to 24.
    skipHours: inside('skiphours', 'hour')
      .filter((hour) => /^\d{1,2}$/.test(hour))
      .map((hour) => Number(hour) % 24),
    skipDays: inside('skipdays', 'day')
      .map((day) => weekdays.indexOf(day.toLowerCase()) + 1)
      .filter((day) => day > 0),
  };
}

// --- JSON --------------------------------------------------------------------------------------------------------

function fromJson(text: string, url: string, findings: Findings): SourceFeed {
  const { head, items } = readJsonFeed(text, findings);
  const link = absoluteWeb(head.home_page_url, url);
  return {
    title: lineOf(head.title),
    link,
    id: head.feed_url,
    description: lineOf(head.description),
    language: head.language,
    rights: undefined,
    updated: undefined,
    items: items.map((item, index) => readJsonItem(item, url, findings, index)),
    pace: { skipHours: [], skipDays: [] },
    findings: findings.all(),
  };
}

const lineOf = (text: string | undefined): string | undefined => {
  const line = cleanText(text ?? '');
  return line === '' ? undefined : line;
};

function readJsonItem(item: JsonFeedItem, url: string, findings: Findings, index: number): SourceItem {
  const date = (text: string | undefined, name: string): string | undefined => {
    if (text === undefined) return undefined;
    const read = parseSourceDate(text);
    if (read === undefined)
      findings.add('rejected', itemName(index), `${name} is no date: ${JSON.stringify(text.slice(0, 60))}`);
    return read?.value;
  };
  const image = absoluteWeb(item.image ?? item.banner_image, url);
  return {
    guid: item.id,
    link: absoluteWeb(item.url ?? item.external_url, url) ?? permalink(item.id),
    title: lineOf(item.title),
    description: item.summary === undefined ? undefined : textAsHtml(item.summary),
    content:
      item.content_html ?? (item.content_text === undefined ? undefined : textAsHtml(item.content_text)),
    authors: [...(item.authors ?? []), item.author].flatMap((author) => lineOf(author?.name) ?? []),
    published: date(item.date_published, 'date_published') ?? date(item.date_modified, 'date_modified'),
    updated: date(item.date_modified, 'date_modified'),
    categories: (item.tags ?? []).flatMap((tag) => lineOf(tag) ?? []),
    enclosures: (item.attachments ?? []).flatMap((attachment) => {
      const address = absoluteWeb(attachment.url, url);
      return address === undefined
        ? []
        : [{ url: address, type: attachment.mime_type, length: attachment.size_in_bytes }];
    }),
    image: image === undefined ? undefined : { url: image },
    base: url,
  };
}
