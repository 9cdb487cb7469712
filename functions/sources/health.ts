import { msOf, type Temporal } from '../platform/time.ts';
import type { RegisteredSource } from './source-store.ts';

/**
 * How a source is. `silent`: nothing new for longer than its `staleAfterDays`, which is as alarming as failing, since
 * departments have vanished from feeds for years unnoticed.
 */
export type SourceHealth = 'off' | 'gone' | 'new' | 'failing' | 'silent' | 'well';

/** Failures in a row that are more than one bad hour. */
const failing = 3;

export function healthOf({ source, state }: RegisteredSource, now: Temporal.Instant): SourceHealth {
  if (!source.active) return 'off';
  if (state.gone === true) return 'gone';
  if (state.failures >= failing) return 'failing';
  if (state.firstPolledAt === undefined) return state.failures > 0 ? 'failing' : 'new';
  return isSilent({ source, state }, now) ? 'silent' : 'well';
}

/** A feed that held nothing new since we know it counts from then. */
export function isSilent({ source, state }: RegisteredSource, now: Temporal.Instant): boolean {
  const since = state.lastNewItemAt ?? state.firstPolledAt;
  if (since === undefined) return false;
  return now.epochMilliseconds - msOf(since) > source.staleAfterDays * 24 * 3_600_000;
}
