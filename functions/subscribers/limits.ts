import { createHmac } from 'node:crypto';
import { base32 } from '../platform/ids.ts';
import type { Limit, RateLimits } from './rate-limits.ts';
import type { TransactionalMessage } from './transactional-message.ts';

const minute = 60;
const hour = 60 * minute;

/** So that nobody's mailbox can be filled by way of our forms. */
const perAddress: readonly Limit[] = [
  { max: 1, seconds: 15 * minute },
  { max: 5, seconds: 24 * hour },
];
/** A school or an office is behind one prefix; so are many who mean no good. */
const perNetwork: readonly Limit[] = [
  { max: 20, seconds: hour },
  { max: 60, seconds: 24 * hour },
];
const inAll: readonly Limit[] = [{ max: 300, seconds: 10 * minute }];

/** May a form from this network be taken at all? Its prefix is counted under a keyed hash. */
export async function takeForm(
  limits: RateLimits,
  network: string | undefined,
  pepper: Uint8Array,
  now: number,
): Promise<'taken' | 'limited'> {
  const name = base32(
    createHmac('sha256', pepper)
      .update(`network ${network ?? ''}`)
      .digest()
      .subarray(0, 10),
  );
  return limits.take(`network#${name}`, perNetwork, now);
}

/** May one more mail of a kind go to this address now? */
export async function takeMail(
  limits: RateLimits,
  kind: TransactionalMessage['kind'],
  sid: string,
  now: number,
): Promise<'taken' | 'limited'> {
  if ((await limits.take(`${kind}#${sid}`, perAddress, now)) === 'limited') return 'limited';
  return limits.take('mails-in-all', inAll, now);
}
