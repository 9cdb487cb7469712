import type { SendOutcome } from '../mail/mailer.ts';
import { isoMillis, Temporal } from '../platform/time.ts';
import {
  isClaimable,
  transientBounceDays,
  type Claim,
  type Delivery,
  type DeliveryKey,
  type DeliveryLedger,
} from './delivery-ledger.ts';
import { noneReported, type Reported } from './run.ts';
import { copyOf } from '../platform/copy.ts';

export class MemoryDeliveries implements DeliveryLedger {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #reported = new Map<string, Reported>();
  readonly #bounces = new Map<string, Map<string, string>>();

  async claim(claim: Claim): Promise<'claimed' | Delivery> {
    const present = this.#deliveries.get(keyOf(claim));
    if (present === undefined ? claim.attempt > 1 : !isClaimable(present, claim)) {
      if (present === undefined) throw new Error('A second attempt needs a first one');
      return { ...present };
    }
    this.#deliveries.set(keyOf(claim), { ...claim, state: 'claimed' });
    return 'claimed';
  }

  async record(key: DeliveryKey, claimId: string, outcome: SendOutcome): Promise<void> {
    const present = this.#deliveries.get(keyOf(key));
    if (present?.claimId !== claimId) return;
    if (present.state !== 'claimed' && present.state !== 'unknown') return;
    const { outcome: state, ...details } = outcome;
    this.#deliveries.set(keyOf(key), { ...present, state, ...details });
  }

  async accept(key: DeliveryKey, messageId: string): Promise<'accepted' | 'already' | 'missing'> {
    const present = this.#deliveries.get(keyOf(key));
    if (present === undefined) return 'missing';
    if (present.state === 'accepted') return 'already';
    this.#deliveries.set(keyOf(key), { ...present, state: 'accepted', messageId });
    return 'accepted';
  }

  async expire(key: DeliveryKey, claimId: string): Promise<'expired' | 'superseded'> {
    const present = this.#deliveries.get(keyOf(key));
    if (present?.state !== 'claimed' || present.claimId !== claimId) return 'superseded';
    this.#deliveries.set(keyOf(key), { ...present, state: 'unknown', reason: 'lease ran out' });
    return 'expired';
  }

  async get(key: DeliveryKey): Promise<Delivery | undefined> {
    return copyOf(this.#deliveries.get(keyOf(key)));
  }

  async report(key: DeliveryKey, what: keyof Reported): Promise<'counted' | 'already' | 'missing'> {
    const present = this.#deliveries.get(keyOf(key));
    if (present === undefined) return 'missing';
    if (present.reported?.includes(what) === true) return 'already';
    this.#deliveries.set(keyOf(key), { ...present, reported: [...(present.reported ?? []), what] });
    const counts = await this.reported(key.runId);
    this.#reported.set(key.runId, { ...counts, [what]: counts[what] + 1 });
    return 'counted';
  }

  async reported(runId: string): Promise<Reported> {
    return { ...(this.#reported.get(runId) ?? noneReported) };
  }

  async transientBounce(sid: string, messageId: string, at: string): Promise<number> {
    const bounces = this.#bounces.get(sid) ?? new Map<string, string>();
    this.#bounces.set(sid, bounces.set(messageId, at));
    const since = isoMillis(Temporal.Instant.from(at).subtract({ hours: 24 * transientBounceDays }));
    return [...bounces.values()].filter((moment) => moment > since && moment <= at).length;
  }
}

const keyOf = ({ runId, shard, sid }: DeliveryKey): string => `${runId}#${shard}#${sid}`;
