import type { SendOutcome } from '../../functions/mail/mailer.ts';
import type { Claim, Delivery, DeliveryKey } from '../../functions/runs/delivery-ledger.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import type { CadencePointer, Reach, Run, Totals } from '../../functions/runs/run.ts';
import type { Cadence } from '../../functions/subscribers/subscriber.ts';
import type { Way } from '../support/dispatch/fault-layer.ts';
import type { WorldStores } from '../support/dispatch/world.ts';
import type { Ground, Outcome } from './scenario.ts';
import { casesOf, describeCase, hasHarm, scenarioNames, tryCase, type Extent } from './sweep.ts';

/** A defect that others have had, put in place of a sound part. A sweep that is worth something sees each of them. */
export interface Planted {
  defect: string;
  /** What must go wrong for it to show; `undefined`: it shows without. */
  shownBy: Way | undefined;
  stores: () => Partial<WorldStores>;
}

const refused: SendOutcome = { outcome: 'refused', reason: 'unreachable' };

class TakesClaimed extends MemoryDeliveries {
  override async claim(claim: Claim): Promise<'claimed' | Delivery> {
    const present = await this.get(claim);
    if (present?.state === 'claimed') await super.record(claim, present.claimId, refused);
    return super.claim(claim);
  }
}

class GrantsEverything extends MemoryDeliveries {
  override async claim(claim: Claim): Promise<'claimed' | Delivery> {
    await super.claim(claim);
    return 'claimed';
  }
}

class SendsAgainAfterLease extends MemoryDeliveries {
  override async expire(key: DeliveryKey, claimId: string): Promise<'expired' | 'superseded'> {
    await super.record(key, claimId, refused);
    return 'superseded';
  }
}

class TakesUnknownAsRefused extends MemoryDeliveries {
  override record(key: DeliveryKey, claimId: string, outcome: SendOutcome): Promise<void> {
    return super.record(key, claimId, outcome.outcome === 'unknown' ? refused : outcome);
  }
}

class TakesRefusedAsAccepted extends MemoryDeliveries {
  override record(key: DeliveryKey, claimId: string, outcome: SendOutcome): Promise<void> {
    const sent: SendOutcome = { outcome: 'accepted', messageId: '' };
    return super.record(key, claimId, outcome.outcome === 'refused' ? sent : outcome);
  }
}

class IgnoresEvents extends MemoryDeliveries {
  override accept(): Promise<'already'> {
    return Promise.resolve('already');
  }
}

class ForgetsReaches extends MemoryRuns {
  override async putReaches(): Promise<void> {
    // Nothing is owed to anyone.
  }
  override finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
  ): Promise<'finished' | 'already'> {
    return super.finishBatch(runId, shard, batch, totals, []);
  }
}

class OverlappingWindows extends MemoryRuns {
  override movePointer(
    cadence: Cadence,
    expected: CadencePointer | undefined,
    next: CadencePointer,
    run?: Run,
  ): Promise<'moved' | 'taken'> {
    const back = expected === undefined ? 0 : 1;
    return super.movePointer(cadence, expected, { ...next, toNumber: next.toNumber - back }, run);
  }
}

class CountsTwice extends MemoryRuns {
  readonly #repeated = new Map<string, number>();
  override async finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
    owed: readonly Reach[],
  ): Promise<'finished' | 'already'> {
    const key = `${runId}#${shard}#${batch}`;
    const times = (this.#repeated.get(key) ?? 0) + 1;
    this.#repeated.set(key, times);
    return super.finishBatch(runId, shard, batch, { ...totals, accepted: totals.accepted * times }, owed);
  }
  override async listFinished(runId: string, shard: number): Promise<Map<number, Totals>> {
    const finished = await super.listFinished(runId, shard);
    return new Map(
      [...finished].map(([batch, totals]) => {
        const times = this.#repeated.get(`${runId}#${shard}#${batch}`) ?? 1;
        return [batch, { ...totals, accepted: totals.accepted * times }];
      }),
    );
  }
}

export const planted: readonly Planted[] = [
  {
    defect: 'any worker may take a claimed row',
    shownBy: 'overtaken',
    stores: () => ({ deliveries: new TakesClaimed() }),
  },
  {
    defect: 'claims are granted without a condition',
    shownBy: 'overtaken',
    stores: () => ({ deliveries: new GrantsEverything() }),
  },
  {
    defect: 'a lease that ran out is taken as not sent',
    shownBy: 'stalled',
    stores: () => ({ deliveries: new SendsAgainAfterLease() }),
  },
  {
    defect: 'an unknown outcome is taken as a refusal',
    shownBy: 'before-answer',
    stores: () => ({ deliveries: new TakesUnknownAsRefused() }),
  },
  {
    defect: 'throttled mails count as sent',
    shownBy: 'throttled',
    stores: () => ({ deliveries: new TakesRefusedAsAccepted() }),
  },
  {
    defect: "SES's send events change nothing",
    shownBy: 'before-answer',
    stores: () => ({ deliveries: new IgnoresEvents() }),
  },
  {
    defect: 'what a digest left open is forgotten',
    shownBy: 'before-call',
    stores: () => ({ runs: new ForgetsReaches() }),
  },
  {
    defect: 'windows overlap by one article',
    shownBy: undefined,
    stores: () => ({ runs: new OverlappingWindows() }),
  },
  {
    defect: 'a batch that is finished twice counts twice',
    shownBy: 'overtaken',
    stores: () => ({ runs: new CountsTwice() }),
  },
];

/** How a defect came to light: by which case, after how many, as what. */
export interface Seen {
  tried: number;
  by: string;
  outcome: Pick<Outcome, 'lost' | 'doubled' | 'unbalanced'>;
}

/** Sweeps until something is lost, doubled or unaccounted; `undefined` when nothing ever is. */
export async function firstHarm(ground: Ground, extent: Extent): Promise<Seen | undefined> {
  let tried = 0;
  for (const scenario of scenarioNames) {
    const baseline = await tryCase({ scenario, kind: 'nothing', calls: [] }, extent.readers);
    for (const of of casesOf(scenario, baseline, extent)) {
      tried += 1;
      const outcome = await tryCase(of, extent.readers, ground);
      if (!hasHarm(outcome)) continue;
      const { lost, doubled, unbalanced } = outcome;
      return {
        tried,
        by: `${scenario}: ${describeCase(of, baseline)}`,
        outcome: { lost, doubled, unbalanced },
      };
    }
  }
  return undefined;
}
