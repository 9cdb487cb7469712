import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { allTopics } from '../../config/topics.ts';
import { batchGet } from '../platform/dynamodb-batch-get.ts';
import { digestId } from '../platform/ids.ts';
import { originsOfFirstSource, type Article, type ArticleContent, type Origin } from './article.ts';
import {
  hashTakenIn,
  linkTakenIn,
  heldOf,
  heldOrder,
  type ArticleStore,
  type Filing,
  type Held,
  type Publication,
  type PublicationLog,
} from './article-store.ts';
import { linkIdentity } from './link-identity.ts';
import { textIdentity } from './text-identity.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

type Condition = Pick<
  NonNullable<Write['Put']>,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Two publications at once meet at the counter; one of them tries again. Enough for hundreds of writers. */
const publishAttempts = 100;

/**
 * Articles and their publication log in the content table:
 *
 * | pk | sk | |
 * |---|---|---|
 * | `ARTICLE#<id>` | `ARTICLE` | the article |
 * | `GUID#<source>#<hash>` | `GUID` | article id, hash of the content last taken in |
 * | `LINK#<hash>` | `LINK` | article id |
 * | `TEXT#<hash>` | `TEXT` | article id |
 * | `HELD` | `<source moment>#<id>` | what waits |
 * | `TOPIC#<slug>` | publication number, 12 digits | article id; `TOPIC#alle` is the whole log |
 * | `COUNTER#publication` | `COUNTER` | the last number |
 *
 * All reads are strongly consistent: a feed written from a stale read would stay wrong until the next change.
 */
