import type { Source } from '../../config/sources.ts';
import { sourceSchema } from '../../config/sources.schema.ts';
import type { Article } from '../../functions/articles/article.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { MemorySources } from '../../functions/sources/memory-sources.ts';
import { anArticle } from './articles.ts';

/** Two sources of different policy. */
export const sampleSources: readonly Source[] = [
  sourceSchema.parse({
    id: 'sachsen',
    issuer: 'Sächsische Staatsministerin für Gleichstellung und Integration',
    url: 'https://sachsen.example/feed',
    fullText: 'allowed',
    images: 'reference',
  }),
  sourceSchema.parse({
    id: 'land',
    issuer: 'Ministerium für Familie und Jugend',
    url: 'https://land.example/feed',
  }),
];

const body = (...paragraphs: string[]): Article['body'] => ({
  html: paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join(''),
  text: paragraphs.join('\n'),
});

/** The seed of this project, and releases like it: short and long, with and without image, kicker and lead. */
export const sampleReleases = (imageUrl: string): (Parameters<typeof anArticle>[0] & { guid: string })[] => [
  {
    guid: 'vernetzung',
    sourceId: 'sachsen',
    kicker: 'Flucht und Migration',
    headline: '„Sächsische Migrantenorganisationen vernetzen sich“',
    lead:
      'Ziel der gleichnamigen Konferenz am 28. März war die Bildung einer landesweiten Vertretung als Ansprechpartner ' +
      'und Mittler zwischen lokalen und regionalen Vereinen, Initiativen und Verbänden der Integrations- und Flüchtlingsarbeit.',
    body: body(
      '„Sächsische Migrantenorganisationen vernetzen sich“ hieß der programmatische Titel eines landesweiten Treffens verschiedener Organisationen am 28. März 2015 in Leipzig.',
      '„Die neue Regierungskoalition hat sich eine Verbesserung der politischen Kultur Sachsens auf die Fahnen und in den Koalitionsvertrag geschrieben“, erklärt Petra Köpping, Staatsministerin für Gleichstellung und Integration in ihrem Grußwort.',
      'Die Staatsministerin hat angekündigt, das zukünftige Landesnetzwerk institutionell zu unterstützen, so wie es der Koalitionsvertrag vorsieht.',
    ),
    image: {
      url: imageUrl,
      alt: 'Jemand hat das Wort „Network“ und zwei Männchen auf ein Blatt Papier gemalt.',
      credit: 'PHOTOMORPHIC PTE. LTD. - Fotolia.com',
    },
    contact: 'Pressestelle\nTelefon: 0351 564-0\npresse@sachsen.example',
    sourceDate: '2015-03-29',
    topics: ['flucht-und-migration', 'beteiligung'],
  },
  {
    guid: 'kita-personal',
    kicker: 'Kindertagesbetreuung',
    headline: 'Mehr Zeit für die Leitung: Land stellt Kitas 120 zusätzliche Stellen in Aussicht',
    lead: 'Das Ministerium legt ein Programm auf, mit dem Träger ab dem kommenden Kita-Jahr Leitungskräfte freistellen können.',
    topics: ['kindertagesbetreuung'],
    sourceDate: '2026-03-02',
  },
  {
    guid: 'kinderschutz',
    kicker: undefined,
    headline: 'Landesweite Fachstelle Kinderschutz nimmt ihre Arbeit auf',
    lead: '',
    topics: ['kinder-und-jugendschutz', 'hilfen-zur-erziehung'],
    sourceDate: '2026-03-03',
  },
  {
    guid: 'juleica',
    sourceId: 'sachsen',
    kicker: 'Jugendarbeit',
    headline: 'Ehrenamt zahlt sich aus: Juleica gilt jetzt auch im Nahverkehr',
    lead: 'Wer Jugendgruppen leitet, fährt künftig ermäßigt. „Das ist ein Zeichen der Anerkennung“, sagt die Ministerin.',
    topics: ['jugendarbeit'],
    image: { url: imageUrl, alt: 'Jugendliche an einer Haltestelle.', credit: 'Landesjugendring' },
    sourceDate: '2026-03-04T09:30:00.000Z',
  },
  {
    guid: 'care-leaver',
    kicker: 'Hilfen zur Erziehung',
    headline: 'Careleaver:innen reden mit: Beirat berät Jugendämter beim Übergang in die Selbstständigkeit',
    lead: 'Zwölf junge Menschen, die in Einrichtungen oder Pflegefamilien aufgewachsen sind, begleiten die Reform der Hilfeplanung.',
    topics: ['hilfen-zur-erziehung', 'beteiligung'],
    sourceDate: '2026-03-05',
  },
  {
    guid: 'elterngeld',
    kicker: 'Familie',
    headline: 'Elterngeld: Anträge lassen sich nun vollständig digital stellen',
    lead: 'Bescheide kommen im Schnitt zwei Wochen früher.',
    topics: ['familie'],
    sourceDate: '2026-03-06',
  },
  {
    guid: 'schulsozialarbeit',
    kicker: 'Jugendsozialarbeit',
    headline: 'Schulsozialarbeit wird verstetigt',
    lead: 'Die Förderung läuft nicht mehr aus, sondern steht ab 2027 im Gesetz.',
    topics: ['jugendsozialarbeit'],
    sourceDate: '2026-03-09',
  },
  {
    guid: 'sprachkita',
    kicker: 'Frühe Bildung',
    headline: 'Sprach-Kitas: Fachtag zeigt, was Alltag und Sprache miteinander zu tun haben',
    lead: 'Rund 300 Fachkräfte trafen sich in der Landeshauptstadt.',
    topics: ['kindertagesbetreuung'],
    sourceDate: '2026-03-10',
  },
];

/** Published in the order given, a day apart, from 1 March 2026 on. */
export async function publishedArticles(
  releases: readonly Parameters<typeof anArticle>[0][],
): Promise<{ articles: MemoryArticles; sources: MemorySources }> {
  const articles = new MemoryArticles();
  const sources = new MemorySources();
  await sources.define(sampleSources, '2026-01-01T00:00:00.000Z');
  for (const [index, release] of releases.entries()) {
    const at = new Date(Date.UTC(2026, 2, 1 + index, 8)).toISOString();
    const article = anArticle({ sourceId: 'land', firstSeenAt: at, updatedAt: at, ...release });
    if (release?.sourceId !== 'sachsen') article.issuer = 'Ministerium für Familie und Jugend';
    await articles.insert(article, { linkIdentifies: true });
    await articles.publish(article.id, at);
  }
  return { articles, sources };
}
