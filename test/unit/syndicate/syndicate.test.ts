import fc from 'fast-check';
import { portal } from '../../../config/portal.ts';
import { feeds } from '../../../config/feeds.ts';
import { topics } from '../../../config/topics.ts';
import type { Announcement } from '../../../functions/announcements/announcement.ts';
import { changesOf, everyFeed } from '../../../functions/syndicate/content-changes.ts';
import { rebuildFeeds, syndicate } from '../../../functions/syndicate/syndicate.ts';
import { seedRelaunch } from '../../support/announcements/seed.ts';
import { FeedWorkshop } from '../../support/feeds.ts';

const topic = 'familie';

interface JsonFeed {
  next_url?: string;
  items: { id: string; title: string; url: string; date_modified: string; content_html: string }[];
}
const readJson = async (workshop: FeedWorkshop, key: string): Promise<JsonFeed> =>
  JSON.parse((await workshop.text(key)) ?? `{"missing":"${key}"}`) as JsonFeed;
const titles = async (workshop: FeedWorkshop, slug: string): Promise<string[]> =>
  (await readJson(workshop, `feeds/${slug}.json`)).items.map(({ title }) => title);

/** Follows `next_url` from the feed to the end of its archive. */
async function walk(workshop: FeedWorkshop, slug: string): Promise<string[]> {
  const seen: string[] = [];
  for (let key: string | undefined = `feeds/${slug}.json`; key !== undefined;) {
    const page: JsonFeed = await readJson(workshop, key);
    seen.push(...page.items.map(({ title }) => title));
    key = page.next_url === undefined ? undefined : new URL(page.next_url).pathname.slice(1);
  }
  return seen;
}

describe('one publication', () => {
  test('is written to its topics’ feeds and to alle, in three formats, and to nothing else', async () => {
    const workshop = await FeedWorkshop.make();
    await workshop.publish({ topics: [topic, 'beteiligung'] });
    expect([...(await workshop.deliver())].sort()).toEqual(
      ['alle', 'beteiligung', topic].flatMap((slug) =>
        [`atom`, `json`, `rss`].map((format) => `feeds/${slug}.${format}`),
      ),
    );
    expect(await titles(workshop, topic)).toEqual(['Meldung 1']);
  });

  test('that is told twice writes nothing more', async () => {
    const workshop = await FeedWorkshop.make();
    await workshop.publish({ topics: [topic] });
    const records = workshop.take();
    await workshop.deliver(records);
    expect(await workshop.deliver(records)).toEqual([]);
  });

  test('whose record was lost comes with the next one of its topic', async () => {
    const workshop = await FeedWorkshop.make();
    await workshop.publish({ topics: [topic] });
    workshop.take();
    await workshop.publish({ topics: [topic] });
    await workshop.deliver();
    expect(await titles(workshop, topic)).toEqual(['Meldung 2', 'Meldung 1']);
  });

  test('of many in one batch costs each feed one writing', async () => {
    const workshop = await FeedWorkshop.make();
    for (let count = 0; count < 20; count++) await workshop.publish({ topics: [topic] });
    expect(await workshop.deliver()).toHaveLength(6);
  });
});

test('an article that is only held, or only gets another origin, writes nothing', async () => {
  const workshop = await FeedWorkshop.make();
  const article = await workshop.publish({ topics: [topic] });
  await workshop.deliver();
  const { id } = article;
  await workshop.articles.addOrigin(
    article,
    { sourceId: 'other', guid: 'x', link: 'https://other.example/x' },
    'hash',
  );
  await workshop.revise(id, {});
  expect(await workshop.deliver()).toEqual([]);
});

test('a correction shows in the feeds, under the same id, with the moment of it', async () => {
  const workshop = await FeedWorkshop.make();
  const { id } = await workshop.publish({ topics: [topic] });
  await workshop.deliver();
  const [before] = (await readJson(workshop, 'feeds/alle.json')).items;
  await workshop.revise(id, { headline: 'Berichtigt', updatedAt: '2026-03-05T10:00:00.000Z', revision: 2 });
  await workshop.deliver();
  const [after] = (await readJson(workshop, 'feeds/alle.json')).items;
  expect(after).toMatchObject({
    id: before?.id,
    title: 'Berichtigt',
    date_modified: '2026-03-05T10:00:00.000Z',
  });
});

test('a withdrawn article leaves every feed; a moved one changes feeds', async () => {
  const workshop = await FeedWorkshop.make();
  const first = await workshop.publish({ topics: [topic] });
  const second = await workshop.publish({ topics: [topic] });
  await workshop.deliver();
  await workshop.withdraw(first.id);
  await workshop.revise(second.id, { topics: ['jugendarbeit'] });
  await workshop.deliver();
  expect(await titles(workshop, topic)).toEqual([]);
  expect(await titles(workshop, 'jugendarbeit')).toEqual(['Meldung 2']);
  expect(await titles(workshop, 'alle')).toEqual(['Meldung 2']);
});

