import type { Health } from '../../functions/clock/health.ts';
import type { Run } from '../../functions/runs/run.ts';
import type { Ended } from './cloud.ts';
import { day, hour, minute, second } from './engine.ts';
import { pollSeconds, type Ministry } from './ministries.ts';
import type { Violation } from './model.ts';

/** An article that is stored and does not appear yet, though it might. */
interface Waiting {
  articleId: string;
  /** Since when nothing keeps it from being published. */
  dueMs: number;
}

/** How things stand at one moment, whatever health says of them. */
export interface Sight {
  atMs: number;
  frozen: boolean;
  waiting: readonly Waiting[];
  /** Articles that appear and were corrected at their source, and when the last freeze ended that may have held that. */
  corrected: ReadonlySet<string>;
  reopenedMs: number;
  /** Runs as they were last written. */
  runs: ReadonlyMap<string, Run>;
  /** The newest article that is shown, and whether the feed of all has it. */
  newest: { articleId: string; publishedAtMs: number; isInFeed: boolean } | undefined;
  /** When the last tick of the clock began that came to its end, and when the last one began at all. */
  lastTickMs: number;
  lastBegunTickMs: number;
  /** Until when functions broke more often than usual, or no clock ticked. */
  stormUntilMs: number;
  /** By source: when its server last failed, how it last answered, and when it last published. */
  sources: ReadonlyMap<
    string,
    { troubleUntilMs: number; asked: Ministry['asked']; publishedAtMs: readonly number[] }
  >;
  /** Changes wait to be brought into the feeds, or were given up. */
  isFeedLate: boolean;
  /** What SES took, ever and in the last 24 hours, and what it would take in 24. */
  mails: { everTaken: number; lastDay: number; maxPer24Hours: number };
  /** No call of a function fails. */
  isCalm: boolean;
}

/** How long a thing may be due before it is late, as docs/operations.md has it for its alarms. */
const allowance = {
  poll: 30 * minute,
  publication: 10 * minute,
  feed: 10 * minute,
  slot: 15 * minute,
  deadline: 15 * minute,
  failing: 24 * hour,
};
/** A poll that was asked for and came to nothing is asked for again. */
const pollIsLostAfter = 15 * minute;

/** What must hold of what health says: from how things stood just before it looked and just after. */
export class HealthModel {
  readonly #violated: (rule: Violation['rule'], what: string) => void;

  constructor(violated: (rule: Violation['rule'], what: string) => void) {
    this.#violated = violated;
  }

  looked(ended: Ended<Health>, before: Sight, after: Sight): void {
    if (ended.how === 'done') {
      this.#isSo(ended.result, before, after);
      this.#isAllOfIt(ended.result, before, after);
      this.#hasReason(ended.result, before);
      return;
    }
    const isFault = ended.how !== 'failed' || (ended.error as Error).name === 'Broken';
    if (before.isCalm || !isFault) {
      const why = ended.how === 'failed' ? String(ended.error) : ended.how;
      this.#violated('health can be looked at', why);
    }
  }

