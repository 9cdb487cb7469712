import { Parser } from 'htmlparser2';
import fc from 'fast-check';
import { sourceSchema } from '../../../config/sources.schema.ts';
import { parseSourceFeed } from '../../../functions/ingest/parse-source-feed.ts';
import { pressReleasesOf } from '../../../functions/ingest/press-releases.ts';
import { sanitizeReleaseHtml } from '../../../functions/ingest/html.ts';
import { parseSourceDate } from '../../../functions/ingest/source-date.ts';
import { Temporal } from '../../../functions/platform/time.ts';

/** Mutated feeds in all. More with `FUZZ_FEEDS=100000 npx jest test/unit/ingest/fuzz`. */
const feeds = Number(process.env['FUZZ_FEEDS'] ?? 1500);
/** A run can be repeated from what its failure prints. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20150329);

const url = 'https://ministry.example/feed';
const source = sourceSchema.parse({ id: 'ministry', issuer: 'Ministerium', url, fullText: 'allowed' });
const at = Temporal.Instant.from('2024-04-01T12:00:00Z');

const numbers = [1, 2, 3, 4, 5];
const html = (n: number) =>
  `<p>Absatz <b>${n}</b> &amp; mehr<br><a href="/x?a=1&amp;b=${n}">Link</a></p><img src="/b.jpg" alt="x"><p>Quelle: Ministerium vom 0${n}.03.2024</p>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Head, whole items, tail. */
const fixtures: readonly (readonly [head: string, items: string[], tail: string])[] = [
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Presse</title>',
    numbers.map(
      (n) =>
        `<item><title>Meldung ${n} – „Jugend“</title><link>https://ministry.example/${n}</link><guid isPermaLink="false">guid-${n}</guid><pubDate>Fri, 0${n} Mar 2024 10:00:00 +0100</pubDate><description>${escaped(html(n))}</description><content:encoded><![CDATA[${html(n)}]]></content:encoded><category>Kita</category></item>\n`,
    ),
    '</channel></rss>',
  ],
  [
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title><id>urn:feed</id>',
    numbers.map(
      (n) =>
        `<entry><title type="html">Meldung ${n} &amp;amp; mehr</title><id>guid-${n}</id><link href="/${n}"/><updated>2024-03-0${n}T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Absatz ${n}</p></div></content></entry>\n`,
    ),
    '</feed>',
  ],
  [
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Presse</title></channel>',
    numbers.map(
      (n) =>
        `<item rdf:about="guid-${n}"><title>Meldung ${n}</title><link>https://ministry.example/${n}</link><dc:date>0${n}.03.2024 10:00</dc:date><description><![CDATA[${html(n)}]]></description></item>\n`,
    ),
    '</rdf:RDF>',
  ],
];

const junk = [
  '<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '-->', '<?', '</item>', '</p>', '<br>', '&#0;', '&lol;', '\u0000', '\ufffd', '</channel>',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<a href="javascript:alert(1)">', '<![CDATA[<script>]]>', '&lt;script&gt;', '<p style="x" onclick=\'y\'>',
  '<!DOCTYPE x [<!ENTITY a "b">]>', 'xmlns="http://www.w3.org/1999/xhtml"', '<title>', '</title>', '<link>', '<description>', ' ', '\n', '💥', 'é',
]; // prettier-ignore

/** Small, fast, and the same everywhere: mulberry32. */
function generator(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Harms one item, and leaves the others whole. */
function mutate(random: (below: number) => number): { body: string; whole: string[]; what: string } {
  const [head, items, tail] = fixtures[random(fixtures.length)] ?? ['', [], ''];
  const victim = random(items.length);
  let harmed = items[victim] ?? '';
  const what: string[] = [];
  for (let times = random(3) + 1; times > 0; times--) {
    const from = random(harmed.length + 1);
    const length = random(3) === 0 ? random(40) : random(4);
    const filler = random(2) === 0 ? (junk[random(junk.length)] ?? '') : '';
    what.push(`${from},${length},${JSON.stringify(filler)}`);
    harmed = harmed.slice(0, from) + filler + harmed.slice(from + length);
  }
  const body = head + items.map((item, index) => (index === victim ? harmed : item)).join('') + tail;
  const whole = numbers.filter((_n, index) => index !== victim).map((n) => `guid-${n}`);
  return { body, whole, what: what.join(' ') };
}

/** Told by another parser than the one that made it: only tags and attributes of the allow-list. */
function unsafeIn(safe: string): string[] {
  const found: string[] = [];
  const allowed: Record<string, string[]> = {
    a: ['href', 'rel', 'title'],
    abbr: ['title'],
    th: ['colspan', 'rowspan'],
    td: ['colspan', 'rowspan'],
  };
  const tags =
    /^(?:p|br|h[234]|ul|ol|li|blockquote|q|cite|strong|em|sub|sup|abbr|a|table|caption|thead|tbody|tr|th|td|dl|dt|dd|hr)$/;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (!tags.test(name)) found.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        if (allowed[name]?.includes(key) !== true) found.push(`${name}@${key}`);
        if (key === 'href' && !/^(?:https?|mailto|tel):/.test(value)) found.push(value);
      }
    },
    oncomment: (comment) => found.push(comment),
  });
  parser.end(safe);
  return found;
}

