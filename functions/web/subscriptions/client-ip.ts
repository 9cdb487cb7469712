import type { Context } from 'hono';

/**
 * The visitor's IP address. The edge appends to `X-Forwarded-For` who connected to it, the HTTP API who connected to
 * that; whatever stands before is the visitor's own claim and worth nothing.
 */
export function clientIp(c: Context): string | undefined {
  const forwarded = (c.req.header('X-Forwarded-For') ?? '')
    .split(',')
    .map((ip) => ip.trim())
    .filter((ip) => ip !== '');
  const behindEdge = forwarded.at(-2) ?? forwarded.at(-1);
  if (behindEdge !== undefined) return behindEdge;
  const { event } = c.env as { event?: { requestContext?: { http?: { sourceIp?: string } } } };
  return event?.requestContext?.http?.sourceIp;
}
