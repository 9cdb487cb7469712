import fc from 'fast-check';
import Parser from 'rss-parser';
import { forEachFormat, type FeedFormat } from '../../../functions/articles/feed-directory.ts';
import { writeFeed, type FeedEntry, type PortalFeed } from '../../../functions/syndicate/portal-feed.ts';

const base = 'https://portal.example';

const anEntry = (changes: Partial<FeedEntry> = {}): FeedEntry => ({
  id: 'tag:portal.example,2026-01-01:artikel/aaaaaaaaaaaaaaaa',
  url: `${base}/artikel/kinder-staerken-aaaaaaaaaaaaaaaa/`,
  title: 'Kinder stärken',
  summary: 'Das Land legt ein Programm auf.',
  html: '<p>Das Land legt ein Programm auf.</p>',
  published: '2026-03-01T08:00:00.000Z',
  updated: '2026-03-01T08:00:00.000Z',
  author: 'Ministerium für Familie und Jugend',
  via: 'https://land.example/presse/1',
  categories: [{ term: 'familie', label: 'Familie und Eltern' }],
  ...changes,
});

const aFeed = (entries: readonly FeedEntry[], changes: Partial<PortalFeed> = {}): PortalFeed => ({
  id: 'tag:portal.example,2026-01-01:feeds/familie',
  title: 'Familie und Eltern – Portal',
  description: 'Meldungen zum Thema',
  home: `${base}/themen/familie/`,
  updated: '2026-03-01T08:00:00.000Z',
  self: forEachFormat((format) => `${base}/feeds/familie.${format}`),
  entries,
  ...changes,
});

// An independent reader: xml2js under rss-parser, where feed writes with xml-js.
interface Attributes {
  $: Record<string, string>;
}
interface Media extends Attributes {
  'media:description'?: [{ _: string } & Attributes];
  'media:credit'?: [string];
}
interface Fields {
  media?: Media[];
  atomUpdated?: string;
  atomCategories?: Attributes[];
  atomLink?: Attributes[];
  domains?: ({ _: string } & Attributes)[];
}
const reader = new Parser<{ atomLinks: Attributes[] }, Fields>({
  customFields: {
    // rss-parser takes the long form here too; its types don't say so.
    feed: [['atom:link', 'atomLinks', { keepArray: true }] as never],
    item: [
      ['media:content', 'media', { keepArray: true }],
      ['atom:updated', 'atomUpdated'],
      ['category', 'domains', { keepArray: true }],
      ['link', 'atomLink', { keepArray: true }],
    ],
  },
});

const written = (feed: PortalFeed, format: FeedFormat): string => writeFeed(feed, format).toString();

const read = (feed: PortalFeed, format: 'rss' | 'atom') => reader.parseString(written(feed, format));

interface JsonFeed extends Record<string, unknown> {
  items: (Record<string, unknown> & { authors: { name: string }[]; attachments?: { title: string }[] })[];
}
const readJson = (feed: PortalFeed) => JSON.parse(written(feed, 'json')) as JsonFeed;

/** What of a text can stand in XML: characters that XML 1.0 has, without those it discourages. */
const storable = (text: string): string =>
  Array.from(text)
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
      const control = (code < 0x20 && ![9, 10, 13].includes(code)) || (code >= 0x7f && code < 0xa0);
      return control || code === 0xfffe || code === 0xffff ? '' : character;
    })
    .join('');

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ']]>', '<![CDATA[', '&amp;', '&', '&lt;', '<stark>', '</script>', '"', "'", '„Zitat“', '\u0000', '\u0007',
        '\ud800', '\udfff', '\uFFFE', '\uFFFF', '👩‍👩‍👧', 'مرحبا', '\u202E', '\r\n', '\r', '\t', '\n', 'slot:0;', '$&', '$1',
        '<!--', '-->', '<?xml ?>', '&#0;', 'ä', ' ', '</item>', '</entry>', '\n        },\n        {',
      ),
    )
    .map((parts) => parts.join('')),
); // prettier-ignore
/** Readers drop white space around a text, and all of one that is nothing else. */
const text = hostile.filter((candidate) => /^\S(.*\S)?$/su.test(storable(candidate)));
const address = fc
  .tuple(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constantFrom('', '?a=1&b="2"', "?<x>'"),
  )
  .map(([url, rest]) => new URL(url + rest).href);

const entries = fc.record({
  title: text,
  summary: text,
  html: text,
  author: text,
  label: text,
  url: address,
  via: address,
  image: fc.record({ url: address, alt: text, credit: text }),
});
type Generated = typeof entries extends fc.Arbitrary<infer T> ? T : never;

