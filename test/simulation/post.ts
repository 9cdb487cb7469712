import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from '../../functions/mail/mailer.ts';
import type { Cloud } from './cloud.ts';
import { day, minute, second } from './engine.ts';
import type { SimulatedQueue } from './queues.ts';
import type { Random } from './random.ts';

/** A mail that SES took. */
export interface Post {
  messageId: string;
  atMs: number;
  to: string;
  /** What stands before its HTML part, without soft line breaks. */
  text: string;
  tags: Readonly<Record<string, string>>;
  /** Its event does not come in time: unless the sender has written down the answer, it is `unknown` to them. */
  isUnknowable: boolean;
}

/** How the mailbox of an address takes what comes. */
export type Mailbox = 'takes' | 'does-not-exist' | 'is-full';

/** Told of what goes through. */
export interface PostObserver {
  mailbox(address: string): Mailbox;
  /** Does the owner call this mail spam? */
  complains(address: string): boolean;
  taken(post: Post): void;
  arrived(post: Post): void;
}

/** SES's quotas, as of the account. */
export interface Account {
  maxPerSecond: number;
  maxPer24Hours: number;
  isPaused: boolean;
}

/** SES: takes one mail at a time, within quotas, and reports each by events that come late, twice or not at all. */
export class SimulatedSes implements Mailer {
  readonly account: Account = { maxPerSecond: 14, maxPer24Hours: 50_000, isPaused: false };
  taken = 0;
  readonly #cloud: Cloud;
  readonly #random: Random;
  readonly #feedback: SimulatedQueue;
  readonly #observer: PostObserver;
  readonly #recent: number[] = [];

  constructor(cloud: Cloud, random: Random, feedback: SimulatedQueue, observer: PostObserver) {
    this.#cloud = cloud;
    this.#random = random;
    this.#feedback = feedback;
    this.#observer = observer;
  }

  async send(mail: OutgoingMail): Promise<SendOutcome> {
    const { account } = this;
    const { tally, weather, engine } = this.#cloud;
    const random = this.#random;
    if (account.isPaused) return { outcome: 'refused', reason: 'sending-paused' };
    const { nowMs } = engine;
    this.#forget();
    if (this.#recent.length >= account.maxPer24Hours) return { outcome: 'refused', reason: 'quota-exceeded' };
    let inThisSecond = 0;
    for (let index = this.#recent.length - 1; (this.#recent[index] ?? 0) > nowMs - second; index--)
      inThisSecond += 1;
    if (inThisSecond >= account.maxPerSecond) {
      tally.add('mail throttled');
      return { outcome: 'refused', reason: 'rate-exceeded' };
    }
    if (random.chance(weather.faultRate)) {
      const fault = random.pick(['unreachable', 'not-taken', 'answer-lost'] as const);
      tally.add(`mail ${fault}`);
      if (fault === 'unreachable') return { outcome: 'refused', reason: 'unreachable' };
      if (fault === 'answer-lost') this.#take(mail);
      return { outcome: 'unknown', reason: 'timeout' };
    }
    return { outcome: 'accepted', messageId: this.#take(mail) };
  }

  async quota(): Promise<SendQuota> {
    const { maxPerSecond, maxPer24Hours } = this.account;
    this.#forget();
    return { maxPerSecond, maxPer24Hours, sentLast24Hours: this.#recent.length };
  }

  #forget(): void {
    const { nowMs } = this.#cloud.engine;
    while ((this.#recent[0] ?? nowMs) <= nowMs - day) this.#recent.shift();
  }

  #take({ to, raw, tags }: OutgoingMail): string {
    const { engine, tally, weather } = this.#cloud;
    const random = this.#random;
    this.taken += 1;
    this.#recent.push(engine.nowMs);
    const post: Post = {
      messageId: `ses-${this.taken}`,
      atMs: engine.nowMs,
      to,
      text: textPart(raw),
      tags,
      isUnknowable: false,
    };
    const eventLost = random.chance(weather.faultRate);
    const late = random.chance(weather.faultRate * 3);
    if (eventLost) tally.add('SES event lost');
    else
      this.#report(
        'Send',
        post,
        late ? random.between(20 * minute, 90 * minute) : random.between(50, 20_000),
      );
    post.isUnknowable = eventLost || late;
    this.#observer.taken(post);
    engine.after(random.between(200, 20_000), () => this.#deliver(post));
    return post.messageId;
  }

  #deliver(post: Post): void {
    const { engine } = this.#cloud;
    const random = this.#random;
    const at = new Date(engine.nowMs).toISOString();
    switch (this.#observer.mailbox(post.to)) {
      case 'does-not-exist': {
        this.#report('Bounce', post, random.between(100, 5000), {
          bounce: { bounceType: 'Permanent', timestamp: at },
        });
        return;
      }
      case 'is-full': {
        this.#report('Bounce', post, random.between(100, 5000), {
          bounce: { bounceType: 'Transient', timestamp: at },
        });
        return;
      }
      case 'takes':
        this.#report('Delivery', post, random.between(100, 5000));
        this.#observer.arrived(post);
        if (this.#observer.complains(post.to))
          this.#report('Complaint', post, random.between(1, 600) * second);
    }
  }

  #report(eventType: string, post: Post, lagMs: number, details: object = {}): void {
    const { engine, tally, weather } = this.#cloud;
    const random = this.#random;
    const tags = Object.fromEntries(Object.entries(post.tags).map(([name, value]) => [name, [value]]));
    const message = JSON.stringify({ eventType, mail: { messageId: post.messageId, tags }, ...details });
    const times = random.chance(weather.faultRate) ? 2 : 1;
    if (times > 1) tally.add('SES event doubled');
    for (let time = 0; time < times; time++) {
      engine.after(lagMs + time * random.between(1, 60_000), () =>
        this.#feedback.send(
          JSON.stringify({ MessageId: `sns-${post.messageId}-${eventType}`, Message: message }),
        ),
      );
    }
    if (random.chance(weather.faultRate / 4)) {
      tally.add('SES event of an unknown shape');
      this.#feedback.send(
        JSON.stringify({ MessageId: `sns-${post.messageId}-odd`, Message: '{"eventType":"Open"}' }),
      );
    }
  }
}

function textPart(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = bytes.indexOf('text/html');
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end).replaceAll('=\r\n', '');
}
