import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock, Temporal } from '../platform/time.ts';
import type { Keyring, KeyringSource } from './keyring.ts';

const keptForMinutes = 5;

/**
 * The keyring in AWS Secrets Manager, kept in memory for five minutes. To change keys, add the new one first, and
 * make it current no earlier than that later: then every instance knows it before the first token is made with it.
 */
export class SecretsManagerKeyring implements KeyringSource {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  readonly #clock: Clock;
  #kept: { keyring: Promise<Keyring>; since: Temporal.Instant } | undefined;

  constructor(client: SecretsManagerClient, secretId: string, clock: Clock) {
    this.#client = client;
    this.#secretId = secretId;
    this.#clock = clock;
  }

  load(): Promise<Keyring> {
    const now = this.#clock.now();
    if (this.#kept === undefined || this.#kept.since.until(now).total('minutes') >= keptForMinutes) {
      const kept = { keyring: this.#read(), since: now };
      this.#kept = kept;
      kept.keyring.catch(() => {
        if (this.#kept === kept) this.#kept = undefined;
      });
    }
    return this.#kept.keyring;
  }

  async #read(): Promise<Keyring> {
    const { SecretString: secret } = await this.#client.send(
      new GetSecretValueCommand({ SecretId: this.#secretId }),
    );
    if (secret === undefined) throw new Error('the keyring must be a secret string, not binary');
    // Whoever reads no keyring need not load what checks it.
    const { parseKeyring } = await import('./keyring.ts');
    return parseKeyring(secret);
  }
}
