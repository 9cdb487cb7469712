import type { EnvReader } from '../platform/env.ts';
import { normaliseAddress } from '../subscribers/sid.ts';
import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from './mailer.ts';

/** May this address get mail from this stage? */
export type AllowList = (address: string) => boolean;

/** `*` for everyone, as in production; else addresses joined by commas, and no one beside them. */
export const allowList: EnvReader<AllowList> = (value) => {
  if (value.trim() === '*') return () => true;
  const addresses = value.split(',').map(normaliseAddress).filter(Boolean);
  const wrong = addresses.find((address) => !/^[^@\s]+@[^@\s]+$/.test(address));
  if (addresses.length === 0 || wrong !== undefined)
    throw new Error('must be * or addresses joined by commas');
  const allowed = new Set(addresses);
  return (address) => allowed.has(normaliseAddress(address));
};

/**
 * Hands on only what goes to allowed addresses, whatever its callers believe: the last door before SES, so that no
 * mistake in a test stage writes to a person.
 */
export class AllowListedMailer implements Mailer {
  readonly #mailer: Mailer;
  readonly #isAllowed: AllowList;

  constructor(mailer: Mailer, isAllowed: AllowList) {
    this.#mailer = mailer;
    this.#isAllowed = isAllowed;
  }

  async send(mail: OutgoingMail): Promise<SendOutcome> {
    if (!this.#isAllowed(mail.to)) return { outcome: 'failed', reason: 'not-allow-listed' };
    return this.#mailer.send(mail);
  }

  quota(): Promise<SendQuota> {
    return this.#mailer.quota();
  }
}
