import { createHash } from 'node:crypto';
import { feeds } from '../../config/feeds.ts';
import { allTopics, topics } from '../../config/topics.ts';
import { portal } from '../../config/portal.ts';
import { act, checkWithdraw, moved, withdrawn } from '../../functions/announcements/acts.ts';
import {
  announcementId,
  freezeInterval,
  isFreezing,
  makeAnnouncement,
  type Announcement,
  type AnnouncementDraft,
} from '../../functions/announcements/announcement.ts';
import { checkMove, checkNew } from '../../functions/announcements/check.ts';
import { dayOf } from '../../functions/announcements/freeze.ts';
import { articleTag } from '../../functions/articles/article-page.ts';
import type { Article } from '../../functions/articles/article.ts';
import { moveArticle, withdrawArticle } from '../../functions/articles/edit-article.ts';
import { feedPath } from '../../functions/articles/feed-directory.ts';
import type { SendOutcome } from '../../functions/mail/mailer.ts';
import type { Log } from '../../functions/platform/log.ts';
import { Remembered } from '../../functions/platform/remembered.ts';
import { isoMillis, Temporal } from '../../functions/platform/time.ts';
import { cancelRun, pauseRun, resumeRun } from '../../functions/runs/control.ts';
import { addsUp, type Reach, type Run } from '../../functions/runs/run.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { aSubscriber, changeTo } from '../support/subscribers.ts';
import { calmDays, ministryCount, quietStart, type Act, type World } from './acts.ts';
import { Cloud, Tally } from './cloud.ts';
import { SimulatedCms } from './cms.ts';
import { contested } from './contested.ts';
import { day, Engine, hour, minute, second } from './engine.ts';
import type { Sight } from './health-model.ts';
import { instead, type Method } from './instead.ts';
import { Ministry, readHeadline, type Release } from './ministries.ts';
import { Model, type PersonModel, type Violation } from './model.ts';
import { addressOf, mailDomain, Person } from './people.ts';
import { keyring, Pipeline, type Break } from './pipeline.ts';
import type { Post } from './post.ts';
import { quickPromises } from './promise-hooks.ts';
import { captureMachine, Random } from './random.ts';
import { memoryStores, shardCount, type Stores } from './stores.ts';

export interface Outcome {
  violations: Violation[];
  /** SHA-256 of everything that happened, hex: one seed, one history. */
  history: string;
  /** What happened, a line each; only when asked for. */
  story: string[];
  mails: number;
  publications: number;
  runs: number;
  invocations: number;
  faults: Record<string, number>;
  /** What is stored and shown in the end, for another implementation of the stores to come to as well. */
  end: unknown;
}

export interface Options {
  /** Background probability that a call goes wrong. */
  faultRate?: number;
  breakPart?: Break;
  /** A broken part that is no port. */
  breakPipeline?: (pipeline: Pipeline) => void;
  stores?: (engine: Engine, random: Random) => Stores;
  keepStory?: boolean;
  /** Stop at the first violation. */
  stopAtFirst?: boolean;
}

/** Lives through a world. The same world and options give the same outcome, byte for byte. */
export async function simulate(world: World, options: Options = {}): Promise<Outcome> {
  const simulation = new Simulation(world, options);
  const release = captureMachine(
    new Random('machine', world.seed),
    (ms) => simulation.engine.timeout(ms),
    (...request) => simulation.cms.fetch(...request),
    (happen) => simulation.engine.turn(happen),
  );
  const slowDown = quickPromises();
  // Short pages, so that months are long enough for an archive.
  const { archiveSpan } = feeds;
  feeds.archiveSpan = 10;
  try {
    return await simulation.live();
  } finally {
    feeds.archiveSpan = archiveSpan;
    slowDown();
    release();
  }
}

const backgroundRate = 0.0004;
const editor = { by: 'anna' };
/** Polls, ticks and queues are given so long to come to rest after the last storm. */
const patience = 45 * minute;

class Simulation {
  readonly engine: Engine;
  readonly cms: SimulatedCms;
  readonly #world: World;
  readonly #options: Options;
  readonly #tally = new Tally();
  readonly #cloud: Cloud;
  readonly #pipeline: Pipeline;
  readonly #model: Model;
  readonly #people: Person[] = [];
  readonly #byAddress = new Map<string, Person>();
  readonly #byHost = new Map<string, Ministry>();
  readonly #ministries: Ministry[];
  readonly #hash = createHash('sha256');
  /** Lines that are not in the hash yet. */
  #told: string[] = [];
  readonly #story: string[] = [];
  readonly #releases = new Map<string, Release>();
  readonly #feedIds = new Map<string, string>();
  readonly #feedsSeen = new Map<string, string>();
  readonly #faultRate: number;
  readonly #calmFromMs: number;
  readonly #clockRandom: Random;
  readonly #healthRandom: Random;
  /** Open runs as they were last written. */
  readonly #runs = new Map<string, Run>();
  readonly #troubleUntilMs = new Map<string, number>();
  #berlin = { clockDay: -1, offsetMs: 0 };
  #lastTickMs = 0;
  #lastBegunTickMs = 0;
  /** When each mail was taken. */
  readonly #takenAtMs: number[] = [];
  #feedsTroubleUntilMs = 0;
  #noClockUntilMs = 0;
  #stormUntilMs = 0;
  #runsStarted = 0;
  #invocations = 0;

