import { portal } from '../../config/portal.ts';
import type { Source } from '../../config/sources.ts';
import { digestId } from '../platform/ids.ts';
import { Retry } from '../platform/errors.ts';
import { isoMillis, Temporal } from '../platform/time.ts';
import { contentOf, sourceMoment, type Article, type Origin, type PressRelease } from './article.ts';
import type { ArticleStore, Filing, PublicationLog } from './article-store.ts';

/** What the filing of a release depends on, beside the release. */
export interface FilingContext {
  at: Temporal.Instant;
  source: Source;
  /** An editorial freeze is on at `at`. */
  frozen: boolean;
  /** The source was never polled with success before. */
  firstPoll: boolean;
  /** What its GUID is filed under; the caller looks up a whole feed at once. */
  filing: Filing | undefined;
  /** False when other items of the feed, or the feed itself, have the same link: then it says nothing of identity. */
  linkIdentifies: boolean;
}

export type Filed =
  /** A new article, published at once or held. */
  | { outcome: 'stored'; articleId: string; publication: number | undefined }
  | { outcome: 'unchanged'; articleId: string }
  /** The source changed what readers see; shown now, or after the freeze. */
  | { outcome: 'corrected'; articleId: string }
  /** Known under another GUID or from another source; filed as one more origin. */
  | { outcome: 'duplicate'; articleId: string };

/** A writer that meets another one reads again; more meetings than this are a fault. */
const attempts = 10;

/**
 * Files a press release: stores it once, whatever GUIDs it comes with and from wherever, publishes it unless
 * something holds it, and takes in corrections.
 *
 * Safe to repeat: a crash at any point leaves a state from which the same call, or the clock, goes on.
 *
 * @throws Retry when other writers were faster ten times over
 */
export async function fileRelease(
  articles: ArticleStore & PublicationLog,
  release: PressRelease,
  context: FilingContext,
): Promise<Filed> {
  let filing = context.filing;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const filed =
      filing === undefined
        ? await fileUnknown(articles, release, context)
        : await fileKnown(articles, release, context, filing);
    if (filed !== 'conflict') return filed;
    filing = (await articles.findByGuids(release.sourceId, [release.guid])).get(release.guid);
  }
  throw new Retry(`Release ${release.guid} of ${release.sourceId} met other writers ${attempts} times`);
}

async function fileUnknown(
  articles: ArticleStore & PublicationLog,
  release: PressRelease,
  context: FilingContext,
): Promise<Filed | 'conflict'> {
  const { known: article, textIdentifies } = await findKnown(articles, release, context);
  if (article !== undefined) {
    // Filed with the hash that the article has: if the source changed the text as well, the next line sees to it.
    const sameSource = article.origins[0]?.sourceId === release.sourceId;
    const contentHash = sameSource ? article.contentHash : release.contentHash;
    if ((await articles.addOrigin(article, originOf(release), contentHash)) !== 'added') return 'conflict';
    if (sameSource && contentHash !== release.contentHash) {
      return fileKnown(articles, release, context, { articleId: article.id, contentHash });
    }
    return { outcome: 'duplicate', articleId: article.id };
  }
  return store(articles, newArticle(release, context), context, textIdentifies);
}

/**
 * The article that a release is, although its GUID is new: by its link, or by its text if another source has that. Within
 * one source, the same text at two addresses is two releases, of which the first is filed under it.
 */
async function findKnown(
  articles: ArticleStore,
  release: PressRelease,
  context: FilingContext,
): Promise<{ known: Article | undefined; textIdentifies: boolean }> {
  const linked = context.linkIdentifies ? await articles.findByLink(release.link) : undefined;
  const alike = linked === undefined ? await articles.findByText(release) : undefined;
  const id = linked ?? alike;
  if (id === undefined) return { known: undefined, textIdentifies: true };
  const known = await articles.get(id);
  if (known === undefined)
    throw new Error(`Release ${release.link} is filed under ${id}, which is not there`);
  const ownText = alike !== undefined && known.origins[0]?.sourceId === release.sourceId;
  return { known: ownText ? undefined : known, textIdentifies: false };
}

async function store(
  articles: ArticleStore & PublicationLog,
  article: Article,
  { at, linkIdentifies }: FilingContext,
  textIdentifies: boolean,
): Promise<Filed | 'conflict'> {
  const inserted = await articles.insert(article, { linkIdentifies, textIdentifies });
  if (inserted === 'taken') return 'conflict';
  if (article.heldBecause !== 'publication-pending') {
    return { outcome: 'stored', articleId: article.id, publication: undefined };
  }
  const published = await articles.publish(article.id, isoMillis(at));
  return {
    outcome: 'stored',
    articleId: article.id,
    publication: published.outcome === 'published' ? published.number : undefined,
  };
}