export class DynamoDbArticles implements ArticleStore, PublicationLog {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(id: string): Promise<Article | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: articleKey(id), ConsistentRead: true }),
    );
    return row === undefined ? undefined : articleOf(row);
  }

  async getMany(ids: readonly string[]): Promise<Article[]> {
    const rows = await batchGet(this.#client, this.#table, [...new Set(ids)].map(articleKey));
    const byId = new Map(rows.map((row) => [row['id'], articleOf(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async findByGuids(sourceId: string, guids: readonly string[]): Promise<Map<string, Filing>> {
    const keys = [...new Set(guids)].map((guid) => guidKey(sourceId, guid));
    const rows = await batchGet(this.#client, this.#table, keys);
    return new Map(
      rows.map((row) => [
        row['guid'] as string,
        { articleId: row['articleId'] as string, contentHash: row['contentHash'] as string },
      ]),
    );
  }

  async findByLink(link: string): Promise<string | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: linkKey(link), ConsistentRead: true }),
    );
    return row?.['articleId'] as string | undefined;
  }

  async findByText(content: ArticleContent): Promise<string | undefined> {
    const identity = textIdentity(content);
    if (identity === undefined) return undefined;
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: textKey(identity), ConsistentRead: true }),
    );
    return row?.['articleId'] as string | undefined;
  }

  async insert(
    article: Article,
    { linkIdentifies, textIdentifies = false }: { linkIdentifies: boolean; textIdentifies?: boolean },
  ): Promise<'inserted' | 'taken'> {
    const [origin] = article.origins;
    if (origin === undefined) throw new Error(`Article ${article.id} has no origin`);
    const free = { ConditionExpression: 'attribute_not_exists(pk)' };
    const writes: Write[] = [
      this.#put({ ...articleKey(article.id), ...article }, free),
      this.#put(guidRow(origin, article.id, hashTakenIn(article)), free),
      ...this.#heldWrites(undefined, article),
    ];
    if (linkIdentifies) writes.push(this.#put({ ...linkKey(article.link), articleId: article.id }, free));
    const text = textIdentifies ? textIdentity(article) : undefined;
    if (text !== undefined) writes.push(this.#put({ ...textKey(text), articleId: article.id }, free));
    return (await this.#transact(writes)) === 'done' ? 'inserted' : 'taken';
  }

  async revise(next: Article, previous: Article): Promise<'revised' | 'conflict'> {
    const writes: Write[] = [
      this.#put({ ...articleKey(next.id), ...next }, onVersion(previous.version)),
      ...this.#heldWrites(previous, next),
      ...this.#topicWrites(previous, next),
    ];
    const link = linkTakenIn(next);
    if (link !== linkTakenIn(previous)) writes.push(this.#put({ ...linkKey(link), articleId: next.id }));
    if (hashTakenIn(next) !== hashTakenIn(previous)) {
      for (const origin of originsOfFirstSource(next)) {
        writes.push(this.#put(guidRow(origin, next.id, hashTakenIn(next))));
      }
    }
    return (await this.#transact(writes)) === 'done' ? 'revised' : 'conflict';
  }

  async addOrigin(
    article: Article,
    origin: Origin,
    contentHash: string,
  ): Promise<'added' | 'taken' | 'conflict'> {
    const origins = [...article.origins, origin];
    const result = await this.#transact([
      this.#put(guidRow(origin, article.id, contentHash), {
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      this.#update(articleKey(article.id), 'SET origins = :origins, #version = :next', {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ':origins': origins,
          ':next': article.version + 1,
          ':expected': article.version,
        },
      }),
    ]);
    if (result === 'done') return 'added';
    return result.failed[0] === true ? 'taken' : 'conflict';
  }

  async listHeld(): Promise<Held[]> {
    const rows = await this.#query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'HELD' },
    });
    return rows.map((row) => ({
      articleId: row['articleId'] as string,
      sourceDate: row['sourceDate'] as string,
      because: row['because'] as Held['because'],
      until: row['until'] as string | undefined,
      duringFreeze: row['duringFreeze'] as Held['duringFreeze'],
      correction: row['correction'] as boolean,
    }));
  }

  async publish(
    articleId: string,
    at: string,
  ): Promise<{ outcome: 'published'; number: number } | { outcome: 'not-held' }> {
    for (let attempt = 0; attempt < publishAttempts; attempt++) {
      // Writers that met at the counter come back at different moments.
      if (attempt > 0) await sleep(Math.random() * Math.min(500, 10 * 2 ** attempt));
      const held = await this.get(articleId);
      if (held?.status !== 'held') return { outcome: 'not-held' };
      const last = await this.lastNumber();
      const live: Article = {
        ...held,
        status: 'live',
        publication: last + 1,
        publishedAt: at,
        version: held.version + 1,
      };
      delete live.heldBecause;
      delete live.heldUntil;
      const result = await this.#transact([
        this.#update(counterKey, 'SET #n = :next', {
          ConditionExpression: last === 0 ? 'attribute_not_exists(#n)' : '#n = :last',
          ExpressionAttributeNames: { '#n': 'n' },
          ExpressionAttributeValues: { ':next': last + 1, ...(last > 0 && { ':last': last }) },
        }),
        this.#put({ ...articleKey(articleId), ...live }, onVersion(held.version)),
        ...this.#heldWrites(held, live),
        ...this.#topicWrites(held, live),
      ]);
      if (result === 'done') return { outcome: 'published', number: last + 1 };
    }
    throw new Error(`Article ${articleId} was not published: ${publishAttempts} attempts met another writer`);
  }

  async withdraw(articleId: string, at: string): Promise<'withdrawn' | 'already' | 'unknown'> {
    for (;;) {
      const article = await this.get(articleId);
      if (article === undefined) return 'unknown';
      if (article.status === 'withdrawn') return 'already';
      const withdrawn: Article = {
        ...article,
        status: 'withdrawn',
        updatedAt: at,
        version: article.version + 1,
      };
      if ((await this.revise(withdrawn, article)) === 'revised') return 'withdrawn';
    }
  }

  async lastNumber(): Promise<number> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: counterKey, ConsistentRead: true }),
    );
    return (row?.['n'] as number | undefined) ?? 0;
  }

  async listPublishedBetween(topic: string, after: number, upTo: number): Promise<Publication[]> {
    if (upTo <= after) return [];
    const rows = await this.#query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': topicPk(topic),
        ':first': numberSk(after + 1),
        ':last': numberSk(upTo),
      },
    });
    return rows.map(publicationOf);
  }

  async listNewest(topic: string, limit: number, before?: number): Promise<Publication[]> {
    const rows = await this.#query(
      {
        KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
        ExpressionAttributeValues: {
          ':pk': topicPk(topic),
          ...(before !== undefined && { ':before': numberSk(before) }),
        },
        ScanIndexForward: false,
      },
      limit,
    );
    return rows.map(publicationOf);
  }

  /** All rows of a query, or the first `limit`. */
  async #query(
    query: Omit<QueryCommandInput, 'TableName'>,
    limit = Infinity,
  ): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          ...query,
          TableName: this.#table,
          ConsistentRead: true,
          ExclusiveStartKey: start,
          ...(limit !== Infinity && { Limit: limit - rows.length }),
        }),
      );
      rows.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && rows.length < limit);
    return rows;
  }

  #put(row: Record<string, unknown>, condition: Condition = {}): Write {
    return { Put: { TableName: this.#table, Item: row, ...condition } };
  }

  #update(
    key: { pk: string; sk: string },
    expression: string,
    rest: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key' | 'UpdateExpression'>,
  ): Write {
    return { Update: { TableName: this.#table, Key: key, UpdateExpression: expression, ...rest } };
  }

  #delete(key: { pk: string; sk: string }): Write {
    return { Delete: { TableName: this.#table, Key: key } };
  }

  #heldWrites(previous: Article | undefined, next: Article): Write[] {
    const before = previous === undefined ? undefined : heldOf(previous);
    const after = heldOf(next);
    const writes: Write[] = [];
    if (before !== undefined && (after === undefined || heldOrder(after) !== heldOrder(before))) {
      writes.push(this.#delete({ pk: 'HELD', sk: heldOrder(before) }));
    }
    if (after !== undefined) writes.push(this.#put({ pk: 'HELD', sk: heldOrder(after), ...after }));
    return writes;
  }

  #topicWrites(previous: Article, next: Article): Write[] {
    const before = topicRows(previous);
    const after = topicRows(next);
    const gone = [...before.keys()].filter((topic) => !after.has(topic));
    const written = [...after].filter(
      ([topic, row]) => JSON.stringify(before.get(topic)) !== JSON.stringify(row),
    );
    return [
      ...gone.map((topic) =>
        this.#delete({ pk: topicPk(topic), sk: numberSk(before.get(topic)?.number ?? 0) }),
      ),
      ...written.map(([topic, row]) => this.#put({ pk: topicPk(topic), sk: numberSk(row.number), ...row })),
    ];
  }

  /**
   * @returns which writes failed their condition, by position, when the transaction was cancelled for that or for
   *   meeting another transaction; other faults throw
   */
  async #transact(writes: Write[]): Promise<'done' | { failed: boolean[] }> {
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: writes }));
      return 'done';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
      const expected = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];
      if (codes.length === 0 || codes.some((code) => !expected.includes(code))) throw error;
      return { failed: codes.map((code) => code === 'ConditionalCheckFailed') };
    }
  }
}

