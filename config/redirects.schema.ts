import * as z from 'zod';
import { topics } from './topics.ts';

const slug = z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by hyphens');

export const redirectsSchema = z.strictObject({
  /** Topic slugs of old → those of now. Their pages and feeds redirect for good. */
  topics: z.record(
    slug.refine(
      (old) => topics.every((topic) => topic.slug !== old),
      'is a topic of now, so it can’t redirect',
    ),
    z.enum(topics.map((topic) => topic.slug)),
  ),
  /** Whole old paths → paths of now. An article whose id is in its old path needs no line. */
  paths: z.record(z.string().startsWith('/'), z.string().startsWith('/')),
});
