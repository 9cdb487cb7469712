import { sourceSchema } from '../../../config/sources.schema.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { healthOf } from '../../../functions/sources/health.ts';
import { initialState, type SourceState } from '../../../functions/sources/source-store.ts';

const now = Temporal.Instant.from('2024-03-12T12:00:00Z');
const source = sourceSchema.parse({ id: 'm', issuer: 'Amt', url: 'https://m.example/', staleAfterDays: 14 });
const health = (state: Partial<SourceState>, active = true) =>
  healthOf(
    { source: { ...source, active }, state: { ...initialState(source, '2024-01-01T00:00:00Z'), ...state } },
    now,
  );
const polled = { firstPolledAt: '2024-01-01T00:00:00.000Z', lastSuccessAt: '2024-03-12T11:00:00.000Z' };

test.each([
  ['new', {}],
  ['failing', { failures: 1 }],
  ['well', { ...polled, lastNewItemAt: '2024-03-10T00:00:00.000Z' }],
  ['well', { ...polled, lastNewItemAt: '2024-03-10T00:00:00.000Z', failures: 2 }],
  ['failing', { ...polled, lastNewItemAt: '2024-03-10T00:00:00.000Z', failures: 3 }],
  ['silent', { ...polled, lastNewItemAt: '2024-02-20T00:00:00.000Z' }],
  ['silent', polled],
  ['gone', { ...polled, gone: true }],
] as const)('%s: %j', (expected, state) => {
  expect(health(state)).toBe(expected);
});

test('what is not polled is off', () => {
  expect(health({ failures: 9 }, false)).toBe('off');
});
