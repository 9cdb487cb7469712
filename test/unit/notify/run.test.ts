import { epochSeconds } from '../../../functions/platform/time.ts';
import { cancelRun, pauseRun, resumeRun } from '../../../functions/runs/control.ts';
import { MemorySubscriberStore } from '../../../functions/subscribers/memory-subscriber-store.ts';
import { confirmMove, requestMove } from '../../../functions/subscribers/move.ts';
import { choose } from '../../../functions/subscribers/settings.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import type { Change } from '../../../functions/subscribers/subscriber-store.ts';
import { FaultLayer, type Way } from '../../support/dispatch/fault-layer.ts';
import { World } from '../../support/dispatch/world.ts';
import { memorySubscriberParts } from '../../support/subscriber-parts.ts';
import { changeTo, testPepper } from '../../support/subscribers.ts';

const monday = 'digest-daily-2026-11-23';
const tuesday = 'digest-daily-2026-11-24';
const wednesday = 'digest-daily-2026-11-25';

/** A world whose clock ticked on Monday already, two minutes before Tuesday's digest (07:00 in Berlin). */
async function beforeSeven(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  const world = new World({ at: '2026-11-24T05:58:00Z', ...options });
  await world.tick();
  return world;
}

const certificate = async (world: World, id: string) => (await world.stores.runs.get(id))?.certificate;
const runIds = (world: World, reader: { sid: string }): string[] =>
  world.mailsTo(reader).map(({ runId }) => runId);

/** The position of the first call of a name in a run without faults, or of the first one after another call. */
async function positionOf(
  name: string,
  run: (world: World) => Promise<void>,
  after?: string,
): Promise<number> {
  const faults = new FaultLayer();
  const world = await beforeSeven({ faults });
  await run(world);
  return faults.calls.indexOf(name, after === undefined ? 0 : faults.calls.indexOf(after));
}

describe('a daily digest run', () => {
  test('is created, planned, delivered once to everyone, and closed with a certificate', async () => {
    const world = await beforeSeven();
    const readers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => world.subscribe(`reader${index}@mail.example`)),
    );
    const other = await world.subscribe('jugend@mail.example', {
      subscriptions: [{ cadence: 'daily', topics: ['jugendarbeit'], since: 0 }],
    });
    const article = await world.publish();
    await world.until('2026-11-24T06:10:00Z');

    for (const reader of readers) expect(world.mailsTo(reader)).toMatchObject([{ articles: [article.id] }]);
    expect(world.mailsTo(other)).toEqual([]);
    expect(await world.stores.runs.get(tuesday)).toMatchObject({
      state: 'closed',
      preflight: { mails: 120, verdict: 'fits' },
      certificate: { candidates: 121, accepted: 120, failed: 0, unknown: 0, excluded: { 'nothing-new': 1 } },
    });
    expect(await world.stores.runs.listOpen()).toEqual([]);
    await world.until('2026-11-24T08:00:00Z');
    expect(world.ses.accepted).toHaveLength(120);
  });

  test('brings an article of two topics once, and nothing from before the subscription', async () => {
    const world = await beforeSeven();
    const old = await world.publish({ topics: ['familie'] });
    const since = await world.stores.articles.lastNumber();
    const reader = await world.subscribe('ada@mail.example', {
      subscriptions: [{ cadence: 'daily', topics: ['familie', 'jugendarbeit'], since }],
    });
    const both = await world.publish({ topics: ['familie', 'jugendarbeit'] });
    await world.until('2026-11-24T06:10:00Z');
    expect(world.mailsTo(reader)).toMatchObject([{ articles: [both.id] }]);
    expect(old.id).not.toBe(both.id);
  });

  test('is made up once for all that were missed, and never twice for one day', async () => {
    const world = await beforeSeven({ at: '2026-11-20T05:58:00Z' });
    const reader = await world.subscribe('ada@mail.example');
    const first = await world.publish();
    world.skipTo('2026-11-23T09:00:00Z');
    const second = await world.publish();
    await world.until('2026-11-23T10:00:00Z');
    expect(runIds(world, reader)).toEqual([monday]);
    expect(new Set(world.mailsTo(reader)[0]?.articles)).toEqual(new Set([first.id, second.id]));
  });

  test('leaves out who left, what was withdrawn, and who is not to be written to', async () => {
    const world = await beforeSeven();
    const stays = await world.subscribe('stays@mail.example');
    const leaves = await world.subscribe('leaves@mail.example');
    await world.subscribe('bounced@mail.example', { suppressed: 'bounce' });
    await world.subscribe('stranger@elsewhere.example');
    world.isAllowed = (address) => address.endsWith('@mail.example');
    const kept = await world.publish();
    const withdrawn = await world.publish();
    world.skipTo('2026-11-24T06:00:30Z');
    await world.tick();
    await world.stores.articles.withdraw(withdrawn.id, '2026-11-24T06:00:31.000Z');
    await world.stores.subscribers.put(
      changeTo({ ...leaves, state: 'left', subscriptions: [], version: 2 }, { event: 'left' }),
    );
    await world.until('2026-11-24T06:20:00Z');
    expect(world.mailsTo(stays)).toMatchObject([{ articles: [kept.id] }]);
    expect(world.ses.accepted).toHaveLength(1);
    expect(await certificate(world, tuesday)).toMatchObject({
      accepted: 1,
      excluded: { suppressed: 1, 'not-allow-listed': 1 },
    });
  });

  test('of nothing but withdrawn articles sends nothing', async () => {
    const world = await beforeSeven();
    await world.subscribe('ada@mail.example');
    const only = await world.publish();
    world.skipTo('2026-11-24T06:00:30Z');
    await world.tick();
    await world.stores.articles.withdraw(only.id, '2026-11-24T06:00:31.000Z');
    await world.until('2026-11-24T06:20:00Z');
    expect(world.ses.accepted).toEqual([]);
    const totals = await certificate(world, tuesday);
    expect(Object.values(totals?.excluded ?? {})).toEqual([1]);
  });
});

