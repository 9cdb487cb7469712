import type { Source } from '../../config/sources.ts';
import type { Article } from '../articles/article.ts';
import type { SourceStore } from './source-store.ts';

/** An article's content as far as its rights allow it to be shown. */
export type Permitted<A> = Omit<A, 'image' | 'body' | 'contact'> & {
  body?: Article['body'];
  contact?: string;
  /** With its credit, without which no image is shown. */
  image?: { url: string; alt: string; credit: string };
};

/**
 * Takes away what may not be shown: the full text with its press contact where the source's terms don't permit it to be published again, an
 * image where the source permits none or its credit is not known.
 *
 * @param source the source that the article came from first; the strictest policy when it is not known
 */
export function permitted<A extends Pick<Article, 'body' | 'image' | 'contact'>>(
  article: A,
  source: Source | undefined,
): Permitted<A> {
  if (article.body === undefined && article.image === undefined && article.contact === undefined)
    return article as Permitted<A>;
  const { body, image, contact, ...rest } = article;
  const fullText = source?.fullText === 'allowed';
  const credit = image?.credit?.trim() ?? '';
  return {
    ...rest,
    ...(fullText && body !== undefined && { body }),
    ...(fullText && contact !== undefined && { contact }),
    ...(image !== undefined &&
      credit !== '' &&
      source?.images === 'reference' && { image: { url: image.url, alt: image.alt, credit } }),
  };
}

/** Applies {@link permitted} to articles of any sources. One read of the registry. */
export async function permittedOf<A extends Pick<Article, 'body' | 'image' | 'contact' | 'origins'>>(
  articles: readonly A[],
  sources: Pick<SourceStore, 'list'>,
): Promise<Permitted<A>[]> {
  const known = new Map((await sources.list()).map(({ source }) => [source.id, source]));
  return articles.map((article) => permitted(article, known.get(article.origins[0]?.sourceId ?? '')));
}
