import { topics } from '../../config/topics.ts';
import { portal } from '../../config/portal.ts';
import { xmlText } from '../aws/endpoint.ts';
import { germanShortDate } from '../../functions/platform/time.ts';
import { feedUrl, imageUrl, pageUrl, type Dated, type Ministry } from './ministry.ts';

/** A feed as a ministry's server sends it. */
export interface FeedDocument {
  contentType: string;
  body: Buffer;
}

export interface Played {
  ministry: Ministry;
  /** Newest first. */
  releases: readonly Dated[];
  origin: string;
}

/** The feed of a ministry, in its own character. */
export function feedDocument(played: Played): FeedDocument {
  switch (played.ministry.character) {
    case 'full-text':
      return rss(played, fullTextItem, 'language');
    case 'teaser':
      return rss(played, teaserItem);
    case 'atom':
      return { contentType: 'application/atom+xml', body: Buffer.from(atom(played)) };
    case 'latin-1':
      return {
        contentType: 'text/xml; charset=ISO-8859-1',
        body: Buffer.from(rssText(played, entityItem, 'ISO-8859-1', 'language'), 'latin1'),
      };
    case 'moody':
      return rss(played, moodyItem, 'language');
  }
}

type Item = (release: Dated, played: Played) => string;

const rss = (played: Played, item: Item, language?: 'language'): FeedDocument => ({
  contentType: 'application/rss+xml; charset=UTF-8',
  body: Buffer.from(rssText(played, item, 'UTF-8', language)),
});

const rssText = (played: Played, item: Item, encoding: string, language?: 'language'): string => {
  const { ministry, origin, releases } = played;
  // Byte 0x80 to 0x9f is no character in ISO-8859-1: whatever it lacks must be written otherwise.
  const office = xmlText(ministry.office);
  return `<?xml version="1.0" encoding="${encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>Pressemitteilungen | ${office}</title>
<link>${origin}/${ministry.id}/</link>
<description>Aktuelle Pressemitteilungen. ${office}</description>
${language === undefined ? '' : '<language>de-DE</language>\n'}${releases.map((release) => item(release, played)).join('\n')}
</channel>
</rss>
`;
};

/** As the seed article stands: the headline in quotes, the image with its credit, and the source at the end. */
const fullTextItem: Item = (release, { ministry, origin }) => {
  const { image } = release;
  const media =
    image === undefined
      ? ''
      : `\n<media:content url="${imageUrl(ministry, release, origin)}" type="image/svg+xml" medium="image">` +
        `<media:description type="plain">${xmlText(image.alt)}</media:description>` +
        `<media:credit role="photographer">${xmlText(image.credit)}</media:credit></media:content>`;
  return `<item>
<title>"${xmlText(release.headline)}"</title>
<link>${pageUrl(ministry, release, origin)}</link>
<guid isPermaLink="false">${ministry.id}:presse:${release.slug}</guid>
<category>${xmlText(topicLabel(release))}</category>
<pubDate>${rfc822(release)}</pubDate>
<description>${xmlText(release.lead)}</description>
<content:encoded><![CDATA[${bodyHtml(release, ministry, origin)}]]></content:encoded>${media}
</item>`;
};

const teaserItem: Item = (release, { ministry, origin }) => `<item>
<title>${xmlText(release.headline)}</title>
<link>${pageUrl(ministry, release, origin)}</link>
<description>${xmlText(release.lead)}</description>
<pubDate>${rfc822(release)}</pubDate>
</item>`;

const entityItem: Item = (release, { ministry, origin }) => `<item>
<title>${latin1(xmlText(release.headline))}</title>
<link>${pageUrl(ministry, release, origin)}</link>
<guid>${pageUrl(ministry, release, origin)}</guid>
<category>${latin1(xmlText(topicLabel(release)))}</category>
<pubDate>${rfc822(release)}</pubDate>
<description>${entities(xmlText(release.lead))}</description>
<content:encoded>${entities(xmlText(bodyHtml(release, ministry, origin)))}</content:encoded>
</item>`;

