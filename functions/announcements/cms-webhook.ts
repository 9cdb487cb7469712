import { createHmac } from 'node:crypto';
import { epochSeconds, type Temporal } from '../platform/time.ts';
import type { StatusChange } from './status-change.ts';

/** How long a CMS may take to answer. */
const timeoutMs = 5000;

/**
 * Where a CMS is told of status changes: a POST signed as Standard Webhooks has it
 * (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, and in `webhook-signature` `v1,` with the
 * HMAC-SHA256 of both and the body. The id stays over all attempts, so that a CMS can tell a repetition.
 */
export class CmsWebhook {
  readonly #url: URL;
  readonly #key: Uint8Array;

  /** @param key 24 to 64 bytes, as the standard asks */
  constructor(url: URL, key: Uint8Array) {
    if (key.length < 24 || key.length > 64) {
      throw new Error(`The webhook's key has ${key.length} bytes; give it 24 to 64`);
    }
    this.#url = url;
    this.#key = key;
  }

  /** Tells the CMS once. Never throws for what happens on the way; `outcome` says it in a word or two. */
  async tell(change: StatusChange, now: Temporal.Instant): Promise<{ delivered: boolean; outcome: string }> {
    const id = `redaktionsstatus-${change.number}`;
    const timestamp = String(epochSeconds(now));
    const body = JSON.stringify({
      type: 'redaktionsstatus.changed',
      timestamp: change.at,
      data: change.status,
    });
    const signature = createHmac('sha256', this.#key).update(`${id}.${timestamp}.${body}`).digest('base64');
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        // Whoever moves the address tells us; a signed message follows no redirect.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return { delivered: response.ok, outcome: `HTTP ${response.status}` };
    } catch (error) {
      return { delivered: false, outcome: reasonOf(error) };
    }
  }
}

/** `fetch` wraps what happened to the connection. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  return name === 'TimeoutError' ? `no answer in ${timeoutMs / 1000} s` : (cause?.code ?? message);
}