const generated = ({ label, ...rest }: Generated): PortalFeed =>
  aFeed([anEntry({ ...rest, categories: [{ term: 'familie', label }] })], {
    title: rest.title,
    description: rest.summary,
  });

describe('what was written is what is read', () => {
  test('in RSS', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (fields) => {
        const feed = await read(generated(fields), 'rss');
        const [item] = feed.items;
        expect(feed.title).toBe(storable(fields.title));
        expect(feed.description).toBe(storable(fields.summary));
        expect(item).toMatchObject({
          title: storable(fields.title),
          link: fields.url,
          guid: anEntry().id,
          creator: storable(fields.author),
          'content:encoded': storable(fields.html),
          content: storable(fields.summary).replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/\r/gu, '&#13;'),
        }); // prettier-ignore
        expect(item?.domains?.[0]?._).toBe(storable(fields.label));
        const media = item?.media?.[0];
        expect(media?.$['url']).toBe(fields.image.url);
        expect(media?.['media:description']?.[0]._).toBe(storable(fields.image.alt));
        expect(media?.['media:credit']?.[0]).toBe(storable(fields.image.credit));
      }),
    );
  });

  test('in Atom', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (fields) => {
        const feed = await read(generated(fields), 'atom');
        const [item] = feed.items;
        expect(feed.title).toBe(storable(fields.title));
        expect(item).toMatchObject({
          title: storable(fields.title),
          link: fields.url,
          id: anEntry().id,
          author: storable(fields.author),
          content: storable(fields.html),
          summary: storable(fields.summary),
        });
        expect(item?.domains?.[0]?.$).toEqual({
          term: 'familie',
          label: storable(fields.label),
          scheme: `${base}/themen/`,
        });
        const enclosure = item?.atomLink?.find(({ $ }) => $['rel'] === 'enclosure');
        expect(enclosure?.$).toMatchObject({ href: fields.image.url, title: storable(fields.image.alt) });
        expect(item?.media?.[0]?.['media:credit']?.[0]).toBe(storable(fields.image.credit));
      }),
    );
  });

  test('in JSON Feed', () => {
    fc.assert(
      fc.property(entries, (fields) => {
        const feed = readJson(generated(fields));
        expect(feed).toMatchObject({ title: storable(fields.title), description: storable(fields.summary) });
        expect(feed.items[0]).toMatchObject({
          id: anEntry().id,
          url: fields.url,
          external_url: fields.via,
          title: storable(fields.title),
          summary: storable(fields.summary),
          content_html: storable(fields.html),
          authors: [{ name: storable(fields.author) }],
          tags: [storable(fields.label)],
          image: fields.image.url,
        });
      }),
    );
  });
});

test.each(['rss', 'atom', 'json'] as const)(
  'entries are the same in %s, whichever were new together',
  (format) => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 2, maxLength: 5 }), (all) => {
        const fresh = (): FeedEntry[] =>
          all.map(({ label, ...rest }) => anEntry({ ...rest, categories: [{ term: 'familie', label }] }));
        const together = written(aFeed(fresh()), format);
        const known = fresh();
        for (const entry of known) written(aFeed([entry]), format);
        expect(written(aFeed(known), format)).toBe(together);
        expect(written(aFeed([...known.slice(0, 1), ...fresh().slice(1)]), format)).toBe(together);
      }),
    );
  },
);

describe('faults of feed that readers would see', () => {
  test('two ends of CDATA in one headline leave the document whole', async () => {
    const feed = await read(aFeed([anEntry({ title: 'a ]]> b ]]> c' })]), 'rss');
    expect(feed.items[0]?.title).toBe('a ]]> b ]]> c');
  });

  test('a headline is text in Atom, not HTML', () => {
    expect(written(aFeed([anEntry({ title: '<stark>' })]), 'atom')).toContain('<title>&lt;stark&gt;</title>');
  });

  test('an author without address is dc:creator in RSS, where author means an address', () => {
    const rss = written(aFeed([anEntry()]), 'rss');
    expect(rss).toContain('<dc:creator>Ministerium für Familie und Jugend</dc:creator>');
    expect(rss).not.toContain('<author>');
  });

  test('every namespace is declared, also where nothing has full content', () => {
    const rss = written(aFeed([]), 'rss');
    for (const prefix of ['atom', 'content', 'dc', 'fh', 'media']) expect(rss).toContain(`xmlns:${prefix}="`);
  });

  test('documents say when they changed, not when they were written', () => {
    expect(written(aFeed([]), 'rss')).toContain(
      '<lastBuildDate>Sun, 01 Mar 2026 08:00:00 GMT</lastBuildDate>',
    );
    expect(written(aFeed([]), 'atom')).toContain('<updated>2026-03-01T08:00:00.000Z</updated>');
  });

  test('Atom says its language', () => {
    expect(written(aFeed([]), 'atom')).toMatch(/<feed [^>]*xml:lang="de"/u);
  });

  test('JSON Feed is 1.1', () => {
    const feed = readJson(aFeed([anEntry()]));
    expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', language: 'de' });
    expect(feed['author'] ?? feed.items[0]?.['author']).toBeUndefined();
  });
});