  /** What it reports is so. */
  #isSo(health: Health, before: Sight, after: Sight): void {
    const isWrong = (what: string): void => this.#violated('health reports only what is so', what);
    if (health.frozen !== before.frozen && health.frozen !== after.frozen) isWrong('frozen');
    for (const id of health.certificatesOff) isWrong(`the certificate of ${id} is off`);
    for (const id of health.publicationsOverdue) {
      const dueMs = dueOf(id, before);
      if (dueMs === undefined || before.atMs - dueMs < allowance.publication)
        isWrong(`${id} is to be published`);
    }
    for (const id of health.runsPaused) {
      if (!waitsForSomeone(before.runs.get(id)) && !waitsForSomeone(after.runs.get(id)))
        isWrong(`${id} waits for someone`);
    }
    for (const id of health.runsNotFinished) {
      const run = before.runs.get(id);
      const isOpen = run?.state !== 'closed' && Date.parse(run?.deadline ?? '') < after.atMs;
      if (!isOpen) isWrong(`${id} is not finished`);
    }
    for (const slot of health.runsNotStarted) {
      if (before.atMs - slotMs(slot) < allowance.slot) isWrong(`${slot} has not begun`);
    }
    for (const id of health.pollsOverdue) {
      const { atMs = 0 } = before.sources.get(id)?.asked ?? {};
      if (after.atMs - atMs < allowance.poll) isWrong(`${id} is not polled`);
    }
    for (const id of health.sourcesFailing) {
      const { badlyAtMs = 0 } = before.sources.get(id)?.asked ?? {};
      if (badlyAtMs === 0) isWrong(`${id} fails`);
    }
    for (const id of health.sourcesSilent) {
      const published = before.sources.get(id)?.publishedAtMs ?? [];
      // What it published lately may not have been read.
      if (published.some((at) => at > before.atMs - 29 * day && at < before.atMs - 2 * day))
        isWrong(`${id} is silent`);
    }
    if (health.feedsBehind.length > 0 && !isBehind(before) && !isBehind(after)) isWrong('feeds are behind');
    // A mail more or less while it looks.
    const meanwhile = after.mails.everTaken - before.mails.everTaken;
    const percent = (mails: number, { maxPer24Hours }: Sight['mails']): number =>
      Math.round((100 * mails) / maxPer24Hours);
    const least = Math.min(
      ...[before, after].map(({ mails }) => percent(after.mails.lastDay - meanwhile, mails)),
    );
    const most = Math.max(
      ...[before, after].map(({ mails }) => percent(before.mails.lastDay + meanwhile, mails)),
    );
    if (health.quotaUsedPercent < least || health.quotaUsedPercent > most)
      isWrong(`${health.quotaUsedPercent} % of the quota is used, not ${least} to ${most}`);
  }

  /** What is so all the time that it takes to look is reported. */
  #isAllOfIt(health: Health, before: Sight, after: Sight): void {
    const isMissing = (what: string): void => this.#violated('health reports what is so', what);
    for (const { articleId, dueMs } of before.waiting) {
      const waitsOn = after.waiting.some((one) => one.articleId === articleId);
      const isLate = before.atMs - dueMs > allowance.publication;
      if (waitsOn && isLate && !health.publicationsOverdue.includes(articleId))
        isMissing(`${articleId} is not published`);
    }
    for (const [id, run] of after.runs) {
      const earlier = before.runs.get(id);
      if (waitsForSomeone(run) && waitsForSomeone(earlier) && !health.runsPaused.includes(id))
        isMissing(`${id} waits for someone`);
      const isLate = Date.parse(run.deadline) + allowance.deadline < before.atMs;
      if (isLate && run.state !== 'closed' && !health.runsNotFinished.includes(id))
        isMissing(`${id} is not finished`);
    }
    for (const [id, { asked }] of before.sources) {
      const dueMs = Math.max(asked.wellAtMs + pollSeconds * second, before.lastBegunTickMs + pollIsLostAfter);
      // Whose good answer could not be taken in after many bad ones, is asked a day later.
      const isWell = asked.badlyAtMs === 0 || asked.wellAtMs - asked.badlyAtMs > 2 * day;
      const isQuiet = !isAskedAnew(asked, after.sources.get(id)?.asked);
      // Its answer is written down some minutes later, if that went wrong the first time.
      const isLate = before.atMs - dueMs > allowance.poll + 15 * minute;
      const isOverdue = isWell && isLate && after.lastBegunTickMs === before.lastBegunTickMs;
      if (isQuiet && isOverdue && !health.pollsOverdue.includes(id)) isMissing(`${id} is not polled`);
      const hasFailed = asked.badlyAtMs > asked.wellAtMs && before.atMs - asked.wellAtMs > allowance.failing;
      const isWrittenDown = before.atMs - Math.max(asked.badlyAtMs, before.stormUntilMs) > hour;
      const isFailing = hasFailed && isWrittenDown;
      if (isQuiet && isFailing && !health.sourcesFailing.includes(id)) isMissing(`${id} fails`);
    }
    const isSame = before.newest?.articleId === after.newest?.articleId;
    if (isSame && isBehind(before) && isBehind(after) && health.feedsBehind.length === 0)
      isMissing('feeds are behind');
  }

  /** Nothing is late but for what is known to have gone wrong. */
  #hasReason(health: Health, before: Sight): void {
    const { atMs, lastTickMs, stormUntilMs } = before;
    const hasNone = (what: string): void => this.#violated('what is late has a reason', what);
    const isSettled = atMs - stormUntilMs > 3 * hour;
    for (const id of health.publicationsOverdue) {
      if (lastTickMs > (dueOf(id, before) ?? atMs) + minute) hasNone(`${id} is not published`);
    }
    for (const slot of health.runsNotStarted) {
      if (lastTickMs > slotMs(slot) + minute) hasNone(`${slot} has not begun`);
    }
    for (const id of health.pollsOverdue) if (isSettled) hasNone(`${id} is not polled`);
    for (const id of health.sourcesFailing) {
      const troubleMs = Math.max(before.sources.get(id)?.troubleUntilMs ?? 0, stormUntilMs);
      if (atMs - troubleMs > 30 * hour) hasNone(`${id} fails`);
    }
    for (const id of health.runsNotFinished) {
      const deadline = Date.parse(before.runs.get(id)?.deadline ?? '');
      // Who was being written to when it was stopped is waited for.
      if (isSettled && lastTickMs > deadline && atMs - deadline > 2 * hour) hasNone(`${id} is not finished`);
    }
    if (health.feedsBehind.length > 0 && isSettled && !before.isFeedLate) hasNone('feeds are behind');
  }
}

const dueOf = (id: string, { waiting, corrected, reopenedMs }: Sight): number | undefined =>
  waiting.find(({ articleId }) => articleId === id)?.dueMs ?? (corrected.has(id) ? reopenedMs : undefined);

const waitsForSomeone = (run: Run | undefined): boolean =>
  run?.state === 'paused' && run.paused?.until === undefined;

const isAskedAnew = (before: Ministry['asked'], after: Ministry['asked'] | undefined): boolean =>
  after?.atMs !== before.atMs;

const isBehind = ({ atMs, newest }: Sight): boolean =>
  newest !== undefined && !newest.isInFeed && atMs - newest.publishedAtMs > allowance.feed;

/** Of `daily 2027-05-03T05:00:00Z`. */
const slotMs = (slot: string): number => Date.parse(slot.split(' ')[1] ?? '');
