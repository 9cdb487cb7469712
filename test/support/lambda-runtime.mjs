// Starts one bundle as Lambda's Node runtime does: its own process, its own environment, the handler loaded once.
// Speaks with its parent over the process's channel.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/** What this process has had of the processor since it was started. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const began = performance.now();
const { handler } = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, 'index.mjs')).href);
process.send({ ready: true, initMs: performance.now() - began });

process.on('message', async ({ id, event, remainingMs }) => {
  const endsAt = performance.now() + remainingMs;
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    awsRequestId: id,
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
  };
  try {
    process.send({ id, result: (await handler(event, context)) ?? null, cpuMs: cpuMs() });
  } catch (error) {
    process.send({ id, error: inspect(error), cpuMs: cpuMs() });
  }
});
