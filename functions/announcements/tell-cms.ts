import { isoMillis, momentOf, Temporal } from '../platform/time.ts';
import type { Announcement } from './announcement.ts';
import type { CmsWebhook } from './cms-webhook.ts';
import { editorialStatus } from './freeze.ts';
import type { StatusChange, StatusChangeStore, ToldStatus } from './status-change.ts';

export interface CmsParts {
  statusChanges: StatusChangeStore;
  /** Nothing is told where no CMS asked for it; changes are recorded all the same. */
  cms: Pick<CmsWebhook, 'tell'> | undefined;
}

/** After each failure the pause doubles, from a minute up to this. */
const longestPauseMinutes = 6 * 60;

/** The CMS can ask `/redaktionsstatus` itself; after this long it is an operator's turn. */
const giveUpAfterHours = 72;

/**
 * Records a change of the editorial status, if there is one, and tells the CMS of the latest until it answers.
 * What it was not told before the next change is superseded: only what holds now matters.
 */
export async function tellCms(
  { statusChanges, cms }: CmsParts,
  announcements: readonly Announcement[],
  now: Temporal.Instant,
): Promise<StatusChange | undefined> {
  const latest = await statusChanges.latest();
  const current = await recordChange(statusChanges, latest, announcements, now);
  if (current?.state !== 'pending' || cms === undefined) return current;
  if (Temporal.Instant.compare(momentOf(current.nextAttemptAt), now) > 0) return current;
  const claimed = claim(current, now);
  // Another clock is telling it.
  if ((await statusChanges.update(claimed)) === 'conflict') return current;
  const { delivered, outcome } = await cms.tell(claimed, now);
  const told: StatusChange = {
    ...claimed,
    attempts: [...claimed.attempts, { at: isoMillis(now), outcome }],
    state: delivered ? 'delivered' : isGivenUp(claimed, now) ? 'given-up' : 'pending',
    version: claimed.version + 1,
  };
  await statusChanges.update(told);
  return told;
}

async function recordChange(
  store: StatusChangeStore,
  latest: StatusChange | undefined,
  announcements: readonly Announcement[],
  now: Temporal.Instant,
): Promise<StatusChange | undefined> {
  // Another clock, which began later, has recorded that one: it knows better.
  if (latest !== undefined && latest.at >= isoMillis(now)) return latest;
  const { retryAfter: _, ...status } = editorialStatus(announcements, now);
  if (latest === undefined ? isFirst(status) : isSame(latest.status, status)) return latest;
  const change: StatusChange = {
    number: (latest?.number ?? 0) + 1,
    at: isoMillis(now),
    status,
    state: 'pending',
    attempts: [],
    nextAttemptAt: isoMillis(now),
    version: 1,
  };
  if ((await store.create(change)) === 'taken') return store.latest();
  if (latest?.state === 'pending') {
    await store.update({ ...latest, state: 'superseded', version: latest.version + 1 });
  }
  return change;
}

/** The next attempt is set before this one is made, so that a crash in between costs a pause and not the change. */
function claim(change: StatusChange, now: Temporal.Instant): StatusChange {
  const minutes = Math.min(longestPauseMinutes, 2 ** change.attempts.length);
  return { ...change, nextAttemptAt: isoMillis(now.add({ minutes })), version: change.version + 1 };
}

const isGivenUp = (change: StatusChange, now: Temporal.Instant): boolean =>
  momentOf(change.at).until(now).total('hours') >= giveUpAfterHours;

/** Open, as it always was: nobody needs to be told. */
const isFirst = ({ state, since, until }: ToldStatus): boolean =>
  state === 'open' && since === null && until === null;

const isSame = (a: ToldStatus, b: ToldStatus): boolean =>
  a.state === b.state && a.since === b.since && a.until === b.until && a.reason === b.reason;
