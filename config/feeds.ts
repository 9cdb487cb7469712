import * as z from 'zod';
import { checked } from './checked.ts';

const schema = z.strictObject({
  /** Publication numbers that one archive page spans (RFC 5005). Changing it makes all archive pages anew. */
  archiveSpan: z.int().min(10).max(200),
  /** WebSub hub that is told of changed feeds, if any (https://www.w3.org/TR/websub/). */
  hub: z.url({ protocol: /^https?$/ }).optional(),
});

/** How feeds are served, beside what `config/portal.ts` says of them. */
export const feeds: z.infer<typeof schema> = checked('config/feeds.ts', schema, { archiveSpan: 50 });
