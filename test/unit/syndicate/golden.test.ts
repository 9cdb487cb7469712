import { seedRelaunch } from '../../support/announcements/seed.ts';
import { FeedWorkshop } from '../../support/feeds.ts';
import { expectGolden } from '../../support/golden.ts';
import { sampleReleases } from '../../support/sample-articles.ts';

test('the feeds of the sample portal, as a person has read them', async () => {
  const workshop = await FeedWorkshop.make();
  const releases = sampleReleases('https://sachsen.example/bilder/network.jpg');
  for (const release of releases) await workshop.publish({ sourceId: 'land', ...release });
  const hostile = await workshop.publish({
    guid: 'hostile',
    headline: 'Er sagte: „Kinder <stark> machen“ & mehr ]]> ]]> &amp; 👩‍👩‍👧 مرحبا\u0007',
    lead: `Lange Adresse: "<a href='#'>"`,
    link: `https://land.example/${'pfad/'.repeat(55)}?a=1&b=%22`,
    topics: ['familie'],
  });
  await workshop.revise(hostile.id, {
    lead: 'Berichtigt.',
    revision: 2,
    updatedAt: '2026-03-05T10:00:00.000Z',
  });
  await workshop.announce(seedRelaunch({ phases: { advance: { begunAt: '2026-03-01T08:03:30.000Z' } } }));
  await workshop.deliver();
  for (const key of [
    'feeds/alle.rss',
    'feeds/alle.atom',
    'feeds/alle.json',
    'feeds/unzugeordnet.rss',
    'feeds/feeds.opml',
  ]) {
    expectGolden(key, (await workshop.text(key)) ?? '');
  }
});
