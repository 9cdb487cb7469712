import { Feed } from 'feed';
import { portal } from '../../config/portal.ts';
import { Remembered } from '../platform/remembered.ts';
import { element, escapeAttribute, escapeText, openTag, wellFormed, type Attributes } from './xml.ts';
import { feedFormats, mediaTypes, type Addresses, type FeedFormat } from '../articles/feed-directory.ts';

/** One of our feeds, or one of its archive pages, apart from any format. All addresses are absolute. */
export interface PortalFeed {
  /** `tag:` URI. */
  id: string;
  title: string;
  description: string;
  /** The page for people that the feed belongs to. */
  home: string;
  /** Last change of what the feed holds, ISO 8601. */
  updated: string;
  self: Addresses;
  /** WebSub hub. */
  hub?: string;
  /** RFC 5005: of an archive page, the feed that it belongs to. */
  current?: Addresses;
  previousArchive?: Addresses;
  nextArchive?: Addresses;
  entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** `tag:` URI. */
  id: string;
  url: string;
  title: string;
  /** Plain text; may be empty. */
  summary: string;
  /** Safe HTML. */
  html: string;
  /** ISO 8601. */
  published: string;
  /** ISO 8601; later than `published` when the entry was corrected. */
  updated: string;
  author: string;
  /** Address at the source, where there is one. */
  via?: string;
  categories: readonly { term: string; label: string }[];
  image?: { url: string; alt: string; credit: string };
}

const atomNamespace = 'http://www.w3.org/2005/Atom';
const namespaces = {
  'xmlns:atom': atomNamespace,
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};
const generator = 'Herold';

/**
 * Writes a feed: RSS 2.0, Atom 1.0 or JSON Feed 1.1, in UTF-8. The same feed gives the same bytes, on any machine.
 *
 * The documents come from `feed`, which sees no text of ours: it escapes none of it safely (a second `]]>`, `&amp;` in a
 * headline, quotes in attributes, control characters). It gets a short name for each, a slot, and the slots are filled
 * afterwards with text that is escaped for where it stands. Whole elements that it can't write are slots too.
 */
export function writeFeed(feed: PortalFeed, format: FeedFormat): Buffer {
  const { write, placeIn, entryEnd, between, end } = formats[format];
  const separator = entryEnd + between;
  const known = knownEntries(format, schemeOf(feed));
  const unknown = [...new Set(feed.entries.filter((entry) => !known.has(entry)))];
  // What stands around entries is the same whatever they are.
  const document = write({ ...feed, entries: unknown });
  if (feed.entries.length === 0) return Buffer.from(document);
  const place = placeIn(document);
  let rest = place;
  if (unknown.length > 0) {
    const last = document.lastIndexOf(entryEnd);
    const texts = document.slice(place, last).split(separator);
    if (texts.length !== unknown.length)
      throw new Error(`feed wrote ${texts.length} entries of ${unknown.length} in ${feed.self[format]}`);
    for (const [index, entry] of unknown.entries()) known.set(entry, Buffer.from(texts[index] ?? ''));
    rest = last + entryEnd.length + end.length;
  }
  const separatorBytes = Buffer.from(separator);
  const pieces: Buffer[] = [];
  for (const entry of feed.entries) {
    const bytes = known.get(entry);
    if (bytes === undefined) throw new Error(`${entry.id} was not written`);
    pieces.push(separatorBytes, bytes);
  }
  return Buffer.concat([
    Buffer.from(document.slice(0, place)),
    ...pieces.slice(1),
    Buffer.from(entryEnd + end + document.slice(rest)),
  ]);
}

/** Entries as they stand in feeds, up to their end, by format and scheme: most of a feed is what it was when it was last written. */
const knownByFormat = new Remembered<WeakMap<FeedEntry, Buffer>>();

const knownEntries = (format: FeedFormat, scheme: string): WeakMap<FeedEntry, Buffer> =>
  knownByFormat.of(`${format} ${scheme}`, () => new WeakMap());

