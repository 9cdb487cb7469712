import { setTimeout as sleep } from 'node:timers/promises';
import { demoSubscribers } from '../../local/demo/subscribers.ts';
import { HeroldProcess } from '../support/herold-process.ts';

// Killed at its worst moments and started again, Herold loses nothing and sends nothing twice.
// HEROLD_KILLS=50 kills it that often more, at any time, and prints the times.

jest.setTimeout(120_000 + moreKills() * 15_000);

const host = new HeroldProcess();
afterAll(() => host.remove());

test('nothing is lost and nothing sent twice, whenever the process is killed', async () => {
  await killWhen('sources are being polled', () => host.files('queues', 'ingest').length > 0);
  await killWhen(
    'feeds are being written',
    () => host.files('s3', 'herold-feeds', 'objects', 'feeds').length > 4,
  );
  await killWhen('the first mails are out', () => host.files('outbox').length > 4);
  for (let kill = 0; kill < moreKills(); kill++) {
    const ms = Math.round(Math.random() * 8000);
    console.log(`killed after ${ms} ms`);
    const ended = host.start('--once');
    await Promise.race([ended, sleep(ms)]);
    host.kill('SIGKILL');
    await ended;
  }

  const ended = host.start();
  const stopped = ended.then(({ stdout, stderr }) => {
    throw new Error(`It stopped by itself: ${stdout}${stderr}`);
  });
  await Promise.race([stopped, settledADayLater()]);
  host.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Stopping.');

  const mails = await host.mails();
  const readsAll = articlesBy('jugendamt@kreis-ostermarsch.example');
  expect(readsAll.length).toBeGreaterThanOrEqual(65);
  for (const { address, cadence, topics } of demoSubscribers) {
    const got = articlesBy(address);
    expect({ address, got: got.length }).toEqual({ address, got: new Set(got).size });
    if (cadence === 'daily' && topics === 'alle') expect(new Set(got)).toEqual(new Set(readsAll));
    if (cadence === 'daily') expect(got.length).toBeGreaterThan(0);
  }

  function articlesBy(address: string): string[] {
    return mails.filter(({ mail }) => mail.destinations[0] === address).flatMap(({ articles }) => articles);
  }
});

async function killWhen(what: string, condition: () => boolean): Promise<void> {
  const state = { ended: false };
  const ended = host.start('--once').finally(() => (state.ended = true));
  while (!condition()) {
    if (state.ended) throw new Error(`It ended before ${what}: ${JSON.stringify(await ended)}`);
    await sleep(1);
  }
  host.kill('SIGKILL');
  await ended;
}

/** Moves its clock a day on: leases run out, and the next digest covers what the last one may have missed. */
async function settledADayLater(): Promise<void> {
  while (!host.printed.includes('mails are in the outbox')) await sleep(50);
  const origin = host.url() ?? '';
  await fetch(`${origin}/_local/clock`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'to=one-day-on',
  });
  const console = async (): Promise<string> => (await fetch(`${origin}/_local/queues`)).text();
  while ((await console()).includes('On the way')) await sleep(200);
}

function moreKills(): number {
  return Number(process.env.HEROLD_KILLS ?? 0);
}
