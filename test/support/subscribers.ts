import { consentStateOf, type ConsentEntry } from '../../functions/subscribers/consent.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import type { Change } from '../../functions/subscribers/subscriber-store.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';

export const testPepper = Buffer.from('pepper for tests, long enough for it');

/** A confirmed subscriber of all topics, daily; `overrides` decide what a test is about. */
export function aSubscriber(address: string, overrides: Partial<Subscriber> = {}): Subscriber {
  return {
    sid: sidOf(address, testPepper),
    address,
    state: 'confirmed',
    subscriptions: [{ cadence: 'daily', topics: 'alle', since: 0 }],
    announcements: true,
    requestedAt: '2026-04-01T06:00:00.000Z',
    confirmedAt: '2026-04-01T06:05:00.000Z',
    version: 1,
    ...overrides,
  };
}

/** The change that brings a subscriber about, or on to its version. */
export const changeTo = (subscriber: Subscriber, entry: Partial<ConsentEntry> = {}): Change => ({
  subscriber,
  expected: subscriber.version - 1,
  entry: {
    at: subscriber.requestedAt,
    event: 'imported',
    reason: 'import',
    version: subscriber.version,
    after: consentStateOf(subscriber),
    ...entry,
  },
});
