import type { FC } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import type { Article } from '../articles/article.ts';
import { articlePath, sourceDay } from '../articles/article-page.ts';
import { dayIn, germanDate, Temporal } from '../platform/time.ts';
import type { Permitted } from '../sources/rights.ts';

/** An article as far as it may be shown. */
export type Story = Permitted<Article>;

/** A day for people and, in the same element, for machines. */
export const Day: FC<{ date: Temporal.PlainDate }> = ({ date }) => (
  <time datetime={date.toString()}>{germanDate(date)}</time>
);

/** The day in the portal's time zone on which something of ours happened. */
export const dayOf = (moment: string): Temporal.PlainDate =>
  dayIn(portal.timeZone, Temporal.Instant.from(moment));

/** The kicker as the source has it, or else what the article is filed under. */
export const Kicker: FC<{ story: Story }> = ({ story }) => {
  const label = story.kicker ?? topics.find(({ slug }) => story.topics.includes(slug))?.label;
  return label === undefined ? <></> : <p class="kicker">{label}</p>;
};

const Byline: FC<{ story: Story }> = ({ story }) => (
  <p class="byline">
    {story.issuer}, <Day date={sourceDay(story)} />
  </p>
);

const Photo: FC<{ image: NonNullable<Story['image']>; lazy?: boolean }> = ({ image, lazy }) => (
  <figure>
    <img src={image.url} alt={image.alt} loading={lazy === true ? 'lazy' : undefined} />
    <figcaption>Bild: © {image.credit}</figcaption>
  </figure>
);

/** The story that opens a page. */
export const LeadStory: FC<{ story: Story }> = ({ story }) => (
  <article class="story lead-story">
    {story.image !== undefined && <Photo image={story.image} />}
    <Kicker story={story} />
    <h2>
      <a href={articlePath(story)}>{story.headline}</a>
    </h2>
    {story.lead !== '' && <p class="teaser">{story.lead}</p>}
    <Byline story={story} />
  </article>
);

/** Kicker, headline and source: one among several beside the opening story. */
export const BriefStory: FC<{ story: Story }> = ({ story }) => (
  <article class="story">
    <Kicker story={story} />
    <h2>
      <a href={articlePath(story)}>{story.headline}</a>
    </h2>
    <Byline story={story} />
  </article>
);

/** Headline and source, under a heading that tells the topic. */
export const HeadlineStory: FC<{ story: Story }> = ({ story }) => (
  <article class="story">
    <h3>
      <a href={articlePath(story)}>{story.headline}</a>
    </h3>
    <Byline story={story} />
  </article>
);

/** A story in the list of a topic. */
export const ListedStory: FC<{ story: Story }> = ({ story }) => (
  <article class={story.image === undefined ? 'story' : 'story with-image'}>
    <div>
      <Kicker story={story} />
      <h2>
        <a href={articlePath(story)}>{story.headline}</a>
      </h2>
      {story.lead !== '' && <p>{story.lead}</p>}
      <Byline story={story} />
    </div>
    {story.image !== undefined && <Photo image={story.image} lazy />}
  </article>
);