test('an article that is withdrawn while its feed is being read is not in it', async () => {
  const workshop = await FeedWorkshop.make();
  const { id } = await workshop.publish({ topics: [topic] });
  const { articles, parts } = workshop;
  const racing = {
    listNewest: articles.listNewest.bind(articles),
    listPublishedBetween: articles.listPublishedBetween.bind(articles),
    async getMany(ids: readonly string[]) {
      if ((await articles.get(id))?.status === 'live') await workshop.withdraw(id);
      return articles.getMany(ids);
    },
  };
  await syndicate({ ...parts, articles: racing }, changesOf(workshop.take()));
  expect(await titles(workshop, topic)).toEqual([]);
  expect(await titles(workshop, 'alle')).toEqual([]);
});

test('after a deployment every feed is there, empty ones too, and the list of them', async () => {
  const workshop = await FeedWorkshop.make();
  await syndicate(workshop.parts, everyFeed);
  const keys = await workshop.objects.list('');
  expect(keys).toHaveLength((topics.length + 2) * 3 + 1);
  expect(await titles(workshop, topic)).toEqual([]);
  expect(await workshop.text('feeds/feeds.opml')).toContain(
    'xmlUrl="https://portal.example/feeds/hinweise.rss"',
  );
});

test('an announcement has one entry per phase that has begun, in every feed', async () => {
  const workshop = await FeedWorkshop.make();
  await workshop.publish({ topics: [topic] });
  await workshop.announce(
    seedRelaunch({
      phases: {
        advance: { begunAt: '2022-04-01T10:00:00.000Z' },
        freeze: { begunAt: '2022-04-28T22:00:00.000Z' },
      },
    }),
  );
  await workshop.deliver();
  for (const slug of [topic, 'alle', 'jugendarbeit']) {
    const { items } = await readJson(workshop, `feeds/${slug}.json`);
    const notices = items.filter(({ id }) => id.includes(':hinweis/'));
    expect(notices.map(({ id }) => id.split('/').at(-1))).toEqual(['freeze', 'advance']);
  }
  expect(await titles(workshop, 'hinweise')).toHaveLength(2);
  expect(await titles(workshop, topic)).toHaveLength(3);
});

test('feeds are written for what they show of an announcement, and not for its mails', async () => {
  const workshop = await FeedWorkshop.make();
  await workshop.publish({ topics: [topic] });
  await syndicate(workshop.parts, everyFeed);
  const steps: [what: string, changes: Partial<Announcement>, isWritten: boolean][] = [
    ['a second person approves it', { approvals: [{ at: '2022-04-01T09:00:00.000Z', by: 'ben' }] }, false],
    ['its phase begins', { phases: { advance: { begunAt: '2022-04-01T10:00:00.000Z' } } }, true],
    [
      'its mails start',
      {
        phases: {
          advance: {
            begunAt: '2022-04-01T10:00:00.000Z',
            mail: 'starting',
            mailAt: '2022-04-01T10:00:00.000Z',
          },
        },
      },
      false,
    ],
    [
      'its mails are sent',
      {
        phases: {
          advance: { begunAt: '2022-04-01T10:00:00.000Z', mail: 'sent', mailAt: '2022-04-01T10:00:00.000Z' },
        },
      },
      false,
    ],
    ['it is worded anew', { text: 'Ein anderer Text.' }, true],
    ['it is withdrawn', { withdrawn: { at: '2022-04-02T10:00:00.000Z', by: 'anna', told: true } }, false],
    ['it is long over', { retiredAt: '2022-06-01T10:00:00.000Z' }, true],
  ];
  let announcement: Announcement = seedRelaunch({ phases: {}, version: 1 });
  await workshop.announce(announcement);
  expect(await workshop.deliver()).toEqual([]);
  for (const [what, changes, isWritten] of steps) {
    announcement = { ...announcement, ...changes, version: announcement.version + 1 } as Announcement;
    await workshop.rewrite(announcement);
    const written = await workshop.deliver();
    expect([what, written.length > 0]).toEqual([what, isWritten]);
    expect(await workshop.everything()).toEqual(await workshop.madeAnew());
  }
});

test('an announcement that was withdrawn before its mails went out leaves the feeds', async () => {
  const workshop = await FeedWorkshop.make();
  const begun = seedRelaunch({ phases: { advance: { begunAt: '2022-04-01T10:00:00.000Z' } }, version: 1 });
  await workshop.announce(begun);
  await workshop.deliver();
  expect(await titles(workshop, 'hinweise')).toHaveLength(1);
  const withdrawn = { at: '2022-04-01T10:00:30.000Z', by: 'anna', told: false };
  await workshop.rewrite({ ...begun, withdrawn, version: 2 });
  await workshop.deliver();
  expect(await titles(workshop, 'hinweise')).toEqual([]);
});

