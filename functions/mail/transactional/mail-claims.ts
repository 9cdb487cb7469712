/** What is known of one mail that someone waits for. */
export interface MailClaim {
  /** `unknown`: SES may have taken it. `dropped`: not wanted any more when its turn came. */
  state: 'claimed' | 'accepted' | 'failed' | 'refused' | 'unknown' | 'dropped';
  /** 2: sent once more after an outcome that could not be known. */
  attempt: number;
  /** Epoch second of the last call to SES. */
  at: number;
}

/** Each mail is claimed before it is sent, so that a message received twice sends once. */
export interface MailClaims {
  get(id: string): Promise<MailClaim | undefined>;
  /**
   * Claims a mail that stands as `expected` says (`undefined`: never claimed).
   *
   * @returns `'taken'` when it stands otherwise; nothing is written then.
   */
  claim(id: string, expected: MailClaim | undefined, claim: MailClaim): Promise<'claimed' | 'taken'>;
  /** Notes what became of it. What was accepted stays so. */
  settle(id: string, state: MailClaim['state']): Promise<void>;
}
