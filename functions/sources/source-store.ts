import type { Source } from '../../config/sources.ts';

/** What we know of a source from polling it. All moments ISO 8601. */
export interface SourceState {
  /** Address now in force: the defined one, or where a permanent redirect led. */
  url: string;
  /** Due at or after this moment. */
  nextPollAt: string;
  /** Validators, verbatim, as the server sent them. */
  etag?: string;
  lastModified?: string;
  /** SHA-256 of the body last parsed, hex. */
  bodyHash?: string;
  firstPolledAt?: string;
  lastSuccessAt?: string;
  lastNewItemAt?: string;
  /** Failures since the last success. */
  failures: number;
  lastError?: string;
  /** The source said 410 Gone; not polled until an operator says so. */
  gone?: boolean;
  /** Moments of the newest items, newest first, at most 20: how often it publishes. */
  recentItems?: string[];
}

export interface RegisteredSource {
  source: Source;
  state: SourceState;
}

/** The sources that this deployment polls, with their health. */
export interface SourceStore {
  list(): Promise<RegisteredSource[]>;
  get(id: string): Promise<RegisteredSource | undefined>;
  /**
   * Makes the registry hold these definitions. New ones are due at once; of known ones the definition is replaced and
   * the state kept, but a changed `url` resets address and validators; those no longer defined become inactive.
   */
  define(sources: readonly Source[], at: string): Promise<void>;
  /**
   * Takes the poll that is due: moves `nextPollAt` on, if it still is `expected`. So of two clocks one polls, and a
   * lost message is made up for at `next`.
   */
  claimPoll(id: string, expected: string, next: string): Promise<'claimed' | 'taken'>;
  /** Writes the outcome of a poll over what is there; attributes set to `undefined` are removed. */
  recordPoll(id: string, changes: Partial<SourceState>): Promise<void>;
}

/** What the clock asks of ingest. */
export interface PollMessage {
  sourceId: string;
}

/** A source that was never polled: due at once. */
export const initialState = (source: Source, at: string): SourceState => ({
  url: source.url,
  nextPollAt: at,
  failures: 0,
});

/** A new definition over a known source. A changed address starts over: its validators mean nothing elsewhere. */
export function redefine(known: RegisteredSource, source: Source, at: string): RegisteredSource {
  if (source.url === known.source.url) return { source, state: known.state };
  const { firstPolledAt, lastNewItemAt, recentItems } = known.state;
  return { source, state: { ...initialState(source, at), firstPolledAt, lastNewItemAt, recentItems } };
}
