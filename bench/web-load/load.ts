import { Agent, request, type RequestOptions } from 'node:http';
import { Temporal } from '../../functions/platform/time.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import { makeToken, nobody } from '../../functions/subscribers/tokens.ts';
import { currentWording } from '../../functions/subscribers/wording.ts';
import { testPepper } from '../../test/support/subscribers.ts';
import { keyring, newAddress, seededAddress } from './people.ts';

export type Kind = 'sign-up' | 'unsubscribe' | 'empty';

/** What was asked and answered. */
export interface LoadTook {
  /** Milliseconds of each answered request. */
  times: Record<Kind, number[]>;
  /** What went wrong, each with how often. */
  errors: Map<string, number>;
  /** Sids of those whose sign-up was answered with 200. */
  signedUp: Set<string>;
  /** Sids of those whose unsubscription was answered with 200. */
  left: Set<string>;
  seconds: number;
}

export interface LoadSettings {
  url: string;
  connections: number;
  seconds: number;
  subscribers: number;
  /** Now, as it is at the server. */
  nowMs: number;
  /** No more sign-ups than these in any second. */
  signUpsPerSecond: number;
}

/** One in so many is sent twice at the same moment: fingers and mail providers do that. */
const twiceEvery = 10;
/** Sign-ups of one network, as its /24. */
const perNetwork = 8;

/** Keeps all connections busy with sign-ups, one-click unsubscriptions and requests to an empty route in turn. */
export async function load(settings: LoadSettings): Promise<LoadTook> {
  const agent = new Agent({ keepAlive: true, maxSockets: settings.connections });
  const took: LoadTook = {
    times: { 'sign-up': [], unsubscribe: [], empty: [] },
    errors: new Map(),
    signedUp: new Set(),
    left: new Set(),
    seconds: 0,
  };
  const madeAt = Temporal.Instant.fromEpochMilliseconds(settings.nowMs).subtract({ minutes: 1 });
  const form = makeToken(keyring, 'form', nobody, madeAt);
  const began = performance.now();
  const endsAt = began + settings.seconds * 1000;
  let signUps = 0;
  let leavings = 0;

  const ask = async (
    kind: Kind,
    path: string,
    body?: URLSearchParams,
    from = '198.51.100.7',
  ): Promise<boolean> => {
    const sentAt = performance.now();
    try {
      const statusCode = await statusOf(
        new URL(path, settings.url),
        {
          agent,
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            // As the edge would, which appends its own address.
            'x-forwarded-for': `${from}, 10.0.0.1`,
            ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
        },
        body?.toString(),
      );
      took.times[kind].push(performance.now() - sentAt);
      if (statusCode === 200) return true;
      note(`${kind}: HTTP ${statusCode}`);
    } catch (error) {
      note(`${kind}: ${(error as { code?: string }).code ?? String(error)}`);
    }
    return false;
  };
  const note = (what: string): void => void took.errors.set(what, (took.errors.get(what) ?? 0) + 1);
  /** Sends something once, or twice at once. */
  const once = async (index: number, send: () => Promise<boolean>): Promise<boolean> => {
    const answers = await Promise.all(index % twiceEvery === 0 ? [send(), send()] : [send()]);
    return answers.includes(true);
  };
  const signUp = async (): Promise<void> => {
    const allowed = ((performance.now() - began) / 1000) * settings.signUpsPerSecond;
    if (signUps >= allowed) return;
    const index = signUps++;
    const address = newAddress(index);
    const network = Math.floor(index / perNetwork);
    const from = `${11 + Math.floor(network / 65_536)}.${Math.floor(network / 256) % 256}.${network % 256}.9`;
    const fields = { f: form, adresse: address, alle: 'daily', einwilligung: currentWording };
    const send = () => ask('sign-up', '/anmeldung', new URLSearchParams(fields), from);
    if (await once(index, send)) took.signedUp.add(sidOf(address, testPepper));
  };
  const leave = async (): Promise<void> => {
    if (leavings >= settings.subscribers) return;
    const index = leavings++;
    const sid = sidOf(seededAddress(index), testPepper);
    const token = makeToken(keyring, 'unsubscribe', sid, madeAt);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    if (await once(index, () => ask('unsubscribe', `/abmeldung?t=${token}`, body))) took.left.add(sid);
  };
  const visitor = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      await signUp();
      await leave();
      await ask('empty', '/_empty');
    }
  };
  await Promise.all(Array.from({ length: settings.connections }, visitor));
  took.seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return took;
}

/** Resolves once the whole answer is there. */
const statusOf = (url: URL, options: RequestOptions, body: string | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, options, (response) => {
      response
        .on('end', () => resolve(response.statusCode ?? 0))
        .on('error', reject)
        .resume();
    })
      .on('error', reject)
      .end(body);
  });