function writeRss(feed: PortalFeed): string {
  const slots = new Slots();
  const document = new Feed({
    title: slots.text(feed.title),
    link: slots.text(feed.home),
    description: slots.text(feed.description),
    language: portal.language,
    // Its default is the present moment, which would be another document each time.
    updated: new Date(feed.updated),
    generator,
    copyright: slots.text(portal.publisher.name),
  });
  const links = [
    element('atom:link', { rel: 'self', type: mediaTypes.rss, href: feed.self.rss }),
    ...feedLinks(feed, 'rss').map((link) => element('atom:link', link)),
    ...(feed.current === undefined ? [] : ['<fh:archive/>']),
  ];
  document.addExtension({ name: 'rights', objects: { _text: slots.elements(links) } });
  const scheme = schemeOf(feed);
  for (const entry of feed.entries) {
    document.addItem({
      guid: entry.id,
      title: slots.text(entry.title),
      link: slots.text(entry.url),
      date: new Date(entry.published),
      // Read as HTML by convention, so a plain `<` must be escaped once more.
      description: entry.summary === '' ? undefined : slots.text(escapeText(entry.summary)),
      content: slots.text(entry.html),
      extensions: [{ name: 'rights', objects: { _text: slots.elements(rssExtras(entry, scheme)) } }],
    });
  }
  return slots.fill(
    document.rss2().replace(/<rss version="2\.0"[^>]*>/u, rootTag('rss', { version: '2.0', ...namespaces })),
  );
}

function rssExtras(entry: FeedEntry, scheme: string): string[] {
  const extras = entry.categories.map(({ term, label }) =>
    element('category', { domain: `${scheme}${term}/` }, label),
  );
  extras.push(element('dc:creator', {}, entry.author));
  if (entry.updated > entry.published) extras.push(element('atom:updated', {}, entry.updated));
  if (entry.via !== undefined) extras.push(element('atom:link', { rel: 'via', href: entry.via }));
  if (entry.image !== undefined) {
    const type = imageType(entry.image.url);
    // 0 stands for a size that is not known (RSS Advisory Board profile, "enclosure"): images stay at their source.
    if (type !== undefined) extras.push(element('enclosure', { url: entry.image.url, length: '0', type }));
    extras.push(mediaContent(entry.image, type));
  }
  return extras;
}

