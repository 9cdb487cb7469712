import * as z from 'zod';

export const portalSchema = z.strictObject({
  /** As people know it; heads every page, feed and mail. */
  name: z.string().min(3),
  /** BCP 47. */
  language: z.literal('de'),
  /** IANA name. Slots, freezes and dates mean this zone. */
  timeZone: z.string(),
  /**
   * Authority and date of our `tag:` URIs (RFC 4151). They are part of every id that a feed reader has
   * ever seen: set them before the first publication, and never change them, whatever the portal's address.
   */
  tagAuthority: z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/, 'must be a domain name you held on tagDate'),
  tagDate: z.iso.date(),
  publisher: z.strictObject({
    name: z.string(),
    /** As § 5 DDG asks for it, line by line. */
    address: z.array(z.string()).min(3).readonly(),
    email: z.email(),
  }),
  imprintPath: z.string().startsWith('/'),
  privacyPath: z.string().startsWith('/'),
  /** When digests start, in the portal's time zone, and on which ISO weekday (1 = Monday) the weekly one. */
  digest: z.strictObject({ at: z.iso.time({ precision: -1 }), weeklyOn: z.int().min(1).max(7) }),
  /** Entries that a feed shows; older ones are in its archive pages. */
  feedEntries: z.int().min(10).max(200),
  /** An article older than this when first seen is quiet: in feeds, not in digests. In days. */
  quietAfterDays: z.int().min(1),
  /** How much of the IP addresses of sign-up and confirmation the proof of consent keeps: /24 and /48, or all. */
  consentNetwork: z.enum(['prefix', 'full']),
});
