import * as z from 'zod';
import { cadences } from './subscriber.ts';

const subscriptions = z.array(
  z.strictObject({
    cadence: z.enum(cadences),
    topics: z.union([z.literal('alle'), z.array(z.string())]),
    since: z.int(),
  }),
);

/** What someone had before they left, as the page that told them so brings it back. */
export const wayBackSchema = z.strictObject({
  sid: z.string(),
  address: z.string(),
  subscriptions,
  former: z
    .array(
      z.strictObject({
        subscriptions,
        until: z.record(z.enum(cadences), z.int()),
        lastNumber: z.int(),
        changedAt: z.iso.datetime(),
      }),
    )
    .optional(),
  announcements: z.boolean(),
  pausedUntil: z.string().optional(),
  catchUpAfterPause: z.boolean().optional(),
  /** Version of the row as leaving left it: the way back is open while nothing else has happened. */
  version: z.int(),
  madeAt: z.iso.datetime(),
});
