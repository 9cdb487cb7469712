import * as z from 'zod';

export const announcementsSchema = z.strictObject({
  /** A mail to more people than this waits until a second person has approved the announcement. */
  approvalAbove: z.int().min(0),
  /** A mail later than this waits until someone has approved it still goes out. In hours. */
  approvalWhenLateHours: z.int().min(1),
  /** Days after its end for which an announcement's entries stay in the feeds of topics. */
  entriesStayDays: z.int().min(0),
});
