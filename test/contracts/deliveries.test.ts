import { documentClient } from '../../functions/platform/aws-clients.ts';
import { Temporal, type Clock } from '../../functions/platform/time.ts';
import type { DeliveryLedger } from '../../functions/runs/delivery-ledger.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../functions/runs/memory-pace.ts';
import type { PaceStore } from '../../functions/runs/pace.ts';
import { freshTables } from '../support/tables.ts';

const clock: Clock = { now: () => Temporal.Instant.from('2026-11-24T06:00:00Z') };
const key = { runId: 'digest-daily-2026-11-24', shard: 3, sid: 'a'.repeat(26) };
const claim = { ...key, edition: 'e1', claimId: 'c1', leaseUntil: '2026-11-24T06:02:00.000Z', attempt: 1 };

describe.each([
  ['memory', async (): Promise<DeliveryLedger> => new MemoryDeliveries()],
  [
    'DynamoDB',
    async (): Promise<DeliveryLedger> =>
      new DynamoDbDeliveries(documentClient(), (await freshTables()).dispatch, clock),
  ],
])('the delivery ledger in %s', (_name, make) => {
  let ledger: DeliveryLedger;
  beforeEach(async () => {
    ledger = await make();
  });

  test('one claim holds; its own repetition succeeds, another gets to see it', async () => {
    expect(await ledger.claim(claim)).toBe('claimed');
    expect(await ledger.claim(claim)).toBe('claimed');
    expect(await ledger.claim({ ...claim, claimId: 'c2' })).toEqual({ ...claim, state: 'claimed' });
    expect(await ledger.get(key)).toEqual({ ...claim, state: 'claimed' });
    expect(await ledger.get({ ...key, sid: 'other' })).toBeUndefined();
  });

  test('of many workers at once, one gets the claim', async () => {
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((claimId) => ledger.claim({ ...claim, claimId })),
    );
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
  });

  test('what was accepted or failed is never claimed again, what was refused is', async () => {
    await ledger.claim(claim);
    await ledger.record(key, 'c1', { outcome: 'refused', reason: 'rate-exceeded' });
    expect(await ledger.get(key)).toMatchObject({ state: 'refused', reason: 'rate-exceeded' });
    expect(await ledger.claim({ ...claim, claimId: 'c2' })).toBe('claimed');
    await ledger.record(key, 'c2', { outcome: 'accepted', messageId: 'ses-1' });
    expect(await ledger.claim({ ...claim, claimId: 'c3' })).toMatchObject({
      state: 'accepted',
      messageId: 'ses-1',
    });
    const other = { ...claim, sid: 'b'.repeat(26) };
    await ledger.claim(other);
    await ledger.record(other, 'c1', { outcome: 'failed', reason: 'bad address' });
    expect(await ledger.claim({ ...other, claimId: 'c2' })).toMatchObject({ state: 'failed' });
  });

  test('only the holder records, and never over what SES itself said', async () => {
    await ledger.claim(claim);
    await ledger.record(key, 'stranger', { outcome: 'failed', reason: 'no' });
    expect(await ledger.get(key)).toMatchObject({ state: 'claimed' });
    expect(await ledger.accept(key, 'ses-1')).toBe('accepted');
    await ledger.record(key, 'c1', { outcome: 'unknown', reason: 'timeout' });
    expect(await ledger.get(key)).toMatchObject({ state: 'accepted', messageId: 'ses-1' });
    expect(await ledger.accept(key, 'ses-1')).toBe('already');
    expect(await ledger.accept({ ...key, sid: 'other' }, 'ses-2')).toBe('missing');
  });

  test('a claim whose lease ran out is unknown until its holder or SES says what became of it', async () => {
    await ledger.claim(claim);
    expect(await ledger.expire(key, 'stranger')).toBe('superseded');
    expect(await ledger.expire(key, 'c1')).toBe('expired');
    expect(await ledger.expire(key, 'c1')).toBe('superseded');
    expect(await ledger.claim({ ...claim, claimId: 'c2' })).toMatchObject({ state: 'unknown' });
    await ledger.record(key, 'c1', { outcome: 'accepted', messageId: 'ses-1' });
    expect(await ledger.get(key)).toMatchObject({ state: 'accepted' });
  });

  test('a second attempt follows an unknown first one, once', async () => {
    const second = { ...claim, claimId: 'c2', attempt: 2 };
    await ledger.claim(claim);
    expect(await ledger.claim(second)).toMatchObject({ state: 'claimed', claimId: 'c1' });
    await ledger.expire(key, 'c1');
    expect(await ledger.claim(second)).toBe('claimed');
    await ledger.record(key, 'c2', { outcome: 'refused', reason: 'rate-exceeded' });
    expect(await ledger.claim({ ...claim, claimId: 'c3' })).toMatchObject({ state: 'refused', attempt: 2 });
    expect(await ledger.claim({ ...second, claimId: 'c3' })).toBe('claimed');
    await ledger.expire(key, 'c3');
    expect(await ledger.claim({ ...second, claimId: 'c4' })).toMatchObject({ state: 'unknown', attempt: 2 });
  });

  test('reports are counted once per mail and kind', async () => {
    await ledger.claim(claim);
    expect(await ledger.report(key, 'bounces')).toBe('counted');
    expect(await ledger.report(key, 'bounces')).toBe('already');
    expect(await ledger.report(key, 'complaints')).toBe('counted');
    expect(await ledger.report({ ...key, sid: 'other' }, 'bounces')).toBe('missing');
    expect(await ledger.reported(key.runId)).toEqual({ bounces: 1, complaints: 1, rejects: 0 });
    expect(await ledger.reported('other')).toEqual({ bounces: 0, complaints: 0, rejects: 0 });
  });

  test('transient bounces count for 14 days, each once', async () => {
    const bounce = (id: string, at: string) => ledger.transientBounce('sid', id, at);
    expect(await bounce('m1', '2026-11-01T06:00:00.000Z')).toBe(1);
    expect(await bounce('m2', '2026-11-10T06:00:00.000Z')).toBe(2);
    expect(await bounce('m2', '2026-11-10T06:00:00.000Z')).toBe(2);
    expect(await bounce('m3', '2026-11-15T06:00:00.001Z')).toBe(2);
    expect(await ledger.transientBounce('other', 'm4', '2026-11-15T06:00:00.000Z')).toBe(1);
  });
});

describe.each([
  ['memory', async (): Promise<PaceStore> => new MemoryPace()],
  [
    'DynamoDB',
    async (): Promise<PaceStore> => new DynamoDbPace(documentClient(), (await freshTables()).dispatch),
  ],
])('the pace in %s', (_name, make) => {
  test('is written over what was read only; what is there instead is told', async () => {
    const paces = await make();
    const late = [{ fromMs: 1.5, toMs: 9, byMs: 40 }];
    const pace = { reservedUntilMs: 1.5, perSecond: 12, ceiling: 12, changedAtMs: 1, late, version: 1 };
    expect(await paces.read()).toBeUndefined();
    expect(await paces.write({ ...pace, version: 2 })).toBeUndefined();
    expect(await paces.write(pace)).toBe('written');
    expect(await paces.write({ ...pace, reservedUntilMs: 7 })).toEqual(pace);
    expect(await paces.write({ ...pace, reservedUntilMs: 9, version: 2 })).toBe('written');
    expect(await paces.read()).toEqual({ ...pace, reservedUntilMs: 9, version: 2 });
  });
});
