import { allTopics, topics } from '../../config/topics.ts';
import type { Article } from '../articles/article.ts';
import type { ArticleStore, Publication, PublicationLog } from '../articles/article-store.ts';
import { together } from '../platform/together.ts';
import { permittedOf } from '../sources/rights.ts';
import type { SourceStore } from '../sources/source-store.ts';
import type { Story } from './stories.tsx';

/** What the pages that everyone reads are made from. */
export interface ReadingParts {
  articles: Pick<ArticleStore, 'get' | 'getMany'> &
    Pick<PublicationLog, 'lastNumber' | 'listNewest' | 'listPublishedBetween'>;
  sources: Pick<SourceStore, 'list'>;
  /** Scheme and host that readers use; addresses that leave the site (feeds, JSON-LD) are made from it. */
  baseUrl: URL;
}

/** Headlines of one topic on the front page. */
export interface Section {
  slug: string;
  label: string;
  stories: Story[];
}

const besideLead = 6;
const perSection = 3;
export const perPage = 20;

/** The newest stories, and the newest of each topic: others than those, if there are any. Topics without any are left out. */
export async function readFront(parts: ReadingParts): Promise<{ newest: Story[]; sections: Section[] }> {
  const top = await parts.articles.listNewest(allTopics, 1 + besideLead);
  const shown = new Set(top.map(({ articleId }) => articleId));
  const lists = await together(
    topics.map(async ({ slug, label }) => {
      const publications = await parts.articles.listNewest(slug, perSection + top.length);
      return { slug, label, ids: publications.map(({ articleId }) => articleId) };
    }),
  );
  const sections = lists
    .filter(({ ids }) => ids.length > 0)
    .map((list) => {
      const others = list.ids.filter((id) => !shown.has(id)).slice(0, perSection);
      return { ...list, ids: others.length > 0 ? others : list.ids.slice(0, 1) };
    });
  const stories = await readStories(parts, [...shown, ...sections.flatMap(({ ids }) => ids)]);
  const byId = (ids: Iterable<string>): Story[] => [...ids].flatMap((id) => stories.get(id) ?? []);
  return {
    newest: byId(shown),
    sections: sections.map(({ slug, label, ids }) => ({ slug, label, stories: byId(ids) })),
  };
}

/**
 * One page of a topic's stories, newest first.
 *
 * @param before publication number that the page begins below; pages so keep their content as new stories come
 * @returns with the number that the next page begins below, if there is one
 */
export async function readTopic(
  parts: ReadingParts,
  slug: string,
  before?: number,
): Promise<{ stories: Story[]; older?: number }> {
  const publications = await parts.articles.listNewest(slug, perPage + 1, before);
  const page = publications.slice(0, perPage);
  const stories = await readStories(parts, page.map(idOf));
  return {
    stories: [...stories.values()],
    ...(publications.length > perPage && { older: page.at(-1)?.number }),
  };
}

/** An article by its id, whatever its state, as far as it may be shown. */
export async function readStory(parts: ReadingParts, id: string): Promise<Story | undefined> {
  const article = await parts.articles.get(id);
  return article === undefined ? undefined : (await permittedOf([article], parts.sources))[0];
}

async function readStories(parts: ReadingParts, ids: readonly string[]): Promise<Map<string, Story>> {
  const articles = await parts.articles.getMany([...new Set(ids)]);
  const live = articles.filter(({ status }: Article) => status === 'live');
  return new Map((await permittedOf(live, parts.sources)).map((story) => [story.id, story]));
}

const idOf = ({ articleId }: Publication): string => articleId;