  constructor(world: World, options: Options) {
    this.#world = world;
    this.#options = options;
    this.#faultRate = options.faultRate ?? backgroundRate;
    this.#calmFromMs = world.startMs + Math.max(1, world.days - calmDays) * day;
    this.engine = new Engine(new Date(world.startMs).toISOString());
    const random = new Random('pipeline', world.seed);
    this.#clockRandom = new Random('clock', world.seed);
    this.#healthRandom = new Random('health', world.seed);
    this.#cloud = new Cloud(this.engine, random, this.#tally, { faultRate: 0 });
    this.#model = new Model(() => this.engine.nowMs);
    this.#cloud.onLeft = (what) => this.#model.violated('functions leave nothing under way', what);
    this.cms = new SimulatedCms(this.#cloud, new Random('cms', world.seed), {
      asked: (number) => this.#model.cms.asked(number),
      told: (message) => {
        this.#note(`cms told ${message.number} ${JSON.stringify(message.status)}`);
        this.#model.cms.told(message);
      },
    });
    this.#ministries = Array.from(
      { length: ministryCount },
      (_, index) =>
        new Ministry(`ministerium-${index + 1}`, index === ministryCount - 1 ? 'publish' : 'hold'),
    );
    for (const ministry of this.#ministries) this.#byHost.set(ministry.id, ministry);
    const stores = options.stores?.(this.engine, random) ?? memoryStores(this.engine, random);
    this.#pipeline = new Pipeline(
      this.#cloud,
      random,
      this.#watched(stores),
      this.#byHost,
      {
        mailbox: (address) => this.#byAddress.get(address)?.mailbox ?? 'takes',
        complains: (address) => this.#byAddress.get(address)?.complains === true,
        taken: (post) => this.#taken(post),
        arrived: (post) => this.#byAddress.get(post.to)?.read(post),
      },
      (service) => this.#log(service),
      options.breakPart,
    );
    this.#pipeline.articles.onWrite = (before, after) => this.#written(before, after);
    // An event that nobody took in came to nothing, as if it had been lost.
    this.#pipeline.queues.feedback.onGivenUp = (body) => {
      const got = this.#got.get(/"sns-(ses-\d+)-Send"/u.exec(body)?.[1] ?? '');
      if (got?.isRecorded === false) got.isUnknowable = true;
    };
    options.breakPipeline?.(this.#pipeline);
  }

  async live(): Promise<Outcome> {
    const { startMs, days, acts, subscribers, choices } = this.#world;
    const { engine } = this;
    for (let index = 0; index < subscribers; index++) {
      const person = new Person(index, this.#cloud, this.#pipeline, this.#model);
      this.#people.push(person);
      this.#byAddress.set(person.address, person);
      const choice = choices[index];
      if (choice !== undefined) await this.#wasThere(person, choice);
    }
    for (const ministry of this.#ministries) {
      for (let nth = 0; nth < 3; nth++)
        this.#publish(ministry, [topics[nth]?.slug ?? ''], startMs - (nth + 1) * day);
    }
    await this.#pipeline.stores.sources.define(
      this.#ministries.map(({ source }) => source),
      isoMillis(engine.now()),
    );
    for (const one of acts) engine.at(one.atMs, () => this.#happen(one));
    engine.after(second, () => this.#tick());
    engine.after(quietStart, () => this.#look());
    for (let at = startMs + day; at <= startMs + days * day; at += day)
      engine.at(at, () => {
        this.#aside(this.#checkFeeds());
        this.#checkCms();
      });
    const endMs = startMs + days * day;
    engine.at(startMs + quietStart, () => (this.#cloud.weather.faultRate = this.#usualFaultRate()));
    engine.at(this.#calmFromMs, () => this.#calm());
    for (let nowMs = startMs; nowMs < endMs; nowMs += 6 * hour) {
      await engine.run(Math.min(endMs, nowMs + 6 * hour));
      if (this.#options.stopAtFirst === true && this.#model.violations.length > 0) return this.#outcome();
    }
    await this.#checkEnd();
    return this.#outcome();
  }

  /** Somebody who had subscribed before the story begins. */
  async #wasThere(person: Person, choice: PersonModel['wish'] & object): Promise<void> {
    const { subscribers } = this.#pipeline.stores;
    const subscriptions = choice.subscriptions.map((one) => ({ ...one, since: 0 }));
    const row = {
      ...aSubscriber(person.address, { subscriptions, announcements: choice.announcements }),
      requestedAt: isoMillis(this.engine.now()),
    };
    await subscribers.put(changeTo(row));
    person.model.changes();
    person.model.wishes(choice);
  }

  /** What someone does at their desk, or is looked up: time stands still for it. */
  #aside(work: Promise<unknown>): void {
    this.engine.real(work).catch((error: unknown) => this.engine.fail(error));
  }

  // The clock

  /**
   * Each minute while there is something to do, every few minutes in a storm, and every hour or two otherwise: an idle
   * tick changes nothing, and a late one is what the code must bear with anyway.
   */
  #tick(): void {
    const { engine } = this;
    const soon = engine.nowMs + minute;
    if (engine.nowMs < this.#noClockUntilMs) {
      engine.at(this.#noClockUntilMs, () => this.#tick());
      return;
    }
    this.#invocations += 1;
    // The scheduler calls at least once, too.
    if (this.#clockRandom.chance(0.03)) {
      this.#tally.add('tick doubled');
      const laterMs = this.#clockRandom.chance(0.5) ? 0 : this.#clockRandom.between(0, 5 * second);
      engine.after(laterMs, () => this.#callClock(() => undefined));
    }
    this.#callClock(() =>
      this.#aside(this.#nextTick(soon).then((atMs) => engine.at(atMs, () => this.#tick()))),
    );
  }

  #callClock(then: () => void): void {
    const beganMs = this.engine.nowMs;
    this.#lastBegunTickMs = beganMs;
    this.#cloud.invoke(this.#pipeline.functions.clock, undefined, (ended) => {
      if (ended.how === 'done') this.#lastTickMs = Math.max(this.#lastTickMs, beganMs);
      else this.#note(`clock ${ended.how}`);
      then();
    });
  }

  async #nextTick(soon: number): Promise<number> {
    const { engine } = this;
    const { stores, queues } = this.#pipeline;
    // What goes on by itself needs no tick: polls, letters and feedback.
    const isBusy = queues.plan.open + queues.deliver.open > 0 || (await stores.runs.listOpen()).length > 0;
    if (isBusy) return soon;
    if (engine.nowMs < this.#stormUntilMs) return soon + this.#clockRandom.between(0, 8 * minute);
    const sources = await stores.sources.list();
    const polls = sources.map(({ state }) => Date.parse(state.nextPollAt));
    // Slots, freezes and embargoes begin and end at full hours; most of all at midnight and at seven in Berlin.
    const fullHour = (Math.floor(engine.nowMs / hour) + 1) * hour;
    return Math.max(soon, Math.min(...polls, this.#isTimely(fullHour) ? fullHour : fullHour + hour));
  }

  /** Is it midnight or seven in Berlin? Its clocks are put forward and back at one o'clock in UTC. */
  #isTimely(fullHour: number): boolean {
    const clockDay = Math.floor((fullHour - hour) / day);
    if (this.#berlin.clockDay !== clockDay) {
      const at = new Temporal.ZonedDateTime(BigInt(fullHour) * 1_000_000n, portal.timeZone);
      this.#berlin = { clockDay, offsetMs: at.offsetNanoseconds / 1_000_000 };
    }
    const inBerlin = ((fullHour + this.#berlin.offsetMs) % day) / hour;
    return inBerlin === 0 || inBerlin === 7;
  }

  // Health

  /** Somebody looks every few hours whether all is well, now and then just after an hour at which things begin. */
  #look(): void {
    const { engine } = this;
    this.#aside(
      this.#sight().then((before) => {
        engine.after(0, () => {
          this.#cloud.invoke(this.#pipeline.functions.health, undefined, (ended) => {
            this.#aside(this.#sight().then((after) => this.#model.health.looked(ended, before, after)));
          });
        });
      }),
    );
    const random = this.#healthRandom;
    const nextMs = engine.nowMs + random.between(3 * hour, 10 * hour);
    const justAfterMs = Math.ceil(nextMs / hour) * hour + random.between(0, 3 * minute);
    engine.at(random.chance(0.3) ? justAfterMs : nextMs, () => this.#look());
  }

  async #sight(): Promise<Sight> {
    const { nowMs } = this.engine;
    const { stream, stores } = this.#pipeline;
    const { freezes } = this.#model;
    const frozen = this.#model.isFrozen(nowMs) !== undefined;
    const reopenedMs = Math.max(0, ...freezes.map(({ untilMs }) => untilMs).filter((end) => end <= nowMs));
    const waiting = this.#model.unpublished().flatMap(({ truth, articleId, storedAtMs, isExempt }) => {
      const dueMs = Math.max(
        storedAtMs,
        this.#releases.get(truth)?.embargoUntilMs ?? 0,
        isExempt ? 0 : reopenedMs,
      );
      return dueMs > nowMs || (frozen && !isExempt) ? [] : [{ articleId, dueMs }];
    });
    const newest = [...this.#model.articles.values()].findLast((one) => one.withdrawnAtMs === undefined);
    const feed = newest && (await stores.feeds.get(feedPath(allTopics, 'json').slice(1)));
    return {
      atMs: nowMs,
      frozen,
      waiting,
      corrected: new Set(
        [...this.#model.articles.values()].flatMap(({ truth, articleId }) =>
          (this.#releases.get(truth)?.version ?? 1) > 1 ? [articleId] : [],
        ),
      ),
      reopenedMs,
      runs: new Map(this.#runs),
      newest: newest && {
        articleId: newest.articleId,
        publishedAtMs: newest.publishedAtMs,
        isInFeed: viewOf(feed?.body ?? new Uint8Array()).includes(newest.articleId),
      },
      lastTickMs: this.#lastTickMs,
      lastBegunTickMs: this.#lastBegunTickMs,
      stormUntilMs: this.#stormUntilMs,
      sources: new Map(
        this.#ministries.map(({ id, releases, asked }) => [
          id,
          {
            troubleUntilMs: this.#troubleUntilMs.get(id) ?? 0,
            asked: { ...asked },
            publishedAtMs: releases.map((release) => release.appearedAtMs),
          },
        ]),
      ),
      isFeedLate: !stream.isDrained || stream.dead > 0 || nowMs < this.#feedsTroubleUntilMs + patience,
      mails: {
        everTaken: this.#takenAtMs.length,
        lastDay: this.#takenAtMs.length - 1 - this.#takenAtMs.findLastIndex((at) => at <= nowMs - day),
        maxPer24Hours: this.#pipeline.ses.account.maxPer24Hours,
      },
      isCalm: nowMs > this.#calmFromMs,
    };
  }

  // The world

  #happen(one: Act): void {
    this.#note(`${one.does} ${JSON.stringify(one)}`);
    const { engine } = this;
    switch (one.does) {
      case 'publish': {
        const ministry = this.#ministry(one.ministry);
        const embargo = one.embargoHours === undefined ? undefined : engine.nowMs + one.embargoHours * hour;
        this.#publish(ministry, one.topics, engine.nowMs - one.ageHours * hour, embargo);
        return;
      }
      case 'correct': {
        const release = this.#shown(one.ministry, one.nth);
        // What another ministry carries as well is left alone: by whom it is corrected is its own question.
        if (release === undefined || release.ministry !== this.#ministry(one.ministry).id) return;
        // Nobody could tell that a text in other words is what another one carried before we had seen it here.
        if (release.carriedUnseen === true) return;
        release.version += 1;
        this.#ministry(one.ministry).changed();
        return;
      }
      case 'delete': {
        const release = this.#shown(one.ministry, one.nth);
        if (release === undefined) return;
        release.deleted = true;
        this.#ministry(one.ministry).changed();
        return;
      }
      case 'change-link': {
        const release = this.#shown(one.ministry, one.nth);
        if (release === undefined || !this.#mayBeReaddressed(release)) return;
        release.link = `${release.link}-neu`;
        release.readdressedAtMs = engine.nowMs;
        this.#ministry(one.ministry).changed();
        return;
      }
      case 'change-guids': {
        const ministry = this.#ministry(one.ministry);
        for (const release of ministry.shown()) {
          if (!this.#mayBeReaddressed(release)) continue;
          release.guid = `${release.guid}-neu`;
          release.readdressedAtMs = engine.nowMs;
        }
        ministry.changed();
        return;
      }
      case 'move-feed': {
        const ministry = this.#ministry(one.ministry);
        ministry.path = `${ministry.path}-neu`;
        return;
      }
      case 'carry': {
        const release = this.#shown(one.from, one.nth);
        const ministry = this.#ministry(one.ministry);
        if (release === undefined || release.version > 1 || release.embargoUntilMs !== undefined) return;
        if (ministry.releases.some(({ truth }) => truth === release.truth)) return;
        if (this.#model.articleIdOf(release.truth) === undefined) release.carriedUnseen = true;
        ministry.releases.push({
          ...release,
          guid: `${ministry.id}-${release.truth}`,
          link: `https://${ministry.id}.example/uebernommen/${release.truth}`,
        });
        ministry.changed();
        return;
      }
      case 'trouble': {
        const ministry = this.#ministry(one.ministry);
        ministry.trouble = one.trouble;
        this.#troubleUntilMs.set(
          ministry.id,
          Math.max(this.#troubleUntilMs.get(ministry.id) ?? 0, engine.nowMs + one.forMs),
        );
        engine.after(one.forMs, () => {
          if (engine.nowMs >= (this.#troubleUntilMs.get(ministry.id) ?? 0)) ministry.trouble = undefined;
        });
        return;
      }
      case 'plan-freeze':
      case 'plan-notice':
        this.#aside(this.#plan(one));
        return;
      case 'move-freeze':
        this.#aside(this.#moveFreeze(one.fromDays, one.reopenDays));
        return;
      case 'withdraw-announcement':
        this.#aside(this.#withdrawAnnouncement());
        return;
      case 'withdraw-article':
      case 'refile-article':
        this.#aside(this.#edit(one));
        return;
      case 'pause-run':
        this.#aside(this.#pauseRun(one.forMs));
        return;
      case 'cancel-run':
        this.#aside(
          this.#openRun().then(async (run) => {
            if (run !== undefined) await cancelRun(this.#pipeline.stores.runs, run.id);
          }),
        );
        return;
      case 'redrive':
        this.#redrive();
        return;
      case 'deploy':
        this.#deploy();
        return;
      case 'ses-paused': {
        const { account } = this.#pipeline.ses;
        account.isPaused = true;
        engine.after(one.forMs, () => {
          account.isPaused = false;
          this.#aside(this.#resumeAll());
        });
        return;
      }
      case 'quota-low': {
        const { account } = this.#pipeline.ses;
        account.maxPer24Hours = 60;
        engine.after(one.forMs, () => (account.maxPer24Hours = 50_000));
        return;
      }
      case 'storm':
        this.#cloud.weather.faultRate = one.faultRate;
        this.#stormUntilMs = Math.max(this.#stormUntilMs, engine.nowMs + one.forMs);
        engine.at(this.#stormUntilMs, () => {
          if (engine.nowMs >= this.#stormUntilMs) this.#cloud.weather.faultRate = this.#usualFaultRate();
        });
        return;
      case 'no-clock':
        this.#noClockUntilMs = Math.max(this.#noClockUntilMs, engine.nowMs + one.forMs);
        this.#model.outages.push({ fromMs: engine.nowMs, untilMs: this.#noClockUntilMs });
        this.#stormUntilMs = Math.max(this.#stormUntilMs, this.#noClockUntilMs);
        return;
      case 'feeds-trouble': {
        const { weather } = this.#cloud;
        const trouble = { port: 'feeds.', faultRate: one.faultRate, ways: [one.way] };
        weather.trouble = trouble;
        this.#feedsTroubleUntilMs = Math.max(this.#feedsTroubleUntilMs, engine.nowMs + one.forMs);
        engine.after(one.forMs, () => {
          if (weather.trouble === trouble) weather.trouble = undefined;
        });
        return;
      }
      case 'cms-trouble':
        this.cms.trouble = one.trouble;
        this.cms.wellSinceMs = Math.max(this.cms.wellSinceMs, engine.nowMs + one.forMs);
        engine.at(this.cms.wellSinceMs, () => {
          if (engine.nowMs >= this.cms.wellSinceMs) this.cms.trouble = undefined;
        });
        return;
      default:
        void this.#personActs(one);
    }
  }

  async #personActs(one: Extract<Act, { person: number }>): Promise<void> {
    const person = this.#people[one.person];
    if (person === undefined) return;
    await person.act(async () => {
      switch (one.does) {
        case 'sign-up':
          return person.signUp(one.choice, one.confirmsAfterMs);
        case 'choose':
          return person.choose(one.choice);
        case 'pause':
          return person.pause(one.days, one.catchUp);
        case 'resume':
          return person.resume();
        case 'leave-by-page':
          return person.leaveByPage();
        case 'leave-by-one-click':
          return person.leaveByOneClick();
        case 'erase':
          return person.erase();
        case 'move-address': {
          const generation = person.model.addresses.length;
          const address = addressOf(one.person, generation);
          this.#byAddress.set(address, person);
          this.#model.byAddress.set(address, person.model);
          return person.moveTo(address, one.confirmsAfterMs);
        }
        case 'complain':
          person.model.becomesUnreachable();
          person.complains = true;
          this.engine.after(3 * day, () => (person.complains = false));
          return;
        case 'mailbox':
          person.model.becomesUnreachable();
          person.mailbox = one.mailbox;
          this.engine.after(one.forMs, () => (person.mailbox = 'takes'));
          return;
      }
    });
  }

  #ministry(index: number): Ministry {
    const ministry = this.#ministries[index];
    if (ministry === undefined) throw new Error(`there is no ministry ${index}`);
    return ministry;
  }

  #shown(ministry: number, nth: number): Release | undefined {
    return this.#ministry(ministry)
      .shown()
      .at(-1 - nth);
  }

  #mayBeReaddressed({ readdressedAtMs }: Release): boolean {
    return this.engine.nowMs - readdressedAtMs > 2 * day;
  }

  #publish(ministry: Ministry, slugs: string[], publishedAtMs: number, embargoUntilMs?: number): void {
    const number = ministry.releases.length + 1;
    const truth = `${ministry.id}-${number}`;
    const release: Release = {
      truth,
      ministry: ministry.id,
      // Feeds tell seconds, embargoes minutes.
      publishedAtMs: Math.floor(publishedAtMs / second) * second,
      ...(embargoUntilMs !== undefined && { embargoUntilMs: Math.floor(embargoUntilMs / minute) * minute }),
      topics: slugs,
      version: 1,
      guid: truth,
      link: `https://${ministry.id}.example/meldungen/${truth}`,
      readdressedAtMs: this.engine.nowMs,
      appearedAtMs: this.engine.nowMs,
      deleted: false,
    };
    ministry.releases.push(release);
    this.#releases.set(truth, release);
    ministry.changed();
  }

  // Editors

  async #plan(one: Extract<Act, { does: 'plan-freeze' | 'plan-notice' }>): Promise<void> {
    const { announcements } = this.#pipeline;
    const now = this.engine.now();
    const today = dayOf(now);
    const text = {
      severity: 'warning' as const,
      icon: 'Achtung',
      headline: 'Redaktionsstopp',
      text: 'Von extern können Sie keine Inhalte einpflegen.',
      audience: 'alle' as const,
    };
    const draft: AnnouncementDraft =
      one.does === 'plan-notice'
        ? {
            ...text,
            kind: 'notice',
            headline: 'Wartung',
            lastDay: today.add({ days: one.forDays }).toString(),
          }
        : {
            ...text,
            kind: one.relaunch ? 'relaunch' : 'freeze',
            freezeFrom: today.add({ days: one.inDays }).toString(),
            reopenAt: today.add({ days: one.inDays + one.forDays }).toString(),
            reminderDays: one.reminderDays,
          };
    const others = await announcements.list();
    if (checkNew(draft, others, now).length > 0) return;
    const id = `${announcementId(draft, today)}-${others.length}`;
    const made = makeAnnouncement(draft, { id, by: 'anna', at: isoMillis(now), audienceSize: 100 });
    if ((await announcements.create(made)) !== 'created') return;
    this.#freezeIs(made);
    this.#model.planned.set(id, {
      id,
      plannedAtMs: this.engine.nowMs,
      changed: false,
      ...(isFreezing(made) && {
        freeze: { from: made.freezeFrom, reopen: made.reopenAt, reminderDays: made.reminderDays },
      }),
    });
  }

  async #moveFreeze(fromDays: number, reopenDays: number): Promise<void> {
    await this.#alter((announcement, others, now) => {
      if (!isFreezing(announcement)) return undefined;
      const shift = (date: string, days: number): string =>
        Temporal.PlainDate.from(date).add({ days }).toString();
      const change = {
        freezeFrom: shift(announcement.freezeFrom, fromDays),
        reopenAt: shift(announcement.reopenAt, reopenDays),
      };
      return checkMove(announcement, change, others, now).length > 0
        ? undefined
        : moved(announcement, change, act('anna', now));
    });
  }

  async #withdrawAnnouncement(): Promise<void> {
    await this.#alter((announcement, _others, now) =>
      checkWithdraw(announcement, now).length > 0 ? undefined : withdrawn(announcement, act('anna', now)),
    );
  }

  /** Changes the last announcement that can be. */
  async #alter(
    change: (
      one: Announcement,
      others: readonly Announcement[],
      now: Temporal.Instant,
    ) => Announcement | undefined,
  ): Promise<void> {
    const { announcements } = this.#pipeline;
    const now = this.engine.now();
    const all = await announcements.list();
    for (const announcement of all.toReversed()) {
      const next = change(announcement, all, now);
      if (next === undefined) continue;
      if ((await announcements.update(next)) === 'updated') {
        this.#freezeIs(next);
        const planned = this.#model.planned.get(next.id);
        if (planned !== undefined) planned.changed = true;
      }
      return;
    }
  }

  #freezeIs(announcement: Announcement): void {
    const { nowMs } = this.engine;
    for (const freeze of this.#model.freezes) {
      if (freeze.announcementId !== announcement.id || freeze.replacedAtMs !== undefined) continue;
      freeze.replacedAtMs = nowMs;
      if (freeze.fromMs < nowMs) freeze.untilMs = Math.min(freeze.untilMs, nowMs);
      else this.#model.freezes.splice(this.#model.freezes.indexOf(freeze), 1);
    }
    if (isFreezing(announcement) && announcement.withdrawn === undefined) {
      const { from, until } = freezeInterval(announcement);
      this.#model.freezes.push({
        announcementId: announcement.id,
        fromMs: from.epochMilliseconds,
        untilMs: until.epochMilliseconds,
        plannedAtMs: nowMs,
      });
    }
    this.#model.cms.planned(this.#model.freezes);
  }

  async #edit(one: Extract<Act, { does: 'withdraw-article' | 'refile-article' }>): Promise<void> {
    const { articles } = this.#pipeline;
    const [publication] = (await articles.listNewest(allTopics, one.nth + 1)).slice(-1);
    if (publication === undefined) return;
    const now = this.engine.now();
    if (one.does === 'withdraw-article') await withdrawArticle(articles, publication.articleId, editor, now);
    else await moveArticle(articles, publication.articleId, [one.topic], editor, now);
  }

  // Operators

  async #openRun(): Promise<Run | undefined> {
    return (await this.#pipeline.stores.runs.listOpen()).find(({ stopped }) => stopped === undefined);
  }

  async #pauseRun(forMs: number): Promise<void> {
    const { runs } = this.#pipeline.stores;
    const run = await this.#openRun();
    if (run === undefined) return;
    await pauseRun(runs, run.id, 'operator', this.engine.now());
    this.engine.after(forMs, () => this.#aside(resumeRun(runs, run.id)));
  }

  async #resumeAll(): Promise<void> {
    const { runs } = this.#pipeline.stores;
    for (const { id, state } of await runs.listOpen()) if (state === 'paused') await resumeRun(runs, id);
  }

  #redrive(): void {
    for (const queue of Object.values(this.#pipeline.queues)) queue.redrive();
    if (this.#pipeline.stream.dead > 0) {
      const { dead } = this.#pipeline.stream;
      this.#cloud.invoke(this.#pipeline.functions.rebuild, undefined, (ended) => {
        if (ended.how !== 'done') return;
        // Others may have been given up meanwhile.
        this.#pipeline.stream.dead = Math.max(0, this.#pipeline.stream.dead - dead);
      });
    }
  }

  #deploy(): void {
    this.#cloud.deploy();
    const { sources } = this.#pipeline.stores;
    this.#aside(
      sources.define(
        this.#ministries.map(({ source }) => source),
        isoMillis(this.engine.now()),
      ),
    );
    this.#cloud.invoke(this.#pipeline.functions.syndicate, {}, (ended) => {
      if (ended.how !== 'done') this.#pipeline.stream.dead += 1;
    });
  }

  #usualFaultRate(): number {
    return this.engine.nowMs < this.#calmFromMs ? this.#faultRate : 0;
  }

  /** From here on nobody does anything but publish, and nothing goes wrong: what is open must come to its end. */
  #calm(): void {
    this.#note('calm');
    this.#cloud.weather.faultRate = 0;
    this.#pipeline.ses.account.isPaused = false;
    this.#pipeline.ses.account.maxPer24Hours = 50_000;
    this.#cloud.weather.trouble = undefined;
    for (const ministry of this.#ministries) ministry.trouble = undefined;
    this.cms.trouble = undefined;
    this.cms.wellSinceMs = Math.min(this.cms.wellSinceMs, this.engine.nowMs);
    this.#aside(this.#resumeAll());
    for (let at = 0; at < day; at += 4 * hour) this.engine.after(at, () => this.#redrive());
  }

  // What is seen of it

  #written(before: Article | undefined, after: Article | undefined): void {
    if (after === undefined) return;
    const now = this.engine.nowMs;
    const read = readHeadline(after.headline);
    if (read === undefined) {
      this.#model.violated('articles say what the source says', after.headline);
      return;
    }
    const { truth } = read;
    const release = this.#releases.get(truth);
    if (before === undefined) this.#model.stored(truth, after.id, after.duringFreeze === 'publish');
    if (before?.status === 'held' && after.status === 'live') {
      this.#note(`published ${truth} as ${after.publication ?? 0}`);
      const isExempt = after.duringFreeze === 'publish';
      this.#model.published(
        {
          truth,
          articleId: after.id,
          number: after.publication ?? 0,
          publishedAtMs: now,
          quiet: after.quiet,
          topics: new Set(after.topics),
          topicsChanged: false,
        },
        isExempt,
        release?.embargoUntilMs,
      );
      if (before.heldBecause === 'freeze' && release !== undefined) {
        this.#model.released(truth, after.publishedAt ?? '', release.publishedAtMs);
      }
    }
    const article = this.#model.articles.get(truth);
    if (article === undefined) return;
    if (after.publication !== article.number) {
      this.#model.violated(
        'a publication number stays',
        `${truth} was ${article.number}, is ${after.publication ?? 0}`,
      );
    }
    if (after.status === 'withdrawn') article.withdrawnAtMs ??= now;
    if (before !== undefined && before.topics.join() !== after.topics.join()) {
      article.topicsChanged = true;
      for (const topic of after.topics) article.topics.add(topic);
    }
  }

  #taken(post: Post): void {
    const { tags, to, messageId, atMs } = post;
    this.#takenAtMs.push(atMs);
    this.#note(
      `mail ${messageId} ${tags['run'] ?? 'letter'} to ${this.#sids.of(to, () => sidOf(to, keyring.pepper))}`,
    );
    const person = this.#model.byAddress.get(to);
    if (person === undefined) {
      this.#model.violated('only known addresses are written to', to);
      return;
    }
    const run = tags['run'];
    if (run === undefined) return;
    const got = { atMs: post.atMs, isUnknowable: post.isUnknowable, isRecorded: false };
    this.#got.set(messageId, got);
    const what = `${run} to ${person.addresses[0] ?? ''}`;
    if (run.startsWith('announcement-')) this.#model.announcement(person, run, got, what);
    else this.#model.digest(person, this.#truthsIn(post), got, what);
  }

  readonly #sids = new Remembered<string>();
  readonly #got = new Map<string, { atMs: number; isUnknowable: boolean; isRecorded: boolean }>();

  /** The releases that a digest brings, as its text part says. */
  #truthsIn({ text }: Post): string[] {
    const truths = new Set<string>();
    for (let at = text.indexOf(headlineStart); at >= 0; at = text.indexOf(headlineStart, at + 1)) {
      const truth = /^(\S+) =C3=BCber/.exec(text.slice(at + headlineStart.length, at + 60))?.[1];
      if (truth !== undefined) truths.add(truth);
    }
    return [...truths];
  }

  #log(service: string): Log {
    const line =
      (level: string) =>
      (message: string, ...details: Record<string, unknown>[]): void => {
        const text = `${service} ${level} ${message} ${JSON.stringify(details, errorAsText)}`;
        if (text.includes(`@${mailDomain}`))
          this.#model.violated('no address in any log', text.slice(0, 300));
        if (level !== 'info') this.#note(text);
      };
    return { info: line('info'), warn: line('warn'), error: line('error') };
  }

  /** Looks at what is written of runs. */
  #watched(stores: Stores): Stores {
    const { runs, deliveries } = stores;
    const changed: Partial<RunStore> = {
      update: async (run) => {
        const before = await runs.get(run.id);
        const result = await runs.update(run);
        if (result === 'updated') this.#runChanged(before, run);
        return result;
      },
      finishBatch: async (...args) => {
        const result = await runs.finishBatch(...args);
        if (result === 'finished') this.#putOff(args[4]);
        return result;
      },
      putReaches: async (owed) => {
        await runs.putReaches(owed);
        this.#putOff(owed);
      },
    };
    const watched = instead(
      runs,
      (name, method) => (changed[name as keyof RunStore] as Method | undefined) ?? method,
    );
    const ledger = instead(deliveries, (name, method) =>
      name === 'record'
        ? (...args) => {
            const outcome = args[2] as SendOutcome;
            if (outcome.outcome === 'accepted') this.#recorded(outcome.messageId);
            return method(...args);
          }
        : method,
    );
    const feeds = contested(stores.feeds, new Random('objects', this.#world.seed), this.#cloud.weather);
    return { ...stores, runs: watched, deliveries: ledger, feeds };
  }

  /** Their digest may not have come; who reads on must get what it would have brought. */
  #putOff(owed: readonly Reach[]): void {
    const sids = new Set(owed.map(({ sid }) => sid));
    for (const { model } of sids.size > 0 ? this.#people : []) {
      if (model.addresses.some((address) => sids.has(sidOf(address, keyring.pepper))))
        model.putOffAtMs.push(this.engine.nowMs);
    }
  }

  /** Whoever sent it knows that it was taken. */
  #recorded(messageId: string): void {
    const got = this.#got.get(messageId);
    if (got === undefined) return;
    got.isRecorded = true;
    got.isUnknowable = false;
  }

  #runChanged(before: Run | undefined, run: Run): void {
    if (before?.state !== run.state) this.#note(`run ${run.id} ${run.state} ${run.stopped ?? ''}`);
    if (before?.stopped === undefined && run.stopped !== undefined && run.cadence !== undefined) {
      this.#model.brokenRuns.push({ cadence: run.cadence, atMs: this.engine.nowMs });
    }
    if (run.stopped !== undefined) this.#model.brokenPhases.add(run.id);
    if (run.state === 'closed') this.#runs.delete(run.id);
    else this.#runs.set(run.id, run);
    if (run.state !== 'closed' || before?.state === 'closed') return;
    this.#runsStarted += 1;
    const { certificate } = run;
    if (certificate === undefined || !addsUp(certificate)) {
      this.#model.violated('certificates add up', run.id);
      return;
    }
    this.#model.untold.set(run.id, certificate.unknown + certificate.failed);
  }

  // What must be so

  /** The feeds, when nothing is under way, against what is published. */
  async #checkFeeds(): Promise<void> {
    const { engine } = this;
    const { stream, stores, articles } = this.#pipeline;
    const stormUntilMs = Math.max(this.#stormUntilMs, this.#feedsTroubleUntilMs);
    const isAtRest = stream.isDrained && stream.dead === 0 && engine.nowMs > stormUntilMs + patience;
    if (!isAtRest) return;
    for (const slug of [allTopics, ...topics.map((topic) => topic.slug)]) {
      const feed = await stores.feeds.get(feedPath(slug, 'json').slice(1));
      const publications = await articles.listNewest(slug, 1000);
      if (feed === undefined) {
        if (publications.length > 0)
          this.#model.violated('feeds show what is published', `${slug} is not there`);
        continue;
      }
      const known = publications.map(({ articleId, number }) => `${articleId}/${number}`).join();
      const live = await articles.getMany(publications.map(({ articleId }) => articleId));
      const expected = live.map((article) => `${articleTag(article)} ${article.headline}`);
      const seen = `${feed.etag} ${known} ${live.map(({ revision }) => revision).join()}`;
      if (this.#feedsSeen.get(slug) === seen) continue;
      this.#feedsSeen.set(slug, seen);
      const { shown, next } = readJsonFeed(feed.body);
      const least = Math.min(expected.length, portal.feedEntries);
      if (shown.length < least || shown.join('\n') !== expected.slice(0, shown.length).join('\n')) {
        this.#model.violated(
          'feeds show what is published',
          `${slug} shows ${shown.length} entries, from ${shown[0] ?? 'none'}; expected ${expected[0] ?? 'none'}`,
        );
      }
      await this.#checkArchive(slug, next, expected.slice(shown.length));
      for (const entry of shown) {
        const [id = '', ...title] = entry.split(' ');
        const truth = readHeadline(title.join(' '))?.truth ?? '';
        const before = this.#feedIds.get(truth) ?? id;
        if (before !== id)
          this.#model.violated('ids in feeds never change', `${truth} was ${before}, is ${id}`);
        this.#feedIds.set(truth, before);
      }
    }
  }

  /** Behind a feed come pages with all that it shows no more, and there are no others. */
  async #checkArchive(slug: string, newest: string | undefined, expected: readonly string[]): Promise<void> {
    const { feeds } = this.#pipeline.stores;
    const archived: string[] = [];
    const keys = new Set<string>();
    for (let page = newest; page !== undefined && !keys.has(page);) {
      keys.add(page);
      const stored = await feeds.get(page);
      const { shown, next }: ReturnType<typeof readJsonFeed> =
        stored === undefined ? { shown: [`no ${page}`], next: undefined } : readJsonFeed(stored.body);
      archived.push(...shown);
      page = next;
    }
    if (archived.join('\n') !== expected.join('\n')) {
      const at = archived.findIndex((entry, index) => entry !== expected[index]);
      this.#model.violated(
        'archives go on where feeds end',
        `${slug} has ${archived.length} of ${expected.length}: ${archived[at] ?? 'nothing'} for ${expected[at] ?? 'nothing'}`,
      );
    }
    const pages = (await feeds.list(`feeds/archiv/${slug}-`)).filter((key) => key.endsWith('.json'));
    const left = pages.filter(
      (key) => !keys.has(key) && /^\d/u.test(key.slice(`feeds/archiv/${slug}-`.length)),
    );
    if (left.length > 0) this.#model.violated('no archive page is left over', left.join(' '));
  }

  /** What the CMS knows, when nothing has kept it from being told. */
  #checkCms(): void {
    this.#model.cms.check(this.cms.wellSinceMs, this.#stormUntilMs);
  }

  async #checkEnd(): Promise<void> {
    const { engine } = this;
    const { queues, stores, articles } = this.#pipeline;
    if (this.#world.days <= calmDays) return;
    for (const queue of Object.values(queues)) {
      if (queue.dead.length > 0) {
        this.#model.violated(
          'queues drain',
          `${queue.name} has ${queue.dead.length} dead letters: ${queue.dead[0]?.body ?? ''}`,
        );
      }
    }
    for (const run of await stores.runs.listOpen()) {
      const isYoung = engine.nowMs - Date.parse(run.createdAt) < 2 * hour;
      if (!isYoung) this.#model.violated('runs close', `${run.id} is ${run.state}`);
    }
    for (const release of this.#releases.values()) {
      const isLongThere = release.publishedAtMs < engine.nowMs - day && !release.deleted;
      const isInFeed = this.#byHost.get(release.ministry)?.shown().includes(release) === true;
      if (!isLongThere || !isInFeed) continue;
      const id = this.#model.articleIdOf(release.truth);
      const article = id === undefined ? undefined : await articles.get(id);
      if (article === undefined) {
        this.#model.violated('no article is lost', `${release.truth} is not stored`);
        continue;
      }
      const waits =
        this.#model.isFrozen(engine.nowMs) !== undefined || (release.embargoUntilMs ?? 0) > engine.nowMs;
      if (article.status === 'held' && !waits)
        this.#model.violated('no article is lost', `${release.truth} is still held`);
      const read = readHeadline(article.headline);
      if (!waits && article.status === 'live' && read?.version !== release.version) {
        this.#model.violated('corrections are shown', `${release.truth} shows version ${read?.version ?? 0}`);
      }
    }
    for (let shard = 0; shard < shardCount; shard++) {
      for await (const page of stores.subscribers.listShard(shard, 0)) {
        for (const { sid, state, address, formerAddress } of page) {
          if (formerAddress !== undefined || (state === 'left' && address !== ''))
            this.#model.violated('addresses are forgotten', `${sid} has one of somebody who has left it`);
        }
      }
    }
    this.#model.checkComplete(engine.nowMs);
    this.#model.checkTold(engine.nowMs);
  }

  #note(line: string): void {
    const text = `${new Date(this.engine.nowMs).toISOString()} ${line}`;
    this.#told.push(text);
    if (this.#told.length === 1000) this.#hashTold();
    if (this.#options.keepStory === true) this.#story.push(text);
  }

  /** Many lines at a time: each call of a hash has its price. */
  #hashTold(): void {
    this.#hash.update(this.#told.map((line) => `${line}\n`).join(''));
    this.#told = [];
  }

  /**
   * All that is stored and shown, apart from what chance named. That is also the hash of a mail, whose MIME boundaries are
   * drawn: adapters draw names of their own in between.
   */
  async #end(): Promise<unknown> {
    const { stores, articles } = this.#pipeline;
    const log = await articles.listPublishedBetween(allTopics, 0, await articles.lastNumber());
    const people = [];
    for (let shard = 0; shard < shardCount; shard++) {
      for await (const page of stores.subscribers.listShard(shard, 0)) people.push(...page.map(unhashed));
    }
    const feeds = [];
    for (const key of await stores.feeds.list('')) feeds.push([key, (await stores.feeds.get(key))?.etag]);
    return {
      articles: await articles.getMany(log.map(({ articleId }) => articleId)),
      held: await articles.listHeld(),
      announcements: await stores.announcements.list(),
      sources: await stores.sources.list(),
      open: (await stores.runs.listOpen()).map(({ id, state }) => [id, state]),
      closed: (await stores.runs.listClosed(1000)).map(({ id, certificate }) => [id, certificate]),
      people,
      feeds,
    };
  }

  async #outcome(): Promise<Outcome> {
    this.#hashTold();
    for (const { rule, what } of this.#model.violations) this.#hash.update(`${rule}: ${what}\n`);
    return {
      violations: this.#model.violations,
      history: this.#hash.digest('hex'),
      story: this.#story,
      mails: this.#pipeline.ses.taken,
      publications: this.#model.lastNumber,
      runs: this.#runsStarted,
      invocations: this.#invocations,
      faults: Object.fromEntries([...this.#tally.counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      end: await this.#end(),
    };
  }
}

const unhashed = (person: Subscriber): Subscriber =>
  person.request?.mailHash === undefined
    ? person
    : { ...person, request: { ...person.request, mailHash: 'of a mail' } };

/** Articles of a feed or archive page, and the key of the page that goes on with it. */
function readJsonFeed(body: Uint8Array): { shown: string[]; next: string | undefined } {
  const feed = JSON.parse(viewOf(body).toString()) as {
    items: { id: string; title: string }[];
    next_url?: string;
  };
  const articles = feed.items.filter(({ id }) => id.includes(':artikel/'));
  return {
    shown: articles.map(({ id, title }) => `${id} ${title}`),
    next: feed.next_url === undefined ? undefined : new URL(feed.next_url).pathname.slice(1),
  };
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const headlineStart = 'Meldung ';

const errorAsText = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? `${value.name}: ${value.message} ${value.cause instanceof Error ? value.cause.message : ''}`
    : value;
