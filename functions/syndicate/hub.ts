import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';

const timeoutMs = 3000;
const pausesMs = [250, 1000];

/**
 * Tells a WebSub hub that feeds changed (https://www.w3.org/TR/websub/#publishing), all in one request, in the form
 * that hubs share: `hub.mode=publish`, `hub.url` once for each feed.
 *
 * The feeds are written by then, and readers that poll see them: so a hub that fails is tried again twice, within ten
 * seconds, and then left alone until the next change.
 */
export async function tellHub(
  hub: string,
  addresses: readonly string[],
  log: Log,
): Promise<'told' | 'not-told'> {
  const body = new URLSearchParams([
    ['hub.mode', 'publish'],
    ...addresses.map((address) => ['hub.url', address] as [string, string]),
  ]);
  for (let attempt = 0; ; attempt++) {
    const problem = await post(hub, body);
    if (problem === undefined) return 'told';
    const pause = pausesMs[attempt];
    if (pause === undefined) {
      log.warn('the hub was not told of changed feeds', { hub, feeds: addresses.length, problem });
      return 'not-told';
    }
    await sleep(pause);
  }
}

async function post(hub: string, body: URLSearchParams): Promise<string | undefined> {
  try {
    const response = await fetch(hub, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