const moodyItem: Item = (release, { ministry, origin }) => `<item>
<title>${xmlText(release.headline)}</title>
<link>${pageUrl(ministry, release, origin)}</link>
<guid isPermaLink="false">urn:bundesstelle:${release.slug}</guid>
<category>${xmlText(topicLabel(release))}</category>
<pubDate>${rfc822(release)}</pubDate>
<description><![CDATA[<p><strong>${xmlText(release.lead)}</strong></p>${bodyHtml(release, ministry, origin)}]]></description>
</item>`;

const atom = ({ ministry, origin, releases }: Played): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title>${xmlText(ministry.office)}</title>
<id>tag:${ministry.id}.example,2020:presse</id>
<updated>${(releases[0]?.publishedAt ?? '1970-01-01T00:00:00Z').toString()}</updated>
<link rel="self" href="${feedUrl(ministry, origin)}"/>
<link href="${origin}/${ministry.id}/"/>
<author><name>${xmlText(ministry.office)}</name></author>
${releases
  .map(
    (release) => `<entry>
<title>"${xmlText(release.headline)}"</title>
<id>tag:${ministry.id}.example,2020:presse/${release.slug}</id>
<link rel="alternate" href="${pageUrl(ministry, release, origin)}"/>
<category term="${release.topic}" label="${xmlText(topicLabel(release))}"/>
<published>${release.publishedAt.toString()}</published>
<updated>${release.publishedAt.toString()}</updated>
<summary>${xmlText(release.lead)}</summary>
<content type="html">${xmlText(bodyHtml(release, ministry, origin))}</content>
</entry>`,
  )
  .join('\n')}
</feed>
`;

/** The text of a release from the image to "Quelle", as HTML. */
export function bodyHtml(release: Dated, ministry: Ministry, origin: string): string {
  const { image } = release;
  const figure =
    image === undefined
      ? ''
      : `<figure><img src="${imageUrl(ministry, release, origin)}" alt="${xmlText(image.alt)}"/>` +
        `<figcaption>Bild: © ${xmlText(image.credit)}</figcaption></figure>`;
  const date = germanShortDate(release.publishedAt.toZonedDateTimeISO(portal.timeZone).toPlainDate());
  return (
    figure +
    release.text.map((paragraph) => `<p>${xmlText(paragraph)}</p>`).join('') +
    `<p>Quelle: ${xmlText(ministry.office)} vom ${date}</p>`
  );
}

export const topicLabel = ({ topic }: Dated): string =>
  topics.find(({ slug }) => slug === topic)?.label ?? topic;

/** RFC 822 with a four-digit year, as RSS 2.0 has it: `Mon, 23 Nov 2026 10:35:00 +0100`. */
function rfc822({ publishedAt }: Dated): string {
  const local = publishedAt.toZonedDateTimeISO(portal.timeZone);
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][local.dayOfWeek - 1] ?? '';
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const two = (n: number): string => String(n).padStart(2, '0');
  return (
    `${weekday}, ${two(local.day)} ${months[local.month - 1] ?? ''} ${local.year} ` +
    `${two(local.hour)}:${two(local.minute)}:${two(local.second)} ${local.offset.replace(':', '')}`
  );
}

const named: Readonly<Record<string, string>> = {
  ä: 'auml', ö: 'ouml', ü: 'uuml', Ä: 'Auml', Ö: 'Ouml', Ü: 'Uuml', ß: 'szlig', é: 'eacute', '©': 'copy',
  '„': 'bdquo', '“': 'ldquo', '‚': 'sbquo', '‘': 'lsquo', '–': 'ndash', '…': 'hellip',
}; // prettier-ignore

/** Every character beyond ASCII as an HTML entity, which XML knows nothing of. */
const entities = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (character) =>
    named[character] === undefined ? `&#${character.codePointAt(0) ?? 0};` : `&${named[character]};`,
  );

/** What ISO-8859-1 has as it is; the rest as entities. */
const latin1 = (text: string): string => text.replace(/[^\0-\xff]+/gu, entities);
