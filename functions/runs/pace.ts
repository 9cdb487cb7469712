/** Of the account's rate, what digests and announcements may take; the rest is for confirmations, which never wait. */
export const bulkShare = 0.85;

/**
 * A mail goes out at its place on the timeline, or a little later: processes have more than one thing to do. So places
 * are a little further apart than the rate asks, and no second sees more mails than it allows, whichever second one
 * takes.
 */
export const latenessMs = 27;
const spacing = 1.03;

/**
 * The one timeline on which all bulk mails of the account go out. Each worker reserves its part of it before it sends,
 * so the workers' shares add up to the rate however many they are and whatever runs they work on.
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
  /** Raised with every write; conditional writes compare it. */
  version: number;
}

export interface PaceStore {
  read(): Promise<Pace | undefined>;
  /** Writes a pace whose stored version is `pace.version - 1` (0: there is none). */
  write(pace: Pace): Promise<'written' | 'conflict'>;
}

export interface Reservation {
  /** When the first of the mails may go, epoch milliseconds; the others follow at `gapMs`. */
  startMs: number;
  gapMs: number;
  mails: number;
}

/** Before any run has told the account's rate: that of a new account (SES sandbox). */
const sandboxPerSecond = 1;

/** After this long without a rate error the pace rises again, a tenth at a time. */
const calmMs = 10_000;

/** Errors within this time are answers to the same excess, and slow the pace once. */
const sameExcessMs = 1000;

/** Reserves the next `mails` places on the timeline. */
export async function reserve(paces: PaceStore, mails: number, nowMs: number): Promise<Reservation> {
  for (;;) {
    const pace = recovered((await paces.read()) ?? fresh(nowMs), nowMs);
    const gapMs = (1000 / pace.perSecond) * spacing;
    const startMs = Math.max(nowMs, pace.reservedUntilMs);
    const next = { ...pace, reservedUntilMs: startMs + mails * gapMs, version: pace.version + 1 };
    if ((await paces.write(next)) === 'written') return { startMs, gapMs, mails };
  }
}

/** How long `mails` take when nothing else goes out, in seconds. */
export const secondsFor = (mails: number, perSecond: number): number =>
  Math.ceil((mails / perSecond) * spacing);

/** SES refused for the rate: three quarters of it from now on. */
export async function slowDown(paces: PaceStore, nowMs: number): Promise<void> {
  for (;;) {
    const pace = (await paces.read()) ?? fresh(nowMs);
    if (pace.perSecond < pace.ceiling && nowMs - pace.changedAtMs < sameExcessMs) return;
    const perSecond = Math.max(pace.perSecond * 0.75, pace.ceiling / 20);
    // The second that is full already passes before anything else is sent.
    const reservedUntilMs = Math.max(pace.reservedUntilMs, nowMs + sameExcessMs);
    const next = { ...pace, perSecond, reservedUntilMs, changedAtMs: nowMs, version: pace.version + 1 };
    if ((await paces.write(next)) === 'written') return;
  }
}

/** Takes over what SES says the account may send. */
export async function setCeiling(paces: PaceStore, maxPerSecond: number, nowMs: number): Promise<void> {
  const ceiling = maxPerSecond * bulkShare;
  for (;;) {
    const pace = (await paces.read()) ?? fresh(nowMs);
    if (pace.ceiling === ceiling) return;
    const next = { ...pace, ceiling, perSecond: ceiling, changedAtMs: nowMs, version: pace.version + 1 };
    if ((await paces.write(next)) === 'written') return;
  }
}

const fresh = (nowMs: number): Pace => ({
  reservedUntilMs: nowMs,
  perSecond: sandboxPerSecond * bulkShare,
  ceiling: sandboxPerSecond * bulkShare,
  changedAtMs: nowMs,
  version: 0,
});

const recovered = (pace: Pace, nowMs: number): Pace =>
  pace.perSecond < pace.ceiling && nowMs - pace.changedAtMs >= calmMs
    ? { ...pace, perSecond: Math.min(pace.ceiling, pace.perSecond * 1.1), changedAtMs: nowMs }
    : pace;
