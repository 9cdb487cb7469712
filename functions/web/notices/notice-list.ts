import type * as z from 'zod';
import { isFreezing, type Announcement } from '../../announcements/announcement.ts';
import { editorialStatus } from '../../announcements/freeze.ts';
import { announcementPath, calendarPath } from '../../announcements/paths.ts';
import { shownAt } from '../../announcements/shown.ts';
import type { Temporal } from '../../platform/time.ts';
import type { noticeListSchema } from './notice-list.schema.ts';

/** Raised when a field goes or changes its meaning. New fields alone don't raise it, so readers must ignore those. */
export const noticeListVersion = 1;

export type NoticeList = z.infer<typeof noticeListSchema>;

/** The notices that a CMS shows at a moment, with the editorial status. */
export const noticeList = (
  announcements: readonly Announcement[],
  now: Temporal.Instant,
  baseUrl: URL,
): NoticeList => ({
  version: noticeListVersion,
  status: editorialStatus(announcements, now),
  notices: shownAt(announcements, now).map((announcement) => {
    const { id, kind, severity, icon, headline, text, audience } = announcement;
    const freezing = isFreezing(announcement) ? announcement : undefined;
    return {
      id,
      kind,
      severity,
      icon: { alt: icon },
      headline,
      text: text.trim(),
      freezeFrom: freezing?.freezeFrom ?? null,
      reopenAt: freezing?.reopenAt ?? null,
      lastDay: announcement.kind === 'notice' ? announcement.lastDay : null,
      topics: audience,
      url: new URL(announcementPath(id), baseUrl).href,
      calendar: freezing === undefined ? null : new URL(calendarPath(id), baseUrl).href,
    };
  }),
});
