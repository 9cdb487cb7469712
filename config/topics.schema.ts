import * as z from 'zod';
import { reservedSlugs } from './topics.ts';

export const topicsSchema = z
  .array(
    z.strictObject({
      /** Part of feed addresses that people have subscribed to. To rename a topic, change its label. */
      slug: z
        .string()
        .regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by hyphens')
        .refine((slug) => !(reservedSlugs as readonly string[]).includes(slug), 'is reserved'),
      label: z.string().min(3),
      /** What kickers and categories of sources say for it. Compared without case and punctuation. */
      aliases: z.array(z.string()).readonly(),
    }),
  )
  .refine((topics) => new Set(topics.map((topic) => topic.slug)).size === topics.length, 'slugs must differ');
