import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import type { Article } from '../articles/article.ts';
import { articlePath, sourceDayText } from '../articles/article-page.ts';
import { germanDate, type Temporal } from '../platform/time.ts';
import type { Cadence } from '../subscribers/subscriber.ts';
import type { Edition } from './edition.ts';
import { mailStyle, renderMail, textFooter, wrapped } from './frame.tsx';

export interface DigestContext {
  cadence: Cadence;
  /** The first digest after an editorial freeze. */
  catchUp: boolean;
  /** The day on its head, in the portal's time zone. */
  day: Temporal.PlainDate;
  baseUrl: URL;
}

/**
 * Content bytes that a digest has room for, as they are in quoted-printable. With the headers it stays below 90 kB:
 * Gmail cuts what is longer than 102 kB, and with it the link to unsubscribe.
 */
const roomBytes = 82_000;

/** A digest's articles under the headings of one topic. */
interface Section {
  slug: string;
  label: string;
  /** With lead and source. */
  full: Article[];
  /** Headline and link only. */
  brief: Article[];
  /** What only the topic's page shows. */
  further: number;
}

/**
 * Renders the digest of a list of articles: grouped by topic in the portal's order, after a freeze the topic with most
 * articles first; the newest first, each article once, under the first of its topics. When it grows too long, the last articles of it shrink to their linked headlines, and
 * then to a link to their topic's page; nothing is cut.
 *
 * @param articles at least one
 */
export function renderDigest(articles: readonly Article[], context: DigestContext): Edition {
  const ordered = inOrder(articles, context);
  const top = ordered[0]?.article;
  if (top === undefined) throw new Error('A digest without an article is never made');
  const render = (full: number, brief: number): Edition => {
    const sections = sectionsOf(ordered, full, brief);
    return {
      list: listOf(context.cadence),
      subject: subjectOf(top, articles.length),
      html: htmlOf(sections, top, articles.length, context),
      text: textOf(sections, articles.length, context),
      attachments: [],
    };
  };
  const fits = ({ html, text }: Edition): boolean =>
    // No byte takes more than three, so what is short need not be counted.
    encodedLength(3 * Buffer.byteLength(html + text)) <= roomBytes ||
    encodedBytes(html) + encodedBytes(text) <= roomBytes;
  const count = ordered.length;
  const whole = render(count, 0);
  if (fits(whole)) return whole;
  const full = greatest(count, (candidate) => fits(render(candidate, count - candidate)));
  if (full >= 0) return render(full, count - full);
  const brief = greatest(count, (candidate) => fits(render(0, candidate)));
  return render(0, Math.max(brief, 0));
}

/** `„Kita-Ausbau kommt voran“ und 4 weitere Meldungen` */
export function subjectOf(top: Pick<Article, 'headline'>, count: number): string {
  const others = count - 1;
  const more =
    others === 0 ? '' : others === 1 ? ' und eine weitere Meldung' : ` und ${others} weitere Meldungen`;
  return `${quoted(shortened(top.headline))}${more}`;
}

