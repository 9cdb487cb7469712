import type { ToldStatus } from '../../functions/announcements/status-change.ts';
import type { Choice } from '../../functions/subscribers/subscriber.ts';
import { portal } from '../../config/portal.ts';
import { Remembered } from '../../functions/platform/remembered.ts';
import { Temporal } from '../../functions/platform/time.ts';
import type { Told } from './cms.ts';
import { day, hour, minute, second } from './engine.ts';
import { HealthModel } from './health-model.ts';

/**
 * What must hold, written apart from the code: from what ministries, editors and people did and saw, and from what came
 * out. Knows nothing of tables, runs' insides, batches or ledgers.
 */

/** What somebody wants, as they last were told that it is so. */
export interface Wish extends Choice {
  pausedUntilMs?: number;
  /** What the pause kept back is to come after it. */
  catchUp?: boolean;
}

/** From a moment on, until the next: a wish, none, or not known for certain. */
interface Segment {
  fromMs: number;
  wish: Wish | undefined | 'unsure';
}

export interface Violation {
  atMs: number;
  /** Which rule; a shrunk story must break the same one. */
  rule: string;
  what: string;
}

/** One mail with articles, as it came out. */
interface Got {
  atMs: number;
  /** The sender could not know that it was taken. */
  isUnknowable: boolean;
}

/** Addresses read and rows are older than a moment by so much when a mail goes out: a batch's lease, and a read that lags. */
const underWayMs = 2.5 * minute;

export class PersonModel {
  readonly segments: Segment[];
  readonly addresses: string[];
  /** By truth of the release. */
  readonly articles = new Map<string, Got[]>();
  /** When a digest ended whose mail to them may have been lost, or was not sent: a later one is to bring what it would have. */
  readonly putOffAtMs: number[] = [];
  /** Announcement mails by run. */
  readonly announcements = new Map<string, Got[]>();
  /** While mails may bounce or annoy, so that none may come any more: until the next confirmation. */
  readonly #unreachable: { fromMs: number; untilMs: number }[] = [];
  everAsked = false;
  readonly #now: () => number;
  #before: Wish | undefined | 'unsure';

  constructor(address: string, now: () => number, startMs: number) {
    this.addresses = [address];
    this.#now = now;
    this.segments = [{ fromMs: startMs, wish: undefined }];
  }

  /** What they want now, if that is certain. */
  get wish(): Wish | undefined {
    const { wish } = this.#last();
    return wish === 'unsure' ? undefined : wish;
  }

