import { announcementRules, type AnnouncementRules } from '../../config/announcements.ts';
import { Retry } from '../platform/errors.ts';
import { isoMillis, Temporal } from '../platform/time.ts';
import type { PhaseRun } from '../runs/start-due-runs.ts';
import { endOf, isFreezing, type Act, type Announcement, type PhaseRecord } from './announcement.ts';
import type { AnnouncementStore } from './announcement-store.ts';
import { hasBegun, isOver, phaseOf, phasesOf, type Phase } from './phases.ts';

export interface AnnouncementParts {
  announcements: AnnouncementStore;
  /** Creates the run of a phase and sets it going. Called again for the same phase it must do no more than go on. */
  startRun(run: PhaseRun, at: Temporal.Instant): Promise<void>;
}

/** Why a phase's mails wait: too late to go out unasked, or too many people for one person to decide. */
export type WaitsFor = 'approval-when-late' | 'approval-of-a-second-person';

/** What came of one call. */
export interface AnnouncementWork {
  begun: number;
  started: number;
  skipped: number;
  waiting: { announcementId: string; phase: string; for: WaitsFor }[];
}

/** A writer that meets another one reads again; more meetings than this are a fault. */
const attempts = 10;

/**
 * Sets going what is due of announcements, read just now, at `now`: phases begin to show, their mails become runs, what is
 * overtaken is skipped. A function of stored state and the time: missed, repeated or interrupted, it ends the same.
 *
 * A phase is marked as starting before its run is made, so whoever moves or withdraws an announcement at the same
 * moment knows that people are being told.
 */
export async function dueAnnouncementWork(
  parts: AnnouncementParts,
  announcements: readonly Announcement[],
  now: Temporal.Instant,
): Promise<AnnouncementWork> {
  const work: AnnouncementWork = { begun: 0, started: 0, skipped: 0, waiting: [] };
  for (const announcement of announcements) {
    if (announcement.retiredAt !== undefined) continue;
    const decided = await change(parts.announcements, announcement, (current) => decide(current, now));
    work.begun += decided.begun;
    work.skipped += decided.skipped;
    work.waiting.push(
      ...decided.waiting.map(([phase, why]) => ({ announcementId: announcement.id, phase, for: why })),
    );
    for (const phase of phasesOf(decided.next)) {
      if (decided.next.phases[phase.id]?.mail !== 'starting' || isOver(phase, now)) continue;
      const run = { announcementId: announcement.id, phase: phase.id, slot: isoMillis(phase.mailsAt) };
      await parts.startRun(run, now);
      await change(parts.announcements, decided.next, (current) => ({ next: markSent(current, phase.id) }));
      work.started += 1;
    }
  }
  return work;
}

/** What is due of one announcement. `next` is the same object when nothing is. */
interface Decision {
  next: Announcement;
  begun: number;
  skipped: number;
  waiting: [phase: string, why: WaitsFor][];
}

/** Decides what is due of one announcement at `now`; pure. */
export function decide(
  announcement: Announcement,
  now: Temporal.Instant,
  rules: AnnouncementRules = announcementRules,
): Decision {
  const decision: Decision = { next: announcement, begun: 0, skipped: 0, waiting: [] };
  const changes: Record<string, PhaseRecord> = {};
  for (const phase of phasesOf(announcement)) {
    const known = announcement.phases[phase.id];
    if (known?.mail === 'sent' || known?.mail === 'skipped' || !hasBegun(phase, now)) continue;
    if (isOver(phase, now)) {
      changes[phase.id] = { ...known, mail: 'skipped', mailAt: isoMillis(now) };
      decision.skipped += 1;
      continue;
    }
    if (known?.mail === 'starting') continue;
    const record: PhaseRecord = known ?? { begunAt: isoMillis(now), ...datesOf(announcement) };
    if (known === undefined) decision.begun += 1;
    const why = waitsFor(announcement, phase, now, rules);
    const due = Temporal.Instant.compare(phase.mailsAt, now) <= 0;
    if (due && why !== undefined) decision.waiting.push([phase.id, why]);
    if (due && why === undefined) changes[phase.id] = { ...record, mail: 'starting', mailAt: isoMillis(now) };
    else if (known === undefined) changes[phase.id] = record;
  }
  const overMs = endOf(announcement).epochMilliseconds + rules.entriesStayDays * 24 * 3_600_000;
  const isAtRest = (): boolean =>
    !Object.values({ ...announcement.phases, ...changes }).some((record) => record?.mail === 'starting');
  const retiredAt = overMs <= now.epochMilliseconds && isAtRest() ? isoMillis(now) : undefined;
  if (retiredAt !== undefined || Object.keys(changes).length > 0) {
    const phases = { ...announcement.phases, ...changes };
    decision.next = { ...announcement, phases, retiredAt, version: announcement.version + 1 };
  }
  return decision;
}

/** Must a phase's mails still be told at `now`? Delivery asks again before each batch: a run can take hours. */
export function isToTell(announcement: Announcement, phaseId: string, now: Temporal.Instant): boolean {
  const phase = phaseOf(announcement, phaseId);
  return phase !== undefined && !isOver(phase, now);
}

/** What a phase waits for; approvals of older dates don't count, a move has removed them. */
export function waitsFor(
  announcement: Announcement,
  phase: Phase,
  now: Temporal.Instant,
  rules: AnnouncementRules = announcementRules,
): WaitsFor | undefined {
  const lateAt = phase.mailsAt.add({ hours: rules.approvalWhenLateHours });
  const isLate = Temporal.Instant.compare(lateAt, now) < 0;
  const late = (approval: Act): boolean =>
    Temporal.Instant.compare(Temporal.Instant.from(approval.at), lateAt) >= 0;
  if (isLate && !announcement.approvals.some(late)) return 'approval-when-late';
  const author = (announcement.withdrawn ?? announcement.moved ?? announcement.created).by;
  const second = announcement.approvals.some(({ by }) => by !== author);
  return announcement.audienceSize > rules.approvalAbove && !second
    ? 'approval-of-a-second-person'
    : undefined;
}

const datesOf = (announcement: Announcement): Pick<PhaseRecord, 'freezeFrom' | 'reopenAt'> =>
  isFreezing(announcement) ? { freezeFrom: announcement.freezeFrom, reopenAt: announcement.reopenAt } : {};

const markSent = (announcement: Announcement, phase: string): Announcement => ({
  ...announcement,
  phases: { ...announcement.phases, [phase]: { ...announcement.phases[phase], mail: 'sent' } },
  version: announcement.version + 1,
});

/** Writes what `make` makes of the announcement, of the newest version if another writer was faster. */
async function change<D extends { next: Announcement }>(
  store: AnnouncementStore,
  announcement: Announcement,
  make: (current: Announcement) => D,
): Promise<D> {
  let current = announcement;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const made = make(current);
    if (made.next === current || (await store.update(made.next)) === 'updated') return made;
    const newer = await store.get(announcement.id);
    if (newer === undefined) throw new Error(`Announcement ${announcement.id} is gone`);
    current = newer;
  }
  throw new Retry(`Announcement ${announcement.id} met other writers ${attempts} times`);
}
