import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { Activity } from './activity.ts';

/** What Lambda tells a handler that answers by its promise. */
export type InvocationContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/** A handler as Lambda's runtime knows it. */
export type Handler = (event: never, context: InvocationContext) => Promise<unknown>;

/** Runs a handler with an event. Rejects when the handler does. */
export type Invoke = (event: unknown) => Promise<unknown>;

/** Makes a handler callable as Lambda's runtime would: the event by value, and a context that knows the deadline. */
export const invoker =
  (name: string, handler: Handler, timeoutSeconds: number, activity: Activity): Invoke =>
  async (event) =>
    activity.run(async () => {
      const context = contextOf(name, timeoutSeconds);
      const began = performance.now();
      let status = 'error';
      try {
        const result = await handler(structuredClone(event) as never, context);
        status = 'success';
        return result;
      } finally {
        report(context, performance.now() - began, status);
      }
    });

/**
 * Writes what Lambda writes to a function's log after each invocation, with the function's name, as there is one log here.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
function report({ functionName, awsRequestId }: InvocationContext, durationMs: number, status: string): void {
  const record = { functionName, requestId: awsRequestId, metrics: { durationMs }, status };
  const time = new Date(performance.timeOrigin + performance.now()).toISOString();
  process.stdout.write(`${JSON.stringify({ time, type: 'platform.report', record })}\n`);
}

function contextOf(name: string, timeoutSeconds: number): InvocationContext {
  const endsAt = performance.now() + timeoutSeconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
  };
}