  /** Asked for something, and waits for the answer. */
  changes(): void {
    this.#before = this.#last().wish;
    this.everAsked = true;
    this.#push('unsure');
  }
  unchanged(): void {
    this.#push(this.#before);
  }
  wishes({ subscriptions, announcements }: Choice): void {
    const before = this.#before === 'unsure' ? undefined : this.#before;
    // A new confirmation leaves a pause as it is.
    const paused = before?.pausedUntilMs === undefined ? {} : { pausedUntilMs: before.pausedUntilMs };
    const catchUp = before?.catchUp === true ? { catchUp: true } : {};
    this.#push({ subscriptions, announcements, ...paused, ...catchUp });
    const last = this.#unreachable.at(-1);
    if (last?.untilMs === Infinity) last.untilMs = this.#now();
  }
  chooses({ subscriptions, announcements }: Choice): void {
    if (this.#before === 'unsure') return;
    this.#push(this.#before && { ...this.#before, subscriptions, announcements });
  }
  pauses(untilMs: number, catchUp: boolean): void {
    if (this.#before === 'unsure') return;
    this.#push(this.#before && { ...this.#before, pausedUntilMs: untilMs, ...(catchUp && { catchUp }) });
  }
  resumes(): void {
    if (this.#before === 'unsure') return;
    const { pausedUntilMs: _, ...wish } = this.#before ?? { subscriptions: [], announcements: false };
    this.#push(this.#before && wish);
  }
  leaves(): void {
    this.#push(undefined);
  }
  /** All that they wish moves with them, so it was certain at each moment. */
  moved(): void {
    this.#last().wish = this.#before;
    this.#push(this.#before);
  }
  /** Mails may go to this address as well from now on. */
  alsoAt(address: string): void {
    this.addresses.push(address);
  }
  becomesUnreachable(): void {
    if (this.#unreachable.at(-1)?.untilMs === Infinity) return;
    this.#unreachable.push({ fromMs: this.#now(), untilMs: Infinity });
  }

  isUnreachable(fromMs: number, untilMs: number): boolean {
    return this.#unreachable.some((span) => span.fromMs <= untilMs && span.untilMs >= fromMs);
  }

  /** The segments of a span of time. */
  between(fromMs: number, untilMs: number): Segment[] {
    return this.segments.filter(
      ({ fromMs: from }, index) => from <= untilMs && (this.segments[index + 1]?.fromMs ?? Infinity) > fromMs,
    );
  }

  #push(wish: Segment['wish']): void {
    this.segments.push({ fromMs: this.#now(), wish });
  }

  #last(): Segment {
    const last = this.segments.at(-1);
    if (last === undefined) throw new Error('there is always a segment');
    return last;
  }
}

/** What the portal must know of a release. */
export interface ArticleModel {
  truth: string;
  articleId: string;
  number: number;
  publishedAtMs: number;
  quiet: boolean;
  /** All that it was ever filed under. */
  topics: Set<string>;
  topicsChanged: boolean;
  withdrawnAtMs?: number;
}

interface UnpublishedModel {
  truth: string;
  articleId: string;
  storedAtMs: number;
  /** Freezes don't hold it. */
  isExempt: boolean;
}

/** A freeze as editors planned it; one that was moved or withdrawn has ended as what it was. */
export interface FreezeModel {
  announcementId: string;
  fromMs: number;
  untilMs: number;
  /** Known from then on, and superseded from then on. */
  plannedAtMs: number;
  replacedAtMs?: number;
}

export class Model {
  readonly people = new Map<number, PersonModel>();
  readonly byAddress = new Map<string, PersonModel>();
  readonly articles = new Map<string, ArticleModel>();
  readonly freezes: FreezeModel[] = [];
  readonly cms: CmsModel;
  readonly health: HealthModel;
  readonly violations: Violation[] = [];
  /** Runs that were cancelled or came too late: what they owed comes with the next of their cadence. */
  readonly brokenRuns: { cadence: string; atMs: number }[] = [];
  /** When no clock ticked. */
  readonly outages: { fromMs: number; untilMs: number }[] = [];
  lastNumber = 0;
  /** Announcements as they were planned; only those that nobody moved or withdrew are looked at. */
  readonly planned = new Map<string, PlannedModel>();
  /** Runs of phases that were cancelled or came too late. */
  readonly brokenPhases = new Set<string>();
  /** By run: of how many the certificate says that nobody knows whether they were told, or that they can't be. */
  readonly untold = new Map<string, number>();
  /** What the clock released last: articles of one moment come in the order of their dates. */
  #released: { at: string; dateMs: number } | undefined;
  readonly #nowMs: () => number;
  readonly #startMs: number;
  readonly #articleIds = new Map<string, string>();
  readonly #unpublished = new Map<string, UnpublishedModel>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startMs = nowMs();
    this.cms = new CmsModel(nowMs, (rule, what) => this.violated(rule, what));
    this.health = new HealthModel((rule, what) => this.violated(rule, what));
  }

  violated(rule: string, what: string): void {
    this.violations.push({ atMs: this.#nowMs(), rule, what });
  }

  person(index: number, address: string): PersonModel {
    const person = new PersonModel(address, this.#nowMs, this.#startMs);
    this.people.set(index, person);
    this.byAddress.set(address, person);
    return person;
  }

  /** Was a freeze on at a moment, as editors saw it then? */
  isFrozen(atMs: number): FreezeModel | undefined {
    return this.freezes.find(
      ({ fromMs, untilMs, plannedAtMs, replacedAtMs = Infinity }) =>
        fromMs <= atMs && atMs < untilMs && plannedAtMs <= atMs && atMs < replacedAtMs,
    );
  }

  /** What is stored and does not appear. */
  unpublished(): UnpublishedModel[] {
    return [...this.#unpublished.values()];
  }

  stored(truth: string, articleId: string, isExempt: boolean): void {
    this.#unpublished.set(truth, { truth, articleId, storedAtMs: this.#nowMs(), isExempt });
    const known = this.#articleIds.get(truth);
    if (known !== undefined && known !== articleId) {
      this.violated('one release, one article', `${truth} is stored as ${known} and as ${articleId}`);
    }
    this.#articleIds.set(truth, articleId);
  }

  articleIdOf(truth: string): string | undefined {
    return this.#articleIds.get(truth);
  }

  /**
   * An article went live.
   *
   * @param startedAtMs when whoever published it had looked at the freezes
   */
  published(article: ArticleModel, isExempt: boolean, embargoUntilMs: number | undefined): void {
    const now = this.#nowMs();
    if (article.number !== this.lastNumber + 1) {
      this.violated(
        'publication numbers are dense',
        `${article.truth} got ${article.number} after ${this.lastNumber}`,
      );
    }
    this.lastNumber = article.number;
    if (this.articles.has(article.truth)) {
      this.violated('an article is published once', `${article.truth} again, as number ${article.number}`);
    }
    this.articles.set(article.truth, article);
    this.#unpublished.delete(article.truth);
    const freeze = this.isFrozen(now);
    // An editor may freeze from this moment on; what is under way then has not seen it.
    if (
      freeze !== undefined &&
      !isExempt &&
      now - Math.max(freeze.plannedAtMs, freeze.fromMs) > underWayFreezeMs
    ) {
      this.violated(
        'nothing is published inside a freeze',
        `${article.truth} in the freeze of ${freeze.announcementId}`,
      );
    }
    if (embargoUntilMs !== undefined && now < embargoUntilMs) {
      this.violated(
        'an embargo is kept',
        `${article.truth} before ${new Date(embargoUntilMs).toISOString()}`,
      );
    }
  }

  /** A freeze had held an article, and it was published with others at a moment. */
  released(truth: string, at: string, dateMs: number): void {
    if (this.#released?.at === at && this.#released.dateMs > dateMs) {
      this.violated('what a freeze held comes in the order of its dates', truth);
    }
    this.#released = { at, dateMs };
  }

  /** A digest was handed over. */
  digest(person: PersonModel, truths: readonly string[], got: Got, what: string): void {
    const { atMs } = got;
    if (truths.length === 0) this.violated('no digest is empty', what);
    this.#mayWrite(person, atMs, what, true);
    for (const truth of truths) {
      const before = person.articles.get(truth);
      // What an editor files elsewhere may come once more at another cadence; see docs/delivery.md.
      const isRefiled = this.articles.get(truth)?.topicsChanged === true;
      if (before !== undefined && !isRefiled && !before.some(({ isUnknowable }) => isUnknowable)) {
        this.violated('no article comes twice', `${truth} in ${what}`);
      }
      person.articles.set(truth, [...(before ?? []), got]);
      this.#mayBring(person, truth, atMs, what);
    }
  }

  announcement(person: PersonModel, run: string, got: Got, what: string): void {
    this.#mayWrite(person, got.atMs, what, false);
    const before = person.announcements.get(run) ?? [];
    if (before.length > 0 && !(before.length === 1 && before[0]?.isUnknowable === true)) {
      this.violated('a phase is told once', what);
    }
    person.announcements.set(run, [...before, got]);
  }

  /** May anything go to this person now? */
  #mayWrite(person: PersonModel, atMs: number, what: string, isDigest: boolean): void {
    const lately = person.between(atMs - underWayMs, atMs);
    const wanted = lately.filter(({ wish }) => wish !== undefined);
    if (wanted.length === 0) {
      const rule = person.segments.every(({ wish }) => wish === undefined)
        ? 'nobody is written to before they have confirmed'
        : 'nobody is written to who has left';
      this.violated(rule, what);
      return;
    }
    const isPaused = ({ wish }: Segment): boolean => wish !== 'unsure' && (wish?.pausedUntilMs ?? 0) > atMs;
    if (isDigest && lately.every(isPaused)) this.violated('nobody gets a digest in a pause', what);
  }

  /** Was this article ever wanted by this person, when it was new? */
  #mayBring(person: PersonModel, truth: string, atMs: number, what: string): void {
    const article = this.articles.get(truth);
    if (article === undefined) {
      this.violated('only what is published is mailed', `${truth} in ${what}`);
      return;
    }
    if (article.quiet) this.violated('quiet articles are in no digest', `${truth} in ${what}`);
    const { withdrawnAtMs } = article;
    if (withdrawnAtMs !== undefined && atMs - withdrawnAtMs > underWayMs) {
      this.violated('withdrawn articles are in no digest', `${truth} in ${what}`);
    }
    const since = person.between(article.publishedAtMs - minute, atMs);
    const wants = ({ wish }: Segment): boolean =>
      wish === 'unsure' || brings(wish, article.topics) !== undefined;
    if (!since.some(wants)) this.violated('only wanted topics come', `${truth} in ${what}`);
    // Whoever came (back) after it was published, gets nothing from before.
    const first = since[0];
    const lastGap = since.findLastIndex(({ wish }) => wish === undefined);
    if (first?.wish === undefined && lastGap === 0 && since.length > 1) {
      const cameAt = since[1]?.fromMs ?? 0;
      if (cameAt - article.publishedAtMs > minute) {
        this.violated('nothing from before a subscription comes', `${truth} in ${what}`);
      }
    }
  }

  /** What everyone must have got by now. Called once, when nothing has happened for days. */
  checkComplete(untilMs: number): void {
    for (const [index, person] of this.people) {
      for (const article of this.articles.values()) {
        if (article.quiet || article.topicsChanged || person.articles.has(article.truth)) continue;
        const dueAtMs = this.#dueTo(person, article, untilMs);
        if (dueAtMs === undefined) continue;
        if (article.withdrawnAtMs !== undefined && article.withdrawnAtMs < dueAtMs) continue;
        this.violated(
          'every wanted article comes',
          `person ${index} never got ${article.truth}, published ${iso(article.publishedAtMs)}, due by ${iso(dueAtMs)}`,
        );
      }
    }
  }

  /** Who wants to be told of freezes must have been told of each phase. Called once, in the end. */
  checkTold(untilMs: number): void {
    for (const one of this.planned.values()) {
      if (one.changed) continue;
      const phases = phasesOf(one);
      for (const [index, { id, mailsAtMs }] of phases.entries()) {
        const endsAtMs = phases[index + 1]?.beginsAtMs ?? Infinity;
        const toldByMs = mailsAtMs + 27 * hour;
        const run = `announcement-${one.id}-${id}`;
        if (endsAtMs < toldByMs || toldByMs > untilMs || this.brokenPhases.has(run)) continue;
        const missed = [...this.people].filter(([, person]) => {
          const wishes = person.between(mailsAtMs - hour, toldByMs);
          const wants = wishes.every(({ wish }) => wish !== 'unsure' && wish?.announcements === true);
          return wants && !person.isUnreachable(mailsAtMs, toldByMs) && !person.announcements.has(run);
        });
        if (missed.length > (this.untold.get(run) ?? 0)) {
          const who = missed.map(([number]) => number).join(', ');
          this.violated('everyone is told of each phase', `${run} did not tell ${who}`);
        }
      }
    }
  }

  /** As {@link #owedBy}; what was put off is due with the digest after the next news, at the cadence that owes it. */
  #dueTo(person: PersonModel, article: ArticleModel, untilMs: number): number | undefined {
    let notBeforeMs = article.publishedAtMs;
    let owedAt: string | undefined;
    for (;;) {
      const dueAtMs = this.#owedBy(person, article, untilMs, notBeforeMs, owedAt);
      if (dueAtMs === undefined) return undefined;
      const from = notBeforeMs;
      const putOffAtMs = person.putOffAtMs.find((atMs) => from < atMs && atMs <= dueAtMs);
      if (putOffAtMs === undefined) return dueAtMs;
      const wish = person.between(putOffAtMs, putOffAtMs)[0]?.wish;
      if (wish !== 'unsure' && wish !== undefined) owedAt ??= brings(wish, article.topics);
      notBeforeMs = this.#newsAfter(putOffAtMs);
    }
  }

  /** By when a person must have got an article, if they wanted it all that time; `undefined`: nothing is owed. */
  #owedBy(
    person: PersonModel,
    article: ArticleModel,
    untilMs: number,
    notBeforeMs: number,
    owedAt: string | undefined,
  ): number | undefined {
    const from = article.publishedAtMs - 10 * minute;
    const wishes = person.between(from, untilMs);
    let dueAtMs: number | undefined;
    for (const [index, segment] of wishes.entries()) {
      const { wish } = segment;
      if (wish === undefined) return undefined;
      // On the way from one wish to another; the next one tells.
      if (wish === 'unsure') continue;
      if (index === 0 ? segment.fromMs > from : false) return undefined;
      const fastest = brings(wish, article.topics);
      if (fastest === undefined) return undefined;
      // What a cadence owes, it brings, as long as someone has it, though another would be faster by now.
      const stillOwes = wish.subscriptions.some((one) => one.cadence === owedAt);
      const cadence = stillOwes && owedAt !== undefined ? owedAt : fastest;
      const segmentFrom = Math.max(article.publishedAtMs, segment.fromMs, wish.pausedUntilMs ?? 0);
      if (wish.pausedUntilMs !== undefined && wish.pausedUntilMs + day > article.publishedAtMs)
        return undefined;
      // Who changes gets what is left over from before with the next news, whenever that comes.
      const waitsForNews = segmentFrom > article.publishedAtMs;
      const startsMs = Math.max(notBeforeMs, waitsForNews ? this.#newsAfter(segmentFrom) : segmentFrom);
      dueAtMs = this.#dueBy(cadence, startsMs, untilMs);
      const endsAt = wishes[index + 1]?.fromMs ?? Infinity;
      if (dueAtMs <= endsAt) break;
      dueAtMs = undefined;
    }
    if (wishes[0]?.wish === 'unsure' || dueAtMs === undefined || dueAtMs > untilMs) return undefined;
    if (person.isUnreachable(article.publishedAtMs, dueAtMs)) return undefined;
    return dueAtMs;
  }

  /** By when the digest that brings something must have gone out; after `untilMs` when that is not known by then. */
  #dueBy(cadence: string, fromMs: number, untilMs: number): number {
    if (fromMs >= untilMs) return Infinity;
    let slot = fromMs;
    for (;;) {
      const freeze = this.#frozenEver(slot);
      if (freeze === undefined) {
        // A clock that stood still at the slot makes up for it when it goes on, unless it wakes in a freeze.
        const woke = this.outages.find((one) => one.fromMs <= slot && slot < one.untilMs)?.untilMs;
        const wokeInFreeze = woke === undefined ? undefined : this.#frozenEver(woke);
        if (slot > fromMs && wokeInFreeze === undefined) break;
        slot = nextSlot(slot > fromMs ? (wokeInFreeze?.untilMs ?? slot) : slot, cadence === 'weekly');
      } else slot = nextSlot(freeze.untilMs, cadence === 'weekly');
    }
    const due = slot + (cadence === 'weekly' ? 80 * hour : 26 * hour);
    const isBroken = this.brokenRuns.some(
      (run) => run.cadence === cadence && run.atMs >= fromMs && run.atMs <= due,
    );
    // What a broken run owes comes with the next one of its cadence, whenever that is.
    return isBroken ? Math.max(due, untilMs) : due;
  }

  #newsAfter(atMs: number): number {
    const later = [...this.articles.values()].filter(
      ({ quiet, withdrawnAtMs, publishedAtMs }) =>
        !quiet && withdrawnAtMs === undefined && publishedAtMs > atMs,
    );
    return Math.min(...later.map(({ publishedAtMs }) => publishedAtMs));
  }

  #frozenEver(atMs: number): FreezeModel | undefined {
    return this.freezes.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
  }
}

/** What a CMS must know of the editorial status. */
export class CmsModel {
  /** The freezes as they were planned from a moment on, until the next; with what they have really been. */
  readonly #calendars: { sinceMs: number; freezes: { fromMs: number; untilMs: number }[] }[];
  readonly #attempts = new Map<number, { firstMs: number; count: number }>();
  /** The newest that it was told. */
  #known: { message: Told; firstMs: number } | undefined;
  readonly #nowMs: () => number;
  readonly #violated: Model['violated'];

