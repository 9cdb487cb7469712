import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { Discard } from './errors.ts';
import type { Log } from './log.ts';

/**
 * Handles each message of an SQS event on its own: one that fails is reported back by its id
 * (`reportBatchItemFailures`), so the others are not delivered again.
 *
 * A body that does not fit the schema, and a {@link Discard}, fail every time and so end in the dead-letter queue.
 */
export async function handleEach<M>(
  event: SQSEvent,
  schema: z.ZodType<M>,
  log: Log,
  handle: (message: M, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    try {
      await handle(parse(record.body, schema), record);
    } catch (error) {
      log.error(
        error instanceof Discard ? 'message can never succeed' : 'message failed, it will be received again',
        {
          messageId: record.messageId,
          receives: Number(record.attributes.ApproximateReceiveCount),
          error,
        },
      );
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

function parse<M>(body: string, schema: z.ZodType<M>): M {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Discard('the message body is not JSON'); // no cause: V8 quotes the text, which may hold an address
  }
  const result = schema.safeParse(json);
  if (!result.success)
    throw new Discard(`the message does not fit: ${result.error.message}`, { cause: result.error });
  return result.data;
}
