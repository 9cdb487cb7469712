import { randomUUID } from 'node:crypto';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import { change, keptWhenConfirmed, openRequest } from './change.ts';
import { takeForm, takeMail } from './limits.ts';
import type { SubscriberParts } from './parts.ts';
import { sidOf } from './sid.ts';
import { changeSubscriptions } from './since.ts';
import type { Choice, Subscriber } from './subscriber.ts';
import { confirmationDays } from './tokens.ts';
import { currentWording, wordingText } from './wording.ts';

export interface SignUp extends Choice {
  /** As {@link readAddress} returns it. */
  address: string;
  /** As {@link networkOf} returns it. */
  network: string | undefined;
}

/** What an unconfirmed sign-up leaves in the ledger is forgotten after this. In days. */
const unconfirmedDays = 30;

/**
 * Notes what someone asks for in the name of an address, and has it confirmed there. Nothing is in force before.
 *
 * What it returns is for logs and tests: the answer to a visitor must be the same in every case, or it would tell who
 * subscribes.
 */
export async function signUp(
  parts: SubscriberParts,
  { address, network, subscriptions, announcements }: SignUp,
  at: Temporal.Instant,
): Promise<'mail-queued' | 'limited'> {
  const { pepper } = await parts.keyring.load();
  const sid = sidOf(address, pepper);
  const now = epochSeconds(at);
  if ((await takeForm(parts.limits, network, pepper, now)) === 'limited') return 'limited';
  if ((await takeMail(parts.limits, 'confirmation', sid, now)) === 'limited') return 'limited';
  await change(parts.store, sid, at, (row) => ({
    outcome: 'noted',
    next: requested(row, { sid, address, network, subscriptions, announcements }, at),
  }));
  await parts.mails.send([{ id: randomUUID(), kind: 'confirmation', sid }]);
  return 'mail-queued';
}

/** The row with a request in it: a new pending one, or what there is, in force as before. */
export function requested(
  row: Subscriber | undefined,
  { sid, address, network, movesFrom, ...choice }: SignUp & { sid: string; movesFrom?: string },
  at: Temporal.Instant,
) {
  const expiresAt = epochSeconds(at) + confirmationDays * 24 * 60 * 60;
  const requestedAt = isoMillis(at);
  const request = {
    ...choice,
    requestedAt,
    expiresAt,
    wording: currentWording,
    ...(network !== undefined && { network }),
    ...(movesFrom !== undefined && { movesFrom }),
  };
  const subscriber: Omit<Subscriber, 'version'> =
    row?.state === 'confirmed'
      ? { ...row, request }
      : {
          sid,
          address,
          state: 'pending',
          subscriptions: [],
          announcements: false,
          requestedAt,
          request,
          expiresAt,
          ...(row?.suppressed !== undefined && { suppressed: row.suppressed }),
        };
  return {
    subscriber,
    entry: {
      event: 'requested' as const,
      reason: movesFrom === undefined ? ('sign-up-form' as const) : ('settings-page' as const),
      wording: { version: currentWording },
      ...(network !== undefined && { network }),
      expiresAt: epochSeconds(at) + unconfirmedDays * 24 * 60 * 60,
    },
  };
}

export interface Confirmation {
  sid: string;
  /** `requestedAt` of the request as the page showed it: what is confirmed is what was seen. */
  requestedAt: string;
  network: string | undefined;
  /** Ticked by someone who had called our mails spam, and wants them after all. */
  wantsMailAgain: boolean;
}

export type ConfirmationOutcome =
  | 'confirmed'
  /** Confirmed before; nothing changed. */
  | 'already'
  /** Too late, or asked for by no one: a new sign-up is needed. */
  | 'gone'
  /** Something else was asked for since the page was shown. */
  | 'other-request'
  /** A complaint is on record, and the person has not said that they want mail again. */
  | 'needs-own-wish';

/** Puts in force what was asked for. Lifts a bounce by itself, a complaint if the person says so. Idempotent. */
export async function confirm(
  parts: SubscriberParts,
  confirmation: Confirmation,
  at: Temporal.Instant,
): Promise<{ outcome: ConfirmationOutcome; subscriber: Subscriber | undefined }> {
  return change<ConfirmationOutcome>(parts.store, confirmation.sid, at, async (row) => {
    const request = openRequest(row, at);
    if (row === undefined || request === undefined) {
      return { outcome: row?.state === 'confirmed' ? 'already' : 'gone' };
    }
    if (request.requestedAt !== confirmation.requestedAt) return { outcome: 'other-request' };
    if (row.suppressed === 'complaint' && !confirmation.wantsMailAgain) return { outcome: 'needs-own-wish' };
    const text = wordingText(request.wording);
    return {
      outcome: 'confirmed',
      next: {
        subscriber: {
          ...keptWhenConfirmed(row),
          state: 'confirmed',
          ...(await changeSubscriptions(parts, row, request.subscriptions, at)),
          announcements: request.announcements,
          requestedAt: request.requestedAt,
          confirmedAt: isoMillis(at),
        },
        entry: {
          event: 'confirmed',
          reason: 'confirmation-page',
          requestedAt: request.requestedAt,
          wording: { version: request.wording, ...(text !== undefined && { text }) },
          ...(request.mailHash !== undefined && { mailHash: request.mailHash }),
          ...(request.network !== undefined && { requestNetwork: request.network }),
          ...(confirmation.network !== undefined && { network: confirmation.network }),
        },
      },
    };
  });
}

/** Notes in the open request, and so in its proof, the mail that asked for the confirmation. */
export async function noteMail(
  store: SubscriberParts['store'],
  sid: string,
  mailHash: string,
  at: Temporal.Instant,
): Promise<void> {
  await change(store, sid, at, (row) => {
    const request = openRequest(row, at);
    if (row === undefined || request === undefined || request.mailHash === mailHash) {
      return { outcome: 'nothing' };
    }
    return {
      outcome: 'noted',
      next: {
        subscriber: { ...row, request: { ...request, mailHash } },
        entry: {
          event: 'mailed',
          reason: 'mail-sent',
          mailHash,
          expiresAt: epochSeconds(at) + unconfirmedDays * 24 * 60 * 60,
        },
      },
    };
  });
}