describe('rights', () => {
  const release = {
    topics: [topic],
    body: { html: '<p>Der ganze Text</p>', text: 'Der ganze Text' },
    image: { url: 'https://land.example/a.jpg', alt: 'Ein Bild', credit: 'dpa' },
  };

  test.each([
    ['sachsen', true],
    ['land', false],
    ['never-defined', false],
  ])('of source %s decide over text and image', async (sourceId, shown) => {
    const workshop = await FeedWorkshop.make();
    await workshop.publish({ ...release, sourceId });
    await workshop.deliver();
    for (const format of ['rss', 'atom', 'json']) {
      const text = await workshop.text(`feeds/${topic}.${format}`);
      expect(text?.includes('Der ganze Text')).toBe(shown);
      expect(text?.includes('https://land.example/a.jpg')).toBe(shown);
      expect(text).toContain('Quelle: ');
    }
  });

  test('never show an image without its credit', async () => {
    const workshop = await FeedWorkshop.make();
    await workshop.publish({ ...release, sourceId: 'sachsen', image: { ...release.image, credit: ' ' } });
    await workshop.deliver();
    expect(await workshop.text(`feeds/${topic}.rss`)).not.toContain('a.jpg');
  });
});

describe('the archive', () => {
  test('leads back to the first article, each once, in the order of the log', async () => {
    const workshop = await FeedWorkshop.make();
    const count = portal.feedEntries + 3 * feeds.archiveSpan + 7;
    for (let number = 1; number <= count; number++) {
      await workshop.publish({ topics: [number % 4 === 0 ? topic : 'jugendarbeit'] });
      if (number % 9 === 0) await workshop.deliver();
    }
    await workshop.deliver();
    const all = Array.from({ length: count }, (_, index) => count - index);
    expect(await walk(workshop, 'alle')).toEqual(all.map((number) => `Meldung ${number}`));
    expect(await walk(workshop, topic)).toEqual(
      all.filter((number) => number % 4 === 0).map((number) => `Meldung ${number}`),
    );
  });

  test('stays as it is while articles are published', async () => {
    const workshop = await FeedWorkshop.make();
    for (let number = 1; number <= 160; number++) await workshop.publish({ topics: [topic] });
    await workshop.deliver();
    const page = await workshop.text('feeds/archiv/alle-0.atom');
    for (let number = 1; number <= 30; number++) await workshop.publish({ topics: [topic] });
    const written = await workshop.deliver();
    expect(written).not.toContain('feeds/archiv/alle-0.atom');
    expect(await workshop.text('feeds/archiv/alle-0.atom')).toBe(page);
  });
});

describe('what is archived', () => {
  test('comes back into the feed when articles leave it, and its page goes', async () => {
    const workshop = await FeedWorkshop.make();
    await syndicate(workshop.parts, everyFeed);
    const ids: string[] = [];
    for (let number = 1; number <= 101; number++) ids.push((await workshop.publish({ topics: [topic] })).id);
    await workshop.deliver();
    expect(await workshop.text('feeds/archiv/alle-0.atom')).toBeDefined();
    for (const id of ids.slice(60, 63)) await workshop.withdraw(id);
    await workshop.deliver();
    expect(await workshop.text('feeds/archiv/alle-0.atom')).toBeUndefined();
    expect(await workshop.everything()).toEqual(await workshop.madeAnew());
  });

  test('links past a page whose only article was withdrawn', async () => {
    const workshop = await FeedWorkshop.make();
    await syndicate(workshop.parts, everyFeed);
    const ids: string[] = [];
    for (let number = 1; number <= 250; number++) {
      const inTopic = number <= 10 || number === 75 || number > 110;
      ids.push((await workshop.publish({ topics: [inTopic ? topic : 'jugendarbeit'] })).id);
    }
    await workshop.deliver();
    expect(await workshop.text(`feeds/archiv/${topic}-2.atom`)).toContain(`/archiv/${topic}-1.atom`);
    await workshop.withdraw(ids[74] ?? '');
    await workshop.deliver();
    expect(await workshop.text(`feeds/archiv/${topic}-2.atom`)).toContain(`/archiv/${topic}-0.atom`);
    expect(await workshop.everything()).toEqual(await workshop.madeAnew());
  });
});

