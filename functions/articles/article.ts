import { momentOf, startOfDay, Temporal } from '../platform/time.ts';

/**
 * What an issuer says with one press release: parsed and normalised, apart from where it came from.
 * Two of these with the same {@link ArticleContent} read the same to a person.
 */
export interface ArticleContent {
  /** Dachzeile, above the headline: `Flucht und Migration`. */
  kicker?: string;
  headline: string;
  /** Teaser in plain text; may be empty where a source has none. */
  lead: string;
  /** Full text where the source has one; sanitised HTML, and the same as plain text. Shown only as rights allow. */
  body?: { html: string; text: string };
  image?: ArticleImage;
  /** The office named in "Quelle: … vom …". */
  issuer: string;
  /** `YYYY-MM-DD` where the source names a day, ISO 8601 with `Z` and milliseconds where it names a moment. */
  sourceDate: string;
  /** Veranstaltungstermin, like `sourceDate`: what a release invites to. Only where it is certain; no date of the release. */
  eventDate?: string;
  /** Set apart from the body: press contact and the like, plain text. */
  contact?: string;
  /** An invitation to the press, not news for the portal's readers. */
  invitation: boolean;
}

export interface ArticleImage {
  /** Absolute http(s) URL at its origin; never copied. */
  url: string;
  /** Text alternative; empty only for decoration. */
  alt: string;
  /** Bildnachweis, verbatim: `PHOTOMORPHIC PTE. LTD. - Fotolia.com`. An image without one is never shown. */
  credit?: string;
}

/** Where an article was found. The first origin made its id; others carried the same release later. */
export interface Origin {
  sourceId: string;
  /** The source's own identifier, verbatim. */
  guid: string;
  /** Canonical address at the source. */
  link: string;
}

/** A parsed, normalised item, ready to be filed. */
export interface PressRelease extends ArticleContent, Origin {
  /** Slugs of `config/topics.ts`, in that order, at least one. */
  topics: string[];
  /** Over what readers see ({@link ArticleContent}). Differs exactly when a correction is worth showing. */
  contentHash: string;
  /** Sperrfrist: ISO 8601 moment before which the release must not be published. */
  embargoUntil?: string;
}

/**
 * Why an article is not published yet. `publication-pending`: nothing stands against it; it was stored a moment ago,
 * or a crash came between storing and publishing.
 */
export type HeldBecause = 'publication-pending' | 'freeze' | 'embargo' | 'editor';

/** A changed release that reached us while a freeze kept corrections back. */
export interface PendingCorrection {
  content: ArticleContent;
  /** Address at the source from now on. */
  link: string;
  topics: string[];
  contentHash: string;
}

/** Our stored record. */
export interface Article extends ArticleContent {
  /** 16 characters of base 32; made from the first origin, never changes. */
  id: string;
  origins: Origin[];
  /** Address of the release at its (first) source; where "Quelle" leads. */
  link: string;
  topics: string[];
  contentHash: string;
  /** 1 when first stored, one more with each correction. */
  revision: number;
  /** ISO 8601 moments. */
  firstSeenAt: string;
  updatedAt: string;
  status: 'held' | 'live' | 'withdrawn';
  heldBecause?: HeldBecause;
  /** ISO 8601; a held article is not published before, whatever else. */
  heldUntil?: string;
  /** Number and moment of publication; set together when the article goes live. */
  publication?: number;
  publishedAt?: string;
  /** In feeds, but not in digests. */
  quiet: boolean;
  /** `publish`: its source is exempt from editorial freezes. */
  duringFreeze: 'hold' | 'publish';
  pendingCorrection?: PendingCorrection;
  /** What an editor set by hand; the fields above show it already, and later polls can't undo it. */
  overrides?: Partial<ArticleContent> & { topics?: string[] };
  /** What editors did by hand, oldest first. */
  acts?: EditorAct[];
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

/** An editor's act, on record for good. */
export interface EditorAct {
  act: 'release' | 'hold' | 'move' | 'withdraw';
  /** ISO 8601. */
  at: string;
  by: string;
  reason?: string;
}

/** The content of an article or press release alone, without what Herold knows beside it. */
export const contentOf = (from: ArticleContent): ArticleContent => ({
  kicker: from.kicker,
  headline: from.headline,
  lead: from.lead,
  body: from.body,
  image: from.image,
  issuer: from.issuer,
  sourceDate: from.sourceDate,
  eventDate: from.eventDate,
  contact: from.contact,
  invitation: from.invitation,
});

/** The moment that a source date means: a whole day means its beginning in the portal's time zone. */
export const sourceMoment = (sourceDate: string, timeZone: string): Temporal.Instant =>
  sourceDate.includes('T') ? momentOf(sourceDate) : startOfDay(Temporal.PlainDate.from(sourceDate), timeZone);

/** Only the source that an article came from first may correct it; others carry it along. */
export const originsOfFirstSource = (article: Article): Origin[] =>
  article.origins.filter(({ sourceId }) => sourceId === article.origins[0]?.sourceId);
