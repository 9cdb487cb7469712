import type { Clock } from '../platform/time.ts';

/** Of the account's rate, what digests and announcements may take; the rest is for confirmations, which never wait. */
export const bulkShare = 0.85;

/**
 * The one timeline on which all bulk mails of the account go out. Each worker reserves places on it before it sends, so
 * the workers' shares add up to the rate however many they are and whatever runs they work on.
 *
 * Places that lie a lap apart are used a second apart, or more. So no second sees more mails than a lap has places,
 * whichever second one takes; and a lap has as many places as the rate allows mails in a second. For a worker that is
 * kept from its processor the lap is a little longer than a second. Who is later than that says so in {@link Pace.late}
 * before going on, and the places a lap later are used so much later as well: nothing is lost by it.
 */
export interface Pace {
  /** Up to when the timeline is given away, epoch milliseconds. */
  reservedUntilMs: number;
  /** Mails per second at present. */
  perSecond: number;
  /** What {@link perSecond} comes back to after SES slowed us down. */
  ceiling: number;
  /** When `perSecond` last changed, epoch milliseconds. */
  changedAtMs: number;
  /** Parts of the timeline that are used later than {@link promptMs}, as long as it matters for what is to be reserved. */
  late: readonly Late[];
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

/** Places from `fromMs` to `toMs` (epoch milliseconds) are used up to `byMs` after their time. */
interface Late {
  fromMs: number;
  toMs: number;
  byMs: number;
}

export interface PaceStore {
  /** As it was a moment ago: {@link write} tells when it has changed. */
  read(): Promise<Pace | undefined>;
  /** Writes a pace whose stored version is `pace.version - 1` (0: there is none); else says what is stored. */
  write(pace: Pace): Promise<'written' | Pace | undefined>;
}

/** What sums of milliseconds since 1970 may be wrong by. */
const roundingMs = 0.1;

/** How much further apart places are than the rate asks, and a lap is longer than a second. */
const spacing = 1.025;
const lapMs = 1000 * spacing - 2 * roundingMs;

/** How late a place may be used without a word. */
const promptMs = 12;

/** What a lap has to spare: places may be used so late, and clocks read in whole milliseconds, without effect on those a lap later. */
const spareMs = lapMs - 1000 - 2;

/** Places that passed longer ago are given up: what is late makes what comes a lap later late. */
const latestMs = 150;

/** Before any run has told the account's rate: that of a new account (SES sandbox). */
const sandboxPerSecond = 1;

/** After this long without a rate error the pace rises again, a tenth at a time. */
const calmMs = 10_000;

/** Errors within this time are answers to the same excess, and slow the pace once. */
const sameExcessMs = 1000;

/** How long `mails` take when nothing else goes out, in seconds. */
export const secondsFor = (mails: number, perSecond: number): number =>
  Math.ceil((mails / perSecond) * spacing);

export interface TurnParts {
  paces: PaceStore;
  clock: Clock;
  sleep(ms: number): Promise<void>;
}

/** The turns of one worker's mails. */
export class Turns {
  readonly #parts: TurnParts;
  /** Mails that are to go. */
  #mails: number;
  #places: Places = { nextMs: 0, endMs: 0, gapMs: Infinity, shiftMs: 0, allowedMs: 0 };
  /** What a call to the store is thought to take: twice what the last one took. */
  #callMs = promptMs;

  constructor(parts: TurnParts, mails: number) {
    this.#parts = parts;
    this.#mails = mails;
  }

  /** Resolves when one more mail may go. */
  async next(): Promise<void> {
    for (;;) {
      if (!hasPlace(this.#places)) {
        const readyMs = this.#nowMs() + this.#callMs;
        this.#places = await this.#timed(reserve(this.#parts.paces, this.#mails, readyMs));
      }
      const lateMs = this.#nowMs() - this.#places.nextMs;
      if (lateMs > this.#places.allowedMs) await this.#beLate(lateMs);
      else if (lateMs < this.#places.shiftMs) {
        await this.#parts.sleep(Math.ceil(this.#places.shiftMs - lateMs));
      } else break;
    }
    this.#places.nextMs += this.#places.gapMs;
    this.#mails -= 1;
  }

  async #beLate(lateMs: number): Promise<void> {
    const { nextMs, endMs, allowedMs } = this.#places;
    const byMs = lateMs + this.#callMs;
    const late = { fromMs: nextMs, toMs: endMs, byMs };
    const mayBeLateMs = Math.max(latestMs, allowedMs);
    if (lateMs > mayBeLateMs) this.#lose(lateMs - mayBeLateMs);
    else if (await this.#timed(admitted(this.#parts.paces, late, this.#nowMs())))
      this.#places.allowedMs = byMs;
    else this.#lose(lateMs - allowedMs);
  }

  #lose(ms: number): void {
    this.#places.nextMs += Math.ceil(ms);
  }

  async #timed<T>(call: Promise<T>): Promise<T> {
    const begunMs = this.#nowMs();
    const answer = await call;
    this.#callMs = Math.max(promptMs, 2 * (this.#nowMs() - begunMs));
    return answer;
  }

