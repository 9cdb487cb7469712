import type * as z from 'zod';
import type { sourceSchema } from './sources.schema.ts';
import type { TopicSlug } from './topics.ts';

/** One ministry feed. */
export type Source = z.output<typeof sourceSchema>;

/** As it is written here: what it leaves out is as {@link sourceDefaults} says. */
type SourceDefinition = z.input<typeof sourceSchema>;

/** What holds for a source that says nothing else. */
export const sourceDefaults = {
  topics: [] as TopicSlug[],
  active: true,
  fullText: 'never',
  images: 'never',
  firstContact: 'quiet',
  duringFreeze: 'hold',
  invitations: 'quiet',
  staleAfterDays: 30,
} as const;

const definitions: SourceDefinition[] = [
  {
    id: 'berlin-bildung',
    issuer: 'Senatsverwaltung für Bildung, Jugend und Familie Berlin',
    url: 'https://www.berlin.de/presse/pressemitteilungen/index/feed?institutions%5B%5D=Senatsverwaltung+f%C3%BCr+Bildung%2C+Jugend+und+Familie',
    staleAfterDays: 14,
  },
  {
    id: 'berlin-soziales',
    issuer:
      'Senatsverwaltung für Arbeit, Soziales, Gleichstellung, Integration, Vielfalt und Antidiskriminierung Berlin',
    url: 'https://www.berlin.de/presse/pressemitteilungen/index/feed?institutions%5B%5D=Senatsverwaltung+f%C3%BCr+Arbeit%2C+Soziales%2C+Gleichstellung%2C+Integration%2C+Vielfalt+und+Antidiskriminierung',
    staleAfterDays: 14,
  },
  {
    id: 'baden-wuerttemberg-soziales',
    issuer: 'Landesregierung Baden-Württemberg',
    url: 'https://www.baden-wuerttemberg.de/de/service/rss/xml/rss-soziales',
    staleAfterDays: 21,
  },
  {
    id: 'schleswig-holstein-soziales',
    issuer:
      'Ministerium für Soziales, Jugend, Familie, Senioren, Integration und Gleichstellung Schleswig-Holstein',
    url: 'https://www.schleswig-holstein.de/DE/landesportal/service/RSS/RSS_PI_VIII/RSSNewsfeed_PI_VIII.xml',
    staleAfterDays: 30,
  },
  {
    id: 'nordrhein-westfalen-mags',
    issuer: 'Ministerium für Arbeit, Gesundheit und Soziales des Landes Nordrhein-Westfalen',
    url: 'https://www.mags.nrw/rss.xml',
    staleAfterDays: 14,
  },
  // Those below carry the releases of all departments, most of which are none of this portal's business.
  {
    id: 'bayern',
    issuer: 'Bayerische Staatsregierung',
    url: 'https://www.bayern.de/rss/pm_alle.php',
    active: false,
    staleAfterDays: 7,
  },
  {
    id: 'niedersachsen',
    issuer: 'Niedersächsische Landesregierung',
    url: 'https://www.niedersachsen.de/rss/pressemitteilungen.xml',
    active: false,
    staleAfterDays: 7,
  },
  {
    id: 'bund-bundesregierung',
    issuer: 'Presse- und Informationsamt der Bundesregierung',
    url: 'https://www.bundesregierung.de/service/rss/breg-de/1151244/feed.xml',
    active: false,
    staleAfterDays: 7,
  },
  {
    id: 'bund-bmas',
    issuer: 'Bundesministerium für Arbeit und Soziales',
    url: 'https://www.bmas.de/SiteGlobals/Functions/RSSFeed/DE/RSSNewsfeed/RSSNewsfeed.xml',
    active: false,
    staleAfterDays: 14,
  },
];

/** The real public feeds that Herold polls. `herold source check <url>` tells what another would give. */
export const sources: readonly Source[] = definitions.map((definition) => ({
  ...sourceDefaults,
  ...definition,
}));