  constructor(nowMs: () => number, violated: Model['violated']) {
    this.#nowMs = nowMs;
    this.#violated = violated;
    this.#calendars = [{ sinceMs: nowMs(), freezes: [] }];
  }

  planned(freezes: readonly FreezeModel[]): void {
    const copy = freezes.map(({ fromMs, untilMs }) => ({ fromMs, untilMs }));
    this.#calendars.push({ sinceMs: this.#nowMs(), freezes: copy });
  }

  /** Somebody tries to tell it of a change. */
  asked(number: number): void {
    const now = this.#nowMs();
    const attempts = this.#attempts.get(number) ?? { firstMs: now, count: 0 };
    attempts.count += 1;
    this.#attempts.set(number, attempts);
    // After 1, 2, 4 … minutes, up to six hours apart; whoever was to try may have been held up by a minute.
    const minutes = (now - attempts.firstMs) / minute + 1;
    if (attempts.count > 2 + Math.log2(minutes + 1) + minutes / (6 * 60))
      this.#violated('a CMS that is down is left in peace', `${number} for the ${attempts.count}th time`);
  }

  /** It has taken a message. */
  told(message: Told): void {
    const { number, timestampMs, sentAtMs, status } = message;
    const now = this.#nowMs();
    // Who tells it may have looked at the freezes as long after the moment of which it speaks as a function may run.
    const wasTrue = this.#calendars.some(({ sinceMs, freezes }, index) => {
      const untilMs = this.#calendars[index + 1]?.sinceMs ?? Infinity;
      const isOfItsTime = sinceMs <= Math.min(now, timestampMs + underWayFreezeMs) && untilMs >= timestampMs;
      return isOfItsTime && isSameStatus(status, statusAt(timestampMs, freezes));
    });
    if (!wasTrue || timestampMs > now || (status.reason === null) !== (status.state === 'open'))
      this.#violated('a CMS is told the truth', `${number}: ${JSON.stringify(status)}`);
    const known = this.#known;
    if (known !== undefined) {
      const order = Math.sign(number - known.message.number);
      const isSuperseded = order < 0 && sentAtMs - known.firstMs > underWayFreezeMs;
      if (isSuperseded || order !== Math.sign(timestampMs - known.message.timestampMs))
        this.#violated('a CMS hears of changes in their order', `${number} after ${known.message.number}`);
    }
    // It goes by the timestamp, as docs/announcements.md says.
    if (known === undefined || timestampMs > known.message.timestampMs)
      this.#known = { message, firstMs: now };
  }

  /**
   * Must it know by now how things stand? Called now and then.
   *
   * @param wellSinceMs since when it can be told
   * @param calmSinceMs since when those who tell it have been well
   */
  check(wellSinceMs: number, calmSinceMs: number): void {
    const now = this.#nowMs();
    const { status, sinceMs } = this.#current();
    // The longest pause between two attempts, and a clock that ticks every other hour.
    const isTold = now - Math.max(sinceMs, wellSinceMs, calmSinceMs) > 9 * hour;
    // It has to ask by itself when nobody got through to it for three days.
    const isGivenUp = wellSinceMs - sinceMs > 60 * hour;
    if (!isTold || isGivenUp) return;
    const known = this.#known?.message.status;
    if (!isSameStatus(known ?? statusAt(now, []), status))
      this.#violated('a CMS knows the status', `it is ${JSON.stringify(status)} since ${iso(sinceMs)}`);
  }

  /** The status, and since when it has been the same. */
  #current(): { status: Status; sinceMs: number } {
    const now = this.#nowMs();
    const first = this.#calendars[0]?.sinceMs ?? now;
    let current = { status: statusAt(first, []), sinceMs: first };
    for (const [index, { sinceMs, freezes }] of this.#calendars.entries()) {
      const untilMs = Math.min(now, (this.#calendars[index + 1]?.sinceMs ?? Infinity) - 1);
      const bounds = freezes.flatMap((one) => [one.fromMs, one.untilMs]);
      const within = bounds.filter((at) => sinceMs < at && at <= untilMs).sort((a, b) => a - b);
      for (const at of [sinceMs, ...within]) {
        const status = statusAt(at, freezes);
        if (!isSameStatus(status, current.status)) current = { status, sinceMs: at };
      }
    }
    return current;
  }
}