describe('a freeze', () => {
  test('pauses digests; the first daily slot after it catches up, for those who want mails at once too', async () => {
    const world = await beforeSeven({ at: '2026-11-22T05:58:00Z' });
    const daily = await world.subscribe('daily@mail.example');
    const instant = await world.subscribe('instant@mail.example', {
      subscriptions: [{ cadence: 'instant', topics: 'alle', since: 0 }],
    });
    world.isFrozen = true;
    const exempt = await world.publish();
    world.skipTo('2026-11-22T06:01:00Z');
    await world.until('2026-11-22T06:10:00Z');
    world.skipTo('2026-11-23T06:01:00Z');
    await world.until('2026-11-23T06:10:00Z');
    world.isFrozen = false;
    world.skipTo('2026-11-23T23:00:00Z');
    const held = await world.publish();
    await world.until('2026-11-23T23:30:00Z');
    expect(world.ses.accepted).toEqual([]);
    world.skipTo('2026-11-24T06:00:00Z');
    await world.until('2026-11-24T06:20:00Z');
    for (const reader of [daily, instant]) {
      expect(world.mailsTo(reader)).toHaveLength(1);
      expect(new Set(world.mailsTo(reader)[0]?.articles)).toEqual(new Set([exempt.id, held.id]));
    }
    expect(await world.stores.runs.get(tuesday)).toMatchObject({ catchUp: true });
  });
});

describe('instant digests', () => {
  test('go out five minutes after the first news, together with what came since; a daily one does not repeat them', async () => {
    const world = await beforeSeven({ at: '2026-11-23T12:00:00Z' });
    const reader = await world.subscribe('ada@mail.example', {
      subscriptions: [
        { cadence: 'instant', topics: ['familie'], since: 0 },
        { cadence: 'daily', topics: 'alle', since: 0 },
      ],
    });
    const first = await world.publish({ topics: ['familie'] });
    await world.until('2026-11-23T12:03:00Z');
    const second = await world.publish({ topics: ['familie'] });
    const other = await world.publish({ topics: ['jugendarbeit'] });
    expect(world.ses.accepted).toEqual([]);
    world.skipTo('2026-11-23T12:05:00Z');
    await world.until('2026-11-23T12:09:00Z');
    expect(world.mailsTo(reader)).toHaveLength(1);
    expect(new Set(world.mailsTo(reader)[0]?.articles)).toEqual(new Set([first.id, second.id]));
    world.skipTo('2026-11-24T06:00:00Z');
    await world.until('2026-11-24T06:10:00Z');
    expect(world.mailsTo(reader)[1]).toMatchObject({ runId: tuesday, articles: [other.id] });
    expect(world.mailsTo(reader)).toHaveLength(2);
  });
});

