import type * as z from 'zod';
import type { announcementsSchema } from './announcements.schema.ts';

export type AnnouncementRules = z.infer<typeof announcementsSchema>;

export const announcementRules = {
  approvalAbove: 10_000,
  approvalWhenLateHours: 24,
  entriesStayDays: 30,
} as const satisfies AnnouncementRules;
