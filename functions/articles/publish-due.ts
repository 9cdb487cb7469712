import { isoMillis, msOf, type Temporal } from '../platform/time.ts';
import type { ArticleStore, Held, PublicationLog } from './article-store.ts';
import { corrected } from './file-release.ts';

/** Publications that one call makes at most, so that it ends well within a function's time. */
const chunk = 200;

export interface PublishedDue {
  published: number;
  corrected: number;
  /** More is due than one call publishes: call again before anything counts on the log being complete. */
  more: boolean;
}

/** May what is held be published now? An editor's hold only ends by an editor. */
export function isDue(held: Held, at: Temporal.Instant, frozen: boolean): boolean {
  if (held.because === 'editor') return false;
  if (frozen && held.duringFreeze === 'hold') return false;
  return held.until === undefined || msOf(held.until) <= at.epochMilliseconds;
}

/**
 * Publishes what is held and due, in the order of `sourceDate`: after a freeze, after an embargo, or after a crash
 * between storing and publishing. Corrections that a freeze kept back come with it.
 */
export async function publishDue(
  articles: ArticleStore & PublicationLog,
  at: Temporal.Instant,
  frozen: boolean,
): Promise<PublishedDue> {
  const due = (await articles.listHeld()).filter((held) => isDue(held, at, frozen));
  const done: PublishedDue = { published: 0, corrected: 0, more: due.length > chunk };
  for (const held of due.slice(0, chunk)) {
    if (held.correction) {
      if (await applyCorrection(articles, held.articleId, at)) done.corrected += 1;
    } else {
      const { outcome } = await articles.publish(held.articleId, isoMillis(at));
      if (outcome === 'published') done.published += 1;
    }
  }
  return done;
}

async function applyCorrection(
  articles: ArticleStore,
  articleId: string,
  at: Temporal.Instant,
): Promise<boolean> {
  for (;;) {
    const article = await articles.get(articleId);
    if (article?.pendingCorrection === undefined) return false;
    if ((await articles.revise(corrected(article, article.pendingCorrection, at), article)) === 'revised')
      return true;
  }
}