describe('images', () => {
  const image = (url: string) => aFeed([anEntry({ image: { url, alt: 'Ein Bild', credit: 'dpa' } })]);

  test.each([
    ['https://land.example/a.JPG?size=2', 'image/jpeg'],
    ['https://land.example/a.svg', 'image/svg+xml'],
  ])('%s is %s', async (url, type) => {
    expect((await read(image(url), 'rss')).items[0]?.enclosure).toEqual({ url, type, length: '0' });
    expect(readJson(image(url)).items[0]?.attachments).toEqual([
      { url, mime_type: type, title: 'Ein Bild – Bild: © dpa' },
    ]);
  });

  test('a type that the address does not tell is not made up; RSS then has the image as media alone', async () => {
    const [item] = (await read(image('https://land.example/bild?id=7.x'), 'rss')).items;
    expect(item?.enclosure).toBeUndefined();
    expect(item?.media?.[0]?.$).toEqual({ url: 'https://land.example/bild?id=7.x', medium: 'image' });
    expect(written(image('https://land.example/bild?id=7.x'), 'atom')).toContain(
      '<link rel="enclosure" href="https://land.example/bild?id=7.x" title="Ein Bild"/>',
    );
  });
});

describe('a correction', () => {
  const corrected = aFeed([anEntry({ updated: '2026-03-02T08:00:00.000Z' })]);

  test('shows as updated, and keeps its date of publication', async () => {
    const [rss] = (await read(corrected, 'rss')).items;
    expect(rss).toMatchObject({
      pubDate: 'Sun, 01 Mar 2026 08:00:00 GMT',
      atomUpdated: '2026-03-02T08:00:00.000Z',
    });
    expect(written(corrected, 'atom')).toContain('<updated>2026-03-02T08:00:00.000Z</updated>');
    expect(readJson(corrected).items[0]).toMatchObject({
      date_published: '2026-03-01T08:00:00.000Z',
      date_modified: '2026-03-02T08:00:00.000Z',
    });
  });

  test('an entry that was never corrected is not called updated', async () => {
    expect((await read(aFeed([anEntry()]), 'rss')).items[0]?.atomUpdated).toBeUndefined();
  });
});

test('links lead to the archive and the hub, in every format', async () => {
  const feed = aFeed([anEntry()], {
    hub: 'https://hub.example/?a=1&b=2',
    previousArchive: forEachFormat((format) => `${base}/feeds/archiv/familie-3.${format}`),
  });
  const rss = await read(feed, 'rss');
  expect(rss.atomLinks.map(({ $ }) => [$['rel'], $['href']])).toEqual([
    ['self', `${base}/feeds/familie.rss`],
    ['alternate', `${base}/feeds/familie.atom`],
    ['alternate', `${base}/feeds/familie.json`],
    ['hub', 'https://hub.example/?a=1&b=2'],
    ['prev-archive', `${base}/feeds/archiv/familie-3.rss`],
  ]);
  expect(written(feed, 'atom')).toContain(
    `<link rel="prev-archive" type="application/atom+xml" href="${base}/feeds/archiv/familie-3.atom"/>`,
  );
  expect(readJson(feed)).toMatchObject({
    next_url: `${base}/feeds/archiv/familie-3.json`,
    hubs: [{ type: 'WebSub', url: 'https://hub.example/?a=1&b=2' }],
  });
});

test('an archive page says that it is one, and of which feed', () => {
  const page = aFeed([anEntry()], {
    current: forEachFormat((format) => `${base}/feeds/familie.${format}`),
    nextArchive: forEachFormat((format) => `${base}/feeds/archiv/familie-4.${format}`),
  });
  for (const format of ['rss', 'atom'] as const) {
    expect(written(page, format)).toContain('<fh:archive/>');
    expect(written(page, format)).toContain(`rel="current" type="application/${format}+xml"`);
    expect(written(page, format)).toContain('rel="next-archive"');
  }
});