function writeAtom(feed: PortalFeed): string {
  const slots = new Slots();
  const links = [
    element('link', { rel: 'self', type: mediaTypes.atom, href: feed.self.atom }),
    ...feedLinks(feed, 'atom').map((link) => element('link', link)),
    ...(feed.current === undefined ? [] : ['<fh:archive/>']),
  ];
  const document = new Feed({
    id: feed.id,
    title: slots.text(feed.title),
    link: slots.text(feed.home),
    description: slots.text(feed.description),
    updated: new Date(feed.updated),
    generator,
    author: { name: slots.text(portal.publisher.name), email: portal.publisher.email },
    copyright: slots.elements([element('rights', {}, portal.publisher.name), ...links]),
  });
  const scheme = schemeOf(feed);
  for (const entry of feed.entries) {
    document.addItem({
      id: entry.id,
      title: slots.text(entry.title),
      link: slots.text(entry.url),
      date: new Date(entry.updated),
      published: new Date(entry.published),
      description: entry.summary === '' ? undefined : slots.text(entry.summary),
      content: slots.html(entry.html),
      author: [{ name: slots.text(entry.author) }],
      copyright: slots.elements(atomExtras(entry, scheme)),
    });
  }
  const root = rootTag('feed', {
    xmlns: atomNamespace,
    'xml:lang': portal.language,
    'xmlns:fh': namespaces['xmlns:fh'],
    'xmlns:media': namespaces['xmlns:media'],
  });
  return slots.fill(document.atom1().replace(/<feed xmlns="[^"]*">/u, root));
}

function atomExtras({ via, image, categories }: FeedEntry, scheme: string): string[] {
  const extras = categories.map(({ term, label }) => element('category', { label, scheme, term }));
  if (via !== undefined) extras.push(element('link', { rel: 'via', href: via }));
  if (image !== undefined) {
    const type = imageType(image.url);
    extras.push(element('link', { rel: 'enclosure', href: image.url, type, title: image.alt }));
    extras.push(mediaContent(image, type));
  }
  return extras;
}

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/); `feed` writes 1.0, and lets fields be set over its own. */
function writeJson(feed: PortalFeed): string {
  const document = new Feed({
    title: wellFormed(feed.title),
    link: feed.home,
    description: wellFormed(feed.description),
    feedLinks: { json: feed.self.json },
  });
  document.addExtension(extension('version', 'https://jsonfeed.org/version/1.1'));
  document.addExtension(extension('language', portal.language));
  document.addExtension(extension('authors', [{ name: portal.publisher.name }]));
  if (feed.previousArchive !== undefined)
    document.addExtension(extension('next_url', feed.previousArchive.json));
  if (feed.hub !== undefined) document.addExtension(extension('hubs', [{ type: 'WebSub', url: feed.hub }]));
  for (const entry of feed.entries) {
    const { image } = entry;
    const type = image === undefined ? undefined : imageType(image.url);
    const extensions: Extension[] = [];
    if (entry.via !== undefined) extensions.push(extension('external_url', entry.via));
    if (entry.summary !== '') extensions.push(extension('summary', wellFormed(entry.summary)));
    extensions.push(
      extension('authors', [{ name: wellFormed(entry.author) }]),
      extension(
        'tags',
        entry.categories.map(({ label }) => wellFormed(label)),
      ),
    );
    if (image !== undefined) extensions.push(extension('image', image.url));
    if (image !== undefined && type !== undefined) {
      const title = wellFormed(imageTitle(image));
      extensions.push(extension('attachments', [{ url: image.url, mime_type: type, title }]));
    }
    document.addItem({
      id: entry.id,
      title: wellFormed(entry.title),
      link: entry.url,
      date: new Date(entry.updated),
      published: new Date(entry.published),
      content: wellFormed(entry.html),
      extensions,
    });
  }
  return document.json1();
}

type Extension = Parameters<Feed['addExtension']>[0];

/** `feed` types extensions as objects, and writes whatever they are. */
const extension = (name: string, value: unknown): Extension => ({
  name,
  objects: value as Extension['objects'],
});

/** Links of a feed beside itself and its page: the other formats, the hub, the archive. */
function feedLinks(feed: PortalFeed, format: FeedFormat): Attributes[] {
  const type = mediaTypes[format];
  return [
    ...(feed.current === undefined
      ? feedFormats
          .filter((other) => other !== format)
          .map((other) => ({ rel: 'alternate', type: mediaTypes[other], href: feed.self[other] }))
      : [{ rel: 'current', type, href: feed.current[format] }]),
    ...(feed.hub === undefined ? [] : [{ rel: 'hub', href: feed.hub }]),
    ...(feed.previousArchive === undefined
      ? []
      : [{ rel: 'prev-archive', type, href: feed.previousArchive[format] }]),
    ...(feed.nextArchive === undefined
      ? []
      : [{ rel: 'next-archive', type, href: feed.nextArchive[format] }]),
  ];
}

/** Categories are of one scheme: the portal's topic pages. */
const schemeOf = (feed: PortalFeed): string => new URL('/themen/', feed.home).href;

/** Media RSS (https://www.rssboard.org/media-rss): the only place in RSS for a text alternative and a credit. */
const mediaContent = (image: NonNullable<FeedEntry['image']>, type: string | undefined): string =>
  `${openTag('media:content', { url: image.url, medium: 'image', type })}>` +
  (image.alt === '' ? '' : element('media:description', { type: 'plain' }, image.alt)) +
  `${element('media:credit', {}, image.credit)}</media:content>`;

