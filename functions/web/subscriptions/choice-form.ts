import { topics } from '../../../config/topics.ts';
import { cadences, type Cadence, type Choice } from '../../subscribers/subscriber.ts';

/** Fields of a form, as text; what came twice, or as a file, counts as not sent. */
export type Fields = Readonly<Record<string, string>>;

/** Names of the fields in which people choose a cadence: one for all topics, one for each. */
export const allTopicsField = 'alle';
export const topicField = (slug: string): string => `thema-${slug}`;
export const announcementsField = 'hinweise';

const cadenceOf = (text: string | undefined): Cadence | undefined =>
  cadences.find((cadence) => cadence === text);

/**
 * What a form chooses. A topic at a cadence that all topics come at anyway, or at a slower one, adds nothing and is left
 * out: articles are sent by the fastest.
 */
export function readChoice(fields: Fields): Choice {
  const forAll = cadenceOf(fields[allTopicsField]);
  const isFaster = (cadence: Cadence) =>
    forAll === undefined || cadences.indexOf(cadence) < cadences.indexOf(forAll);
  const subscriptions = cadences.flatMap((cadence): Choice['subscriptions'] => {
    if (cadence === forAll) return [{ cadence, topics: 'alle' }];
    const chosen = topics
      .map(({ slug }) => slug)
      .filter((slug) => cadenceOf(fields[topicField(slug)]) === cadence && isFaster(cadence));
    return chosen.length === 0 ? [] : [{ cadence, topics: chosen }];
  });
  return { subscriptions, announcements: fields[announcementsField] === 'ja' };
}

/** The cadence at which a choice has a topic, or all of them for `alle`. */
export const chosenCadence = (choice: Choice, slug: string): Cadence | undefined =>
  choice.subscriptions.find(({ topics: chosen }) =>
    slug === 'alle' ? chosen === 'alle' : chosen !== 'alle' && chosen.includes(slug),
  )?.cadence;