/** What editors and ministries do, in any order and in batches of any size; some records come twice, some late. */
type Step =
  | { do: 'publish'; topic: number; burst: number }
  | { do: 'withdraw' | 'correct'; which: number }
  | { do: 'move'; which: number; topic: number }
  | { do: 'deliver'; twice: boolean };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('publish' as const), topic: fc.nat(2), burst: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom<('withdraw' | 'correct')[]>('withdraw', 'correct'), which: fc.nat(1000) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), which: fc.nat(1000), topic: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), twice: fc.boolean() }) },
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
); // prettier-ignore

test('whatever happens, the objects are byte for byte those of a rebuild', async () => {
  const slugs = [topic, 'jugendarbeit', 'beteiligung'];
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const workshop = await FeedWorkshop.make();
      await syndicate(workshop.parts, everyFeed);
      const ids: string[] = [];
      for (const step of plan) {
        if (step.do === 'publish') {
          for (let count = 0; count < step.burst; count++) {
            ids.push((await workshop.publish({ topics: [slugs[step.topic] ?? topic] })).id);
          }
        } else if (step.do === 'deliver') {
          const records = workshop.take();
          await workshop.deliver(records);
          if (step.twice) await workshop.deliver(records.toReversed());
        } else {
          const id = ids[step.which % Math.max(1, ids.length)];
          if (id === undefined || (await workshop.article(id)).status === 'withdrawn') continue;
          if (step.do === 'move') await workshop.revise(id, { topics: [slugs[step.topic] ?? topic] });
          else if (step.do === 'correct') await workshop.revise(id, { lead: 'Berichtigt.' });
          else await workshop.withdraw(id);
        }
      }
      await workshop.deliver();
      const expected = await workshop.madeAnew();
      const actual = await workshop.everything();
      expect([...actual.keys()]).toEqual([...expected.keys()]);
      for (const [key, text] of expected) expect(actual.get(key)).toBe(text);
    }),
    { numRuns: 8 },
  );
}, 30_000);

test('a rebuild over what is right writes nothing, and takes away what should not be there', async () => {
  const workshop = await FeedWorkshop.make();
  for (let number = 1; number <= 160; number++) await workshop.publish({ topics: [topic] });
  await workshop.deliver();
  await syndicate(workshop.parts, everyFeed);
  await workshop.objects.put('feeds/archiv/alle-99.rss', Buffer.from('old'), {
    contentType: 'application/rss+xml',
  });
  expect(await rebuildFeeds(workshop.parts)).toEqual([]);
  expect(await workshop.text('feeds/archiv/alle-99.rss')).toBeUndefined();
  expect(await workshop.text('feeds/archiv/alle-1.rss')).toBeDefined();
});

test('a writer that read earlier can’t undo one that read later', async () => {
  const workshop = await FeedWorkshop.make();
  await workshop.publish({ topics: [topic] });
  await workshop.deliver();
  await workshop.publish({ topics: [topic] });
  // A reader of the log that stops, until another function has gone all the way.
  let overtaken = false;
  const slow = {
    ...workshop.parts,
    articles: {
      getMany: (ids: readonly string[]) => workshop.articles.getMany(ids),
      listPublishedBetween: workshop.articles.listPublishedBetween.bind(workshop.articles),
      listNewest: async (slug: string, limit: number, before?: number) => {
        const read = await workshop.articles.listNewest(slug, limit, before);
        if (!overtaken) {
          overtaken = true;
          await workshop.publish({ topics: [topic] });
          await workshop.deliver();
        }
        return read;
      },
    },
  };
  await syndicate(slow, { topics: new Map([[topic, { touched: new Set(), left: 0 }]]), everyFeed: false });
  expect(await titles(workshop, topic)).toEqual(['Meldung 3', 'Meldung 2', 'Meldung 1']);
});

test('moving the portal to another address keeps every id the same', async () => {
  const workshop = await FeedWorkshop.make();
  for (let number = 1; number <= 120; number++) await workshop.publish({ topics: [topic] });
  await workshop.announce(seedRelaunch({ phases: { advance: { begunAt: '2022-04-01T10:00:00.000Z' } } }));
  const here = await workshop.madeAnew();
  const there = await workshop.madeAnew(new URL('http://neues-portal.example:8080/unter/pfad/'));
  expect([...there.keys()]).toEqual([...here.keys()]);
  const idsOf = (text: string): string[] =>
    [...text.matchAll(/<guid[^>]*>([^<]*)<|<id>([^<]*)<|"id": "([^"]*)"/gu)].map(
      ([, rss, atom, json]) => rss ?? atom ?? json ?? '',
    );
  let ids = 0;
  for (const [key, text] of here) {
    expect(idsOf(there.get(key) ?? '')).toEqual(idsOf(text));
    for (const id of idsOf(text)) expect(id).toMatch(/^tag:portal-jugendhilfe\.example,2026-01-01:/u);
    ids += idsOf(text).length;
  }
  expect(ids).toBeGreaterThan(700);
});
