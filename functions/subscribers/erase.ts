import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import type { ConsentReason } from './consent.ts';
import type { SubscriberParts } from './parts.ts';

type EraseParts = Pick<SubscriberParts, 'store' | 'erasures'>;

/**
 * Erases a person (Art. 17 DSGVO): the list that outlives backups first, then the row, then all but the least of the
 * ledger. Safe to repeat when it broke off.
 */
export async function erase(
  { store, erasures }: EraseParts,
  sid: string,
  reason: Extract<ConsentReason, 'settings-page' | 'operator'>,
  at: Temporal.Instant,
): Promise<'erased' | 'unknown'> {
  const now = epochSeconds(at);
  const row = await store.get(sid, now);
  const history = await store.history(sid, now);
  if (row === undefined && history.length === 0) return 'unknown';
  const last = history.at(-1);
  if (row === undefined && last?.event === 'erased') return 'erased';
  await erasures.add(sid, isoMillis(at));
  const version = Math.max(row?.version ?? 0, last?.version ?? 0) + 1;
  await store.erase(sid, { at: isoMillis(at), event: 'erased', reason, version });
  return 'erased';
}

/**
 * Erases once more whoever a restored backup has brought back. Those who signed up anew after their erasure stay.
 *
 * @returns how many were erased again
 */
export async function reapplyErasures(
  { store, erasures }: EraseParts,
  at: Temporal.Instant,
): Promise<number> {
  let erased = 0;
  const now = epochSeconds(at);
  for await (const { sid, erasedAt } of erasures.all()) {
    const row = await store.get(sid, now);
    const history = await store.history(sid, now);
    const startedAfter = row !== undefined && row.requestedAt > erasedAt;
    const isErased = row === undefined && (history.length === 0 || history.at(-1)?.event === 'erased');
    if (startedAfter || isErased) continue;
    const version = Math.max(row?.version ?? 0, history.at(-1)?.version ?? 0) + 1;
    await store.erase(sid, { at: isoMillis(at), event: 'erased', reason: 'operator', version });
    erased += 1;
  }
  return erased;
}
