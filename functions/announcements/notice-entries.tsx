import { renderToString } from 'hono/jsx/dom/server';
import { tagUri } from '../articles/article-page.ts';
import { Newest } from '../platform/remembered.ts';
import { Temporal } from '../platform/time.ts';
import { wasTold, type Announcement } from './announcement.ts';
import { announcementPath } from './paths.ts';
import { phaseMessage } from './phase-message.ts';
import { kindOf } from './phases.ts';
import { PhaseText } from './phase-text.tsx';

/** One phase as an entry of a feed. */
export interface NoticeEntry {
  /** `tag:` URI (RFC 4151); never changes. */
  id: string;
  /** Path on the portal. */
  path: string;
  title: string;
  /** Escaped HTML. */
  html: string;
  text: string;
  /** ISO 8601. */
  publishedAt: string;
  /** Slugs of the topics in whose feeds it stands, beside `hinweise` and `alle`; `alle` for every one. */
  topics: Announcement['audience'];
}

/**
 * The entries of all phases that have begun, newest first: what the feed `hinweise` holds. A function of what is
 * stored, as the clock wrote it, so that a feed's bytes only change with it.
 */
export const noticeEntries = (announcements: readonly Announcement[]): NoticeEntry[] =>
  announcements
    .flatMap(entriesOf)
    .toSorted((a, b) =>
      a.publishedAt === b.publishedAt ? (a.id < b.id ? -1 : 1) : a.publishedAt < b.publishedAt ? 1 : -1,
    );

/** Those that stand in the feeds of topics and in `alle`: of announcements that are not long over. */
export const currentNoticeEntries = (announcements: readonly Announcement[]): NoticeEntry[] =>
  noticeEntries(announcements.filter(({ retiredAt }) => retiredAt === undefined));

/** Does an entry stand in the feed of a topic (or `alle`)? */
export const isInFeedOf = ({ topics }: NoticeEntry, slug: string): boolean =>
  topics === 'alle' || slug === 'alle' || (topics as string[]).includes(slug);

/** Each feed asks for those of all announcements. */
const knownEntries = new Newest<Announcement, readonly NoticeEntry[]>();

const entriesOf = (announcement: Announcement): readonly NoticeEntry[] =>
  knownEntries.of(announcement.id, announcement, () => makeEntries(announcement));

function makeEntries(announcement: Announcement): NoticeEntry[] {
  // Withdrawn before anyone was told: as if it had never been.
  if (announcement.withdrawn !== undefined && !wasTold(announcement)) return [];
  return Object.entries(announcement.phases).flatMap(([phase, record]) => {
    if (record?.begunAt === undefined) return [];
    const message = phaseMessage(announcement, kindOf(phase), Temporal.Instant.from(record.begunAt), record);
    return {
      id: tagUri(`hinweis/${announcement.id}/${phase}`),
      path: announcementPath(announcement.id),
      title: message.title,
      html: renderToString(<PhaseText message={message} />),
      text: [...message.paragraphs, ...message.dates.map(({ label, value }) => `${label}: ${value}`)].join(
        '\n',
      ),
      publishedAt: record.begunAt,
      topics: announcement.audience,
    };
  });
}
