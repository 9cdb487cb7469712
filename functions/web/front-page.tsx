import type { FC } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import type { Section } from './reading.ts';
import { BriefStory, HeadlineStory, LeadStory, type Story } from './stories.tsx';

export const FrontPage: FC<{ newest: readonly Story[]; sections: readonly Section[] }> = ({
  newest,
  sections,
}) => {
  const [lead, ...others] = newest;
  if (lead === undefined) return <NothingYet />;
  return (
    <>
      <div class={lead.image === undefined ? 'front headline-front' : 'front'}>
        <h1 class="visually-hidden">Neueste Meldungen im {portal.name}</h1>
        <LeadStory story={lead} />
        <ul class="more-stories">
          {others.map((story) => (
            <li>
              <BriefStory story={story} />
            </li>
          ))}
        </ul>
      </div>
      <div class="sections">
        {sections.map((section) => (
          <TopicSection section={section} />
        ))}
      </div>
    </>
  );
};

const TopicSection: FC<{ section: Section }> = ({ section: { slug, label, stories } }) => (
  <section class="section" aria-labelledby={`thema-${slug}`}>
    <h2 id={`thema-${slug}`}>
      <a href={`/themen/${slug}/`}>{label}</a>
    </h2>
    {stories.length > 0 && (
      <ul class="headlines">
        {stories.map((story) => (
          <li>
            <HeadlineStory story={story} />
          </li>
        ))}
      </ul>
    )}
    <p class="section-links">
      <a href={`/themen/${slug}/`}>
        Alle Meldungen<span class="visually-hidden"> zum Thema {label}</span>
      </a>
      <a href={`/feeds/${slug}/`}>
        Als Feed<span class="visually-hidden"> zum Thema {label}</span>
      </a>
    </p>
  </section>
);

const NothingYet: FC = () => (
  <div class="column">
    <h1>Noch keine Meldungen</h1>
    <p>
      Hier stehen die Pressemitteilungen der Ministerien zur Kinder- und Jugendhilfe, sobald die ersten
      eingetroffen sind. Die <a href="/feeds/">Feeds</a> können Sie schon jetzt abonnieren.
    </p>
  </div>
);
