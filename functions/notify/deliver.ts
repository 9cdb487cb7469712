import { randomUUID } from 'node:crypto';
import type { AllowList } from '../mail/allow-list.ts';
import { splice } from '../mail/compose.ts';
import type { Mailer, Refusal } from '../mail/mailer.ts';
import { Discard } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import { epochSeconds, isoMillis, Temporal, type Clock } from '../platform/time.ts';
import { together } from '../platform/together.ts';
import type { AnnouncementContent } from '../runs/announcement-content.ts';
import { pauseRun } from '../runs/control.ts';
import type { Delivery, DeliveryLedger } from '../runs/delivery-ledger.ts';
import { slowDown, Turns, type PaceStore } from '../runs/pace.ts';
import {
  noTotals,
  type Batch,
  type DeliverMessage,
  type Exclusion,
  type Reach,
  type Run,
} from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { Keyring, KeyringSource } from '../subscribers/keyring.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import { makeToken } from '../subscribers/tokens.ts';
import type { EditionShelf, ReadyEdition } from './editions.ts';
import { messageIdOf } from './message-id.ts';
import { reachOf } from './owed.ts';
import { digestExclusion, reachExclusion } from './select.ts';
import { windowOf } from './window.ts';

export interface DeliverParts {
  runs: RunStore;
  deliveries: DeliveryLedger;
  subscribers: SubscriberStore;
  announcements: AnnouncementContent;
  editions: EditionShelf;
  mailer: Mailer;
  paces: PaceStore;
  deliver: Queue<DeliverMessage>;
  keyring: KeyringSource;
  isAllowed: AllowList;
  clock: Clock;
  /** Resolves after so many milliseconds of the clock. */
  sleep(ms: number): Promise<void>;
}

/** How a claim stands when nobody answers: it outlasts the time that SES has to answer in. */
const lease = { minutes: 2 };
const answerTime = { seconds: 30 };

/** After this long without SES's own event, an unknown outcome stays unknown. */
const unknownFor = { minutes: 30 };

/** SQS delays a message by 15 minutes at most. */
const longestDelaySeconds = 900;

/** Mails that are claimed and paced together take about this long, so that little is lost with a worker. */
const sliceSeconds = 5;

/** What stops more than one mail. `rate-exceeded` only slows them down. */
const stopsRun = (refusal: Refusal): boolean => refusal !== 'rate-exceeded' && refusal !== 'unreachable';

/** One mail as planned; those of one edition share the list. */
interface Planned {
  sid: string;
  numbers: readonly number[];
}

interface Claimed {
  /** The name that the run knows them by. */
  sid: string;
  person: Subscriber;
  attempt: number;
  edition: ReadyEdition;
}

/** Where one candidate of a batch stands at the end of a pass. */
type Standing =
  | { is: 'accepted' | 'failed' | 'unknown'; attempt: number }
  /** `owed`: a later digest brings what this one would have. */
  | { is: 'excluded'; why: Exclusion; owed: boolean }
  /** Refused, or not tried yet. */
  | { is: 'to-send' }
  /** Claimed by another worker, or unknown and not given up; to be looked at again at `lookAt`. */
  | { is: 'open'; lookAt: Temporal.Instant };

/**
 * Delivers what is open of one batch. Claims each mail in the ledger before it is sent and records what became of it, so
 * a repeated, late or reordered message sends nothing twice; and whoever may no longer be written to is left out, even
 * when they left a moment ago.
 *
 * What can't be finished in this pass is queued again for the time when it can.
 *
 * @param until no mail is begun after it: the worker's own end
 */
export async function deliverBatch(
  parts: DeliverParts,
  message: DeliverMessage,
  until: Temporal.Instant,
): Promise<'finished' | 'open' | 'resting'> {
  const run = await parts.runs.get(message.runId);
  if (run?.state !== 'delivering') return 'resting';
  const batch = await parts.runs.getBatch(run.id, message.shard, message.attempt, message.batch);
  if (batch === undefined) throw new Discard(`${run.id} has no batch ${message.shard}/${message.batch}`);

  const pass = new Pass(parts, run, message, batch, until);
  await pass.go();
  if (!pass.isFinished()) {
    await pass.queueAgain();
    return 'open';
  }
  await pass.finish();
  return 'finished';
}

