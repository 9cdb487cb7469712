import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueue } from './queues.ts';

/**
 * Lets a function work off a queue, as many at a time as the queue's definition says. A message that fails comes back
 * alone; the others of its batch are done.
 */
export function consume(worker: PipelineFunction, queue: PipelineQueue): void {
  worker.addEventSource(
    new SqsEventSource(queue, {
      batchSize: queue.definition.batchSize,
      maxConcurrency: queue.definition.maxConcurrency,
      reportBatchItemFailures: true,
    }),
  );
}
