import type { Agent as FullAgent, Dispatcher } from 'undici';
import AgentPart from 'undici/lib/dispatcher/agent.js';
import requestPart from 'undici/lib/api/api-request.js';

/** undici's agent without the rest of undici: its index is CommonJS, and would bring fetch, caches and sockets along. */
export const Agent: typeof FullAgent = AgentPart;

/** undici's `request` for a GET, always through the given dispatcher. */
export function request(
  address: string,
  {
    dispatcher,
    ...options
  }: Pick<Dispatcher.RequestOptions, 'headers' | 'signal'> & { dispatcher: Dispatcher },
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(address);
  return requestPart.call(dispatcher, { ...options, origin, path: `${pathname}${search}`, method: 'GET' });
}
