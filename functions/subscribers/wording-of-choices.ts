import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import { germanDate, type Temporal } from '../platform/time.ts';
import { cadences, type Cadence, type Choice } from './subscriber.ts';

/** How often, as people read it. */
export const cadenceLabels: Readonly<Record<Cadence, string>> = {
  instant: 'sofort',
  daily: 'täglich',
  weekly: 'wöchentlich',
};

/** A choice in lines for people: `täglich: Jugendarbeit, Beteiligung und Demokratie`. */
export function choiceLines({ subscriptions, announcements }: Choice): string[] {
  const lines = cadences.flatMap((cadence) => {
    const subscription = subscriptions.find((candidate) => candidate.cadence === cadence);
    if (subscription === undefined) return [];
    const { topics: chosen } = subscription;
    const labels =
      chosen === 'alle'
        ? ['alle Themen']
        : topics.filter(({ slug }) => chosen.includes(slug)).map(({ label }) => label);
    return [`${cadenceLabels[cadence]}: ${labels.join(', ')}`];
  });
  return announcements ? [...lines, 'Hinweise zum Portal, etwa zu einem Redaktionsstopp'] : lines;
}

/** `1. April 2026, 08:00 Uhr`, in the portal's time zone. */
export function germanMoment(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(portal.timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${germanDate(local.toPlainDate())}, ${time} Uhr`;
}
