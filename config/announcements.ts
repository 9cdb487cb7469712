import * as z from 'zod';
import { checked } from './checked.ts';

const schema = z.strictObject({
  /** A mail to more people than this waits until a second person has approved the announcement. */
  approvalAbove: z.int().min(0),
  /** A mail later than this waits until someone has approved it still goes out. In hours. */
  approvalWhenLateHours: z.int().min(1),
  /** Days after its end for which an announcement's entries stay in the feeds of topics. */
  entriesStayDays: z.int().min(0),
});

export type AnnouncementRules = z.infer<typeof schema>;

export const announcementRules = checked('config/announcements.ts', schema, {
  approvalAbove: 10_000,
  approvalWhenLateHours: 24,
  entriesStayDays: 30,
});
