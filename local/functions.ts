import { queues, type QueueName } from '../config/queues.ts';
import type { Activity } from './activity.ts';
import { invoker, type Handler, type Invoke } from './lambda.ts';

export interface LocalFunctions {
  consumers: Readonly<Record<QueueName, Invoke>>;
  syndicate: Invoke;
  clock: Invoke;
  health: Invoke;
  web: Invoke;
}

/**
 * Loads the handlers that run as Lambda functions. They read their environment and build their parts when loaded, so it
 * must be set by then.
 */
export async function loadFunctions(activity: Activity): Promise<LocalFunctions> {
  const load = async (
    name: string,
    module: Promise<{ handler: unknown }>,
    timeoutSeconds: number,
  ): Promise<Invoke> => invoker(name, (await module).handler as Handler, timeoutSeconds, activity);
  // AWS's advice read backwards: a consumer has a sixth of its queue's visibility timeout.
  const consumer = async (name: QueueName, module: Promise<{ handler: unknown }>): Promise<Invoke> =>
    load(name, module, queues[name].visibilityTimeoutSeconds / 6);
  return {
    consumers: {
      ingest: await consumer('ingest', import('../functions/ingest/ingest.handler.ts')),
      plan: await consumer('plan', import('../functions/notify/plan.handler.ts')),
      deliver: await consumer('deliver', import('../functions/notify/deliver.handler.ts')),
      transactional: await consumer('transactional', import('../functions/notify/transactional.handler.ts')),
      feedback: await consumer('feedback', import('../functions/notify/feedback.handler.ts')),
    },
    syndicate: await load('syndicate', import('../functions/syndicate/syndicate.handler.ts'), 60),
    clock: await load('clock', import('../functions/clock/clock.handler.ts'), 60),
    health: await load('health', import('../functions/clock/health.handler.ts'), 60),
    web: await load('web', import('../functions/web/web.handler.ts'), 30),
  };
}