describe('an outcome that is not known', () => {
  const oneReader = async (world: World): Promise<void> => {
    await world.subscribe('ada@mail.example');
    await world.publish();
    await world.until('2026-11-24T07:30:00Z');
  };
  const withFault = async (way: Way, losesEvents: boolean): Promise<World> => {
    const position = await positionOf('ses.send', oneReader);
    const world = await beforeSeven({ faults: new FaultLayer(new Map([[position, way]])) });
    world.losesEvents = losesEvents;
    await oneReader(world);
    return world;
  };

  test('is settled by the event of SES', async () => {
    const world = await withFault('before-answer', false);
    expect(await certificate(world, tuesday)).toMatchObject({ accepted: 1, unknown: 0 });
    expect(world.ses.accepted).toHaveLength(1);
  });

  test.each(['before-call', 'death'] as const)(
    'is never sent again (%s): the next digest reaches back',
    async (way) => {
      const world = await withFault(way, false);
      expect(await certificate(world, tuesday)).toMatchObject({ accepted: 0, unknown: 1 });
      expect(world.ses.accepted).toEqual([]);
      const second = await world.publish();
      world.skipTo('2026-11-25T06:00:00Z');
      await world.until('2026-11-25T07:00:00Z');
      expect(world.ses.accepted).toMatchObject([{ runId: wednesday }]);
      expect(world.ses.accepted[0]?.articles).toHaveLength(2);
      expect(world.ses.accepted[0]?.articles).toContain(second.id);
      world.skipTo('2026-11-26T06:00:00Z');
      await world.until('2026-11-26T07:00:00Z');
      expect(world.ses.accepted).toHaveLength(1);
    },
  );

  test('what one digest is about to make up for, the one after it leaves alone', async () => {
    const oneReader = async (world: World): Promise<void> => {
      await world.subscribe('ada@mail.example', {
        subscriptions: [{ cadence: 'instant', topics: 'alle', since: 0 }],
      });
      await world.publish();
      await world.until('2026-11-24T07:00:00Z');
    };
    const position = await positionOf('ses.send', oneReader);
    const world = await beforeSeven({ faults: new FaultLayer(new Map<number, Way>([[position, 'death']])) });
    await oneReader(world);
    expect(world.ses.accepted).toEqual([]);

    // A digest that makes up for it is planned, and paused; the next one comes first.
    await world.publish();
    await world.until('2026-11-24T07:05:00Z');
    world.skipTo('2026-11-24T07:06:00Z');
    await world.tick();
    const [making] = await world.stores.runs.listOpen();
    await pauseRun(world.stores.runs, making?.id ?? '', 'operator', world.now());
    await world.publish();
    await world.until('2026-11-24T07:30:00Z');
    expect(world.ses.accepted.map(({ articles }) => articles.length)).toEqual([1]);
    await resumeRun(world.stores.runs, making?.id ?? '');
    await world.until('2026-11-24T08:30:00Z');
    expect(world.ses.accepted.map(({ articles }) => articles.length)).toEqual([1, 2]);
    expect(new Set(world.ses.accepted.flatMap(({ articles }) => articles)).size).toBe(3);
  });

  test('of an announcement is told once more, and counted', async () => {
    const announced = async (world: World): Promise<void> => {
      await world.subscribe('ada@mail.example');
      await world.announce();
      await world.until('2026-11-24T08:30:00Z');
    };
    const position = await positionOf('ses.send', announced);
    const world = await beforeSeven({ faults: new FaultLayer(new Map([[position, 'before-answer']])) });
    world.losesEvents = true;
    await announced(world);
    expect(world.ses.accepted).toHaveLength(2);
    expect(await certificate(world, 'announcement-relaunch-2027-01-01-advance')).toMatchObject({
      candidates: 1,
      accepted: 1,
      possibleDuplicates: 1,
    });
  });
});

const wednesdaysMails = async (world: World) => {
  await world.publish();
  world.skipTo('2026-11-25T06:00:00Z');
  await world.until('2026-11-25T07:00:00Z');
  return world.ses.accepted;
};

/** Some changes are decided, and written some seconds later. */
class LateWrites extends MemorySubscriberStore {
  isLate: (changes: readonly Change[]) => boolean = () => false;
  readonly #late: Change[][] = [];

  override async put(...changes: Change[]): Promise<'written' | 'conflict'> {
    if (!this.isLate(changes)) return super.put(...changes);
    this.#late.push(changes);
    return 'written';
  }

