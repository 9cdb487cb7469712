import * as z from 'zod';
import { checked } from './checked.ts';
import { topics } from './topics.ts';

const slugs = topics.map((topic) => topic.slug);

export const sourceSchema = z.strictObject({
  /** Part of every article's identity. Never changes, whatever the office is called after the next election. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  /** The office, as "Quelle: … vom …" names it where the feed does not. */
  issuer: z.string().min(3),
  url: z.url({ protocol: /^https?$/ }),
  /** Topics of every article of this source, beside what its categories and text tell. */
  topics: z.array(z.enum(slugs)).default([]),
  /** Off: defined, listed, not polled. */
  active: z.boolean().default(true),
  /** `allowed` where the source's terms permit its full text to be published again. */
  fullText: z.enum(['never', 'allowed']).default('never'),
  /** `reference`: images are linked at their origin, and shown with their credit only. */
  images: z.enum(['never', 'reference']).default('never'),
  /** `announce`: what the source holds when first polled is news too, not quiet. */
  firstContact: z.enum(['quiet', 'announce']).default('quiet'),
  /** `publish`: exempt from editorial freezes. */
  duringFreeze: z.enum(['hold', 'publish']).default('hold'),
  /** Press invitations are kept out of digests unless `digest`. */
  invitations: z.enum(['quiet', 'digest']).default('quiet'),
  /** Days without a new item after which silence is an alarm. */
  staleAfterDays: z.int().min(1).default(30),
});

/** One ministry feed, as defined. */
export type Source = z.infer<typeof sourceSchema>;

/** The real public feeds that Herold polls. `herold source check <url>` tells what another would give. */
export const sources: readonly Source[] = z.array(sourceSchema).parse(
  checked('config/sources.ts', z.array(sourceSchema), [
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
  ]),
);