/** Quotation marks inside others become single ones; a headline that is quoted as a whole is not quoted twice. */
function quoted(headline: string): string {
  const inner = headline.trim().replace(/^[„“"»]([^„“”"«»]*)[“”"«]$/u, '$1');
  const single = inner
    .replaceAll(/[„»](?=\S)/gu, '‚')
    .replaceAll(/[“”«]/gu, '‘')
    .replaceAll(/(^|[\s(])"(?=\S)/gu, '$1‚')
    .replaceAll('"', '‘');
  return `„${single}“`;
}

/** At most about 80 characters, so that mailboxes show the count behind it too; broken at a word. */
function shortened(headline: string): string {
  const words = headline.split(/\s+/u);
  let text = words.shift() ?? '';
  for (const word of words) {
    if (text.length + 1 + word.length > 80) return `${text.replace(/[,;:–-]+$/u, '')} …`;
    text += ` ${word}`;
  }
  return text;
}

/** List-Ids are for ever: filters of readers hang on them. */
function listOf(cadence: Cadence): Edition['list'] {
  const words = { instant: 'sofort', daily: 'taeglich', weekly: 'woechentlich' } as const;
  const names = { instant: 'Neue Meldungen', daily: 'Tagesüberblick', weekly: 'Wochenüberblick' } as const;
  return { label: words[cadence], name: `${names[cadence]} – ${portal.name}` };
}

interface Placed {
  slug: string;
  label: string;
  article: Article;
}

function inOrder(articles: readonly Article[], { catchUp }: DigestContext): Placed[] {
  const newestFirst = articles.toSorted((a, b) => (b.publication ?? 0) - (a.publication ?? 0));
  const fallback = { slug: 'unzugeordnet', label: 'Weitere Meldungen' };
  const placed = newestFirst.map((article) => ({
    article,
    topic: topics.find(({ slug }) => article.topics.includes(slug)) ?? fallback,
  }));
  const order = (slug: string): number => topics.findIndex((topic) => topic.slug === slug);
  const sizes = new Map<string, number>();
  for (const { topic } of placed) sizes.set(topic.slug, (sizes.get(topic.slug) ?? 0) + 1);
  const bySize = (a: string, b: string): number => (catchUp ? (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) : 0);
  return placed
    .sort((a, b) => bySize(a.topic.slug, b.topic.slug) || order(a.topic.slug) - order(b.topic.slug))
    .map(({ article, topic: { slug, label } }) => ({ slug, label, article }));
}

function sectionsOf(placed: readonly Placed[], full: number, brief: number): Section[] {
  const sections: Section[] = [];
  placed.forEach(({ slug, label, article }, index) => {
    let section = sections.at(-1);
    if (section?.slug !== slug) {
      section = { slug, label, full: [], brief: [], further: 0 };
      sections.push(section);
    }
    if (index < full) section.full.push(article);
    else if (index < full + brief) section.brief.push(article);
    else section.further += 1;
  });
  return sections;
}

const titles = {
  instant: 'Neu im Portal',
  daily: 'Ihr Tagesüberblick',
  weekly: 'Ihr Wochenüberblick',
} as const;

const meldungen = (count: number): string => (count === 1 ? 'eine neue Meldung' : `${count} neue Meldungen`);
const weitere = (count: number): string =>
  count === 1 ? 'Eine weitere Meldung' : `${count} weitere Meldungen`;

function introOf(count: number, { catchUp, day }: DigestContext): string {
  const summary = `${germanDate(day)}: ${meldungen(count)} zu Ihren Themen.`;
  return catchUp
    ? `${summary} Einige Zeit haben wir im Portal nichts Neues veröffentlicht. Hier finden Sie gesammelt, was in dieser Zeit eingegangen ist.`
    : summary;
}

const reasons: Record<Cadence, string> = {
  instant: `Sie erhalten diese E-Mail, weil Sie beim ${portal.name} neue Meldungen zu Ihren Themen sofort abonniert haben.`,
  daily: `Sie erhalten diese E-Mail, weil Sie beim ${portal.name} den Tagesüberblick zu Ihren Themen abonniert haben.`,
  weekly: `Sie erhalten diese E-Mail, weil Sie beim ${portal.name} den Wochenüberblick zu Ihren Themen abonniert haben.`,
};

const articleUrl = (article: Article, { baseUrl }: DigestContext): string =>
  new URL(articlePath(article), baseUrl).href;

const topicUrl = ({ slug }: Section, { baseUrl }: DigestContext): string =>
  new URL(`/themen/${slug}/`, baseUrl).href;

const sourceLine = (article: Article): string => `Quelle: ${article.issuer} vom ${sourceDayText(article)}`;

function htmlOf(sections: readonly Section[], top: Article, count: number, context: DigestContext): string {
  const title = `${titles[context.cadence]} vom ${germanDate(context.day)}`;
  return renderMail({
    title,
    preheader: preheaderOf(top, sections),
    baseUrl: context.baseUrl,
    reason: reasons[context.cadence],
    children: (
      <>
        <h1 class="ink" style={mailStyle.h1}>
          {titles[context.cadence]}
        </h1>
        <p class="ink" style={mailStyle.text}>
          {introOf(count, context)}
        </p>
        {sections.map((section) => (
          <>
            <h2 class="accent" style={mailStyle.h2}>
              {section.label}
            </h2>
            {section.full.map((article) => (
              <Story article={article} topic={section.label} context={context} />
            ))}
            {section.brief.length > 0 && (
              <ul class="ink" style="margin:16px 0 0;padding:0 0 0 18px">
                {section.brief.map((article) => (
                  <li style={mailStyle.text}>
                    <a class="link" href={articleUrl(article, context)} style={mailStyle.link}>
                      {article.headline}
                    </a>
                  </li>
                ))}
              </ul>
            )}
            {section.further > 0 && (
              <p class="ink" style={`${mailStyle.text};margin-top:16px`}>
                <a class="link" href={topicUrl(section, context)} style={mailStyle.link}>
                  {weitere(section.further)} zu „{section.label}“ im Portal
                </a>
              </p>
            )}
          </>
        ))}
      </>
    ),
  });
}

function Story({ article, topic, context }: { article: Article; topic: string; context: DigestContext }) {
  const { headline, lead } = article;
  const kicker = kickerOf(article, topic);
  return (
    <>
      {kicker !== undefined && (
        <p class="soft" style={mailStyle.kicker}>
          {kicker}
        </p>
      )}
      <h3 class="ink" style={kicker !== undefined ? mailStyle.h3 : `${mailStyle.h3};margin-top:18px`}>
        <a class="link" href={articleUrl(article, context)} style={mailStyle.headlineLink}>
          {headline}
        </a>
      </h3>
      {lead !== '' && (
        <p class="ink" style={mailStyle.text}>
          {lead}
        </p>
      )}
      <p class="soft" style={mailStyle.soft}>
        {sourceLine(article)}
      </p>
    </>
  );
}

/** Under the heading of its topic, a kicker that says the same is left out. */
const kickerOf = ({ kicker }: Article, topic: string): string | undefined =>
  kicker === '' || kicker === topic ? undefined : kicker;

/** The top story's lead, then the topics: what the subject does not say already. */
function preheaderOf(top: Article, sections: readonly Section[]): string {
  const labels = sections.map(({ label }) => label).join(', ');
  const lead = top.lead.length > 120 ? `${top.lead.slice(0, 120).replace(/\s+\S*$/u, '')} …` : top.lead;
  return [lead, labels].filter((part) => part !== '').join(' – ');
}

function textOf(sections: readonly Section[], count: number, context: DigestContext): string {
  const lines = [
    portal.name,
    titles[context.cadence],
    '',
    wrapped(introOf(count, context)),
    ...sections.flatMap((section) => [
      '',
      '',
      section.label.toUpperCase(),
      '-'.repeat(section.label.length),
      ...section.full.flatMap((article) => storyLines(article, section.label, context)),
      ...section.brief.flatMap((article) => [
        '',
        wrapped(`* ${article.headline}`),
        articleUrl(article, context),
      ]),
      ...(section.further > 0
        ? ['', `${weitere(section.further)} zu diesem Thema:`, topicUrl(section, context)]
        : []),
    ]),
    '',
    '',
  ];
  return `${lines.join('\n')}${textFooter(reasons[context.cadence], context.baseUrl)}`;
}

function storyLines(article: Article, topic: string, context: DigestContext): string[] {
  const { headline, lead } = article;
  const kicker = kickerOf(article, topic);
  return [
    '',
    ...(kicker === undefined ? [] : [`[${kicker}]`]),
    wrapped(headline),
    ...(lead === '' ? [] : ['', wrapped(lead)]),
    '',
    wrapped(sourceLine(article)),
    articleUrl(article, context),
    '',
  ];
}

/** Bytes of a text in quoted-printable (RFC 2045 § 6.7), soft line breaks included. */
export function encodedBytes(text: string): number {
  let bytes = 0;
  for (const byte of Buffer.from(text)) bytes += byte > 126 || byte === 61 ? 3 : 1;
  return encodedLength(bytes);
}

const encodedLength = (bytes: number): number => Math.ceil(bytes * 1.08);

/** The greatest number up to `limit` that passes, when all below one that passes do so too; -1 when none does. */
function greatest(limit: number, passes: (candidate: number) => boolean): number {
  let low = -1;
  let high = limit;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
