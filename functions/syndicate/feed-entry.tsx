import { raw } from 'hono/html';
import { renderToString } from 'hono/jsx/dom/server';
import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import type { NoticeEntry } from '../announcements/notice-entries.tsx';
import type { Article } from '../articles/article.ts';
import { articlePath, articleTag, sourceDayText } from '../articles/article-page.ts';
import { noticesSlug } from '../articles/feed-directory.ts';
import { Newest } from '../platform/remembered.ts';
import type { Permitted } from '../sources/rights.ts';
import type { FeedEntry } from './portal-feed.ts';

/** A feed is written again for one new entry among many, and an article stands in several feeds. */
const knownEntries = new Newest<object, FeedEntry>();

/** A published article as its feeds show it. */
export function entryOf(article: Permitted<Article>, baseUrl: URL): FeedEntry {
  const shown = shownOf(article);
  return knownEntries.of(baseUrl.href + shown.id, shown, () => makeEntry(shown, baseUrl));
}

/** What of an article its entry is made from. */
function shownOf(article: Permitted<Article>) {
  const { id, kicker, headline, lead, body, image, link, issuer, topics, sourceDate } = article;
  const { publishedAt, updatedAt } = article;
  return {
    id,
    kicker,
    headline,
    lead,
    body,
    image,
    link,
    issuer,
    topics,
    sourceDate,
    publishedAt,
    updatedAt,
  };
}
type Shown = ReturnType<typeof shownOf>;

function makeEntry(article: Shown, baseUrl: URL): FeedEntry {
  const published = article.publishedAt ?? article.updatedAt;
  return {
    id: articleTag(article),
    url: new URL(articlePath(article), baseUrl).href,
    title: article.headline,
    summary: article.lead,
    html: contentOf(article),
    published,
    // Until its publication an article may be corrected as often as it likes: nobody has seen it.
    updated: article.updatedAt > published ? article.updatedAt : published,
    author: article.issuer,
    via: article.link,
    categories: topics
      .filter(({ slug }) => article.topics.includes(slug))
      .map(({ slug, label }) => ({ term: slug, label })),
    ...(article.image !== undefined && { image: article.image }),
  };
}

/** One phase of an announcement as feeds show it. What was told stays as it was told, so it is never updated. */
export const noticeEntryOf = (notice: NoticeEntry, baseUrl: URL): FeedEntry =>
  knownEntries.of(baseUrl.href + notice.id, notice, () => makeNoticeEntry(notice, baseUrl));

const makeNoticeEntry = (notice: NoticeEntry, baseUrl: URL): FeedEntry => ({
  id: notice.id,
  url: new URL(notice.path, baseUrl).href,
  title: notice.title,
  summary: notice.text,
  html: notice.html,
  published: notice.publishedAt,
  updated: notice.publishedAt,
  author: portal.publisher.name,
  categories: [{ term: noticesSlug, label: 'Hinweise' }],
});

/** All that may be shown of an article, in reading order, down to "Quelle". */
function contentOf(article: Shown): string {
  const { kicker, lead, body, image, link, issuer } = article;
  return renderToString(
    <>
      {kicker !== undefined && kicker !== '' && <p>{kicker}</p>}
      {image !== undefined && (
        <figure>
          <img src={image.url} alt={image.alt} />
          <figcaption>Bild: © {image.credit}</figcaption>
        </figure>
      )}
      {lead !== '' && (
        <p>
          <strong>{lead}</strong>
        </p>
      )}
      {body !== undefined && raw(body.html)}
      <p>
        Quelle: <a href={link}>{issuer}</a> vom {sourceDayText(article)}
      </p>
    </>,
  );
}
