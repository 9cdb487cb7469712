import type { Finding } from './feed-errors.ts';

/** A source feed as it stands, in one form for all dialects. Texts are plain unless they say HTML. */
export interface SourceFeed {
  title?: string | undefined;
  /** Address of the page that the feed is of; never a hub's or the feed's own. Absolute. */
  link?: string | undefined;
  id?: string | undefined;
  description?: string | undefined;
  /** BCP 47, as the feed has it. */
  language?: string | undefined;
  rights?: string | undefined;
  /** Like an item's dates. */
  updated?: string | undefined;
  items: SourceItem[];
  /** What the feed asks of those who poll it. */
  pace: FeedPace;
  /** What was repaired, guessed or rejected on the way. */
  findings: Finding[];
}

export interface SourceItem {
  /** Verbatim; missing where the feed has none. */
  guid?: string | undefined;
  /** Absolute. */
  link?: string | undefined;
  title?: string | undefined;
  /** Teaser, unsafe HTML as the source wrote it. */
  description?: string | undefined;
  /** Full text, unsafe HTML as the source wrote it. */
  content?: string | undefined;
  authors: string[];
  /** `YYYY-MM-DD` where the source names a day, ISO 8601 with `Z` and milliseconds where it names a moment. */
  published?: string | undefined;
  updated?: string | undefined;
  /** When what it announces begins, like the dates above. */
  event?: string | undefined;
  categories: string[];
  enclosures: SourceEnclosure[];
  image?: SourceImage | undefined;
  /** What relative addresses in its HTML are relative to; absolute. */
  base: string;
}

export interface SourceEnclosure {
  url: string;
  type?: string | undefined;
  /** Bytes. */
  length?: number | undefined;
}

export interface SourceImage {
  url: string;
  alt?: string | undefined;
  credit?: string | undefined;
}

export interface FeedPace {
  /** RSS `ttl`, or from `sy:updatePeriod` and `sy:updateFrequency`. */
  minutesBetweenPolls?: number | undefined;
  /** Hours of the day (UTC, 0 to 23) at which nothing is published. */
  skipHours: number[];
  /** Weekdays (UTC, 1 = Monday) on which nothing is published. */
  skipDays: number[];
}
