import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import type { ConsentEntry } from './consent.ts';
import { displayAddress } from './email-address.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';

/** All that we hold on one person (Art. 15 and 20 DSGVO), in a common, machine-readable format. */
export interface DataCopy {
  madeAt: string;
  address: string;
  subscriber: Omit<Subscriber, 'version'>;
  consentLedger: ConsentEntry[];
}

/** `undefined` when we hold nothing that is theirs: they have left, or were never here. */
export async function copyData(
  store: SubscriberStore,
  sid: string,
  at: Temporal.Instant,
): Promise<DataCopy | undefined> {
  const now = epochSeconds(at);
  const row = await store.get(sid, now);
  if (row === undefined || row.state === 'left') return undefined;
  const { version: _version, ...subscriber } = row;
  return {
    madeAt: isoMillis(at),
    address: displayAddress(row.address),
    subscriber,
    consentLedger: await store.history(sid, now),
  };
}