  #nowMs(): number {
    return this.#parts.clock.now().epochMilliseconds;
  }
}

/** A worker's part of the timeline; moments in epoch milliseconds. */
interface Places {
  nextMs: number;
  endMs: number;
  gapMs: number;
  /** So much after their time, at the earliest, they are used. */
  shiftMs: number;
  /** And so much at the latest. */
  allowedMs: number;
}

const hasPlace = ({ nextMs, endMs, gapMs }: Places): boolean => nextMs + gapMs <= endMs + roundingMs;

/**
 * Reserves the next `mails` places, also such as have just passed: who takes them is late from the outset.
 *
 * @param readyMs when they will be used, or later; epoch milliseconds
 */
async function reserve(paces: PaceStore, mails: number, readyMs: number): Promise<Places> {
  const placesOf = ({ reservedUntilMs, perSecond, late }: Pace): Places => {
    const gapMs = (1000 / perSecond) * spacing;
    // Of more than a lap, the last would come too soon after the first.
    const catchesUp = readyMs - reservedUntilMs <= latestMs && mails * gapMs <= lapMs;
    const nextMs = catchesUp ? reservedUntilMs : Math.max(readyMs, reservedUntilMs);
    const endMs = nextMs + mails * gapMs;
    const shiftMs = Math.max(0, ...late.map((one) => shiftAfter(one, nextMs, endMs)));
    return { nextMs, endMs, gapMs, shiftMs, allowedMs: Math.max(shiftMs, readyMs - nextMs) + promptMs };
  };
  const before = await change(paces, readyMs, (present) => {
    const pace = recovered(present, readyMs);
    const { nextMs: fromMs, endMs: toMs, allowedMs: byMs } = placesOf(pace);
    const late = byMs > promptMs ? [...pace.late, { fromMs, toMs, byMs }] : pace.late;
    return {
      ...pace,
      reservedUntilMs: toMs,
      late: late.filter((one) => shiftAfter(one, toMs, Infinity) > 0),
    };
  });
  return placesOf(recovered(before.pace, readyMs));
}

/** By how much places must be used later than their time so that they come a second after what is used late. */
const shiftAfter = ({ fromMs, toMs, byMs }: Late, startMs: number, endMs: number): number =>
  fromMs + lapMs < endMs ? byMs - spareMs - Math.max(0, startMs - lapMs - toMs) : 0;

/** Lets a worker use places late, unless some a lap later are given away: who has them would not know. */
async function admitted(paces: PaceStore, late: Late, nowMs: number): Promise<boolean> {
  const { outcome } = await change(paces, nowMs, (pace) =>
    pace.reservedUntilMs > late.fromMs + lapMs ? undefined : { ...pace, late: [...pace.late, late] },
  );
  return outcome === 'changed';
}

/** SES refused for the rate: three quarters of it from now on. */
export async function slowDown(paces: PaceStore, nowMs: number): Promise<void> {
  await change(paces, nowMs, (pace) => {
    if (pace.perSecond < pace.ceiling && nowMs - pace.changedAtMs < sameExcessMs) return undefined;
    const perSecond = Math.max(pace.perSecond * 0.75, pace.ceiling / 20);
    // The second that is full already passes before anything else is sent.
    const reservedUntilMs = Math.max(pace.reservedUntilMs, nowMs + sameExcessMs);
    return { ...pace, perSecond, reservedUntilMs, changedAtMs: nowMs };
  });
}

/** Takes over what SES says the account may send. */
export async function setCeiling(paces: PaceStore, maxPerSecond: number, nowMs: number): Promise<void> {
  const ceiling = maxPerSecond * bulkShare;
  await change(paces, nowMs, (pace) =>
    pace.ceiling === ceiling ? undefined : { ...pace, ceiling, perSecond: ceiling, changedAtMs: nowMs },
  );
}

/**
 * Changes what other workers may be changing too.
 *
 * @param next `undefined`: as it is, it stays
 * @returns the pace on which that was decided
 */
async function change(
  paces: PaceStore,
  nowMs: number,
  next: (pace: Pace) => Pace | undefined,
): Promise<{ outcome: 'changed' | 'left'; pace: Pace }> {
  for (let stored = await paces.read(); ;) {
    const pace = stored ?? fresh(nowMs);
    const changed = next(pace);
    if (changed === undefined) return { outcome: 'left', pace };
    const written = await paces.write({ ...changed, version: pace.version + 1 });
    if (written === 'written') return { outcome: 'changed', pace };
    stored = written;
  }
}

const fresh = (nowMs: number): Pace => ({
  reservedUntilMs: nowMs,
  perSecond: sandboxPerSecond * bulkShare,
  ceiling: sandboxPerSecond * bulkShare,
  changedAtMs: nowMs,
  late: [],
  version: 0,
});

const recovered = (pace: Pace, nowMs: number): Pace =>
  pace.perSecond < pace.ceiling && nowMs - pace.changedAtMs >= calmMs
    ? { ...pace, perSecond: Math.min(pace.ceiling, pace.perSecond * 1.1), changedAtMs: nowMs }
    : pace;
