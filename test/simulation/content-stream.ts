import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { AnnouncementStore } from '../../functions/announcements/announcement-store.ts';
import type { Announcement } from '../../functions/announcements/announcement.ts';
import type { Article, ArticleContent, Origin } from '../../functions/articles/article.ts';
import type {
  ArticleStore,
  Filing,
  Held,
  Publication,
  PublicationLog,
} from '../../functions/articles/article-store.ts';
import { imageOf } from '../support/stream-images.ts';
import type { Cloud, FunctionDefinition } from './cloud.ts';
import { second } from './engine.ts';
import type { Random } from './random.ts';

/**
 * The content table's stream and its event source: in the order of the writes, late, a batch again when it failed, and
 * in halves when it fails again; given up after ten attempts, for someone to rebuild the feeds.
 */
export class ContentStream {
  /** Batches that were given up. */
  dead = 0;
  /** A broken part of the self-test: loses records. */
  loses: (record: DynamoDBRecord) => boolean = () => false;
  readonly #cloud: Cloud;
  readonly #random: Random;
  readonly #consumer: FunctionDefinition<Partial<DynamoDBStreamEvent>, void>;
  readonly #records: DynamoDBRecord[] = [];
  #busy = false;

  constructor(
    cloud: Cloud,
    random: Random,
    consumer: FunctionDefinition<Partial<DynamoDBStreamEvent>, void>,
  ) {
    this.#cloud = cloud;
    this.#random = random;
    this.#consumer = consumer;
  }

  get isDrained(): boolean {
    return this.#records.length === 0 && !this.#busy;
  }

  write(pk: string, before: object | undefined, after: object | undefined): void {
    const record: DynamoDBRecord = {
      dynamodb: {
        Keys: { pk: { S: pk } },
        ...(before !== undefined && { OldImage: imageOf(before) }),
        ...(after !== undefined && { NewImage: imageOf(after) }),
      },
    };
    if (!this.loses(record)) this.#records.push(record);
    this.#poll();
  }

  #poll(): void {
    if (this.#busy || this.#records.length === 0) return;
    this.#busy = true;
    const random = this.#random;
    const lagMs = random.chance(0.02) ? random.between(5 * second, 90 * second) : random.between(200, 5000);
    this.#cloud.engine.after(lagMs, () => this.#handle(this.#records.splice(0, 500), 0));
  }

  #handle(records: DynamoDBRecord[], attempt: number): void {
    const { engine, tally, weather } = this.#cloud;
    this.#cloud.invoke(this.#consumer, { Records: records }, (ended) => {
      if (ended.how === 'done') {
        if (this.#random.chance(weather.faultRate)) {
          tally.add('stream records received again');
          engine.after(1, () => this.#handle(records, attempt));
          return;
        }
        this.#busy = false;
        this.#poll();
        return;
      }
      if (attempt >= 10) {
        this.dead += 1;
        tally.add('stream batches given up');
        this.#busy = false;
        this.#poll();
        return;
      }
      engine.after(2 ** attempt * second, () => this.#handle(records, attempt + 1));
    });
  }
}

/** Articles whose writes go through the stream. */
export class StreamedArticles implements ArticleStore, PublicationLog {
  /** Told of every write, before the next one can happen. */
  onWrite: (before: Article | undefined, after: Article | undefined) => void = () => undefined;
  readonly #inner: ArticleStore & PublicationLog;
  readonly #stream: ContentStream;

  constructor(inner: ArticleStore & PublicationLog, stream: ContentStream) {
    this.#inner = inner;
    this.#stream = stream;
  }

  get(id: string): Promise<Article | undefined> {
    return this.#inner.get(id);
  }
  getMany(ids: readonly string[]): Promise<Article[]> {
    return this.#inner.getMany(ids);
  }
  findByGuids(sourceId: string, guids: readonly string[]): Promise<Map<string, Filing>> {
    return this.#inner.findByGuids(sourceId, guids);
  }
  findByLink(link: string): Promise<string | undefined> {
    return this.#inner.findByLink(link);
  }
  findByText(content: ArticleContent): Promise<string | undefined> {
    return this.#inner.findByText(content);
  }
  insert(article: Article, options: Parameters<ArticleStore['insert']>[1]): Promise<'inserted' | 'taken'> {
    return this.#written(article.id, () => this.#inner.insert(article, options));
  }
  revise(next: Article, previous: Article): Promise<'revised' | 'conflict'> {
    return this.#written(next.id, () => this.#inner.revise(next, previous));
  }
  addOrigin(article: Article, origin: Origin, hash: string): Promise<'added' | 'taken' | 'conflict'> {
    return this.#written(article.id, () => this.#inner.addOrigin(article, origin, hash));
  }
  listHeld(): Promise<Held[]> {
    return this.#inner.listHeld();
  }
  publish(id: string, at: string): ReturnType<PublicationLog['publish']> {
    return this.#written(id, () => this.#inner.publish(id, at));
  }
  withdraw(id: string, at: string): Promise<'withdrawn' | 'already' | 'unknown'> {
    return this.#written(id, () => this.#inner.withdraw(id, at));
  }
  lastNumber(): Promise<number> {
    return this.#inner.lastNumber();
  }
  listPublishedBetween(topic: string, after: number, upTo: number): Promise<Publication[]> {
    return this.#inner.listPublishedBetween(topic, after, upTo);
  }
  listNewest(topic: string, limit: number, before?: number): Promise<Publication[]> {
    return this.#inner.listNewest(topic, limit, before);
  }

  async #written<R>(id: string, write: () => Promise<R>): Promise<R> {
    const before = await this.#inner.get(id);
    const result = await write();
    const after = await this.#inner.get(id);
    if (before?.version !== after?.version) {
      this.#stream.write(`ARTICLE#${id}`, before, after);
      this.onWrite(before, after);
    }
    return result;
  }
}

/** Announcements whose writes go through the stream. */
export class StreamedAnnouncements implements AnnouncementStore {
  readonly #inner: AnnouncementStore;
  readonly #stream: ContentStream;

  constructor(inner: AnnouncementStore, stream: ContentStream) {
    this.#inner = inner;
    this.#stream = stream;
  }

  list(): Promise<Announcement[]> {
    return this.#inner.list();
  }
  get(id: string): Promise<Announcement | undefined> {
    return this.#inner.get(id);
  }
  async create(announcement: Announcement): Promise<'created' | 'taken'> {
    const result = await this.#inner.create(announcement);
    if (result === 'created') this.#stream.write('ANNOUNCEMENT', undefined, announcement);
    return result;
  }
  async update(next: Announcement): Promise<'updated' | 'conflict'> {
    const before = await this.#inner.get(next.id);
    const result = await this.#inner.update(next);
    if (result === 'updated') this.#stream.write('ANNOUNCEMENT', before, next);
    return result;
  }
}
