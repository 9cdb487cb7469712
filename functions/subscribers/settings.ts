import { randomUUID } from 'node:crypto';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import { change, leftRow, type Next } from './change.ts';
import { takeForm, takeMail } from './limits.ts';
import type { SubscriberParts } from './parts.ts';
import { sidOf } from './sid.ts';
import { changeSubscriptions } from './since.ts';
import type { Choice, Subscriber } from './subscriber.ts';

/** Who did it: the person on their settings page. `'gone'`: they have left since they opened it. */
export type SettingsOutcome = 'changed' | 'unchanged' | 'gone';

/**
 * Has the way to the settings sent. Whether the address is subscribed is looked up when the mail is made, so that not
 * even the time that the answer takes tells a visitor.
 */
export async function requestSettingsLink(
  parts: SubscriberParts,
  address: string,
  network: string | undefined,
  at: Temporal.Instant,
): Promise<'mail-queued' | 'limited'> {
  const { pepper } = await parts.keyring.load();
  const sid = sidOf(address, pepper);
  const now = epochSeconds(at);
  if ((await takeForm(parts.limits, network, pepper, now)) === 'limited') return 'limited';
  if ((await takeMail(parts.limits, 'settings-link', sid, now)) === 'limited') return 'limited';
  await parts.mails.send([{ id: randomUUID(), kind: 'settings-link', sid }]);
  return 'mail-queued';
}

/** Other topics, cadences, announcements. Who chooses nothing leaves. */
export function choose(
  parts: SubscriberParts,
  sid: string,
  { subscriptions, announcements }: Choice,
  at: Temporal.Instant,
): Promise<SettingsOutcome> {
  return changeSettings(parts, sid, at, async (row) => {
    if (subscriptions.length === 0 && !announcements) {
      return { subscriber: leftRow(row), entry: { event: 'left', reason: 'settings-page' } };
    }
    const same = sameSubscriptions(row.subscriptions, subscriptions);
    if (row.announcements === announcements && same) return undefined;
    const next = same ? {} : await changeSubscriptions(parts, row, subscriptions, at);
    return {
      subscriber: { ...row, ...next, announcements },
      entry: { event: 'changed', reason: 'settings-page' },
    };
  });
}

export interface PauseWish {
  until: Temporal.Instant;
  /** What the pause keeps back comes with the first digest after it. */
  catchUp: boolean;
}

/** No digests before the end of the wished pause; `undefined` ends one at once. What it kept back for later stays so. */
export function pause(
  parts: SubscriberParts,
  sid: string,
  wish: PauseWish | undefined,
  at: Temporal.Instant,
): Promise<SettingsOutcome> {
  const pausedUntil = wish === undefined ? undefined : isoMillis(wish.until);
  const catchUp = wish?.catchUp === true;
  return changeSettings(parts, sid, at, ({ pausedUntil: before, catchUpAfterPause = false, ...row }) => {
    if (before === pausedUntil && (pausedUntil === undefined || catchUpAfterPause === catchUp))
      return undefined;
    return {
      subscriber: {
        ...row,
        ...(pausedUntil !== undefined && { pausedUntil }),
        ...(catchUp && { catchUpAfterPause: true }),
      },
      entry: { event: pausedUntil === undefined ? 'resumed' : 'paused', reason: 'settings-page' },
    };
  });
}

async function changeSettings(
  parts: SubscriberParts,
  sid: string,
  at: Temporal.Instant,
  decide: (row: Subscriber) => Next | undefined | Promise<Next | undefined>,
): Promise<SettingsOutcome> {
  const { outcome } = await change<SettingsOutcome>(parts.store, sid, at, async (row) => {
    if (row?.state !== 'confirmed') return { outcome: 'gone' };
    const next = await decide(row);
    return next === undefined ? { outcome: 'unchanged' } : { outcome: 'changed', next };
  });
  return outcome;
}

/** Whether both name the same topics at the same cadences, in whatever order. */
function sameSubscriptions(a: Choice['subscriptions'], b: Choice['subscriptions']): boolean {
  const key = (subscriptions: Choice['subscriptions']) =>
    JSON.stringify(
      subscriptions
        .map(({ cadence, topics }) => [cadence, topics === 'alle' ? topics : [...topics].sort()] as const)
        .sort(([one], [other]) => one.localeCompare(other)),
    );
  return key(a) === key(b);
}
