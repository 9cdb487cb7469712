import { bulkShare } from '../../../functions/runs/pace.ts';
import { preflightOf } from '../../../functions/notify/plan.ts';
import { previewDigest } from '../../../functions/notify/preview.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { World } from '../../support/dispatch/world.ts';

const quota = { maxPerSecond: 10, maxPer24Hours: 1000, sentLast24Hours: 300 };
const mailer = { quota: () => Promise.resolve(quota) };

/** Thirty who read about families, ten who read all, one on holiday, one whose mailbox is gone, one without news. */
async function audience() {
  const world = new World({ at: '2026-11-24T05:00:00Z' });
  await world.stores.runs.movePointer('daily', undefined, { toNumber: 0, slot: '2026-11-23T06:00:00.000Z' });
  const on = (topics: 'alle' | string[]) => ({
    subscriptions: [{ cadence: 'daily' as const, topics, since: 0 }],
  });
  for (let index = 0; index < 30; index++) await world.subscribe(`f${index}@mail.example`, on(['familie']));
  for (let index = 0; index < 10; index++) await world.subscribe(`a${index}@mail.example`, on('alle'));
  const pausedUntil = '2026-12-24T06:00:00.000Z';
  const paused = await world.subscribe('urlaub@mail.example', { ...on('alle'), pausedUntil });
  await world.subscribe('fort@mail.example', { ...on('alle'), suppressed: 'bounce' });
  await world.subscribe('flucht@mail.example', on(['flucht-und-migration']));
  const all = await world.subscribe('alle@mail.example', on('alle'));
  const family = await world.publish({ topics: ['familie'] });
  const work = await world.publish({ topics: ['jugendarbeit'] });
  const preview = (reader?: { sid: string }) =>
    previewDigest(
      {
        ...world.stores,
        mailer,
        isAllowed: () => true,
        sender: { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') },
        shardCount: world.shardCount,
      },
      'daily',
      world.now(),
      reader?.sid,
    );
  return { world, preview, paused, all, family, work };
}

test('a preview counts the audience, editions, mails, time and cost, shows the mail of most, and sends nothing', async () => {
  const { world, preview, family, work } = await audience();
  const shown = await preview();
  expect(shown).toMatchObject({
    fromNumber: 0,
    toNumber: 2,
    candidates: 44,
    mails: 41,
    editions: 2,
    excluded: { paused: 1, suppressed: 1, 'nothing-new': 1 },
    quotaLeft: 700,
  });
  expect(shown.seconds).toBeGreaterThanOrEqual(41 / (10 * bulkShare));
  expect(shown.seconds).toBeLessThanOrEqual(6);
  expect(shown.usDollars).toBeCloseTo(0.0041, 6);
  expect(shown.edition?.html).toContain(family.headline);
  expect(shown.edition?.html).not.toContain(work.headline);
  expect(shown.edition?.text).toContain('Abmelden: https://portal.example/abmeldung?t=nur-in-der-mail\n');
  expect(shown.edition?.html).not.toContain('herold:');
  expect(world.ses.accepted).toEqual([]);
  expect(await world.stores.runs.listOpen()).toEqual([]);
  expect((await world.stores.runs.pointers()).daily).toMatchObject({ toNumber: 0 });
});

test('a preview for one reader shows their mail, or why they get none', async () => {
  const { preview, paused, all, family, work } = await audience();
  const shown = await preview(all);
  expect(shown.edition?.html).toContain(family.headline);
  expect(shown.edition?.html).toContain(work.headline);
  expect(await preview(paused)).toMatchObject({ noEdition: 'paused' });
  expect(await preview({ sid: 'nobody' })).toMatchObject({ noEdition: 'left' });
});

test.each([
  ['fits', 600, '2026-11-24T07:00:00.000Z'],
  ['quota', 701, '2026-11-24T07:00:00.000Z'],
  // 600 mails at 8.5 a second take 71 s, and a little for the space between them.
  ['deadline', 600, '2026-11-24T06:01:10.000Z'],
])('preflight: %s (%d mails until %s)', async (verdict, mails, deadline) => {
  const now = Temporal.Instant.from('2026-11-24T06:00:00Z');
  const preflight = await preflightOf(
    { ...mailer, send: () => Promise.reject(new Error()) },
    { deadline },
    [{ mails }],
    now,
  );
  expect(preflight).toMatchObject({ verdict, mails, quotaLeft: 700 });
});
