import { isoMillis, type Clock } from '../../functions/platform/time.ts';
import type { PublicationLog } from '../../functions/articles/article-store.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { newestSlot } from '../../functions/runs/slots.ts';

/**
 * Lets the demo's first daily digest start at once and hold all that is published by now, as if Herold had been at work
 * yesterday already. Who wants mails at once gets what comes from here on. Repeated, it changes nothing.
 */
export async function beginDigests(
  runs: Pick<RunStore, 'movePointer'>,
  publications: Pick<PublicationLog, 'lastNumber'>,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  const yesterday = newestSlot('daily', newestSlot('daily', now).subtract({ minutes: 1 }));
  await runs.movePointer('daily', undefined, { toNumber: 0, slot: isoMillis(yesterday) });
  await runs.movePointer('instant', undefined, {
    toNumber: await publications.lastNumber(),
    slot: isoMillis(now),
  });
}
