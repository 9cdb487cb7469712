import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import { articlePath, sourceDay, sourceDayText } from '../articles/article-page.ts';
import { Day, dayOf, Kicker, type Story } from './stories.tsx';

/** An article in the order in which the portal has always shown one: kicker, headline, image, lead, text, "Quelle". */
export const ArticlePage: FC<{ story: Story }> = ({ story }) => {
  const { headline, image, lead, body, contact, issuer, link, publishedAt, updatedAt, revision } = story;
  return (
    <article class="article">
      <header>
        <Kicker story={story} />
        <h1>{headline}</h1>
      </header>
      {image !== undefined && (
        <figure>
          <img src={image.url} alt={image.alt} />
          <figcaption>Bild: © {image.credit}</figcaption>
        </figure>
      )}
      {lead !== '' && <p class="lead">{lead}</p>}
      {body === undefined ? (
        <p>
          <a class="button" href={link}>
            Vollständige Mitteilung bei der Quelle lesen
          </a>
        </p>
      ) : (
        <div class="article-body">{raw(body.html)}</div>
      )}
      {contact !== undefined && (
        <section aria-labelledby="kontakt">
          <h2 id="kontakt">Pressekontakt</h2>
          <p class="contact">{contact}</p>
        </section>
      )}
      <footer class="source-line">
        <p>
          Quelle: <a href={link}>{issuer}</a> vom{' '}
          <time datetime={sourceDay(story).toString()}>{sourceDayText(story)}</time>
        </p>
        {publishedAt !== undefined && (
          <p class="byline">
            Im Portal seit <Day date={dayOf(publishedAt)} />
            {revision > 1 && updatedAt > publishedAt && (
              <>
                , zuletzt berichtigt am <Day date={dayOf(updatedAt)} />
              </>
            )}
          </p>
        )}
        <nav aria-label="Themen dieser Meldung">
          <ul class="tags">
            {topics
              .filter(({ slug }) => story.topics.includes(slug))
              .map(({ slug, label }) => (
                <li>
                  <a href={`/themen/${slug}/`}>{label}</a>
                </li>
              ))}
          </ul>
        </nav>
      </footer>
    </article>
  );
};

/** For search engines: the source is where the text belongs, and what it says about itself in their words. */
export const articleHead = (story: Story, baseUrl: URL): Child => (
  <>
    <link rel="canonical" href={story.link} />
    <script type="application/ld+json">{raw(jsonLd(story, baseUrl))}</script>
  </>
);

/** https://schema.org/NewsArticle. A data block, which no browser runs and no CSP forbids. */
function jsonLd(story: Story, baseUrl: URL): string {
  const article = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: story.headline,
    ...(story.lead !== '' && { description: story.lead }),
    inLanguage: portal.language,
    datePublished: story.sourceDate,
    dateModified: story.updatedAt,
    author: { '@type': 'GovernmentOrganization', name: story.issuer },
    publisher: { '@type': 'Organization', name: portal.publisher.name, url: baseUrl.href },
    isBasedOn: story.link,
    mainEntityOfPage: new URL(articlePath(story), baseUrl).href,
    ...(story.image !== undefined && {
      image: {
        '@type': 'ImageObject',
        url: story.image.url,
        caption: story.image.alt,
        creditText: story.image.credit,
      },
    }),
  };
  // `</script>` and `<!--` end or change a script element wherever they stand in it.
  return JSON.stringify(article).replaceAll('<', String.raw`\u003c`);
}
