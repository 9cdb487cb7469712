import type { Source } from '../../config/sources.ts';
import type { ArticleImage, PressRelease } from '../articles/article.ts';
import { linkIdentity } from '../articles/link-identity.ts';
import { digestId } from '../platform/ids.ts';
import { Remembered } from '../platform/remembered.ts';
import { msOf, Temporal } from '../platform/time.ts';
import { anatomyOf, embargoOf, type Anatomy } from './anatomy.ts';
import { boundedContent, boundedItem } from './bounds.ts';
import { eventDateOf } from './event-date.ts';
import { itemName, type Finding } from './feed-errors.ts';
import { cleanText } from './html.ts';
import { canonicalLink } from './links.ts';
import { dayOfSourceDate } from './source-date.ts';
import type { SourceFeed, SourceItem } from './source-feed.ts';
import { topicsOf } from './topics.ts';

/** A press release and what filing needs to know of its place in the feed. */
export interface Normalised {
  release: PressRelease;
  /** No other item, and not the feed itself, has its link. */
  linkIdentifies: boolean;
}

export interface NormalisedFeed {
  /** Oldest first, so that publication numbers rise with time. */
  releases: Normalised[];
  findings: Finding[];
  /** Kickers and categories that no topic knows. */
  unknownTopics: string[];
  /** Items that Herold failed on; a fault of ours, never the feed's. */
  faults: { guid: string; error: unknown }[];
}

/**
 * Makes press releases of a feed's items: who they are, what they say, and when it may be said.
 *
 * @param at the moment of the poll, for items without a date
 */
export function pressReleasesOf(whole: SourceFeed, source: Source, at: Temporal.Instant): NormalisedFeed {
  const findings: Finding[] = [];
  const reportOf =
    (index: number) =>
    (kind: Finding['kind'], what: string): void => {
      findings.push({ kind, where: itemName(index), what });
    };
  const feed = { ...whole, items: whole.items.map((item, index) => boundedItem(item, reportOf(index))) };
  const unknownTopics = new Set<string>();
  const faults: NormalisedFeed['faults'] = [];
  const releases: Normalised[] = [];
  const links = countBy(
    feed.items.flatMap(({ link }) => (link === undefined ? [] : linkIdentity(canonicalLink(link)))),
  );
  const home = new Set(
    [feed.link, source.url].flatMap((link) => (link === undefined ? [] : linkIdentity(link))),
  );
  const identify = identities(feed, findings);
  let marksRead = 0;

  for (const [index, item] of feed.items.entries()) {
    const guid = identify(item);
    if (guid === undefined) continue;
    const report = reportOf(index);
    try {
      const marks = marksOf(item);
      const fits = marksRead + marks <= maxMarks;
      if (fits) marksRead += marks;
      else report('rejected', 'its text is left out: the feed has more markup than can be read in time');
      const read = fits ? item : { ...item, description: undefined, content: undefined };
      const { release, unknown } = pressReleaseOf(read, guid, feed, source, at, report);
      for (const name of unknown) unknownTopics.add(name);
      const identity = linkIdentity(release.link);
      const linkIdentifies =
        item.link !== undefined && links.get(identity) === 1 && !home.has(identity) && identity.includes('/');
      releases.push({ release, linkIdentifies });
    } catch (error) {
      faults.push({ guid, error });
    }
  }
  const sorted = releases
    .map((normalised, index) => ({ normalised, index, day: dayOfSourceDate(normalised.release.sourceDate) }))
    // Feeds have the newest first; of one day, the last is the oldest.
    .toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day) || b.index - a.index)
    .map(({ normalised }) => normalised);
  return { releases: sorted, findings, unknownTopics: [...unknownTopics], faults };
}

/**
 * Tags, attributes and entities that are read of one feed: they, not its length, are what reading takes time for. Enough
 * for 3 MB of press releases; only feeds that nobody wrote have more, and their items are kept without their texts.
 */
const maxMarks = 60_000;

