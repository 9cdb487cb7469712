import { createHmac } from 'node:crypto';
import type { ToldStatus } from '../../functions/announcements/status-change.ts';
import type { Cloud } from './cloud.ts';
import { second } from './engine.ts';
import type { Random } from './random.ts';

export type CmsTrouble = 'down' | 'answers-500' | 'slow' | 'loses-answers';
const troubles: readonly CmsTrouble[] = ['down', 'answers-500', 'slow', 'loses-answers'];

/** A message of the webhook. */
export interface Told {
  /** Of its `webhook-id`, which counts the changes. */
  number: number;
  /** When the change was noticed. */
  timestampMs: number;
  sentAtMs: number;
  status: ToldStatus;
}

export const webhookUrl = new URL('https://cms.example/redaktionsstatus');
export const webhookKey = Buffer.alloc(32, 9);

/** A CMS beside the portal, which takes what the webhook tells it, and has its bad hours. */
export class SimulatedCms {
  trouble: CmsTrouble | undefined;
  /** Since when it has been well, or will be. */
  wellSinceMs: number;
  readonly #cloud: Cloud;
  readonly #random: Random;
  readonly #observer: { asked(number: number): void; told(message: Told): void };

  constructor(
    cloud: Cloud,
    random: Random,
    observer: { asked(number: number): void; told(message: Told): void },
  ) {
    this.#cloud = cloud;
    this.#random = random;
    this.#observer = observer;
    this.wellSinceMs = cloud.engine.nowMs;
  }

  /**
   * What `fetch` is for whoever runs at present.
   *
   * @param patienceMs after so long they hang up
   */
  async fetch(
    url: URL,
    { headers, body }: { headers: Headers; body: string },
    patienceMs: number,
  ): Promise<Response> {
    const { engine, tally, weather } = this.#cloud;
    const random = this.#random;
    const waiter = engine.current;
    if (waiter === undefined || url.href !== webhookUrl.href) throw new Error(`nobody is at ${url.href}`);
    const number = Number(headers.get('webhook-id')?.replace('redaktionsstatus-', ''));
    this.#observer.asked(number);
    const sentAtMs = engine.nowMs;
    const take = (): void => {
      const { timestamp, data } = JSON.parse(body) as { timestamp: string; data: ToldStatus };
      this.#observer.told({ number, timestampMs: Date.parse(timestamp), sentAtMs, status: data });
    };
    const isBad = random.chance(0.02 + weather.faultRate);
    const trouble = this.trouble ?? (isBad ? random.pick(troubles) : undefined);
    const lagMs = random.between(20, 400);
    const answer = async (afterMs: number, status: number): Promise<Response> => {
      await engine.sleep(Math.min(afterMs, patienceMs), waiter);
      if (afterMs > patienceMs) throw new DOMException('The operation timed out', 'TimeoutError');
      return new Response(null, { status });
    };
    if (!isSigned(headers, body)) return answer(lagMs, 401);
    if (trouble === undefined) {
      engine.after(lagMs / 2, take);
      return answer(lagMs, 204);
    }
    tally.add(`CMS ${trouble}`);
    switch (trouble) {
      case 'down':
        if (random.chance(0.5)) return answer(Infinity, 0);
        await engine.sleep(lagMs, waiter);
        throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      case 'answers-500':
        return answer(lagMs, 500);
      case 'slow': {
        // It takes the message in its own time, whether anyone still waits for the answer or not.
        const slowMs = random.between(1, 90) * second;
        engine.after(slowMs, take);
        return answer(slowMs, 204);
      }
      case 'loses-answers':
        engine.after(lagMs, take);
        return answer(Infinity, 0);
    }
  }
}

/** As Standard Webhooks has it. */
function isSigned(headers: Headers, body: string): boolean {
  const signed = `${headers.get('webhook-id') ?? ''}.${headers.get('webhook-timestamp') ?? ''}.${body}`;
  const signature = createHmac('sha256', webhookKey).update(signed).digest('base64');
  return headers.get('webhook-signature') === `v1,${signature}`;
}
