import type { Queue } from '../platform/queue.ts';
import { isoMillis, msOf, type Temporal } from '../platform/time.ts';
import type { PollMessage, SourceStore } from '../sources/source-store.ts';

/** When a claimed poll counts as lost and the source is due again. Ingest sets the real interval when it is done. */
const lostAfter = { minutes: 15 };

/** Sends a poll for every source that is due. Of two clocks at the same moment, one sends it. */
export async function pollDueSources(
  parts: { sources: SourceStore; ingest: Queue<PollMessage> },
  now: Temporal.Instant,
): Promise<number> {
  const nowMs = now.epochMilliseconds;
  const due = (await parts.sources.list()).filter(
    ({ source, state }) => source.active && state.gone !== true && msOf(state.nextPollAt) <= nowMs,
  );
  let claimed = 0;
  for (const { source, state } of due) {
    const next = isoMillis(now.add(lostAfter));
    if ((await parts.sources.claimPoll(source.id, state.nextPollAt, next)) === 'taken') continue;
    await parts.ingest.send([{ sourceId: source.id }]);
    claimed += 1;
  }
  return claimed;
}