const imageTitle = ({ alt, credit }: NonNullable<FeedEntry['image']>): string =>
  [alt, `Bild: © ${credit}`].filter((part) => part !== '').join(' – ');

const imageTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** Type of an image by its ending; not guessed where that says nothing. */
const imageType = (url: string): string | undefined =>
  imageTypes[new URL(url).pathname.split('.').at(-1)?.toLowerCase() ?? ''];

const htmlMark = ' type="html">';

type Slot = { kind: 'text' | 'html'; value: string } | { kind: 'elements'; value: readonly string[] };

/** Short names that stand for texts while `feed` builds the document. No text of ours can look like one: none is in it. */
class Slots {
  readonly #slots: Slot[] = [];

  /** Plain text. A valid URL as well, since `feed` parses what it takes for one. */
  text(value: string): string {
    return this.#add({ kind: 'text', value });
  }

  /** HTML, which in Atom is marked as such. */
  html(value: string): string {
    return this.#add({ kind: 'html', value });
  }

  /** XML elements in place of the `rights` element that holds the slot. */
  elements(value: readonly string[]): string {
    return this.#add({ kind: 'elements', value });
  }

  fill(document: string): string {
    const [first = '', ...pieces] = document.split('slot:');
    const filled: string[] = [];
    let before = first;
    for (const piece of pieces) {
      const end = piece.indexOf(';');
      const slot = this.#slots[Number(piece.slice(0, end))];
      if (slot === undefined)
        throw new Error(`feed wrote slot:${piece.slice(0, 9)}…, which was never handed out`);
      let after = piece.slice(end + 1);
      let value: string;
      if (slot.kind === 'elements') {
        const line = before.lastIndexOf('\n');
        const indent = before.slice(line, -'<rights>'.length);
        value = slot.value.map((each) => indent + each).join('');
        before = before.slice(0, line);
        after = after.slice('</rights>'.length);
      } else if (before.endsWith('<![CDATA[')) {
        value = escapeText(slot.value);
        before = before.slice(0, -'<![CDATA['.length);
        // feed marks every text construct of Atom as HTML.
        if (slot.kind === 'text' && before.endsWith(htmlMark))
          before = `${before.slice(0, -htmlMark.length)}>`;
        after = after.slice(']]>'.length);
      } else {
        value = before.endsWith('="') ? escapeAttribute(slot.value) : escapeText(slot.value);
      }
      filled.push(before, value);
      before = after;
    }
    return filled.join('') + before;
  }

  #add(slot: Slot): string {
    this.#slots.push(slot);
    return `slot:${this.#slots.length - 1};`;
  }
}

const rootTag = (name: string, attributes: Attributes): string => `${openTag(name, attributes)}>`;

interface Format {
  /** Writes all of a feed at once. */
  write: (feed: PortalFeed) => string;
  /** Where entries stand, or would. No text holds a tag or a quote that is not escaped. */
  placeIn: (document: string) => number;
  /** Ends an entry, and stands nowhere else: strings of JSON hold no line break. */
  entryEnd: string;
  between: string;
  /** Behind the last entry. */
  end: string;
}

const behind = (text: string) => (document: string) => document.indexOf(text) + text.length;

const formats: Readonly<Record<FeedFormat, Format>> = {
  rss: {
    write: writeRss,
    placeIn: behind('</copyright>'),
    entryEnd: '</item>',
    between: '',
    end: '',
  },
  atom: {
    write: writeAtom,
    placeIn: (document) => document.search(/\n *<entry>|\n<\/feed>/u),
    entryEnd: '</entry>',
    between: '',
    end: '',
  },
  json: {
    write: writeJson,
    placeIn: behind('"items": ['),
    entryEnd: '\n        }',
    between: ',',
    end: '\n    ',
  },
};
