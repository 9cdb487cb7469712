import { withdrawArticle } from '../../functions/articles/edit-article.ts';
import type { Article } from '../../functions/articles/article.ts';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbStatusChanges } from '../../functions/announcements/dynamodb-status-changes.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import type { Clock, Temporal } from '../../functions/platform/time.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { instant, seedRelaunch } from '../support/announcements/seed.ts';
import { PortalInTime, type PortalStores } from '../support/announcements/portal-in-time.ts';
import { freshTables } from '../support/tables.ts';

// The announcement that the portal once made, from 1 April to 1 June 2022, with all that happens meanwhile.

const freezeFrom = '2022-04-28T22:00:00Z';
const reopenAt = '2022-05-22T22:00:00Z';
/** The pipeline is down over the reopening. */
const outage = { from: '2022-05-22T21:00:00Z', until: '2022-05-23T06:30:00Z' };

interface Journey {
  portal: PortalInTime;
  people: Record<'daily' | 'weekly' | 'instant' | 'leaves' | 'joins' | 'unasked', Subscriber>;
  articles: Record<'corrected' | 'embargoed' | 'exempt' | 'withdrawn', string>;
  /** `alle.rss` at moments. */
  feeds: Record<string, string>;
}

async function travel(portal: PortalInTime, tickMinutes: number): Promise<Journey> {
  await portal.start();
  const with_ = (cadence: 'daily' | 'weekly' | 'instant') => ({
    subscriptions: [{ cadence, topics: 'alle' as const, since: 0 }],
  });
  const people = {
    daily: await portal.subscribe('daily@example.org', with_('daily')),
    weekly: await portal.subscribe('weekly@example.org', with_('weekly')),
    instant: await portal.subscribe('instant@example.org', with_('instant')),
    leaves: await portal.subscribe('leaves@example.org', with_('daily')),
    unasked: await portal.subscribe('unasked@example.org', { ...with_('daily'), announcements: false }),
  } as Journey['people'];
  const articles = {} as Journey['articles'];
  const feeds: Journey['feeds'] = {};
  await portal.stores.announcements.create(seedRelaunch());

  const events: Record<string, () => Promise<void>> = {
    '2022-04-27T09:00:00Z': async () => {
      articles.corrected = await portal.release('corrected');
      articles.withdrawn = await portal.release('withdrawn');
    },
    '2022-05-03T09:00:00Z': async () => {
      await portal.release('corrected', { headline: 'corrected once', contentHash: 'hash-2' });
    },
    '2022-05-04T09:00:00Z': async () => {
      await portal.release('corrected', { headline: 'corrected twice', contentHash: 'hash-3' });
    },
    '2022-05-05T09:00:00Z': async () => {
      articles.exempt = await portal.release('exempt', { sourceId: 'exempt' });
    },
    '2022-05-06T09:00:00Z': async () => {
      await withdrawArticle(portal.stores.articles, articles.withdrawn, { by: 'anna' }, portal.now());
    },
    '2022-05-08T06:00:00Z': async () => {
      await portal.syndicate();
      feeds['early'] = await portal.feed('alle.rss');
    },
    '2022-05-10T09:00:00Z': async () => {
      await portal.change(people.leaves, { state: 'left', address: '', subscriptions: [] });
    },
    '2022-05-12T09:00:00Z': async () => {
      const since = await portal.stores.articles.lastNumber();
      people.joins = await portal.subscribe('joins@example.org', {
        subscriptions: [{ cadence: 'daily', topics: 'alle', since }],
      });
    },
    '2022-05-20T09:00:00Z': async () => {
      articles.embargoed = await portal.release('embargoed', { embargoUntil: '2022-05-25T08:00:00.000Z' });
    },
    '2022-05-22T20:00:00Z': async () => {
      await portal.syndicate();
      feeds['late'] = await portal.feed('alle.rss');
    },
    '2022-05-23T10:00:00Z': async () => {
      await portal.syndicate();
      feeds['reopened'] = await portal.feed('alle.rss');
    },
  };
  const end = instant('2022-06-01T00:00:00Z');
  for (
    let at = instant('2022-04-01T10:00:00Z');
    at.toString() < end.toString();
    at = at.add({ minutes: 30 })
  ) {
    const now = at.toString();
    const isOut = outage.from <= now && now < outage.until;
    const ticks = at.epochMilliseconds % (tickMinutes * 60_000) === 0;
    if (ticks && !isOut) await portal.tickAt(at);
    else portal.waitUntil(at);
    if (now.endsWith('T07:00:00Z') && !isOut) await portal.release(`daily ${now.slice(0, 10)}`);
    await events[now]?.();
  }
  return { portal, people, articles, feeds };
}