type Status = Pick<ToldStatus, 'state' | 'since' | 'until'>;

/** Frozen from one moment until another; or open since the last freeze and until the next. */
function statusAt(atMs: number, freezes: readonly { fromMs: number; untilMs: number }[]): Status {
  const on = freezes.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
  if (on !== undefined) return { state: 'frozen', since: iso(on.fromMs), until: iso(on.untilMs) };
  const last = Math.max(...freezes.map(({ untilMs }) => untilMs).filter((end) => end <= atMs));
  const next = Math.min(...freezes.map(({ fromMs }) => fromMs).filter((start) => start > atMs));
  return {
    state: 'open',
    since: Number.isFinite(last) ? iso(last) : null,
    until: Number.isFinite(next) ? iso(next) : null,
  };
}

const isSameStatus = (a: Status, b: Status): boolean =>
  a.state === b.state && a.since === b.since && a.until === b.until;

/** A freeze, relaunch or notice as an editor planned it. */
export interface PlannedModel {
  id: string;
  plannedAtMs: number;
  /** Moved or withdrawn. */
  changed: boolean;
  /** None for notices. */
  freeze?: { from: string; reopen: string; reminderDays: readonly number[] };
}

/** When people are told: at once, some days before at seven, on the first day and on the day of reopening at seven. */
function phasesOf({
  plannedAtMs,
  freeze,
}: PlannedModel): { id: string; beginsAtMs: number; mailsAtMs: number }[] {
  const advance = { id: 'advance', beginsAtMs: plannedAtMs, mailsAtMs: plannedAtMs };
  if (freeze === undefined) return [advance];
  const at = (date: string, days: number, time: string): number =>
    Temporal.PlainDate.from(date)
      .subtract({ days })
      .toZonedDateTime({ timeZone: portal.timeZone, plainTime: Temporal.PlainTime.from(time) })
      .epochMilliseconds;
  const reminders = freeze.reminderDays
    .toSorted((a, b) => b - a)
    .map((days) => ({
      id: `reminder-${days}`,
      beginsAtMs: at(freeze.from, days, '07:00'),
      mailsAtMs: at(freeze.from, days, '07:00'),
    }))
    .filter(({ beginsAtMs }) => beginsAtMs > plannedAtMs);
  const whole = (id: string, date: string) => ({
    id,
    beginsAtMs: at(date, 0, '00:00'),
    mailsAtMs: at(date, 0, '07:00'),
  });
  return [advance, ...reminders, whole('freeze', freeze.from), whole('reopen', freeze.reopen)];
}