  async write(): Promise<void> {
    for (const changes of this.#late) expect(await super.put(...changes)).toBe('written');
  }
}

describe('a change of address', () => {
  const move = async (world: World, { sid }: { sid: string }, address: string): Promise<{ sid: string }> => {
    const parts = { ...memorySubscriberParts(), store: world.stores.subscribers };
    const at = world.now();
    expect(await requestMove(parts, sid, address, undefined, at)).toBe('mail-queued');
    const newSid = sidOf(address, testPepper);
    const row = await world.stores.subscribers.get(newSid, epochSeconds(at));
    const { requestedAt = '' } = row?.request ?? {};
    expect(
      await confirmMove(parts, { sid: newSid, requestedAt, network: undefined, wantsMailAgain: false }, at),
    ).toMatchObject({
      outcome: 'confirmed',
    });
    return { sid: newSid };
  };
  test('takes along what a digest owes', async () => {
    const run = async (world: World): Promise<void> => {
      await world.subscribe('ada@mail.example');
      await world.publish();
      await world.until('2026-11-24T07:30:00Z');
    };
    const position = await positionOf('ses.send', run);
    const world = await beforeSeven({ faults: new FaultLayer(new Map<number, Way>([[position, 'death']])) });
    await run(world);
    expect(world.ses.accepted).toEqual([]);
    const again = await move(world, { sid: sidOf('ada@mail.example', testPepper) }, 'ada@neu.example');
    await move(world, again, 'ada@noch-neuer.example');
    const mails = await wednesdaysMails(world);
    expect(mails).toMatchObject([{ to: 'ada@noch-neuer.example', runId: wednesday }]);
    expect(new Set(mails[0]?.articles).size).toBe(2);
    world.skipTo('2026-11-26T06:00:00Z');
    await world.until('2026-11-26T07:00:00Z');
    expect(world.ses.accepted).toHaveLength(1);
  });

  test.each(['planned', 'made'])(
    'after a digest was %s and before it came leaves nothing out, and brings nothing twice',
    async (state) => {
      const world = await beforeSeven({ shardCount: 8 });
      const readers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => world.subscribe(`reader${index}@mail.example`)),
      );
      await world.publish();
      world.skipTo('2026-11-24T06:00:00Z');
      await world.tick();
      await pauseRun(world.stores.runs, tuesday, 'operator', world.now());
      if (state === 'planned') await world.until('2026-11-24T06:05:00Z');
      else world.skipTo('2026-11-24T06:01:00Z');
      const [first] = readers.splice(0, 1);
      const moved = await Promise.all(
        readers.map((reader, index) => move(world, reader, `reader${index + 1}@neu.example`)),
      );
      await move(world, moved[0] ?? { sid: '' }, 'reader1@mail.example');
      await resumeRun(world.stores.runs, tuesday);
      await world.until('2026-11-24T07:00:00Z');
      const stayed = ['reader0@mail.example', 'reader1@mail.example'];
      expect(world.ses.accepted.map(({ to }) => to).toSorted()).toEqual(stayed);
      expect(world.mailsTo(first ?? { sid: '' })).toHaveLength(1);
      expect(await certificate(world, tuesday)).toMatchObject({
        candidates: 12,
        accepted: 2,
        excluded: { left: 10 },
      });
      const mails = (await wednesdaysMails(world)).slice(2);
      expect(mails).toHaveLength(12);
      for (const { to, articles } of mails) {
        expect(new Set(articles).size).toBe(stayed.includes(to) ? 1 : 2);
      }
    },
  );

