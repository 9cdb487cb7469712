import { topics } from '../../config/topics.ts';
import type { Article } from '../../functions/articles/article.ts';
import { digestId } from '../../functions/platform/ids.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { anArticle } from '../../test/support/articles.ts';
import type { Row } from '../support/filled-dynamodb.ts';

/** As in production (`config/stages.ts`). */
export const shards = 16;

/** Twenty topics: those of the portal, and as many more as it takes. */
export const topicSlugs = Array.from({ length: 20 }, (_, index) => topics[index]?.slug ?? `thema-${index}`);

/** Articles of one day's digest. */
export const perDay = 24;

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Of the same index always the same, and evenly spread: murmur3's last step. */
function hash(index: number): number {
  let h = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Made from an index, so that nobody needs to be kept in memory: its first ten bits are the shard and noise. */
export function sidAt(index: number): string {
  const first = (index % shards) * (1024 / shards) + (hash(index) % (1024 / shards));
  let sid = (alphabet[first >> 5] ?? '') + (alphabet[first & 31] ?? '');
  for (let rest = index; sid.length < 26; rest = Math.floor(rest / 32)) sid += alphabet[rest % 32] ?? '';
  return sid;
}

export function indexOf(sid: string): number {
  let index = 0;
  for (let place = 25; place >= 2; place--) index = index * 32 + alphabet.indexOf(sid.charAt(place));
  return index;
}

/** Three in ten want everything, the others one to four topics, of which some are wanted much more than others. */
function choiceAt(index: number): 'alle' | string[] {
  const h = hash(index + 1);
  if (h % 10 < 3) return 'alle';
  const wanted = Array.from({ length: 1 + (h % 4) }, (_, place) => {
    const even = hash(index * 8 + place) / 2 ** 32;
    return topicSlugs[Math.floor(even * even * topicSlugs.length)] ?? '';
  });
  return [...new Set(wanted)].sort();
}

export const subscriberAt = (index: number): Subscriber => ({
  sid: sidAt(index),
  address: `vorname.nachname.${index}@jugendamt.example`,
  state: 'confirmed',
  subscriptions: [{ cadence: 'daily', topics: choiceAt(index), since: 0 }],
  announcements: true,
  requestedAt: '2026-04-01T06:00:00.000Z',
  confirmedAt: '2026-04-01T06:05:00.000Z',
  version: 2,
});

/** Rows as `DynamoDbSubscriberStore` writes them, without the consent ledger, which no digest reads. */
export function* subscriberRows(count: number): Iterable<Row> {
  for (let index = 0; index < count; index++) {
    yield { pk: `S#${index % shards}`, ...withSk(subscriberAt(index)) };
  }
}

const withSk = (subscriber: Subscriber) => ({ sk: subscriber.sid, ...subscriber });

const sentence =
  'Das Land fördert in diesem Jahr Projekte der offenen Jugendarbeit in ländlichen Räumen; Anträge nehmen die Jugendämter entgegen. ';

/** A live article of one or two topics, with a full text of some two kilobytes. */
export function articleAt(number: number): Article {
  const at = new Date(Date.UTC(2016, 0, 1) + number * 3_600_000).toISOString();
  const chosen = [0, 1].map((place) => topicSlugs[hash(number * 2 + place) % topicSlugs.length] ?? '');
  const text = `${number}. ${sentence.repeat(8)}`;
  const { heldBecause: _heldBecause, ...article } = anArticle({
    guid: `g-${number}`,
    headline: `Meldung ${number}: Kinder und Jugendliche stärken`,
    lead: sentence,
    body: { html: `<p>${text}</p>`, text },
    topics: [...new Set(chosen)],
    firstSeenAt: at,
    updatedAt: at,
    status: 'live',
    publication: number,
    publishedAt: at,
    version: 2,
  });
  return article;
}

/** Rows as `DynamoDbArticles` writes them, but for those that only filing reads. */
export function* articleRows(count: number): Iterable<Row> {
  yield { pk: 'COUNTER#publication', sk: 'COUNTER', n: count };
  for (let number = 1; number <= count; number++) {
    const article = articleAt(number);
    yield { pk: `ARTICLE#${article.id}`, sk: 'ARTICLE', ...article };
    const [origin] = article.origins;
    yield {
      pk: `GUID#${origin?.sourceId ?? ''}#${digestId(origin?.guid ?? '')}`,
      sk: 'GUID',
      guid: origin?.guid,
      articleId: article.id,
      contentHash: article.contentHash,
    };
    for (const slug of ['alle', ...article.topics]) {
      const { publishedAt, quiet } = article;
      yield {
        pk: `TOPIC#${slug}`,
        sk: String(number).padStart(12, '0'),
        ...{ number, articleId: article.id, publishedAt, quiet },
      };
    }
  }
}
