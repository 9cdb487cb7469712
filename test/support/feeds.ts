import type { DynamoDBRecord } from 'aws-lambda';
import type { Announcement } from '../../functions/announcements/announcement.ts';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import type { Article } from '../../functions/articles/article.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { MemorySources } from '../../functions/sources/memory-sources.ts';
import { changesOf } from '../../functions/syndicate/content-changes.ts';
import { rebuildFeeds, syndicate, type SyndicateParts } from '../../functions/syndicate/syndicate.ts';
import { anArticle } from './articles.ts';
import { sampleSources } from './sample-articles.ts';
import { imageOf } from './stream-images.ts';

const silent = () => undefined;
export const silentLog = { debug: silent, info: silent, warn: silent, error: silent };

/** A portal's feeds in memory: what happens to articles reaches them as the table's stream would bring it. */
export class FeedWorkshop {
  readonly articles = new MemoryArticles();
  readonly announcements = new MemoryAnnouncements();
  readonly sources = new MemorySources();
  readonly objects = new MemoryObjectStore();
  readonly parts: SyndicateParts;
  #stream: DynamoDBRecord[] = [];
  #published = 0;

  constructor(baseUrl = 'https://portal.example') {
    this.parts = {
      articles: this.articles,
      announcements: this.announcements,
      sources: this.sources,
      objects: this.objects,
      baseUrl: new URL(baseUrl),
      log: silentLog,
    };
  }

  static async make(baseUrl?: string): Promise<FeedWorkshop> {
    const workshop = new FeedWorkshop(baseUrl);
    await workshop.sources.define(sampleSources, '2026-01-01T00:00:00.000Z');
    return workshop;
  }

  /** Publishes one article, a minute after the last. */
  async publish(overrides: Parameters<typeof anArticle>[0] = {}): Promise<Article> {
    this.#published += 1;
    const at = new Date(Date.UTC(2026, 2, 1, 8, this.#published)).toISOString();
    const held = anArticle({
      guid: `g-${this.#published}`,
      headline: `Meldung ${this.#published}`,
      firstSeenAt: at,
      updatedAt: at,
      ...overrides,
    });
    await this.articles.insert(held, { linkIdentifies: true });
    await this.articles.publish(held.id, at);
    return this.#recorded(held.id, held);
  }

  /** Writes changes over an article, as a correction or an editor does. */
  async revise(id: string, changes: Partial<Article>): Promise<Article> {
    const before = await this.article(id);
    await this.articles.revise({ ...before, ...changes, version: before.version + 1 }, before);
    return this.#recorded(id, before);
  }

  async withdraw(id: string): Promise<void> {
    const before = await this.article(id);
    await this.articles.withdraw(id, '2026-04-01T00:00:00.000Z');
    await this.#recorded(id, before);
  }

  async announce(announcement: Announcement): Promise<void> {
    await this.announcements.create(announcement);
    const Keys = { pk: { S: 'ANNOUNCEMENT' }, sk: { S: announcement.id } };
    this.#stream.push({ dynamodb: { Keys, NewImage: imageOf(announcement) } });
  }

  /** Writes an announcement anew, as the clock or an editor does. */
  async rewrite(next: Announcement): Promise<void> {
    const before = await this.announcements.get(next.id);
    if (before === undefined || (await this.announcements.update(next)) === 'conflict')
      throw new Error(`${next.id} is not there in version ${next.version - 1}`);
    const Keys = { pk: { S: 'ANNOUNCEMENT' }, sk: { S: next.id } };
    this.#stream.push({ dynamodb: { Keys, OldImage: imageOf(before), NewImage: imageOf(next) } });
  }

  /** The stream records since they were last taken. */
  take(): DynamoDBRecord[] {
    const records = this.#stream;
    this.#stream = [];
    return records;
  }

  /** Hands the records on in one batch. */
  deliver(records = this.take()): Promise<readonly string[]> {
    return syndicate(this.parts, changesOf(records));
  }

  async text(key: string): Promise<string | undefined> {
    const object = await this.objects.get(key);
    return object === undefined ? undefined : Buffer.from(object.body).toString();
  }

  /** All objects, by key. */
  async everything(): Promise<Map<string, string>> {
    const keys = await this.objects.list('');
    return new Map(await Promise.all(keys.map(async (key) => [key, (await this.text(key)) ?? ''] as const)));
  }

  /** The same, made anew from the stores in an empty bucket. */
  async madeAnew(baseUrl = this.parts.baseUrl): Promise<Map<string, string>> {
    const other = new FeedWorkshop();
    await rebuildFeeds({ ...this.parts, objects: other.objects, baseUrl });
    return other.everything();
  }

  async article(id: string): Promise<Article> {
    const article = await this.articles.get(id);
    if (article === undefined) throw new Error(`There is no article ${id}`);
    return article;
  }

  async #recorded(id: string, before: Article): Promise<Article> {
    const after = await this.article(id);
    this.#stream.push(recordOf(before, after));
    return after;
  }
}

/** What the content table's stream says of a change, as far as anyone reads it. */
const recordOf = (before: Article, after: Article): DynamoDBRecord => ({
  dynamodb: {
    Keys: { pk: { S: `ARTICLE#${after.id}` }, sk: { S: 'ARTICLE' } },
    OldImage: imageOf(before),
    NewImage: imageOf(after),
  },
});
