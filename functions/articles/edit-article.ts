import { isoMillis, Temporal } from '../platform/time.ts';
import { Retry } from '../platform/errors.ts';
import type { Article, EditorAct } from './article.ts';
import type { ArticleStore, PublicationLog } from './article-store.ts';
import { corrected } from './file-release.ts';

type Articles = ArticleStore & PublicationLog;

/** Who acts, and why; goes on record with the article. */
export type Actor = Omit<EditorAct, 'act' | 'at'>;

/** The article as it stands after an act, or the reason why nothing was done. */
export type Edited = { article: Article; refused?: undefined } | { article?: undefined; refused: string };

/** A writer that meets another one reads again; more meetings than this are a fault. */
const attempts = 10;

/**
 * Publishes one held article, or the correction that waits on a live one, although a freeze is on or an editor held it.
 * An embargo is the issuer's word, not ours: while it lasts, the article stays held.
 */
export async function releaseArticle(
  articles: Articles,
  id: string,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Edited> {
  const edited = await edit(articles, id, (article) => {
    const acts = onRecord(article, 'release', actor, now);
    if (article.status === 'live' && article.pendingCorrection !== undefined) {
      return { ...corrected(article, article.pendingCorrection, now), acts };
    }
    if (article.status !== 'held') return `it is ${article.status}; only what is held can be released`;
    const { heldUntil } = article;
    if (heldUntil !== undefined && Temporal.Instant.compare(Temporal.Instant.from(heldUntil), now) > 0) {
      return `its embargo lasts until ${heldUntil}; it is published then`;
    }
    // Exempt from the freeze from here on: if we stop before publishing, the clock does it.
    return { ...article, heldBecause: 'publication-pending', duringFreeze: 'publish', acts };
  });
  if (edited.article?.status !== 'held') return edited;
  await articles.publish(id, isoMillis(now));
  return { article: (await articles.get(id)) ?? edited.article };
}

/** Keeps a held article back until an editor releases it, whatever else it waits for. */
export const holdArticle = (
  articles: Articles,
  id: string,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Edited> =>
  edit(articles, id, (article) =>
    article.status === 'held'
      ? { ...article, heldBecause: 'editor', acts: onRecord(article, 'hold', actor, now) }
      : `it is ${article.status}; only what is not published yet can be held`,
  );

/** Files an article under these topics, and no later poll files it elsewhere. */
export const moveArticle = (
  articles: Articles,
  id: string,
  topics: string[],
  actor: Actor,
  now: Temporal.Instant,
): Promise<Edited> =>
  edit(articles, id, (article) =>
    article.status === 'withdrawn'
      ? 'it is withdrawn'
      : {
          ...article,
          topics,
          overrides: { ...article.overrides, topics },
          acts: onRecord(article, 'move', actor, now),
        },
  );

/** Takes an article out of feeds, pages and digests not yet sent, for good; a freeze does not keep it from going. */
export async function withdrawArticle(
  articles: Articles,
  id: string,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Edited> {
  const edited = await edit(articles, id, (article) =>
    article.status === 'withdrawn'
      ? 'it is withdrawn already'
      : { ...article, acts: onRecord(article, 'withdraw', actor, now) },
  );
  if (edited.article === undefined) return edited;
  await articles.withdraw(id, isoMillis(now));
  return { article: (await articles.get(id)) ?? edited.article };
}

const onRecord = (
  { acts = [] }: Article,
  act: EditorAct['act'],
  actor: Actor,
  now: Temporal.Instant,
): EditorAct[] => [...acts, { act, at: isoMillis(now), ...actor }];

/** Writes what `change` makes of the article, of the newest version if another writer was faster. */
async function edit(
  articles: Articles,
  id: string,
  change: (article: Article) => Article | string,
): Promise<Edited> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const article = await articles.get(id);
    if (article === undefined) return { refused: 'there is no such article' };
    const changed = change(article);
    if (typeof changed === 'string') return { refused: changed };
    const next = { ...changed, version: article.version + 1 };
    if ((await articles.revise(next, article)) === 'revised') return { article: next };
  }
  throw new Retry(`Article ${id} met other writers ${attempts} times`);
}
