import { randomBytes } from 'node:crypto';
import * as z from 'zod';

/** The secrets that names and links of people hang on. */
export interface Keyring {
  /** For sids. Never changes: a new pepper makes every subscriber a stranger. */
  pepper: Uint8Array;
  /** Token keys by two-character id; tokens made with any of them stay valid as long as it is here. */
  tokenKeys: ReadonlyMap<string, Uint8Array>;
  /** Id of the key that new tokens are made with. */
  currentKey: string;
}

/** Where the keyring comes from; read again after a few minutes, so that a new key is known before it is current. */
export interface KeyringSource {
  load(): Promise<Keyring>;
}

/** Made when a secret is read, which is seldom: at module scope it would cost each start a few milliseconds. */
function keyringSchema() {
  const key = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return z
    .strictObject({
      pepper: key,
      tokenKeys: z.record(z.string().regex(/^[a-z][a-z0-9]$/, 'must be a letter and a letter or digit'), key),
      currentKey: z.string(),
    })
    .refine(
      ({ tokenKeys, currentKey }) => tokenKeys[currentKey] !== undefined,
      'currentKey is not in tokenKeys',
    )
    .refine(
      ({ pepper, tokenKeys }) => [pepper, ...Object.values(tokenKeys)].every((bytes) => bytes.length >= 32),
      'keys must have at least 32 bytes',
    );
}

/**
 * Reads a keyring as the secret holds it: `{ "pepper": base64, "tokenKeys": { "k1": base64 }, "currentKey": "k1" }`.
 *
 * @throws Error without a word of what the secret says
 */
export function parseKeyring(secret: string): Keyring {
  let json: unknown;
  try {
    json = JSON.parse(secret);
  } catch {
    throw new Error('the keyring is not JSON'); // no cause: V8 quotes the text
  }
  const result = keyringSchema().safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
    throw new Error(`the keyring does not fit: ${problems.join('; ')}`);
  }
  const { pepper, tokenKeys, currentKey } = result.data;
  return { pepper, tokenKeys: new Map(Object.entries(tokenKeys)), currentKey };
}

/** A new keyring as the secret holds it, for a first start. */
export function newKeyringSecret(): string {
  const random = () => randomBytes(32).toString('base64');
  return JSON.stringify({ pepper: random(), tokenKeys: { k1: random() }, currentKey: 'k1' });
}
