import type { AnnouncementStore } from '../announcements/announcement-store.ts';
import { dueAnnouncementWork } from '../announcements/due-work.ts';
import { freezeAt } from '../announcements/freeze.ts';
import { tellCms, type CmsParts } from '../announcements/tell-cms.ts';
import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import { publishDue } from '../articles/publish-due.ts';
import type { Log } from '../platform/log.ts';
import type { Queue } from '../platform/queue.ts';
import type { Temporal } from '../platform/time.ts';
import type { DeliveryLedger } from '../runs/delivery-ledger.ts';
import type { PlanMessage } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import { settleRuns } from '../runs/settle-runs.ts';
import { startAnnouncementRun, startDueRuns } from '../runs/start-due-runs.ts';
import type { PollMessage, SourceStore } from '../sources/source-store.ts';
import { pollDueSources } from './poll-due-sources.ts';

export interface ClockParts extends CmsParts {
  sources: SourceStore;
  ingest: Queue<PollMessage>;
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementStore;
  runs: RunStore;
  deliveries: DeliveryLedger;
  plan: Queue<PlanMessage>;
  shardCount: number;
  log: Pick<Log, 'error'>;
}

/**
 * Sets going whatever is due at `now`: a function of stored state and the time. A tick that was missed, repeated or
 * run twice at once changes nothing in the end.
 *
 * @returns what came of each step, for the log
 * @throws AggregateError after all steps, when some failed: one that fails holds up none of the others
 */
export async function tick(parts: ClockParts, now: Temporal.Instant): Promise<Record<string, unknown>> {
  const announcements = await parts.announcements.list();
  const frozen = freezeAt(announcements, now) !== undefined;
  const steps = {
    // First, while the list is new: what somebody moves meanwhile has to be read again.
    announcements: () =>
      dueAnnouncementWork(
        { announcements: parts.announcements, startRun: (run, at) => startAnnouncementRun(parts, run, at) },
        announcements,
        now,
      ),
    polls: () => pollDueSources(parts, now),
    publications: () => publishAndDigest(parts, now, frozen),
    settled: () => settle(parts, now),
    status: () => tellCms(parts, announcements, now),
  };
  const results: Record<string, unknown> = { frozen };
  const faults: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      results[name] = await step();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} of the clock's steps failed`);
  return results;
}

/** Digests start only over a complete log: after a freeze, all that was held belongs into the one that catches up. */
async function publishAndDigest(parts: ClockParts, now: Temporal.Instant, frozen: boolean) {
  const published = await publishDue(parts.articles, now, frozen);
  const started = published.more ? [] : await startDueRuns(parts, now, frozen);
  return { ...published, runs: started.map(({ id }) => id) };
}

async function settle(parts: ClockParts, now: Temporal.Instant) {
  const settled = await settleRuns(parts, now);
  for (const runId of settled.unbalanced) parts.log.error('the numbers of a run do not add up', { runId });
  return settled;
}
