import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { AwsError, type AwsResponse, type AwsService } from './endpoint.ts';
import type { FileQueue, Received } from './file-queue.ts';

/** SQS takes 1 MiB in a message or a batch, and at most ten entries (Amazon SQS quotas). */
const maxBytes = 1024 * 1024;
const batchLimit = 10;

const delay = z.int().min(0).max(900).optional();
const send = z.object({ QueueUrl: z.string(), MessageBody: z.string().min(1), DelaySeconds: delay });
const sendBatch = z.object({
  QueueUrl: z.string(),
  Entries: z
    .array(z.object({ Id: z.string(), MessageBody: z.string().min(1), DelaySeconds: delay }))
    .min(1)
    .max(batchLimit),
});
const receive = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(batchLimit).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).default(0),
});
const byHandle = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const changeVisibility = byHandle.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });
const ofQueue = z.object({ QueueUrl: z.string() });
const ofSource = z.object({ SourceArn: z.string() });

/** What follows a queue's name in the name of its dead letters. */
export const deadLettersSuffix = '-dead-letters';
const arnPrefix = 'arn:aws:sqs:eu-central-1:000000000000:';

/** What Herold and its operators use of Amazon SQS (JSON protocol). Queues are known by the end of their address. */
export function sqsService(queues: Readonly<Record<string, FileQueue>>): AwsService {
  /** Messages that went back, by the address of the queue that they were in. */
  const moved = new Map<string, number>();
  return async (request) => {
    const action = (request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
    try {
      return json(200, await run(action, JSON.parse(request.body.toString()), queues, moved));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return json(error.status, { __type: `com.amazonaws.sqs#${error.code}`, message: error.message });
    }
  };
}

async function run(
  action: string,
  input: unknown,
  queues: Readonly<Record<string, FileQueue>>,
  moved: Map<string, number>,
): Promise<object> {
  const queueAt = (url: string): FileQueue => {
    const name = url.split('/').pop() ?? '';
    const queue = name.endsWith(deadLettersSuffix)
      ? queues[name.slice(0, -deadLettersSuffix.length)]?.deadLetters
      : queues[name];
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', `There is no queue at ${url}.`);
    return queue;
  };
  switch (action) {
    case 'SendMessage': {
      const { QueueUrl, MessageBody, DelaySeconds } = parse(send, input);
      return sent(queueAt(QueueUrl), MessageBody, DelaySeconds);
    }
    case 'SendMessageBatch': {
      const { QueueUrl, Entries } = parse(sendBatch, input);
      const queue = queueAt(QueueUrl);
      const bytes = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (bytes > maxBytes)
        throw new AwsError('BatchRequestTooLong', `The batch is longer than ${maxBytes} bytes.`);
      if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length) {
        throw new AwsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
      }
      return {
        Successful: Entries.map(({ Id, MessageBody, DelaySeconds }) => ({
          Id,
          ...sent(queue, MessageBody, DelaySeconds),
        })),
        Failed: [],
      };
    }
    case 'ReceiveMessage': {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = parse(receive, input);
      const queue = queueAt(QueueUrl);
      const giveUpAt = performance.now() + WaitTimeSeconds * 1000;
      for (;;) {
        const messages = queue.receive(MaxNumberOfMessages, VisibilityTimeout);
        if (messages.length > 0) return { Messages: messages.map(wireForm) };
        if (performance.now() >= giveUpAt) return {};
        await sleep(50);
      }
    }
    case 'DeleteMessage': {
      const { QueueUrl, ReceiptHandle } = parse(byHandle, input);
      queueAt(QueueUrl).delete(ReceiptHandle);
      return {};
    }
    case 'ChangeMessageVisibility': {
      const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parse(changeVisibility, input);
      if (!queueAt(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout)) {
        throw new AwsError('MessageNotInflight', 'Nobody holds this message under that receipt handle.');
      }
      return {};
    }
    case 'StartMessageMoveTask': {
      const { SourceArn } = parse(ofSource, input);
      const name = SourceArn.replace(arnPrefix, '');
      moved.set(SourceArn, queueAt(name).redriveTo(queueAt(name.replace(deadLettersSuffix, ''))));
      return { TaskHandle: SourceArn };
    }
    case 'ListMessageMoveTasks': {
      const { SourceArn } = parse(ofSource, input);
      const count = moved.get(SourceArn);
      if (count === undefined) return { Results: [] };
      return { Results: [{ SourceArn, Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: count }] };
    }
    case 'GetQueueAttributes': {
      const { QueueUrl } = parse(ofQueue, input);
      const queue = queueAt(QueueUrl);
      const { visible, delayed, inFlight } = queue.counts();
      return {
        Attributes: {
          QueueArn: `${arnPrefix}${QueueUrl.split('/').pop() ?? ''}`,
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesDelayed: String(delayed),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          VisibilityTimeout: String(queue.settings.visibilityTimeoutSeconds),
        },
      };
    }
    default:
      throw new AwsError('UnsupportedOperation', `The local queues do not know the action "${action}".`);
  }
}

function sent(queue: FileQueue, body: string, delaySeconds: number | undefined): object {
  if (Buffer.byteLength(body) > maxBytes) {
    throw new AwsError('InvalidParameterValue', `The message is longer than ${maxBytes} bytes.`);
  }
  return { MessageId: queue.send(body, { delaySeconds }), MD5OfMessageBody: md5(body) };
}

const wireForm = (message: Received): object => ({
  MessageId: message.id,
  ReceiptHandle: message.receiptHandle,
  Body: message.body,
  MD5OfBody: md5(message.body),
  Attributes: attributesOf(message),
});

/** The attributes that SQS gives with a message; Lambda hands on the same. */
export const attributesOf = (
  message: Received,
): Record<
  'ApproximateReceiveCount' | 'SentTimestamp' | 'SenderId' | 'ApproximateFirstReceiveTimestamp',
  string
> => ({
  ApproximateReceiveCount: String(message.receives),
  SentTimestamp: String(message.sentAt),
  SenderId: 'local',
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
});

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (!result.success) throw new AwsError('InvalidParameterValue', z.prettifyError(result.error));
  return result.data;
}

const json = (status: number, body: object): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});
