import * as z from 'zod';
import { freezingKinds, isFreezing, type Announcement } from '../../announcements/announcement.ts';
import { editorialStatus } from '../../announcements/freeze.ts';
import { announcementPath, calendarPath } from '../../announcements/paths.ts';
import { shownAt } from '../../announcements/shown.ts';
import type { Temporal } from '../../platform/time.ts';

/** Raised when a field goes or changes its meaning. New fields alone don't raise it, so readers must ignore those. */
export const noticeListVersion = 1;

const date = z.iso.date().meta({ description: 'Day in the portal’s time zone' });
const moment = z.iso.datetime().meta({ description: 'Moment in UTC' });

/** What `GET /redaktionsstatus` answers. */
export const editorialStatusSchema = z.object({
  state: z.enum(['open', 'frozen']),
  since: moment.nullable(),
  until: moment.nullable(),
  reason: z.string().nullable(),
  retryAfter: z.int().nullable().meta({ description: 'Seconds until contributions are taken again' }),
});

/** What `GET /hinweise.json` answers; published as JSON Schema beside it. */
export const noticeListSchema = z.object({
  version: z.literal(noticeListVersion),
  status: editorialStatusSchema,
  notices: z.array(
    z.object({
      id: z.string(),
      kind: z.enum([...freezingKinds, 'notice']),
      severity: z.enum(['information', 'warning']),
      icon: z.object({ alt: z.string().min(1) }),
      headline: z.string(),
      text: z.string().meta({ description: 'Plain text, one paragraph a line' }),
      freezeFrom: date.nullable().meta({ description: 'First day of the freeze' }),
      reopenAt: date.nullable().meta({ description: 'First day on which everything is open again' }),
      lastDay: date.nullable().meta({ description: 'Last day of a notice without a freeze' }),
      topics: z.union([z.literal('alle'), z.array(z.string())]),
      url: z.url(),
      calendar: z.url().nullable(),
    }),
  ),
});

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
