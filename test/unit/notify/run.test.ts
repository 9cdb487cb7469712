import { World } from '../../support/dispatch/world.ts';

async function worldBeforeSeven(): Promise<World> {
  const world = new World({ at: '2026-11-24T05:58:00Z' });
  await world.tick();
  return world;
}

describe('a daily digest run', () => {
  test('is created, planned, delivered once to everyone, and closed with a certificate', async () => {
    const world = await worldBeforeSeven();
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
    expect(await world.stores.runs.get('digest-daily-2026-11-24')).toMatchObject({
      state: 'closed',
      preflight: { mails: 120, verdict: 'fits' },
      certificate: { candidates: 121, accepted: 120, failed: 0, unknown: 0, excluded: { 'nothing-new': 1 } },
    });
    expect(await world.stores.runs.listOpen()).toEqual([]);

    await world.until('2026-11-24T08:00:00Z');
    expect(world.ses.accepted).toHaveLength(120);
  });
});