  test('that was begun before a run was made, and is written after it, leaves nobody out', async () => {
    const subscribers = new LateWrites(8);
    const world = await beforeSeven({ shardCount: 8, stores: () => ({ subscribers }) });
    const readers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => world.subscribe(`reader${index}@mail.example`)),
    );
    await world.publish();
    world.skipTo('2026-11-24T05:59:59.500Z');
    // A move is written in one piece, at both of its ends.
    subscribers.isLate = (changes) => changes.length === 2;
    for (const [index, reader] of readers.entries()) await move(world, reader, `reader${index}@neu.example`);
    world.skipTo('2026-11-24T06:00:00Z');
    await world.announce();
    await world.tick();
    await world.until('2026-11-24T06:00:15Z');
    await subscribers.write();
    await world.until('2026-11-24T07:00:00Z');
    const here = readers.map((_, index) => `reader${index}@neu.example`).toSorted();
    for (const kind of ['announcement-', 'digest-']) {
      const mails = world.ses.accepted.filter(({ runId }) => runId.startsWith(kind));
      expect(mails.map(({ to }) => to).toSorted()).toEqual(here);
    }
  });

  test.each(['planned', 'made'])(
    'after an announcement was %s and before it came: everyone is told once, where they are by then',
    async (state) => {
      const world = await beforeSeven({ shardCount: 8 });
      const run = 'announcement-relaunch-2027-01-01-advance';
      const readers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => world.subscribe(`reader${index}@mail.example`)),
      );
      await world.announce();
      await pauseRun(world.stores.runs, run, 'operator', world.now());
      if (state === 'planned') await world.until('2026-11-24T06:05:00Z');
      else world.skipTo('2026-11-24T06:01:00Z');
      const moved = await Promise.all(
        readers.map((reader, index) => move(world, reader, `reader${index}@neu.example`)),
      );
      const [twice, gone, back] = moved;
      if (twice === undefined || gone === undefined || back === undefined) throw new Error('nobody moved');
      const { sid } = await move(world, twice, 'reader0@noch-neuer.example');
      await move(world, back, 'reader2@mail.example');
      const left = await world.stores.subscribers.get(gone.sid, 0);
      if (left === undefined) throw new Error('there is no such reader');
      await world.stores.subscribers.put(
        changeTo({ ...left, announcements: false, version: left.version + 1 }),
      );
      await resumeRun(world.stores.runs, run);
      await world.until('2026-11-24T07:00:00Z');

      const told = world.ses.accepted.map(({ to }) => to).toSorted();
      const others = Array.from({ length: 9 }, (_, index) => `reader${index + 3}@neu.example`);
      expect(told).toEqual(['reader0@noch-neuer.example', 'reader2@mail.example', ...others].toSorted());
      expect(await certificate(world, run)).toMatchObject({
        candidates: 12,
        accepted: 11,
        excluded: { left: 1 },
      });

      const mail = world.ses.accepted.find(({ to }) => to === 'reader0@noch-neuer.example');
      if (mail === undefined) throw new Error('it did not come');
      world.report('Bounce', mail, {
        bounce: { bounceType: 'Permanent', timestamp: '2026-11-24T07:01:00.000Z' },
      });
      await world.until('2026-11-24T07:05:00Z');
      expect(await world.stores.subscribers.get(sid, 0)).toMatchObject({ suppressed: 'bounce' });
      expect(await world.stores.deliveries.reported(run)).toMatchObject({ bounces: 1 });
    },
  );
});

test.each([
  { what: 'write down what became of a mail', call: 'deliveries.record' },
  { what: 'take a turn', call: 'paces.read' },
])('whoever cannot $what sends no more; the others are not unknown by it', async ({ call }) => {
  const run = async (world: World): Promise<void> => {
    world.ses.quotaPerSecond = 10;
    for (let index = 0; index < 30; index++) await world.subscribe(`reader${index}@mail.example`);
    await world.publish();
    await world.until('2026-11-24T06:02:00Z');
  };
  const position = await positionOf(call, run, 'deliveries.claim');
  const world = await beforeSeven({
    faults: new FaultLayer(new Map<number, Way>([[position, 'before-call']])),
  });
  await run(world);
  // At 10 a second all 30 would be out by now.
  expect(world.ses.accepted.length).toBeLessThan(25);

  await world.until('2026-11-24T08:00:00Z');
  expect(await certificate(world, tuesday)).toMatchObject({ candidates: 30, accepted: 30, unknown: 0 });
  expect(new Set(world.ses.accepted.map(({ to }) => to)).size).toBe(30);
  expect(world.ses.accepted).toHaveLength(30);
});

test('a choice that was begun before a run was made, and is written after it, loses no article', async () => {
  const subscribers = new LateWrites(2);
  const world = await beforeSeven({ stores: () => ({ subscribers }) });
  const weekly = { cadence: 'weekly', topics: 'alle' } as const;
  const { sid } = await world.subscribe('ada@mail.example', { subscriptions: [{ ...weekly, since: 0 }] });
  await world.publish();
  world.skipTo('2026-11-24T05:59:59.500Z');
  const { articles: publications, runs } = world.stores;
  const parts = { ...memorySubscriberParts(), store: subscribers, publications, runs };
  subscribers.isLate = () => true;
  const daily = {
    subscriptions: [{ cadence: 'daily' as const, topics: 'alle' as const }],
    announcements: false,
  };
  await choose(parts, sid, daily, world.now());
  subscribers.isLate = () => false;
  world.skipTo('2026-11-24T06:00:00Z');
  await world.tick();
  await world.until('2026-11-24T06:00:15Z');
  await subscribers.write();
  await world.until('2026-11-24T07:00:00Z');
  await wednesdaysMails(world);
  const articles = world.mailsTo({ sid }).flatMap((mail) => mail.articles);
  expect(new Set(articles).size).toBe(2);
  expect(articles).toHaveLength(2);
});

