import { Temporal } from '../../../functions/platform/time.ts';
import { slotSince, type SlottedCadence } from '../../../functions/runs/slots.ts';

// Digests go out at 07:00 in Berlin, weekly ones on Mondays. Summer time begins on 29 March 2026 and ends on 25 October.
test.each<[SlottedCadence, served: string, next: string]>([
  ['daily', '2026-02-10T06:00:00.000Z', '2026-02-11T06:00:00Z'],
  ['daily', '2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00Z'],
  ['daily', '2026-10-24T05:00:00.000Z', '2026-10-25T06:00:00Z'],
  ['weekly', '2026-03-23T06:00:00.000Z', '2026-03-30T05:00:00Z'],
  ['weekly', '2026-10-19T05:00:00.000Z', '2026-10-26T06:00:00Z'],
])('after the %s slot at %s comes the one at %s, and none before', (cadence, served, next) => {
  const slot = Temporal.Instant.from(next);
  expect(slotSince(cadence, served, Temporal.Instant.from(served))).toBeUndefined();
  expect(slotSince(cadence, served, slot.subtract({ milliseconds: 1 }))).toBeUndefined();
  expect(slotSince(cadence, served, slot)?.toString()).toBe(next);
});

test('of slots that nothing served, the newest stands for all', () => {
  const now = Temporal.Instant.from('2026-02-14T12:00:00Z');
  expect(slotSince('daily', '2026-02-10T06:00:00.000Z', now)?.toString()).toBe('2026-02-14T06:00:00Z');
});

test('after weekly digests were on another weekday, the first comes on the new one', () => {
  const thursday = '2026-02-12T06:00:00.000Z';
  const at = (moment: string) => slotSince('weekly', thursday, Temporal.Instant.from(moment))?.toString();
  expect(at('2026-02-16T05:59:59Z')).toBeUndefined();
  expect(at('2026-02-16T06:00:00Z')).toBe('2026-02-16T06:00:00Z');
});
