import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { isoMillis, Temporal } from '../platform/time.ts';
import { change } from './change.ts';
import type { Keyring } from './keyring.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';
import type { wayBackSchema } from './way-back.schema.ts';

/** Hours for which the page shown after unsubscribing leads back. */
const validHours = 24;

type WayBack = z.infer<typeof wayBackSchema>;

const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals what someone had before they left, for a hidden field of the page that tells them so. We forget their address at
 * once; only their open page can bring it back (AES-256-GCM under a key of its own, derived from the token key).
 */
export function sealWayBack(
  keyring: Keyring,
  before: Subscriber,
  versionAfter: number,
  at: Temporal.Instant,
): string {
  const { sid, address, subscriptions, former, announcements, pausedUntil, catchUpAfterPause } = before;
  const content: WayBack = {
    sid,
    address,
    subscriptions,
    ...(former !== undefined && { former }),
    announcements,
    ...(pausedUntil !== undefined && { pausedUntil }),
    ...(catchUpAfterPause === true && { catchUpAfterPause }),
    version: versionAfter,
    madeAt: isoMillis(at),
  };
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keyring, keyring.currentKey), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  return keyring.currentKey + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Restores what {@link sealWayBack} sealed. `'gone'` when it is too old, not ours, or something else happened since. */
export async function goBack(
  store: SubscriberStore,
  keyring: Keyring,
  sid: string,
  sealed: string,
  at: Temporal.Instant,
): Promise<'returned' | 'already' | 'gone'> {
  const content = await open(keyring, sealed);
  if (content?.sid !== sid) return 'gone';
  if (Temporal.Instant.from(content.madeAt).until(at).total('hours') >= validHours) return 'gone';
  const { outcome } = await change(store, sid, at, (row) => {
    if (row === undefined) return { outcome: 'gone' as const };
    if (row.version !== content.version) {
      return { outcome: row.state === 'confirmed' ? ('already' as const) : ('gone' as const) };
    }
    const { address, subscriptions, former, announcements, pausedUntil, catchUpAfterPause } = content;
    return {
      outcome: 'returned' as const,
      next: {
        subscriber: {
          ...row,
          address,
          state: 'confirmed',
          subscriptions,
          ...(former !== undefined && { former }),
          announcements,
          ...(pausedUntil !== undefined && { pausedUntil }),
          ...(catchUpAfterPause === true && { catchUpAfterPause }),
        },
        entry: { event: 'returned', reason: 'unsubscribe-page' },
      },
    };
  });
  return outcome;
}

async function open(keyring: Keyring, sealed: string): Promise<WayBack | undefined> {
  const kid = sealed.slice(0, 2);
  const bytes = Buffer.from(sealed.slice(2), 'base64url');
  if (!keyring.tokenKeys.has(kid) || bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keyring, kid), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  // Few take the way back: a start need not load what checks it.
  const { wayBackSchema } = await import('./way-back.schema.ts');
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return wayBackSchema.parse(JSON.parse(text.toString()));
  } catch {
    return undefined; // someone else's, or tampered with
  }
}

function keyOf(keyring: Keyring, kid: string): Uint8Array {
  const key = keyring.tokenKeys.get(kid);
  if (key === undefined) throw new Error(`the keyring has no key ${kid}`);
  return new Uint8Array(hkdfSync('sha256', key, '', 'herold-way-back', 32));
}