test('keys that can not be read leave nobody unknown', async () => {
  const run = async (world: World): Promise<void> => {
    for (let index = 0; index < 30; index++) await world.subscribe(`reader${index}@mail.example`);
    await world.publish();
    await world.until('2026-11-24T08:00:00Z');
  };
  const position = await positionOf('keyring.load', run);
  const world = await beforeSeven({
    faults: new FaultLayer(new Map<number, Way>([[position, 'before-call']])),
  });
  await run(world);
  expect(await certificate(world, tuesday)).toMatchObject({ candidates: 30, accepted: 30, unknown: 0 });
});

describe('run control', () => {
  const manyReaders = async (world: World) =>
    Promise.all(Array.from({ length: 30 }, (_, index) => world.subscribe(`reader${index}@mail.example`)));

  test('a paused run sends nothing, and a resumed one sends the rest, each once', async () => {
    const world = await beforeSeven({ shardCount: 4 });
    await manyReaders(world);
    await world.publish();
    world.skipTo('2026-11-24T06:00:00Z');
    await world.tick();
    await pauseRun(world.stores.runs, tuesday, 'operator', world.now());
    await world.until('2026-11-24T07:00:00Z');
    expect(world.ses.accepted).toEqual([]);
    expect(await world.stores.runs.get(tuesday)).toMatchObject({ state: 'paused' });
    await resumeRun(world.stores.runs, tuesday);
    await world.until('2026-11-24T07:30:00Z');
    await pauseRun(world.stores.runs, tuesday, 'operator', world.now());
    await resumeRun(world.stores.runs, tuesday);
    await world.until('2026-11-24T08:00:00Z');
    expect(world.ses.accepted).toHaveLength(30);
    expect(await certificate(world, tuesday)).toMatchObject({ candidates: 30, accepted: 30 });
  });

  test('what a cancelled run did not send, the next digest brings', async () => {
    const world = await beforeSeven();
    const readers = await manyReaders(world);
    const article = await world.publish();
    world.skipTo('2026-11-24T06:00:00Z');
    await world.tick();
    await cancelRun(world.stores.runs, tuesday);
    await world.until('2026-11-24T07:00:00Z');
    expect(await certificate(world, tuesday)).toMatchObject({ accepted: 0, excluded: { cancelled: 30 } });
    world.skipTo('2026-11-25T06:00:00Z');
    await world.until('2026-11-25T07:00:00Z');
    for (const reader of readers) {
      expect(world.mailsTo(reader)).toMatchObject([{ runId: wednesday, articles: [article.id] }]);
    }
  });

  test('permanent bounces suppress at once', async () => {
    const world = await beforeSeven();
    const [reader] = await manyReaders(world);
    await world.publish();
    await world.until('2026-11-24T06:05:00Z');
    const bounce = { bounce: { bounceType: 'Permanent', timestamp: '2026-11-24T06:04:00.000Z' } };
    for (const mail of world.mailsTo(reader ?? { sid: '' })) world.report('Bounce', mail, bounce);
    await world.until('2026-11-24T06:07:00Z');
    expect(await world.stores.subscribers.get(reader?.sid ?? '', 0)).toMatchObject({ suppressed: 'bounce' });
    expect(await world.stores.deliveries.reported(tuesday)).toMatchObject({ bounces: 1 });
  });

  test('a pause ends without what it kept back, unless its reader wants to catch up', async () => {
    const world = await beforeSeven();
    const pausedUntil = '2026-11-24T20:00:00.000Z';
    const plain = await world.subscribe('plain@mail.example', { pausedUntil });
    const curious = await world.subscribe('curious@mail.example', { pausedUntil, catchUpAfterPause: true });
    const kept = await world.publish();
    await world.until('2026-11-24T06:10:00Z');
    expect(await certificate(world, tuesday)).toMatchObject({ excluded: { paused: 2 } });
    const next = await world.publish();
    world.skipTo('2026-11-25T06:00:00Z');
    await world.until('2026-11-25T06:10:00Z');
    expect(world.mailsTo(plain)).toMatchObject([{ articles: [next.id] }]);
    expect(new Set(world.mailsTo(curious)[0]?.articles)).toEqual(new Set([kept.id, next.id]));
  });
});
