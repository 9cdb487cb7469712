import type * as z from 'zod';
import type { topicsSchema } from './topics.schema.ts';

/** Slugs that are no topics: feeds of their own, or pages. */
export const reservedSlugs = ['alle', 'hinweise', 'feeds'] as const;

type Topic = z.infer<typeof topicsSchema>[number];

/** In the order in which pages and digests show them. */
export const topics = [
  {
    slug: 'kinder-und-jugendschutz',
    label: 'Kinder- und Jugendschutz',
    aliases: [
      'Kinderschutz',
      'Jugendschutz',
      'Jugendmedienschutz',
      'Prävention',
      'Kindeswohl',
      'Inobhutnahme',
      'Kindernotdienst',
      'Jugendnotdienst',
      'Krisendienst für Jugendliche',
      'Krisendienst für Kinder',
      'Krisendienst für junge Menschen',
    ],
  },
  {
    slug: 'kindertagesbetreuung',
    label: 'Kindertagesbetreuung',
    aliases: [
      'Kita',
      'Kindertagesstätten',
      'Kindertagespflege',
      'Frühe Bildung',
      'Krippe',
      'Kitas',
      'Kindertagesstätte',
      'Kindergarten',
      'Kindergärten',
    ],
  },
  {
    slug: 'hilfen-zur-erziehung',
    label: 'Hilfen zur Erziehung',
    aliases: [
      'Pflegekinder',
      'Heimerziehung',
      'Erziehungshilfe',
      'Jugendamt',
      'Care Leaver',
      'Pflegefamilie',
    ],
  },
  {
    slug: 'jugendarbeit',
    label: 'Jugendarbeit',
    aliases: [
      'Jugendverbände',
      'Jugendpolitik',
      'Freiwilligendienste',
      'Ehrenamt',
      'Juleica',
      'Jugendring',
      'Jugendtreff',
      'Jugendzentrum',
      'Jugendzentren',
    ],
  },
  {
    slug: 'jugendsozialarbeit',
    label: 'Jugendsozialarbeit',
    aliases: [
      'Schulsozialarbeit',
      'Jugendberufshilfe',
      'Übergang Schule Beruf',
      'Ausbildung',
      'Jugendberufsagentur',
      'Jugendwerkstatt',
      'Jugendwerkstätten',
      'Jugendarbeitslosigkeit',
    ],
  },
  {
    slug: 'familie',
    label: 'Familie und Eltern',
    aliases: [
      'Familienpolitik',
      'Familienbildung',
      'Elterngeld',
      'Frühe Hilfen',
      'Alleinerziehende',
      'Familienzentrum',
      'Familienzentren',
      'Kindergeld',
      'Kinderzuschlag',
    ],
  },
  {
    slug: 'flucht-und-migration',
    label: 'Flucht und Migration',
    aliases: ['Integration', 'Migration', 'Geflüchtete', 'Unbegleitete minderjährige Flüchtlinge'],
  },
  {
    slug: 'beteiligung',
    label: 'Beteiligung und Demokratie',
    aliases: [
      'Partizipation',
      'Demokratieförderung',
      'Kinderrechte',
      'Politische Bildung',
      'Jugendparlament',
      'Kinderparlament',
      'Jugendbeteiligung',
      'Jugendbeirat',
      'Jugendbeiräte',
    ],
  },
  /** Where articles go that no rule could place, so that the editor sees them and nothing is dropped. */
  { slug: 'unzugeordnet', label: 'Weitere Meldungen', aliases: [] },
] as const satisfies readonly Topic[];

export type TopicSlug = (typeof topics)[number]['slug'];

/** The feed and the log of all articles, whatever their topics. */
export const allTopics = 'alle';