/** Tags, attributes and entities in an item's texts, at most. */
function marksOf({ description = '', content = '' }: SourceItem): number {
  let marks = 0;
  for (const html of [description, content]) {
    for (let at = 0; at < html.length; at++) {
      const char = html[at];
      if (char === '<' || char === '&' || char === '=') marks += 1;
    }
  }
  return marks;
}

const countBy = (values: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/**
 * What an item is known by: its GUID, verbatim; else its link; else a hash of title and date. A GUID that different items
 * share, or that is the address of the whole feed, tells nothing and counts as missing.
 *
 * @returns a function that gives `undefined` for the second of two equal items
 */
function identities(feed: SourceFeed, findings: Finding[]): (item: SourceItem) => string | undefined {
  const spoken = new Map<string, Set<string>>();
  for (const { guid, link, title } of feed.items) {
    if (guid === undefined) continue;
    const items = spoken.get(guid) ?? new Set();
    spoken.set(guid, items.add(link ?? `title ${title ?? ''}`));
  }
  const useless = new Set<string | undefined>([feed.link, feed.id]);
  for (const [guid, items] of spoken) {
    if (items.size < 2) continue;
    useless.add(guid);
    findings.push({
      kind: 'repaired',
      where: 'feed',
      what: `${items.size} different items share the GUID ${guid}`,
    });
  }
  const links = countBy(feed.items.flatMap(({ link }) => link ?? []));
  const seen = new Set<string>();
  return (item) => {
    const identity =
      item.guid !== undefined && !useless.has(item.guid)
        ? item.guid
        : item.link !== undefined && links.get(item.link) === 1 && item.link !== feed.link
          ? canonicalLink(item.link)
          : `hash:${digestId(item.title ?? item.description ?? '', item.published ?? '')}`;
    if (seen.has(identity)) {
      findings.push({ kind: 'rejected', where: 'feed', what: `an item is in it twice: ${identity}` });
      return undefined;
    }
    seen.add(identity);
    return identity;
  };
}

const invitation =
  /\b(?:presse|medien|foto|bild)(?:einladung|termin|gespräch|rundgang)|\beinladung (?:zu[mr]?|an die) (?:presse|medien|foto|bild|pk\b)|\bterminhinweis|\bterminankündigung|\bakkreditierung|^(?:presse)?einladung\b|\bfür die medien:|\bwochenvorschau|\bpressekonferenz (?:am|mit|zu[mr]?)\b/i;

/** Feeds repeat their whole window for one new item, and reading HTML is most of what a poll takes. */
const anatomies = new Remembered<Anatomy>(500);
/** Longer texts are read each time, so that what is kept stays small. */
const longestKept = 20_000;

function knownAnatomyOf(item: Parameters<typeof anatomyOf>[0], base: string): Anatomy {
  const question = JSON.stringify([item, base]);
  return question.length > longestKept
    ? anatomyOf(item, base)
    : anatomies.of(question, () => anatomyOf(item, base));
}

function pressReleaseOf(
  item: SourceItem,
  guid: string,
  feed: SourceFeed,
  source: Source,
  at: Temporal.Instant,
  report: (kind: Finding['kind'], what: string) => void,
): { release: PressRelease; unknown: readonly string[] } {
  const anatomy = knownAnatomyOf(
    {
      headline: item.title ?? '',
      teaserHtml: item.content === undefined ? undefined : item.description,
      textHtml: item.content ?? item.description,
    },
    item.base,
  );
  for (const note of anatomy.notes) report('repaired', note);
  const headline = headlineOf(item, anatomy, report);
  const { lead } = anatomy;
  const kicker = anatomy.kicker ?? headline.kicker;
  const { topics, unknown } = topicsOf(
    { kicker, headline: headline.text, lead, categories: item.categories },
    source.topics,
  );
  for (const name of unknown) report('guessed', `no topic is called ${JSON.stringify(name)}`);
  const { date, known } = sourceDateOf(item, anatomy, at, report);
  const link = item.link ?? feed.link ?? source.url;
  if (item.link === undefined) report('guessed', 'it has no link; it leads to the feed’s page');
  const image = imageOf(item, anatomy);
  const embargoUntil =
    anatomy.embargoUntil ??
    (/\bSperrfrist\b/i.test(item.title ?? '') ? embargoOf(item.title ?? '') : undefined);
  const isInvitation = invitation.test(`${headline.text} | ${kicker ?? ''} | ${item.categories.join(' | ')}`);
  const eventDate =
    item.event ??
    (isInvitation
      ? eventDateOf([headline.text, lead, anatomy.body?.text ?? ''].join('\n'), date)
      : undefined);

  const content = boundedContent(
    {
      ...(kicker !== undefined && { kicker }),
      headline: headline.text,
      lead,
      ...(anatomy.body !== undefined && { body: anatomy.body }),
      ...(image !== undefined && { image }),
      issuer: anatomy.issuer ?? source.issuer,
      ...(anatomy.contact !== undefined && { contact: anatomy.contact }),
      invitation: isInvitation,
      ...(eventDate !== undefined && { eventDate }),
    },
    report,
  );
  const fullText = source.fullText === 'allowed';
  const shown = [
    content.kicker ?? '',
    content.headline,
    content.lead,
    content.issuer,
    known ? date : '',
    // "Quelle" leads there; and whoever changes the address today may change the GUID tomorrow.
    item.link === undefined ? '' : linkIdentity(canonicalLink(item.link)),
    fullText ? (content.body?.html ?? '') : '',
    fullText ? (content.contact ?? '') : '',
    ...(source.images === 'reference' && content.image?.credit !== undefined
      ? [content.image.url, content.image.alt, content.image.credit]
      : []),
  ];
  return {
    release: {
      sourceId: source.id,
      guid,
      link: canonicalLink(link),
      ...content,
      sourceDate: date,
      topics: [...topics],
      contentHash: digestId(...shown),
      ...(embargoUntil !== undefined && { embargoUntil }),
    },
    unknown,
  };
}

/** "Flucht und Migration | …" names its kicker; without a title, the first words have to do. */
function headlineOf(
  item: SourceItem,
  anatomy: Anatomy,
  report: (kind: Finding['kind'], what: string) => void,
): { text: string; kicker?: string } {
  const title = cleanText(item.title ?? '');
  if (title !== '') {
    const [, kicker, text] = /^([^|]{3,60}?)\s\|\s(.{10,})$/.exec(title) ?? [];
    return kicker !== undefined && text !== undefined ? { text, kicker } : { text: title };
  }
  const words = cleanText(anatomy.lead || anatomy.body?.text || item.link || '(ohne Überschrift)');
  report('guessed', 'it has no title; its first words are its headline');
  if (words.length <= 100) return { text: words };
  return { text: `${words.slice(0, Math.max(words.lastIndexOf(' ', 100), 60))} …` };
}

/** A source date this far ahead is the date of an event. */
const aheadMs = 36 * 3_600_000;

/** When the source says that it said it; the day of the poll where it does not say. */
function sourceDateOf(
  item: SourceItem,
  anatomy: Anatomy,
  at: Temporal.Instant,
  report: (kind: Finding['kind'], what: string) => void,
): { date: string; known: boolean } {
  const latestMs = at.epochMilliseconds + aheadMs;
  for (const date of [anatomy.sourceDate, item.published, item.updated]) {
    if (date === undefined) continue;
    // A day begins at midnight in UTC here: the difference is nothing next to that.
    if (msOf(date) <= latestMs) return { date, known: true };
    report('guessed', `${date} lies ahead and is no source date`);
  }
  report('guessed', 'it has no date; the day of the poll was taken');
  return { date: dayOfSourceDate(at.toString()).toString(), known: false };
}

function imageOf(item: SourceItem, { image: inText }: Anatomy): ArticleImage | undefined {
  const url = item.image?.url ?? inText?.url;
  if (url === undefined) return undefined;
  const credit = item.image?.credit ?? inText?.credit;
  return { url, alt: item.image?.alt ?? inText?.alt ?? '', ...(credit !== undefined && { credit }) };
}
