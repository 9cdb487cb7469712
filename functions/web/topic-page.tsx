import type { FC } from 'hono/jsx';
import { ListedStory, type Story } from './stories.tsx';

interface TopicPageProps {
  slug: string;
  label: string;
  stories: readonly Story[];
  /** Publication number that the next page begins below. */
  older?: number;
  /** This is not the newest page. */
  paged: boolean;
}

export const TopicPage: FC<TopicPageProps> = ({ slug, label, stories, older, paged }) => (
  <div class="column">
    <h1>{label}</h1>
    <p class="section-links">
      <a href={`/feeds/${slug}/`}>Als Feed abonnieren</a>
      <a href="/anmeldung">Per E-Mail erhalten</a>
    </p>
    {stories.length === 0 ? (
      <p>{paged ? 'Ältere Meldungen gibt es nicht.' : 'Zu diesem Thema gibt es noch keine Meldungen.'}</p>
    ) : (
      <ul class="story-list">
        {stories.map((story) => (
          <li>
            <ListedStory story={story} />
          </li>
        ))}
      </ul>
    )}
    {(paged || older !== undefined) && (
      <nav class="pager" aria-label="Seiten">
        {paged && <a href={`/themen/${slug}/`}>Neueste Meldungen</a>}
        {older !== undefined && (
          <a href={`/themen/${slug}/?vor=${older}`} rel="next">
            Ältere Meldungen
          </a>
        )}
      </nav>
    )}
  </div>
);