async function fileKnown(
  articles: ArticleStore,
  release: PressRelease,
  context: FilingContext,
  filing: Filing,
): Promise<Filed | 'conflict'> {
  const { articleId } = filing;
  if (filing.contentHash === release.contentHash) return { outcome: 'unchanged', articleId };
  const article = await articles.get(articleId);
  if (article === undefined) {
    throw new Error(
      `GUID ${release.guid} of ${release.sourceId} is filed under ${articleId}, which is not there`,
    );
  }
  // Only the source that an article came from first corrects it; another one words the same release its own way.
  if (article.origins[0]?.sourceId !== release.sourceId) return { outcome: 'duplicate', articleId };

  const correction = {
    content: contentOf(release),
    link: await linkAfter(articles, article, release, context),
    topics: release.topics,
    contentHash: release.contentHash,
  };
  const frozen = context.frozen && context.source.duringFreeze === 'hold';
  const next: Article =
    article.status === 'live' && frozen
      ? { ...article, pendingCorrection: correction, version: article.version + 1 }
      : {
          ...corrected(article, correction, context.at),
          ...(article.status === 'held' && holdOf(release, context, article)),
        };
  return (await articles.revise(next, article)) === 'revised'
    ? { outcome: 'corrected', articleId }
    : 'conflict';
}

/** Where the article stands at its source now: where it was, if the address says nothing of identity, or is another's. */
async function linkAfter(
  articles: ArticleStore,
  article: Article,
  { link }: PressRelease,
  { linkIdentifies }: FilingContext,
): Promise<string> {
  if (!linkIdentifies || link === article.link) return article.link;
  const filed = await articles.findByLink(link);
  return filed === undefined || filed === article.id ? link : article.link;
}

/** The article as it reads after a correction. Number and id stay; what an editor set stays too. */
export function corrected(
  article: Article,
  correction: NonNullable<Article['pendingCorrection']>,
  at: Temporal.Instant,
): Article {
  return {
    ...article,
    ...correction.content,
    link: correction.link,
    topics: correction.topics,
    ...article.overrides,
    contentHash: correction.contentHash,
    pendingCorrection: undefined,
    revision: article.revision + 1,
    updatedAt: isoMillis(at),
    version: article.version + 1,
  };
}

/** What holds a release back now. What an editor held stays so, and a freeze that held it once is remembered. */
function holdOf(
  release: PressRelease,
  { at, source, frozen }: FilingContext,
  before?: Article,
): Pick<Article, 'heldBecause' | 'heldUntil'> {
  const { embargoUntil } = release;
  const embargoed =
    embargoUntil !== undefined && Temporal.Instant.compare(Temporal.Instant.from(embargoUntil), at) > 0;
  const heldUntil = embargoed ? embargoUntil : undefined;
  if (before?.heldBecause === 'editor' || before?.heldBecause === 'freeze') {
    return { heldBecause: before.heldBecause, heldUntil };
  }
  if (embargoed) return { heldBecause: 'embargo', heldUntil };
  return {
    heldBecause: frozen && source.duringFreeze === 'hold' ? 'freeze' : 'publication-pending',
    heldUntil,
  };
}

function newArticle(release: PressRelease, context: FilingContext): Article {
  const at = isoMillis(context.at);
  const hold = holdOf(release, context);
  return {
    ...contentOf(release),
    id: digestId(release.sourceId, release.guid),
    origins: [originOf(release)],
    link: release.link,
    topics: release.topics,
    contentHash: release.contentHash,
    revision: 1,
    firstSeenAt: at,
    updatedAt: at,
    status: 'held',
    ...hold,
    quiet: isQuiet(release, context, hold.heldBecause !== 'publication-pending'),
    duringFreeze: context.source.duringFreeze,
    version: 1,
  };
}

/** Quiet articles appear in feeds, but nobody is mailed about what was old before we knew it. */
function isQuiet(release: PressRelease, { at, source, firstPoll }: FilingContext, held: boolean): boolean {
  if (release.invitation && source.invitations === 'quiet') return true;
  if (firstPoll && source.firstContact === 'quiet') return true;
  if (held) return false;
  const age = sourceMoment(release.sourceDate, portal.timeZone).until(at);
  return age.total('hours') > portal.quietAfterDays * 24;
}

const originOf = ({ sourceId, guid, link }: PressRelease): Origin => ({ sourceId, guid, link });
