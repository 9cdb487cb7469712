import { sourceSchema } from '../../../config/sources.schema.ts';
import { parseSourceFeed } from '../../../functions/ingest/parse-source-feed.ts';
import { pressReleasesOf } from '../../../functions/ingest/press-releases.ts';
import { Temporal } from '../../../functions/platform/time.ts';

const url = 'https://ministry.example/feed';
const source = sourceSchema.parse({ id: 'ministry', issuer: 'Ministerium', url, fullText: 'allowed' });

async function read(item: string) {
  const feed = await parseSourceFeed(
    Buffer.from(`<rss version="2.0"><channel><title>Presse</title><item>${item}</item></channel></rss>`),
    { url },
  );
  const { releases, findings, unknownTopics } = pressReleasesOf(
    feed,
    source,
    Temporal.Instant.from('2024-04-01T12:00:00Z'),
  );
  return { release: releases[0]?.release, findings: findings.map(({ what }) => what), unknownTopics };
}

test('a text that no row can hold is left out, and the release is filed without it', async () => {
  const text = 'Größere Förderung für alle. '.repeat(3000);
  const { release, findings } = await read(`<title>Neue Förderung</title><description>${text}</description>`);
  expect(release?.headline).toBe('Neue Förderung');
  expect(release).not.toHaveProperty('body');
  expect(findings).toContainEqual(expect.stringMatching(/^its text of \d+ bytes is left out$/));
});

test('the longest text that ministries write is kept', async () => {
  const text = `<p>${'Größere Förderung für alle. '.repeat(50)}</p>`.repeat(30);
  const { release } = await read(
    `<title>Neue Förderung</title><description><![CDATA[${text}]]></description>`,
  );
  expect(release?.body?.text.length).toBeGreaterThan(40_000);
});

test('long headlines are cut at a word; GUIDs and links that are none count as missing', async () => {
  const { release, findings } = await read(
    `<title>${'Förderung '.repeat(500)}</title><guid>${'g'.repeat(3000)}</guid><link>https://ministry.example/${'a'.repeat(3000)}</link>`,
  );
  expect(release?.headline).toMatch(/^(Förderung ){50,100}…$/);
  expect(release?.guid).toMatch(/^hash:/);
  expect(release?.link).toBe(url);
  expect(findings).toContain('its GUID has 3000 characters and counts as missing');
});

test('of categories without an end, the first are looked at', async () => {
  const categories = Array.from({ length: 1000 }, (_, n) => `<category>Nr ${n}</category>`).join('');
  expect((await read(`<title>Neue Förderung</title>${categories}`)).unknownTopics.length).toBeLessThan(60);
});
