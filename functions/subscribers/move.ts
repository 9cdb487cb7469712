import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { changesSettleSeconds } from '../../config/page-time.ts';
import { Conflict } from '../platform/errors.ts';
import { digestId } from '../platform/ids.ts';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import { change, changeOf, keptWhenConfirmed, leftRow, openRequest } from './change.ts';
import { takeForm, takeMail } from './limits.ts';
import type { SubscriberParts } from './parts.ts';
import { sidOf } from './sid.ts';
import { confirm, requested, type Confirmation, type ConfirmationOutcome } from './sign-up.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * Asks the owner of a new address whether they are the subscriber `sid`. Until they say so, everything stays.
 *
 * @returns `'same'` when it is the subscriber's address already
 */
export async function requestMove(
  parts: SubscriberParts,
  sid: string,
  address: string,
  network: string | undefined,
  at: Temporal.Instant,
): Promise<'mail-queued' | 'limited' | 'same' | 'gone'> {
  const { pepper } = await parts.keyring.load();
  const now = epochSeconds(at);
  const from = await parts.store.get(sid, now);
  if (from?.state !== 'confirmed') return 'gone';
  const newSid = sidOf(address, pepper);
  if (newSid === sid) return 'same';
  if ((await takeForm(parts.limits, network, pepper, now)) === 'limited') return 'limited';
  if ((await takeMail(parts.limits, 'confirmation', newSid, now)) === 'limited') return 'limited';
  const { announcements } = from;
  const subscriptions = from.subscriptions.map(({ cadence, topics }) => ({ cadence, topics }));
  const request = { sid: newSid, address, network, subscriptions, announcements, movesFrom: sid };
  await change(parts.store, newSid, at, (row) => ({ outcome: 'noted', next: requested(row, request, at) }));
  await parts.mails.send([{ id: randomUUID(), kind: 'confirmation', sid: newSid }]);
  return 'mail-queued';
}

/** Confirms whatever an address was asked for: a sign-up, or a change of address. */
export async function confirmRequest(
  parts: SubscriberParts,
  confirmation: Confirmation,
  at: Temporal.Instant,
): Promise<{ outcome: ConfirmationOutcome; subscriber: Subscriber | undefined }> {
  const row = await parts.store.get(confirmation.sid, epochSeconds(at));
  const moves = openRequest(row, at)?.movesFrom !== undefined;
  return (moves ? confirmMove : confirm)(parts, confirmation, at);
}

const attempts = 30;

/** Who changes address more often while a digest is owed to them may miss it. */
const movesKept = 4;

/**
 * Puts a confirmed change of address in force: both rows in one transaction, subscriptions as they stand by now. The
 * former address is told, and then forgotten. Idempotent.
 */
export async function confirmMove(
  parts: SubscriberParts,
  { sid, requestedAt, network }: Confirmation,
  at: Temporal.Instant,
): Promise<{ outcome: ConfirmationOutcome; subscriber: Subscriber | undefined }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await sleep(attempt);
    const row = await parts.store.get(sid, epochSeconds(at));
    const open = openRequest(row, at);
    if (row === undefined || open === undefined) {
      return { outcome: row?.state === 'confirmed' ? 'already' : 'gone', subscriber: row };
    }
    if (open.movesFrom === undefined || open.requestedAt !== requestedAt)
      return { outcome: 'other-request', subscriber: row };
    const from = await parts.store.get(open.movesFrom, epochSeconds(at));
    if (from?.state !== 'confirmed') return { outcome: 'gone', subscriber: row };
    // Sent before there is anything to tell, and received after: whoever dies in between leaves no one untold.
    const id = `moved-${digestId(sid, isoMillis(at))}`;
    await parts.mails.send([{ id, kind: 'address-changed', sid }], { delaySeconds: changesSettleSeconds });

    const movedIn = changeOf(
      row,
      {
        subscriber: {
          ...keptWhenConfirmed(row),
          state: 'confirmed',
          subscriptions: from.subscriptions,
          ...(from.former !== undefined && { former: from.former }),
          announcements: from.announcements,
          ...(from.pausedUntil !== undefined && { pausedUntil: from.pausedUntil }),
          ...(from.catchUpAfterPause === true && { catchUpAfterPause: true }),
          requestedAt: open.requestedAt,
          confirmedAt: isoMillis(at),
          formerAddress: from.address,
          movedFrom: [{ sid: from.sid, at: isoMillis(at) }, ...(from.movedFrom ?? [])].slice(0, movesKept),
        },
        entry: {
          event: 'moved-in',
          reason: 'confirmation-page',
          requestedAt: open.requestedAt,
          wording: { version: open.wording },
          ...(open.mailHash !== undefined && { mailHash: open.mailHash }),
          ...(open.network !== undefined && { requestNetwork: open.network }),
          ...(network !== undefined && { network }),
        },
      },
      at,
    );
    const movedAway = changeOf(
      from,
      {
        subscriber: {
          ...leftRow(from),
          ...(from.movedFrom !== undefined && { movedFrom: from.movedFrom }),
          movedTo: { sid, at: isoMillis(at) },
        },
        entry: { event: 'moved-away', reason: 'confirmation-page' },
      },
      at,
    );
    if ((await parts.store.put(movedIn, movedAway)) === 'written')
      return { outcome: 'confirmed', subscriber: movedIn.subscriber };
  }
  throw new Conflict(`the change of address to ${sid} was overtaken ${attempts} times over`);
}

/** Forgets the former address once it has been told. */
export async function forgetFormerAddress(
  store: SubscriberParts['store'],
  sid: string,
  at: Temporal.Instant,
): Promise<void> {
  await change(store, sid, at, (row) => {
    if (row?.formerAddress === undefined) return { outcome: 'nothing' };
    const { formerAddress: _formerAddress, ...rest } = row;
    return {
      outcome: 'forgotten',
      next: { subscriber: rest, entry: { event: 'told-former-address', reason: 'mail-sent' } },
    };
  });
}
