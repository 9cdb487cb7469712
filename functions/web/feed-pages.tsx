import type { FC } from 'hono/jsx';
import {
  feedDirectory,
  feedFormats,
  feedPath,
  formatNames,
  opmlPath,
  type FeedListing,
} from '../articles/feed-directory.ts';
import { HeadlineStory, type Story } from './stories.tsx';

/** The addresses of one feed; the button copies where a script can, the link works everywhere. */
const Addresses: FC<{ listing: FeedListing; baseUrl: URL }> = ({ listing: { slug, label }, baseUrl }) => (
  <ul class="addresses">
    {feedFormats.map((format) => {
      const address = new URL(feedPath(slug, format), baseUrl).href;
      return (
        <li>
          <span class="format">{formatNames[format]}</span>
          <a
            href={feedPath(slug, format)}
            aria-label={`${formatNames[format]}-Adresse des Feeds ${label}: ${address}`}
          >
            {address}
          </a>
          <button
            type="button"
            class="quiet"
            hidden
            data-copy={address}
            aria-label={`${formatNames[format]}-Adresse kopieren`}
          >
            Kopieren
          </button>
          <span role="status"></span>
        </li>
      );
    })}
  </ul>
);

/** All feeds, for people. */
export const FeedDirectoryPage: FC = () => (
  <div class="column">
    <h1>Feeds</h1>
    <p class="standfirst">
      Mit einem Feed erfahren Sie von neuen Meldungen, ohne hier nachzusehen und ohne eine Adresse zu
      hinterlassen.
    </p>
    <p>
      Wählen Sie ein Thema, und geben Sie die Adresse des Feeds in Ihrem Feedreader ein. Die Adressen bleiben,
      auch wenn das Portal umzieht.
    </p>
    <ul class="feed-list">
      {feedDirectory.map(({ slug, label, description }) => (
        <li>
          <h2>
            <a href={`/feeds/${slug}/`}>{label}</a>
          </h2>
          <p>{description}</p>
          <p class="section-links">
            {feedFormats.map((format) => (
              <a href={feedPath(slug, format)}>
                {formatNames[format]}
                <span class="visually-hidden"> zu {label}</span>
              </a>
            ))}
          </p>
        </li>
      ))}
    </ul>
    <h2>Alle auf einmal</h2>
    <p>
      Die meisten Feedreader lesen Abonnementlisten: <a href={opmlPath}>alle Feeds als OPML-Datei</a>.
    </p>
  </div>
);

/** One feed for people, in place of a style sheet inside the feed. */
export const FeedPage: FC<{ listing: FeedListing; baseUrl: URL; stories: readonly Story[] }> = ({
  listing,
  baseUrl,
  stories,
}) => (
  <div class="column">
    <h1>Feed: {listing.label}</h1>
    <p class="standfirst">{listing.description}.</p>
    <p>
      Geben Sie eine dieser Adressen in Ihrem Feedreader ein. Alle drei sagen dasselbe; im Zweifel nehmen Sie
      RSS.
    </p>
    <Addresses listing={listing} baseUrl={baseUrl} />
    <p>
      Ältere Meldungen als die im Feed erreichen Feedreader über sein Archiv, zurück bis zur ersten.{' '}
      <a href="/feeds/">Alle Feeds im Überblick</a>
    </p>
    {stories.length > 0 && (
      <section aria-labelledby="zuletzt">
        <h2 id="zuletzt">Zuletzt in diesem Feed</h2>
        <ul class="story-list">
          {stories.map((story) => (
            <li>
              <HeadlineStory story={story} />
            </li>
          ))}
        </ul>
      </section>
    )}
  </div>
);
