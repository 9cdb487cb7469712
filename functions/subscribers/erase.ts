import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict } from '../platform/errors.ts';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import type { ConsentEntry, ConsentReason } from './consent.ts';
import type { ErasureList } from './erasure-list.ts';
import type { SubscriberParts } from './parts.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';

type EraseParts = Pick<SubscriberParts, 'store' | 'erasures'>;

const attempts = 30;

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
  for (let attempt = 0; attempt < attempts; attempt++) {
    await sleep(attempt); // lets those go first who came first
    const { row, history, isErased } = await standing(store, sid, at);
    if (row === undefined && history.length === 0) return 'unknown';
    if (isErased) return 'erased';
    await erasures.add(sid, isoMillis(at));
    if ((await eraseRow(store, sid, row, history, reason, at)) === 'erased') return 'erased';
  }
  throw new Conflict(`subscriber ${sid} was changed by others ${attempts} times over`);
}

/**
 * Erases once more whoever a restored backup has brought back. Those who signed up anew after their erasure stay.
 *
 * @returns how many were erased again
 * @throws Conflict when one of them was changed meanwhile: call it again
 */
export async function reapplyErasures(
  { store, erasures }: Pick<EraseParts, 'store'> & { erasures: Pick<ErasureList, 'all'> },
  at: Temporal.Instant,
): Promise<number> {
  let erased = 0;
  for await (const { sid, erasedAt } of erasures.all()) {
    const { row, history, isErased } = await standing(store, sid, at);
    const startedAfter = row !== undefined && row.requestedAt > erasedAt;
    if (startedAfter || isErased) continue;
    if ((await eraseRow(store, sid, row, history, 'operator', at)) === 'conflict') {
      throw new Conflict(`subscriber ${sid} was changed while being erased again`);
    }
    erased += 1;
  }
  return erased;
}

async function standing(store: SubscriberStore, sid: string, at: Temporal.Instant) {
  const row = await store.get(sid, epochSeconds(at));
  const history = await store.history(sid, epochSeconds(at));
  const isCutDown = history.every(({ after }) => after === undefined);
  const isErased = row === undefined && isCutDown && [undefined, 'erased'].includes(history.at(-1)?.event);
  return { row, history, isErased };
}

const eraseRow = (
  store: SubscriberStore,
  sid: string,
  row: Subscriber | undefined,
  history: readonly ConsentEntry[],
  reason: ConsentReason,
  at: Temporal.Instant,
): Promise<'erased' | 'conflict'> =>
  store.erase(sid, row?.version ?? 0, {
    at: isoMillis(at),
    event: 'erased',
    reason,
    version: Math.max(row?.version ?? 0, history.at(-1)?.version ?? 0) + 1,
  });
