import Parser from 'rss-parser';
import { topics } from '../../../config/topics.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { close } from '../../../local/listen.ts';
import { ministries, releasesAt } from '../../../local/ministries/ministry.ts';
import { playMinistries, type Ministries } from '../../../local/ministries/server.ts';

const began = Temporal.Instant.from('2026-11-24T05:00:00Z');
let played: Ministries;

beforeAll(async () => {
  played = await playMinistries({ port: 4290, began, goOn: false });
});
afterAll(async () => {
  await close(played.server);
});

const outAt = (now: Temporal.Instant) => ministries.flatMap((ministry) => releasesAt(ministry, began, now));

test('at least 64 releases are out at first, over eight topics, and more appear', () => {
  const first = outAt(began);
  expect(first.length).toBeGreaterThanOrEqual(64);
  expect(new Set(first.map(({ topic }) => topic)).size).toBe(topics.length - 1);
  expect(outAt(began.add({ minutes: 3 })).length).toBeGreaterThan(first.length);
  expect(outAt(began.add({ hours: 48 })).length).toBeGreaterThanOrEqual(70);
});

test('some come within ten minutes, and some while the demo’s relaunch keeps the portal frozen', () => {
  const all = outAt(began.add({ hours: 24 * 100 }));
  const between = (from: Temporal.Duration, until: Temporal.Duration) =>
    all.filter(({ publishedAt }) => {
      const after = publishedAt.since(began);
      return Temporal.Duration.compare(after, from) >= 0 && Temporal.Duration.compare(after, until) < 0;
    }).length;
  const duration = (hours: number) => Temporal.Duration.from({ hours });
  expect(between(duration(0), Temporal.Duration.from({ minutes: 10 }))).toBeGreaterThanOrEqual(3);
  expect(between(duration(17 * 24), duration(25 * 24))).toBe(5);
});

test('no two releases of a ministry have the same address', () => {
  for (const { releases } of ministries) {
    const slugs = releases.map(({ slug }) => slug);
    expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
  }
});

test('releases come on working days, by day, and not before their time', () => {
  for (const { publishedAt } of outAt(began)) {
    const local = publishedAt.toZonedDateTimeISO('Europe/Berlin');
    expect(local.dayOfWeek).toBeLessThanOrEqual(5);
    expect(local.hour).toBeGreaterThanOrEqual(9);
    expect(local.hour).toBeLessThan(17);
    expect(Temporal.Instant.compare(publishedAt, began)).toBe(-1);
  }
});

test.each(ministries.map(({ id, character }) => [id, character] as const))(
  '%s has the feed of its character, %s',
  async (id, character) => {
    const response = await fetch(`${played.origin}/${id}/feed.xml`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = character === 'latin-1' ? bytes.toString('latin1') : bytes.toString();
    if (character === 'latin-1') {
      expect(response.headers.get('content-type')).toContain('ISO-8859-1');
      expect(text).toContain('Staatsministerium für Familie'); // as bytes
      expect(text).toMatch(/&[aou]uml;/); // as entities
      return;
    }
    const { items } = await new Parser().parseString(text);
    expect(items).toHaveLength(13);
    expect(text.includes('<guid')).toBe(character === 'full-text' || character === 'moody');
    expect(text.includes('<language>')).toBe(character === 'full-text' || character === 'moody');
    expect(text.includes('Quelle: ')).toBe(character !== 'teaser');
  },
);

test('the moody one answers 304 to its own tag, and 503 at every fifth request', async () => {
  const url = `${played.origin}/bundesstelle/feed.xml`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  const states: number[] = [];
  for (let nth = 0; nth < 4; nth++) {
    states.push((await fetch(url, { headers: { 'if-none-match': etag } })).status);
  }
  expect(states.filter((status) => status === 304)).toHaveLength(3);
  expect(states.filter((status) => status === 503)).toHaveLength(1);
});

test('every release has its page, and its picture where it has one', async () => {
  const [page = ''] = played.pages();
  expect(await (await fetch(page)).text()).toContain('Quelle: ');
  const picture = await fetch(page.replace('/presse/', '/bilder/') + '.svg');
  expect(picture.headers.get('content-type')).toBe('image/svg+xml');
});
