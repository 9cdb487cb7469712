import * as z from 'zod';

export const feedsSchema = z.strictObject({
  /** Publication numbers that one archive page spans (RFC 5005). Changing it makes all archive pages anew. */
  archiveSpan: z.int().min(10).max(200),
  /** WebSub hub that is told of changed feeds, if any (https://www.w3.org/TR/websub/). */
  hub: z.url({ protocol: /^https?$/ }).optional(),
});
