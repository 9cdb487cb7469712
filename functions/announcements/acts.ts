import type { Temporal } from '../platform/time.ts';
import { isoMillis } from '../platform/time.ts';
import {
  freezeInterval,
  isFreezing,
  isTold,
  wasTold,
  type Act,
  type Announcement,
  type FreezingAnnouncement,
  type FreezingDates,
} from './announcement.ts';
import type { Change } from './check.ts';
import { hasBegun, phasesOf } from './phases.ts';

export const act = (by: string, at: Temporal.Instant): Act => ({ by, at: isoMillis(at) });

/**
 * The announcement with new dates. What was told stays as told; what was only shown, or skipped, is decided anew; and
 * whoever approved the old dates has not approved these.
 */
export function moved(announcement: FreezingAnnouncement, change: Change, by: Act): FreezingAnnouncement {
  const from = lastTold(announcement);
  const next = { ...announcement, ...change };
  const differs = from.freezeFrom !== next.freezeFrom || from.reopenAt !== next.reopenAt;
  return {
    ...next,
    moved: { ...by, from, told: wasTold(announcement) && differs },
    approvals: [],
    sequence: announcement.sequence + 1,
    phases: Object.fromEntries(Object.entries(announcement.phases).filter(([, record]) => isTold(record))),
    version: announcement.version + 1,
  };
}

/** The announcement, withdrawn. A freeze that is on ends with it. */
export const withdrawn = <A extends Announcement>(announcement: A, by: Act): A => ({
  ...announcement,
  withdrawn: { ...by, told: wasTold(announcement) },
  approvals: [],
  sequence: announcement.sequence + 1,
  version: announcement.version + 1,
});

export const approved = <A extends Announcement>(announcement: A, by: Act): A => ({
  ...announcement,
  approvals: [...announcement.approvals, by],
  version: announcement.version + 1,
});

/** Why an announcement can't be withdrawn, with the mend. */
export function checkWithdraw(announcement: Announcement, now: Temporal.Instant): string[] {
  if (announcement.withdrawn !== undefined) return ['it is withdrawn already'];
  const reopened = phasesOf(announcement).some((phase) => phase.kind === 'reopen' && hasBegun(phase, now));
  return reopened ? ['it is over, and open again; there is nothing to withdraw'] : [];
}

/** Was a freeze on when it was withdrawn? */
export function wasWithdrawnDuring(announcement: Announcement): boolean {
  if (announcement.withdrawn === undefined || !isFreezing(announcement)) return false;
  return announcement.withdrawn.at >= isoMillis(freezeInterval(announcement).from);
}

/** The dates that people know: those of the last phase they were told, or else the planned ones. */
function lastTold(announcement: FreezingAnnouncement): Pick<FreezingDates, 'freezeFrom' | 'reopenAt'> {
  const told = Object.values(announcement.phases)
    .filter((record) => isTold(record))
    .toSorted((a, b) => ((a?.mailAt ?? '') < (b?.mailAt ?? '') ? -1 : 1))
    .at(-1);
  return {
    freezeFrom: told?.freezeFrom ?? announcement.freezeFrom,
    reopenAt: told?.reopenAt ?? announcement.reopenAt,
  };
}