class Pass {
  readonly #parts: DeliverParts;
  #run: Run;
  readonly #message: DeliverMessage;
  readonly #batch: Batch;
  readonly #planned: readonly Planned[];
  readonly #until: Temporal.Instant;
  readonly #claimId = randomUUID();
  readonly #standings: Map<string, Standing>;
  /** No claim of the present slice is sent after it. */
  #sendBefore: Temporal.Instant;
  /** Why sending came to an end before the batch did. */
  #halt: Refusal | undefined;

  constructor(parts: DeliverParts, run: Run, message: DeliverMessage, batch: Batch, until: Temporal.Instant) {
    this.#parts = parts;
    this.#run = run;
    this.#message = message;
    this.#batch = batch;
    this.#until = until;
    this.#sendBefore = until;
    this.#planned = batch.editions.flatMap(({ numbers, sids }) => sids.map((sid) => ({ sid, numbers })));
    this.#standings = new Map(this.#planned.map(({ sid }) => [sid, { is: 'to-send' }]));
  }

  async go(): Promise<void> {
    const perSlice = Math.max(1, Math.floor((this.#run.preflight?.perSecond ?? 1) * sliceSeconds));
    for (let start = 0; start < this.#planned.length; start += perSlice) {
      if (this.#halt !== undefined || Temporal.Instant.compare(this.#now(), this.#until) >= 0) return;
      if (start > 0) {
        const run = await this.#parts.runs.get(this.#run.id);
        if (run?.state !== 'delivering') return;
        this.#run = run;
      }
      await this.#slice(this.#planned.slice(start, start + perSlice));
    }
  }

  isFinished(): boolean {
    return [...this.#standings.values()].every(({ is }) => is !== 'open' && is !== 'to-send');
  }

  /** Comes back when the next of what is open can be known, or be sent. */
  async queueAgain(): Promise<void> {
    if (this.#halt !== undefined && stopsRun(this.#halt)) return;
    const now = this.#now();
    const waits = [...this.#standings.values()].map((standing) => {
      if (standing.is === 'open') return Math.ceil(now.until(standing.lookAt).total('seconds'));
      return standing.is === 'to-send' ? this.#retrySeconds() : Infinity;
    });
    const delaySeconds = Math.min(longestDelaySeconds, Math.max(0, Math.min(...waits)));
    await this.#parts.deliver.send([this.#message], { delaySeconds });
  }

  async finish(): Promise<void> {
    const { runs } = this.#parts;
    const totals = noTotals();
    const open: Reach[] = [];
    const covered: string[] = [];
    for (const [sid, standing] of this.#standings) {
      totals.candidates += 1;
      if (standing.is === 'excluded') {
        totals.excluded[standing.why] = (totals.excluded[standing.why] ?? 0) + 1;
        if (standing.owed) open.push(...this.#reach(sid));
      } else if (standing.is === 'accepted' || standing.is === 'failed' || standing.is === 'unknown') {
        totals[standing.is] += 1;
        if (standing.is !== 'failed' && standing.attempt > 1) totals.possibleDuplicates += 1;
        if (standing.is === 'unknown') open.push(...this.#reach(sid));
        if (standing.is === 'accepted') covered.push(sid);
      }
    }
    // Forgotten before the batch counts as finished, so a crash between repeats it.
    await runs.deleteReaches(covered.flatMap((sid) => this.#batch.reaches?.[sid] ?? []));
    await runs.finishBatch(this.#run.id, this.#message.shard, this.#message.batch, totals, open);
  }

  async #slice(planned: readonly Planned[]): Promise<void> {
    // Before anything is claimed: what is claimed and can't be sent counts as unknown.
    const keyring = await this.#parts.keyring.load();
    const editions = await this.#editionsOf(planned);
    const people = await this.#readPeople(planned.map(({ sid }) => sid));
    const exclusion = await this.#exclusions();
    const claimed: Claimed[] = [];
    const leaseUntil = this.#now().add(lease);
    this.#sendBefore = leaseUntil.subtract(answerTime);
    const claims = together(
      planned.map(async ({ sid, numbers }) => {
        const person = people.get(sid);
        const edition = editions.get(numbers) ?? 'withdrawn';
        const why = exclusion(person) ?? (edition === 'withdrawn' ? 'withdrawn' : undefined);
        if (why !== undefined || person === undefined || edition === 'withdrawn') {
          const catchesUp = why === 'paused' && person?.catchUpAfterPause === true;
          const hasMoved = why === 'left' && person?.movedTo !== undefined;
          const owed = why === 'cancelled' || why === 'expired' || catchesUp || hasMoved;
          this.#standings.set(sid, await this.#excluded(sid, why ?? 'left', owed));
          return;
        }
        const attempt = await this.#claim(sid, edition, isoMillis(leaseUntil));
        if (attempt !== undefined) claimed.push({ sid, person, attempt, edition });
      }),
    );
    try {
      await claims;
    } finally {
      // What is claimed goes out although another claim failed: left alone, it would count as unknown.
      if (claimed.length > 0) await this.#send(claimed, keyring);
    }
  }

  /** Rendered before anyone is read: what follows the reading must not take long. */
  async #editionsOf(
    planned: readonly Planned[],
  ): Promise<Map<readonly number[], ReadyEdition | 'withdrawn'>> {
    const lists = [...new Set(planned.map(({ numbers }) => numbers))];
    const ready = lists.map((numbers) => this.#parts.editions.editionOf(this.#run, numbers, this.#now()));
    return new Map((await together(ready)).map((edition, index) => [lists[index] ?? [], edition]));
  }

  /** By the name that the run knows them by; an announcement follows those who have moved since, a digest is owed to them. */
  async #readPeople(sids: readonly string[]): Promise<Map<string, Subscriber>> {
    const { kind, createdAt } = this.#run;
    const people = new Map<string, Subscriber>();
    let asked = sids.map((sid) => ({ sid, now: sid }));
    while (asked.length > 0) {
      const found = await this.#parts.subscribers.getMany(
        asked.map(({ now }) => now),
        epochSeconds(this.#now()),
      );
      const bySid = new Map(found.map((person) => [person.sid, person]));
      const moved: typeof asked = [];
      for (const { sid, now } of asked) {
        const person = bySid.get(now);
        if (person === undefined) people.delete(sid);
        else people.set(sid, person);
        const to = person?.movedTo;
        if (kind === 'announcement' && to !== undefined && to.at > createdAt)
          moved.push({ sid, now: to.sid });
      }
      asked = moved;
    }
    return people;
  }

  async #exclusions(): Promise<(person: Subscriber | undefined) => Exclusion | undefined> {
    const { announcements, isAllowed } = this.#parts;
    const { stopped, cadence } = this.#run;
    const now = this.#now();
    if (stopped !== undefined) return () => stopped;
    if (cadence !== undefined) {
      const window = windowOf(this.#run);
      return (person) => digestExclusion(person, window, now, isAllowed);
    }
    const audience = await announcements.audience(this.#run);
    return (person) => {
      if (person?.state !== 'confirmed') return 'left';
      return reachExclusion(person, isAllowed) ?? (audience(person) ? undefined : 'left');
    };
  }

  /** Whoever is left out now may have got their mail in an earlier pass. */
  async #excluded(sid: string, why: Exclusion, owed: boolean): Promise<Standing> {
    const delivery = await this.#parts.deliveries.get(this.#key(sid));
    if (delivery === undefined || delivery.state === 'refused') return { is: 'excluded', why, owed };
    return this.#standingOf(delivery);
  }

  /** @returns the attempt that was claimed, or `undefined` when the mail is not to be sent */
  async #claim(sid: string, edition: ReadyEdition, leaseUntil: string): Promise<number | undefined> {
    const claim = (attempt: number): Promise<'claimed' | Delivery> =>
      this.#parts.deliveries.claim({
        ...this.#key(sid),
        edition: edition.id,
        claimId: this.#claimId,
        leaseUntil,
        attempt,
      });
    const first = await claim(1);
    if (first === 'claimed') return 1;
    const again = await this.#attemptAfter(first);
    if (again === undefined) return undefined;
    const second = await claim(again);
    if (second === 'claimed') return again;
    this.#standings.set(sid, await this.#standingOf(second));
    return undefined;
  }

  /** The attempt that follows a delivery that could not be claimed as new; notes where it stands when there is none. */
  async #attemptAfter(delivery: Delivery): Promise<number | undefined> {
    if (delivery.state === 'refused') return delivery.attempt;
    const standing = await this.#standingOf(delivery);
    this.#standings.set(delivery.sid, standing);
    // Freezes and relaunches must be known: rather told twice than not at all.
    const once = standing.is === 'unknown' && standing.attempt === 1;
    return once && this.#run.kind === 'announcement' ? 2 : undefined;
  }

  async #standingOf(delivery: Delivery): Promise<Standing> {
    const { state, attempt } = delivery;
    if (state === 'accepted' || state === 'failed') return { is: state, attempt };
    if (state === 'refused') return { is: 'to-send' };
    const now = this.#now();
    const leaseUntil = Temporal.Instant.from(delivery.leaseUntil);
    if (state === 'claimed') {
      if (Temporal.Instant.compare(now, leaseUntil) < 0) return { is: 'open', lookAt: leaseUntil };
      const expired = await this.#parts.deliveries.expire(delivery, delivery.claimId);
      if (expired === 'superseded') return { is: 'open', lookAt: now };
    }
    const givenUpAt = leaseUntil.add(unknownFor);
    return Temporal.Instant.compare(now, givenUpAt) < 0
      ? { is: 'open', lookAt: givenUpAt }
      : { is: 'unknown', attempt };
  }

  /** Sends claimed mails at their places on the timeline of all workers, without waiting for each other's answers. */
  async #send(claimed: readonly Claimed[], keyring: Keyring): Promise<void> {
    const underWay: Promise<void>[] = [];
    const begin = (step: Promise<void>): void => {
      // Whoever can't take a turn, or write down what became of a mail, sends no more of them. Awaited below; a rejection
      // that waits for that would count as unhandled, and end the process with all that is under way.
      step.catch(() => (this.#halt ??= 'unreachable'));
      underWay.push(step);
    };
    const turns = new Turns(this.#parts, claimed.length);
    for (const mail of claimed) {
      if (this.#halt === undefined) {
        const turn = turns.next();
        begin(turn);
        await Promise.allSettled([turn]);
      }
      begin(this.#sendOne(mail, keyring));
    }
    await together(underWay);
  }

  async #sendOne({ sid, person, attempt, edition }: Claimed, keyring: Keyring): Promise<void> {
    const { runId, shard } = this.#message;
    const at = this.#now();
    // Its turn came so late that the claim might run out while SES answers.
    const late = Temporal.Instant.compare(at, this.#sendBefore) > 0;
    if (this.#halt !== undefined || late) {
      await this.#refused(sid, this.#halt ?? 'rate-exceeded');
      return;
    }
    const outcome = await this.#parts.mailer.send({
      to: person.address,
      raw: splice(edition.template, {
        address: person.address,
        unsubscribeToken: makeToken(keyring, 'unsubscribe', person.sid, at),
        settingsToken: makeToken(keyring, 'settings', person.sid, at),
        messageId: messageIdOf(runId, sid),
        at,
      }),
      tags: {
        ...{ run: runId, shard: String(shard), batch: String(this.#message.batch), sid },
        ...(person.sid !== sid && { reader: person.sid }),
      },
    });
    switch (outcome.outcome) {
      case 'accepted':
      case 'failed':
        this.#standings.set(sid, { is: outcome.outcome, attempt });
        break;
      case 'unknown':
        this.#standings.set(sid, { is: 'open', lookAt: at.add(lease).add(unknownFor) });
        break;
      case 'refused':
        await this.#refused(sid, outcome.reason);
        return;
    }
    await this.#parts.deliveries.record(this.#key(sid), this.#claimId, outcome);
  }

  async #refused(sid: string, reason: Refusal): Promise<void> {
    this.#standings.set(sid, { is: 'to-send' });
    await this.#parts.deliveries.record(this.#key(sid), this.#claimId, { outcome: 'refused', reason });
    if (this.#halt !== undefined) return;
    this.#halt = reason;
    if (reason === 'rate-exceeded') await slowDown(this.#parts.paces, this.#nowMs());
    else if (stopsRun(reason)) await pauseRun(this.#parts.runs, this.#run.id, reason, this.#now());
  }

  #reach(sid: string): Reach[] {
    return this.#run.kind === 'digest' ? [reachOf(this.#run, this.#message.shard, sid)] : [];
  }

  #retrySeconds(): number {
    if (this.#halt === 'unreachable') return 60;
    return this.#halt === undefined ? 0 : sliceSeconds;
  }

  #key(sid: string): { runId: string; shard: number; sid: string } {
    return { runId: this.#message.runId, shard: this.#message.shard, sid };
  }

  #now(): Temporal.Instant {
    return this.#parts.clock.now();
  }

  #nowMs(): number {
    return this.#now().epochMilliseconds;
  }
}