test(`${feeds} mutated feeds: no crash, no hang, no unsafe HTML, every whole item kept`, async () => {
  const random = generator(seed);
  for (let n = 0; n < feeds; n++) {
    const { body, whole, what } = mutate(random);
    const start = process.cpuUsage();
    const feed = await parseSourceFeed(Buffer.from(body), { url }).catch((error: unknown) => {
      throw new Error(`feed ${n} (${what}) was refused:\n${body}`, { cause: error });
    });
    const { releases, faults } = pressReleasesOf(feed, source, at);
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1000;
    const guids = new Set(feed.items.map(({ guid }) => guid));
    const lost = whole.filter((guid) => !guids.has(guid));
    const unsafe = releases.flatMap(({ release }) => unsafeIn(release.body?.html ?? ''));
    if (lost.length > 0 || unsafe.length > 0 || faults.length > 0 || took > 4000) {
      throw new Error(
        `feed ${n} (${what}): lost ${lost.join()}, unsafe ${unsafe.join()}, ${faults.length} faults, ${took} ms of the processor\n${body}\n${JSON.stringify(feed.findings)}`,
      );
    }
  }
}, 3_600_000);

describe('properties', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 300 });
  const soup = fc
    .array(fc.oneof(fc.constantFrom(...junk), fc.string({ maxLength: 10 })), { maxLength: 60 })
    .map((parts) => parts.join(''));

  test('bytes of any kind are read, or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          soup.map((text) => new Uint8Array(Buffer.from(text))),
        ),
        async (bytes) => {
          const error = await parseSourceFeed(bytes, { url }).then(
            () => undefined,
            (reason: unknown) => reason as Error,
          );
          expect(error === undefined || ['NotAFeed', 'BrokenFeed', 'TooLarge'].includes(error.name)).toBe(
            true,
          );
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  test('what is sanitised is safe, and stays as it is when sanitised again', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const safe = sanitizeReleaseHtml(text, url);
        expect(unsafeIn(safe)).toEqual([]);
        expect(sanitizeReleaseHtml(safe, url)).toBe(safe);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('a title comes out as it went in, however it is escaped', async () => {
    const words = fc
      .array(fc.constantFrom('Jugend', 'Förderung', '&', '„Häuser“', '–', '3 €', 'Kita', "O'Neil"), {
        minLength: 1,
        maxLength: 8,
      })
      .map((list) => list.join(' '));
    await fc.assert(
      fc.asyncProperty(words, fc.boolean(), async (title, cdata) => {
        const source = cdata ? `<![CDATA[${title}]]>` : escaped(title);
        const { items } = await parseSourceFeed(
          Buffer.from(`<rss version="2.0"><channel><item><title>${source}</title></item></channel></rss>`),
          { url },
        );
        expect(items[0]?.title).toBe(title);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('every moment is read back from ISO 8601 and RFC 822, whatever its offset', () => {
    const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -12 * 60, max: 14 * 60 }), (date, minutes) => {
        date.setUTCMilliseconds(0);
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
        fc.pre(!local.endsWith('T00:00:00'));
        const sign = minutes < 0 ? '-' : '+';
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
          String(part).padStart(2, '0'),
        );
        expect(parseSourceDate(`${local}${sign}${hours ?? ''}:${rest ?? ''}`)?.value).toBe(
          date.toISOString(),
        );
        const rfc = new Date(`${local}Z`).toUTCString().replace('GMT', `${sign}${hours ?? ''}${rest ?? ''}`);
        expect(parseSourceDate(rfc)?.value).toBe(date.toISOString());
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('no text makes reading a date throw', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        parseSourceDate(text);
      }),
      { seed, numRuns: 1000 },
    );
  });
});