const memory = (): PortalInTime => new PortalInTime('2022-04-01T09:00:00Z');

async function dynamoDb(): Promise<PortalInTime> {
  const { content, dispatch, subscribers } = await freshTables();
  const client = documentClient();
  const stores = (clock: Clock): PortalStores => ({
    articles: new DynamoDbArticles(client, content),
    announcements: new DynamoDbAnnouncements(client, content),
    statusChanges: new DynamoDbStatusChanges(client, content),
    subscribers: new DynamoDbSubscriberStore(client, subscribers, 2),
    runs: new DynamoDbRuns(client, { dispatch, content }, clock),
    deliveries: new DynamoDbDeliveries(client, dispatch, clock),
    paces: new DynamoDbPace(client, dispatch),
  });
  return new PortalInTime('2022-04-01T09:00:00Z', stores);
}

const settings: [name: string, open: () => PortalInTime | Promise<PortalInTime>, tickMinutes: number][] = [
  ['in memory, a tick each half hour', memory, 30],
  ['in DynamoDB, a tick each three hours', dynamoDb, 180],
];

describe.each(settings)('the relaunch of 2022, %s', (_name, open, tickMinutes) => {
  let journey: Journey;
  let published: Article[];
  beforeAll(async () => {
    journey = await travel(await open(), tickMinutes);
    const { articles } = journey.portal.stores;
    const log = await articles.listPublishedBetween('alle', 0, await articles.lastNumber());
    published = await articles.getMany(log.map(({ articleId }) => articleId));
  }, 240_000);

  const publishedAt = (guid: string): Temporal.Instant =>
    instant(published.find(({ origins }) => origins[0]?.guid === guid)?.publishedAt ?? 'never');
  const announcementsTo = (person: Subscriber): string[] =>
    journey.portal
      .runsTo(person)
      .flatMap((run) => /^announcement-relaunch-2022-04-29-(.+)$/u.exec(run)?.[1] ?? []);
  const digestsTo = (person: Subscriber): string[] =>
    journey.portal.runsTo(person).filter((run) => run.startsWith('digest-'));

  test('nothing is published inside the freeze but what is exempt from it', () => {
    const inside = published.filter(({ publishedAt: at = '' }) => freezeFrom <= at && at < reopenAt);
    expect(inside.map(({ id }) => id)).toEqual([journey.articles.exempt]);
  });

  test('everything held is published at once when the pipeline is back, in the order of its source dates', () => {
    const held = published.filter(({ firstSeenAt }) => freezeFrom <= firstSeenAt && firstSeenAt < reopenAt);
    const late = held.filter(({ id }) => id !== journey.articles.embargoed && id !== journey.articles.exempt);
    expect(late.map(({ headline }) => headline)).toEqual(
      Array.from({ length: 24 }, (_, day) => instant('2022-04-29T07:00:00Z').add({ hours: 24 * day })).map(
        (at) => `daily ${at.toString().slice(0, 10)}`,
      ),
    );
    const until = instant(outage.until);
    for (const { publishedAt: at = '' } of late) {
      expect(instant(at).since(until).total('minutes')).toBeGreaterThanOrEqual(0);
      expect(instant(at).since(until).total('minutes')).toBeLessThanOrEqual(tickMinutes + 1);
    }
  });

  test('an embargo that outlasts the freeze is kept', () => {
    const kept = publishedAt('embargoed').since(instant('2022-05-25T08:00:00Z')).total('minutes');
    expect(kept).toBeGreaterThanOrEqual(0);
    expect(kept).toBeLessThan(tickMinutes);
  });

  test('corrections wait for the reopening, and only the last of them counts', async () => {
    const corrected = await journey.portal.stores.articles.get(journey.articles.corrected);
    expect(corrected).toMatchObject({ headline: 'corrected twice', revision: 2 });
    expect(journey.feeds['late']).toContain('<title>corrected</title>');
    expect(journey.feeds['reopened']).toContain('<title>corrected twice</title>');
  });

  test('what is withdrawn goes at once', async () => {
    expect(journey.feeds['early']).not.toContain('<title>withdrawn</title>');
    expect((await journey.portal.stores.articles.get(journey.articles.withdrawn))?.status).toBe('withdrawn');
  });

  test('feeds are still during the freeze, with one entry for each phase', async () => {
    expect(journey.feeds['late']).toBe(journey.feeds['early']);
    const entries = (feed: string): number => feed.split(':hinweis/relaunch-2022-04-29/').length - 1;
    expect(entries(journey.feeds['early'] ?? '')).toBe(5);
    await journey.portal.syndicate();
    expect(entries(await journey.portal.feed('hinweise.rss'))).toBe(6);
    expect(entries(await journey.portal.feed('familie.atom'))).toBe(6);
  });

  test('everyone is told of every phase once, whatever their cadence', () => {
    const all = ['advance', 'reminder-14', 'reminder-3', 'reminder-1', 'freeze', 'reopen'];
    const { daily, weekly, instant: atOnce, leaves, joins, unasked } = journey.people;
    for (const person of [daily, weekly, atOnce]) expect(announcementsTo(person)).toEqual(all);
    expect(announcementsTo(leaves)).toEqual(all.slice(0, 5));
    expect(announcementsTo(joins)).toEqual(['reopen']);
    expect(announcementsTo(unasked)).toEqual([]);
  });

  test('digests pause, and one catches up', () => {
    const { daily, weekly, instant: atOnce, leaves, joins } = journey.people;
    const day = (run: string): string => /\d{4}-\d\d-\d\d$/u.exec(run)?.[0] ?? '';
    const inside = digestsTo(daily).filter((run) => '2022-04-29' <= day(run) && day(run) < '2022-05-23');
    expect(inside).toEqual([]);
    expect(digestsTo(daily)).toContain('digest-daily-2022-05-23');
    expect(digestsTo(joins)[0]).toBe('digest-daily-2022-05-23');
    expect(digestsTo(weekly).filter((run) => day(run) >= '2022-04-29')).toEqual([
      'digest-weekly-2022-05-23',
      'digest-weekly-2022-05-30',
    ]);
    expect(digestsTo(leaves).filter((run) => day(run) >= '2022-04-29')).toEqual([]);
    const mails = journey.portal.mailer
      .sentTo(atOnce.address)
      .filter(({ tags }) => tags['run']?.startsWith('digest-'));
    expect(new Set(mails.map(({ tags }) => tags['run'])).size).toBe(mails.length);
  });

  test('every run closed with a certificate that adds up', async () => {
    const { runs } = journey.portal.stores;
    expect(await runs.listOpen()).toEqual([]);
    const closed = await runs.listClosed(500);
    expect(closed.filter(({ kind }) => kind === 'announcement')).toHaveLength(6);
    expect(closed.every(({ certificate }) => certificate !== undefined)).toBe(true);
  });

  test('the CMS is told: planned, frozen, open again', () => {
    expect(journey.portal.toldCms.map(({ status }) => [status.state, status.until])).toEqual([
      ['open', '2022-04-28T22:00:00.000Z'],
      ['frozen', '2022-05-22T22:00:00.000Z'],
      ['open', null],
    ]);
  });
});
