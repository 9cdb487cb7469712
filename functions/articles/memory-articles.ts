import { allTopics } from '../../config/topics.ts';
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
import { copyOf } from '../platform/copy.ts';

/** Articles and their publication log in memory, for tests and simulations. */
export class MemoryArticles implements ArticleStore, PublicationLog {
  readonly #articles = new Map<string, Article>();
  /** By article, of those that wait, or whose correction does. */
  readonly #held = new Map<string, { held: Held; order: string }>();
  /** Article ids, by publication number. */
  readonly #published = new Map<number, string>();
  readonly #guids = new Map<string, Filing>();
  readonly #links = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #lastNumber = 0;

  async get(id: string): Promise<Article | undefined> {
    return copyOf(this.#articles.get(id));
  }

  async getMany(ids: readonly string[]): Promise<Article[]> {
    return ids.flatMap((id) => copyOf(this.#articles.get(id)) ?? []);
  }

  async findByGuids(sourceId: string, guids: readonly string[]): Promise<Map<string, Filing>> {
    return new Map(
      guids.flatMap((guid) => {
        const filing = this.#guids.get(guidKey(sourceId, guid));
        return filing === undefined ? [] : [[guid, { ...filing }] as const];
      }),
    );
  }

  async findByLink(link: string): Promise<string | undefined> {
    return this.#links.get(linkIdentity(link));
  }

  async findByText(content: ArticleContent): Promise<string | undefined> {
    return this.#texts.get(textIdentity(content) ?? '');
  }

  async insert(
    article: Article,
    { linkIdentifies, textIdentifies = false }: { linkIdentifies: boolean; textIdentifies?: boolean },
  ): Promise<'inserted' | 'taken'> {
    const [origin] = article.origins;
    if (origin === undefined) throw new Error(`Article ${article.id} has no origin`);
    const guid = guidKey(origin.sourceId, origin.guid);
    if (this.#articles.has(article.id) || this.#guids.has(guid)) return 'taken';
    if (linkIdentifies && this.#links.has(linkIdentity(article.link))) return 'taken';
    const text = textIdentifies ? textIdentity(article) : undefined;
    if (text !== undefined && this.#texts.has(text)) return 'taken';
    this.#keep(article);
    this.#guids.set(guid, { articleId: article.id, contentHash: hashTakenIn(article) });
    if (linkIdentifies) this.#links.set(linkIdentity(article.link), article.id);
    if (text !== undefined) this.#texts.set(text, article.id);
    return 'inserted';
  }

  async revise(next: Article, previous: Article): Promise<'revised' | 'conflict'> {
    if (this.#articles.get(next.id)?.version !== previous.version) return 'conflict';
    this.#keep(next);
    const link = linkTakenIn(next);
    if (link !== linkTakenIn(previous)) this.#links.set(linkIdentity(link), next.id);
    for (const origin of originsOfFirstSource(next)) {
      this.#guids.set(guidKey(origin.sourceId, origin.guid), {
        articleId: next.id,
        contentHash: hashTakenIn(next),
      });
    }
    return 'revised';
  }

  async addOrigin(
    article: Article,
    origin: Origin,
    contentHash: string,
  ): Promise<'added' | 'taken' | 'conflict'> {
    const guid = guidKey(origin.sourceId, origin.guid);
    if (this.#guids.has(guid)) return 'taken';
    const stored = this.#articles.get(article.id);
    if (stored?.version !== article.version) return 'conflict';
    this.#keep({ ...stored, origins: [...stored.origins, origin], version: stored.version + 1 });
    this.#guids.set(guid, { articleId: article.id, contentHash });
    return 'added';
  }

  async listHeld(): Promise<Held[]> {
    return [...this.#held.values()].sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ held }) => held);
  }

  async publish(
    articleId: string,
    at: string,
  ): Promise<{ outcome: 'published'; number: number } | { outcome: 'not-held' }> {
    const article = this.#articles.get(articleId);
    if (article?.status !== 'held') return { outcome: 'not-held' };
    this.#lastNumber += 1;
    const { heldBecause: _because, heldUntil: _until, ...rest } = article;
    this.#keep({
      ...rest,
      status: 'live',
      publication: this.#lastNumber,
      publishedAt: at,
      version: article.version + 1,
    });
    return { outcome: 'published', number: this.#lastNumber };
  }

  async withdraw(articleId: string, at: string): Promise<'withdrawn' | 'already' | 'unknown'> {
    const article = this.#articles.get(articleId);
    if (article === undefined) return 'unknown';
    if (article.status === 'withdrawn') return 'already';
    this.#keep({ ...article, status: 'withdrawn', updatedAt: at, version: article.version + 1 });
    return 'withdrawn';
  }

  async lastNumber(): Promise<number> {
    return this.#lastNumber;
  }

  async listPublishedBetween(topic: string, after: number, upTo: number): Promise<Publication[]> {
    const last = Math.min(upTo, this.#lastNumber);
    const found: Publication[] = [];
    for (let number = after + 1; number <= last; number++) found.push(...this.#publication(topic, number));
    return found;
  }

  async listNewest(topic: string, limit: number, before = Infinity): Promise<Publication[]> {
    const found: Publication[] = [];
    let number = Math.min(before - 1, this.#lastNumber);
    for (; number > 0 && found.length < limit; number--) found.push(...this.#publication(topic, number));
    return found;
  }

  #keep(article: Article): void {
    const kept = copyOf(article);
    this.#articles.set(kept.id, kept);
    const held = copyOf(heldOf(kept));
    if (held === undefined) this.#held.delete(kept.id);
    else this.#held.set(kept.id, { held, order: heldOrder(held) });
    if (kept.publication !== undefined) this.#published.set(kept.publication, kept.id);
  }

  /** One row of the log of a topic, if it is there. */
  #publication(topic: string, number: number): [Publication] | [] {
    const article = this.#articles.get(this.#published.get(number) ?? '');
    if (article?.status !== 'live' || article.publishedAt === undefined) return [];
    if (topic !== allTopics && !article.topics.includes(topic)) return [];
    const { id: articleId, publishedAt, quiet } = article;
    return [{ number, articleId, publishedAt, quiet }];
  }
}

const guidKey = (sourceId: string, guid: string): string => JSON.stringify([sourceId, guid]);
