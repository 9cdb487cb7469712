import type { MailClaim, MailClaims } from './mail-claims.ts';
import { copyOf } from '../../platform/copy.ts';

export class MemoryMailClaims implements MailClaims {
  readonly #claims = new Map<string, MailClaim>();

  async get(id: string): Promise<MailClaim | undefined> {
    return copyOf(this.#claims.get(id));
  }

  async claim(id: string, expected: MailClaim | undefined, claim: MailClaim): Promise<'claimed' | 'taken'> {
    const present = this.#claims.get(id);
    const isAsExpected =
      present?.state === expected?.state &&
      present?.attempt === expected?.attempt &&
      present?.at === expected?.at;
    if (!isAsExpected) return 'taken';
    this.#claims.set(id, { ...claim });
    return 'claimed';
  }

  async settle(id: string, state: MailClaim['state']): Promise<void> {
    const present = this.#claims.get(id);
    if (present !== undefined && present.state !== 'accepted') this.#claims.set(id, { ...present, state });
  }
}
