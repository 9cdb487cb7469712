import { topics, type TopicSlug } from '../../config/topics.ts';
import { Remembered } from '../platform/remembered.ts';

export interface TopicsFound {
  /** In the order of `config/topics.ts`; at least one. */
  readonly topics: readonly TopicSlug[];
  /** Kickers and categories that no topic knows, as the source has them: for the editor to make aliases of. */
  readonly unknown: readonly string[];
}

/** How words are compared: without case, punctuation and hyphens. */
const normalised = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const slugByName = new Map(
  topics.flatMap(({ slug, label, aliases }) =>
    [slug, label, ...aliases].map((name) => [normalised(name), slug] as const),
  ),
);
/** Words that name a topic in running text. Long ones also where a word begins with them: `Integrationsgesetz`. */
const rules = topics
  .filter(({ slug }) => slug !== 'unzugeordnet')
  .map(({ slug, label, aliases }) => ({
    slug,
    patterns: [label, ...aliases]
      .map(normalised)
      .map((name) => ` ${name}${name.length >= 6 && !name.includes(' ') ? '' : ' '}`),
  }));

/** Categories that say nothing about what a release is about. */
const noTopic =
  /^(?:presse(?:mitteilung(?:en)?|information(?:en)?|meldung(?:en)?|termine?)?|meldung(?:en)?|aktuelles?|news|nachrichten?|allgemein(?:es)?|uncategorized|startseite|mitteilung(?:en)?|artikel)$/;

/**
 * Places a release: by what its source stands for, by its kicker and categories, and by words of its headline and lead.
 * What none of them places is `unzugeordnet`, so that an editor sees it.
 */
export const topicsOf = (release: Words, defaults: readonly TopicSlug[]): TopicsFound =>
  known.of(JSON.stringify([release, defaults]), () => findTopics(release, defaults));

interface Words {
  kicker?: string | undefined;
  headline: string;
  lead: string;
  categories: readonly string[];
}

/** Feeds repeat their whole window for one new item. */
const known = new Remembered<TopicsFound>();

function findTopics(release: Words, defaults: readonly TopicSlug[]): TopicsFound {
  const found = new Set<TopicSlug>(defaults);
  const unknown: string[] = [];
  for (const name of [release.kicker, ...release.categories]) {
    if (name === undefined) continue;
    const slug = slugByName.get(normalised(name));
    if (slug !== undefined) found.add(slug);
    else if (!noTopic.test(normalised(name))) unknown.push(name);
  }
  const text = ` ${normalised(`${release.headline} ${release.lead}`)} `;
  for (const { slug, patterns } of rules) {
    if (patterns.some((pattern) => text.includes(pattern))) found.add(slug);
  }
  if (found.size === 0) found.add('unzugeordnet');
  return { topics: topics.map(({ slug }) => slug).filter((slug) => found.has(slug)), unknown };
}
