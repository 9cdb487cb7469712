/**
 * What stands in the way of reading a body as a feed. Everything else that is odd about it is repaired, and reported as
 * a {@link Finding}.
 */
abstract class UnreadableFeed extends Error {}

/** The body is something else: `saw` says what, for instance `an HTML page ("Wartungsarbeiten")`. */
export class NotAFeed extends UnreadableFeed {
  override readonly name = 'NotAFeed';
  readonly saw: string;

  constructor(saw: string) {
    super(`This is not a feed but ${saw}`);
    this.saw = saw;
  }
}

/** The body is a feed, but what is left of it holds no whole item. */
export class BrokenFeed extends UnreadableFeed {
  override readonly name = 'BrokenFeed';
}

/** The body is larger than any feed that a ministry has reason to send. */
export class TooLarge extends UnreadableFeed {
  override readonly name = 'TooLarge';

  /** @param limitBytes what would have been read, in bytes after decompression */
  constructor(limitBytes: number) {
    super(`The body is larger than ${limitBytes} bytes`);
  }
}

/** One thing that was not as it should be, and what was made of it. `where` is `feed` or an item: `item 3`. */
export interface Finding {
  kind: 'repaired' | 'guessed' | 'rejected';
  where: string;
  what: string;
}

/** Findings are for people: a feed that is broken throughout is told with the first of them, and how many there are. */
const reported = 200;

export class Findings {
  readonly list: Finding[] = [];
  #more = 0;

  /** Takes down a finding, once. */
  add(kind: Finding['kind'], where: string, what: string): void {
    if (this.list.some((known) => known.where === where && known.what === what)) return;
    if (this.list.length < reported) this.list.push({ kind, where, what });
    else this.#more += 1;
  }

  /** All of them, with a line for those that were too many. */
  all(): Finding[] {
    if (this.#more === 0) return this.list;
    return [...this.list, { kind: 'repaired', where: 'feed', what: `${this.#more} more findings` }];
  }
}

/** How findings name an item: as people count, from 1. */
export const itemName = (index: number): string => `item ${index + 1}`;
