import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict } from '../platform/errors.ts';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import { consentStateOf, type ConsentEntry } from './consent.ts';
import type { Change, SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';

/** A row as it is to become, and what its ledger says of it. */
export interface Next {
  subscriber: Omit<Subscriber, 'version'>;
  entry: Omit<ConsentEntry, 'at' | 'version' | 'after'>;
}

/** What a decision comes to; without `next` nothing is written. */
export interface Decision<O> {
  outcome: O;
  next?: Next;
}

const attempts = 30;

/**
 * Changes one row by a decision upon its present state, again upon the newer state when another writer was faster.
 *
 * @throws Conflict after thirty lost attempts
 */
export async function change<O>(
  store: SubscriberStore,
  sid: string,
  at: Temporal.Instant,
  decide: (row: Subscriber | undefined) => Decision<O> | Promise<Decision<O>>,
): Promise<{ outcome: O; subscriber: Subscriber | undefined }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await sleep(attempt); // lets those go first who came first
    const row = await store.get(sid, epochSeconds(at));
    const { outcome, next } = await decide(row);
    if (next === undefined) return { outcome, subscriber: row };
    const written = changeOf(row, next, at, row?.version ?? (await lastVersion(store, sid, at)));
    if ((await store.put(written)) === 'written') return { outcome, subscriber: written.subscriber };
  }
  throw new Conflict(`subscriber ${sid} was changed by others ${attempts} times over`);
}

/**
 * The write that brings a row, or none, to its next state.
 *
 * @param version the last one in its ledger
 */
export function changeOf(
  row: Subscriber | undefined,
  next: Next,
  at: Temporal.Instant,
  version = row?.version ?? 0,
): Change {
  const subscriber = { ...next.subscriber, version: version + 1 };
  return {
    subscriber,
    expected: row?.version ?? 0,
    entry: {
      ...next.entry,
      at: isoMillis(at),
      version: subscriber.version,
      after: consentStateOf(subscriber),
    },
  };
}

/** Where the ledger of someone stands of whom there is no row: before the first, or after what expired or was erased. */
async function lastVersion(store: SubscriberStore, sid: string, at: Temporal.Instant): Promise<number> {
  return (await store.history(sid, epochSeconds(at))).at(-1)?.version ?? 0;
}

/** What was asked for and can still be confirmed. */
export const openRequest = (row: Subscriber | undefined, at: Temporal.Instant) =>
  row?.request !== undefined && row.request.expiresAt > epochSeconds(at) ? row.request : undefined;

/** What a row keeps when what was asked for is confirmed: not the question, nor why its address was not written to. */
export function keptWhenConfirmed(row: Subscriber): Omit<Subscriber, 'request' | 'expiresAt'> {
  const {
    request: _request,
    expiresAt: _expiresAt,
    suppressed: _suppressed,
    movedTo,
    movedFrom,
    ...kept
  } = row;
  // What was owed to someone who moved on is owed to whoever they are now.
  return { ...kept, ...(movedTo === undefined && movedFrom !== undefined && { movedFrom }) };
}

/** A row of someone who has left: no address, nothing that is sent. */
export const leftRow = (row: Subscriber): Omit<Subscriber, 'version'> => ({
  sid: row.sid,
  address: '',
  state: 'left',
  subscriptions: [],
  announcements: false,
  requestedAt: row.requestedAt,
  ...(row.confirmedAt !== undefined && { confirmedAt: row.confirmedAt }),
  ...(row.suppressed !== undefined && { suppressed: row.suppressed }),
});
