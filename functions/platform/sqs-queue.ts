import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue, SendOptions } from './queue.ts';

/** SQS takes at most 10 messages and 1 MiB in a batch (Amazon SQS quotas); ours stay below 64 KiB each. */
const batchLimit = 10;

export class SqsQueue<M> implements Queue<M> {
  readonly #client: SQSClient;
  readonly #url: string;

  constructor(client: SQSClient, url: string) {
    this.#client = client;
    this.#url = url;
  }

  async send(messages: readonly M[], options: SendOptions = {}): Promise<void> {
    for (let start = 0; start < messages.length; start += batchLimit) {
      const batch = messages.slice(start, start + batchLimit);
      const { Failed: failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({
          QueueUrl: this.#url,
          Entries: batch.map((message, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(message),
            DelaySeconds: options.delaySeconds,
          })),
        }),
      );
      if (failed.length > 0) {
        throw new Error(
          `SQS refused ${failed.length} of ${batch.length} messages: ${failed[0]?.Code ?? 'no code'}`,
        );
      }
    }
  }
}