const counterKey = { pk: 'COUNTER#publication', sk: 'COUNTER' };
const articleKey = (id: string) => ({ pk: `ARTICLE#${id}`, sk: 'ARTICLE' });
const guidKey = (sourceId: string, guid: string) => ({
  pk: `GUID#${sourceId}#${digestId(guid)}`,
  sk: 'GUID',
});
const linkKey = (link: string) => ({ pk: `LINK#${digestId(linkIdentity(link))}`, sk: 'LINK' });
const textKey = (identity: string) => ({ pk: `TEXT#${digestId(identity)}`, sk: 'TEXT' });
const topicPk = (topic: string): string => `TOPIC#${topic}`;
const numberSk = (number: number): string => String(number).padStart(12, '0');

const guidRow = (origin: Origin, articleId: string, contentHash: string) => ({
  ...guidKey(origin.sourceId, origin.guid),
  guid: origin.guid,
  articleId,
  contentHash,
});

/** Rows exist for live articles only: one in each of its topics, and one in the whole log. */
function topicRows(article: Article): Map<string, Publication> {
  const { status, publication: number, publishedAt, quiet, id: articleId } = article;
  if (status !== 'live' || number === undefined || publishedAt === undefined) return new Map();
  const row = { number, articleId, publishedAt, quiet };
  return new Map([allTopics, ...article.topics].map((topic) => [topic, row]));
}

const onVersion = (version: number) => ({
  ConditionExpression: '#version = :expected',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':expected': version },
});

const publicationOf = (row: Record<string, unknown>): Publication => ({
  number: row['number'] as number,
  articleId: row['articleId'] as string,
  publishedAt: row['publishedAt'] as string,
  quiet: row['quiet'] as boolean,
});

function articleOf(row: Record<string, unknown>): Article {
  const { pk: _pk, sk: _sk, ...article } = row;
  return article as Record<keyof Article, unknown> as Article;
}
