import * as z from 'zod';
import { sourceDefaults } from './sources.ts';
import { topics } from './topics.ts';

const slugs = topics.map((topic) => topic.slug);

export const sourceSchema = z.strictObject({
  /** Part of every article's identity. Never changes, whatever the office is called after the next election. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  /** The office, as "Quelle: … vom …" names it where the feed does not. */
  issuer: z.string().min(3),
  url: z.url({ protocol: /^https?$/ }),
  /** Topics of every article of this source, beside what its categories and text tell. */
  topics: z.array(z.enum(slugs)).default(sourceDefaults.topics),
  /** Off: defined, listed, not polled. */
  active: z.boolean().default(sourceDefaults.active),
  /** `allowed` where the source's terms permit its full text to be published again. */
  fullText: z.enum(['never', 'allowed']).default(sourceDefaults.fullText),
  /** `reference`: images are linked at their origin, and shown with their credit only. */
  images: z.enum(['never', 'reference']).default(sourceDefaults.images),
  /** `announce`: what the source holds when first polled is news too, not quiet. */
  firstContact: z.enum(['quiet', 'announce']).default(sourceDefaults.firstContact),
  /** `publish`: exempt from editorial freezes. */
  duringFreeze: z.enum(['hold', 'publish']).default(sourceDefaults.duringFreeze),
  /** Press invitations are kept out of digests unless `digest`. */
  invitations: z.enum(['quiet', 'digest']).default(sourceDefaults.invitations),
  /** Days without a new item after which silence is an alarm. */
  staleAfterDays: z.int().min(1).default(sourceDefaults.staleAfterDays),
});
