import type * as z from 'zod';
import type { feedsSchema } from './feeds.schema.ts';

/** How feeds are served, beside what `config/portal.ts` says of them. */
export const feeds: z.infer<typeof feedsSchema> = { archiveSpan: 50 };
