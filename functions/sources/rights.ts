import type { Source } from '../../config/sources.ts';
import type { Article } from '../articles/article.ts';
import type { SourceStore } from './source-store.ts';

/** An article's content as far as its rights allow it to be shown. */
export type Permitted<A> = Omit<A, 'image' | 'body'> & {
  body?: Article['body'];
  /** With its credit, without which no image is shown. */
  image?: { url: string; alt: string; credit: string };
};

/**
 * Takes away what may not be shown: the full text where the source's terms don't permit it to be published again, an
 * image where the source permits none or its credit is not known.
 *
 * @param source the source that the article came from first; the strictest policy when it is not known
 */
export function permitted<A extends Pick<Article, 'body' | 'image'>>(
  article: A,
  source: Source | undefined,
): Permitted<A> {
  const { body, image, ...rest } = article;
  const credit = image?.credit?.trim() ?? '';
  return {
    ...rest,
    ...(body !== undefined && source?.fullText === 'allowed' && { body }),
    ...(image !== undefined &&
      credit !== '' &&
      source?.images === 'reference' && { image: { url: image.url, alt: image.alt, credit } }),
  };
}

/** Applies {@link permitted} to articles of any sources. One read of the registry. */
export async function permittedOf<A extends Pick<Article, 'body' | 'image' | 'origins'>>(
  articles: readonly A[],
  sources: Pick<SourceStore, 'list'>,
): Promise<Permitted<A>[]> {
  const known = new Map((await sources.list()).map(({ source }) => [source.id, source]));
  return articles.map((article) => permitted(article, known.get(article.origins[0]?.sourceId ?? '')));
}