/** The fastest cadence at which a wish brings an article of these topics. */
export function brings(wish: Wish | undefined, topics: ReadonlySet<string>): string | undefined {
  return (['instant', 'daily', 'weekly'] as const).find((cadence) =>
    wish?.subscriptions.some(
      (one) =>
        one.cadence === cadence && (one.topics === 'alle' || one.topics.some((topic) => topics.has(topic))),
    ),
  );
}

/** Seven o'clock in Berlin, on the next day or the next Monday. */
function nextSlot(atMs: number, monday: boolean): number {
  for (let number = Math.floor(atMs / day); ; number++) {
    const slot = slots.of(String(number), () => slotOf(number));
    if (slot.atMs > atMs && (!monday || slot.isMonday)) return slot.atMs;
  }
}

const slots = new Remembered<{ atMs: number; isMonday: boolean }>();

/** @param number days since 1 January 1970 */
function slotOf(number: number): { atMs: number; isMonday: boolean } {
  const date = new Temporal.PlainDate(1970, 1, 1).add({ days: number });
  const { epochMilliseconds } = date.toZonedDateTime({ timeZone: portal.timeZone, plainTime: '07:00' });
  return { atMs: epochMilliseconds, isMonday: date.dayOfWeek === 1 };
}

/** A poll or a tick that looked at the freezes before this one was there may go on for as long as its function may run. */
const underWayFreezeMs = 60 * second;

const iso = (ms: number): string => new Date(ms).toISOString();
