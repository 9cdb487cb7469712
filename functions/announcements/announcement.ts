import { portal } from '../../config/portal.ts';
import type { TopicSlug } from '../../config/topics.ts';
import { isReachable, type Subscriber } from '../subscribers/subscriber.ts';
import { Remembered } from '../platform/remembered.ts';
import { momentOf, startOfDay, Temporal } from '../platform/time.ts';

/** Kinds during which nothing new appears. `pause` is a "Redaktionspause", `relaunch` a freeze that ends in a new site. */
export const freezingKinds = ['relaunch', 'freeze', 'pause'] as const;
export type FreezingKind = (typeof freezingKinds)[number];

/** What an editor writes down of an announcement, checked but not yet made. All dates are `YYYY-MM-DD` in the portal's zone. */
export type AnnouncementDraft = DraftText & (FreezingDates | NoticeDates);

export interface DraftText {
  severity: 'information' | 'warning';
  /** What the icon says to those who don't see it; an icon is never shown without it. */
  icon: string;
  headline: string;
  /** Plain text, one paragraph a line. */
  text: string;
  /** Subscribers of one of these topics, or everyone. */
  audience: 'alle' | TopicSlug[];
  /** Day of the advance notice; at once when not given. */
  announceOn?: string;
}

export interface FreezingDates {
  kind: FreezingKind;
  /** First day of the freeze. */
  freezeFrom: string;
  /** First day on which everything is open again. */
  reopenAt: string;
  /** Days before the freeze on which people are reminded. */
  reminderDays: number[];
}

export interface NoticeDates {
  kind: 'notice';
  /** Last day on which the notice shows. */
  lastDay: string;
}

/** What became of one phase. Written by the clock only. */
export interface PhaseRecord {
  /** When surfaces began to show it, ISO 8601; it has its notice entry from then on. Never, when it was skipped at once. */
  begunAt?: string;
  /** `starting`: decided, its run is being created. `skipped`: its successor began before its mail went out. */
  mail?: 'starting' | 'sent' | 'skipped';
  /** When `mail` was decided, ISO 8601. */
  mailAt?: string;
  /** The dates that this phase told of; they stay as told when the announcement moves. */
  freezeFrom?: string;
  reopenAt?: string;
}

/** An editor's or a second person's act, on record. */
export interface Act {
  /** ISO 8601. */
  at: string;
  by: string;
}

interface Kept {
  /** `relaunch-2022-04-29`; never changes, even when the dates do. */
  id: string;
  /** Moment of the advance notice, ISO 8601. */
  announceAt: string;
  created: Act;
  /** Last move; `told` when people had been told of `from` by then, and so must be told of the new dates. */
  moved?: Act & { from: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>; told: boolean };
  withdrawn?: Act & { told: boolean };
  approvals: Act[];
  /** RFC 5545 SEQUENCE: raised with each move and by withdrawing. */
  sequence: number;
  /** Confirmed subscribers whom it concerned when last counted. */
  audienceSize: number;
  phases: Readonly<Partial<Record<string, PhaseRecord>>>;
  /** Over for long enough that its entries leave the feeds of topics, ISO 8601. */
  retiredAt?: string;
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

export type FreezingAnnouncement = DraftText & FreezingDates & Kept;
export type Notice = DraftText & NoticeDates & Kept;
/** A planned freeze, relaunch, pause or notice. */
export type Announcement = FreezingAnnouncement | Notice;

export const isFreezing = <A extends AnnouncementDraft>(announcement: A): announcement is A & FreezingDates =>
  announcement.kind !== 'notice';

/** Half-open: `from` is the freeze's first moment, `until` the first one after it. */
export interface Interval {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

const midnights = new Remembered<Temporal.Instant>();

/** The first moment of a day, `YYYY-MM-DD`, in the portal's zone. Each minute asks for those of all announcements. */
const midnight = (day: string): Temporal.Instant =>
  midnights.of(day, () => startOfDay(Temporal.PlainDate.from(day), portal.timeZone));

/** `2022-04-29`..`2022-05-23` in Europe/Berlin is [2022-04-28T22:00Z, 2022-05-22T22:00Z). */
export const freezeInterval = (dates: Pick<FreezingDates, 'freezeFrom' | 'reopenAt'>): Interval => ({
  from: midnight(dates.freezeFrom),
  until: midnight(dates.reopenAt),
});

/** First moment after a notice's last day. */
export const noticeEnd = ({ lastDay }: Pick<NoticeDates, 'lastDay'>): Temporal.Instant =>
  midnights.of(`after ${lastDay}`, () =>
    startOfDay(Temporal.PlainDate.from(lastDay).add({ days: 1 }), portal.timeZone),
  );

/** When mails of a day go out: with the digests, so that nobody's telephone rings at midnight. */
export const mailTimeOn = (date: Temporal.PlainDate): Temporal.Instant =>
  date
    .toZonedDateTime({ timeZone: portal.timeZone, plainTime: Temporal.PlainTime.from(portal.digest.at) })
    .toInstant();

/** Were mails of this phase sent, or are they just about to be? */
export const isTold = (record: PhaseRecord | undefined): boolean =>
  record?.mail === 'sent' || record?.mail === 'starting';

/** Has anyone been told by mail? */
export const wasTold = (announcement: Announcement): boolean =>
  Object.values(announcement.phases).some(isTold);

/** First moment at which there is nothing left to announce but the end. */
export function endOf(announcement: Announcement): Temporal.Instant {
  if (announcement.withdrawn !== undefined) return momentOf(announcement.withdrawn.at);
  return isFreezing(announcement) ? freezeInterval(announcement).until : noticeEnd(announcement);
}

/** Does an announcement go to this person? Whatever their cadence, and once per phase. */
export function concerns({ audience }: Pick<Announcement, 'audience'>, subscriber: Subscriber): boolean {
  if (!isReachable(subscriber) || !subscriber.announcements) return false;
  if (audience === 'alle') return true;
  return subscriber.subscriptions.some(
    ({ topics }) => topics === 'alle' || topics.some((topic) => (audience as string[]).includes(topic)),
  );
}

/** Makes an announcement of a checked draft. */
export function makeAnnouncement(
  draft: AnnouncementDraft,
  made: { id: string; by: string; at: string; audienceSize: number },
): Announcement {
  const { announceOn } = draft;
  return {
    ...draft,
    id: made.id,
    announceAt:
      announceOn === undefined ? made.at : mailTimeOn(Temporal.PlainDate.from(announceOn)).toString(),
    created: { at: made.at, by: made.by },
    approvals: [],
    sequence: 0,
    audienceSize: made.audienceSize,
    phases: {},
    version: 1,
  };
}

/** `relaunch-2022-04-29`, `notice-2022-04-01`. */
export const announcementId = (draft: AnnouncementDraft, today: Temporal.PlainDate): string =>
  `${draft.kind}-${isFreezing(draft) ? draft.freezeFrom : (draft.announceOn ?? today.toString())}`;
