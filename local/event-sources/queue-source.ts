import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FileQueue, Received } from '../aws/file-queue.ts';
import { attributesOf, md5 } from '../aws/sqs.ts';
import type { Invoke } from '../lambda.ts';

export interface QueueSourceProps {
  name: string;
  queue: FileQueue;
  batchSize: number;
  maxConcurrency: number;
  invoke: Invoke;
}

/** Messages that became due by the passing of time are looked for this often; new ones start work at once. */
const lookEveryMs = 200;

/** Lambda's event source for SQS: batches of messages as events, and only what succeeded is deleted. */
export class QueueSource {
  readonly name: string;
  readonly #props: QueueSourceProps;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(props: QueueSourceProps) {
    this.name = props.name;
    this.#props = props;
  }

  start(): void {
    this.#timer = setInterval(() => this.#pump(), lookEveryMs);
    this.#props.queue.onSend(() => setImmediate(() => this.#pump()));
    this.#pump();
  }

  /** Takes no more messages, and waits for the events under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await Promise.all(this.#running);
  }

  /** Nothing is at work, nothing waits but what was delayed on purpose. */
  get isIdle(): boolean {
    const now = Date.now();
    return (
      this.#running.size === 0 &&
      // One that failed will be received again shortly; it is not done.
      this.#props.queue.list().every(({ availableAt, receives }) => availableAt > now && receives === 0)
    );
  }

  #pump(): void {
    const { queue, batchSize, maxConcurrency } = this.#props;
    while (this.#timer !== undefined && this.#running.size < maxConcurrency) {
      const messages = queue.receive(batchSize);
      if (messages.length === 0) return;
      const work = this.#handle(messages).finally(() => {
        this.#running.delete(work);
        this.#pump();
      });
      this.#running.add(work);
    }
  }

  async #handle(messages: Received[]): Promise<void> {
    const { queue, invoke, name } = this.#props;
    let failed: Set<string>;
    try {
      const response = (await invoke(eventOf(name, messages))) as SQSBatchResponse | undefined;
      failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      // As Lambda has it: an id that is not of this batch means that nothing can be trusted.
      if ([...failed].some((id) => messages.every((message) => message.id !== id))) {
        throw new Error(`${name} reported the failure of a message that it was not given`);
      }
    } catch (error) {
      console.error(`${name} threw: ${(error as Error).stack ?? String(error)}`);
      failed = new Set(messages.map(({ id }) => id));
    }
    for (const { id, receiptHandle, receives } of messages) {
      if (!failed.has(id)) queue.delete(receiptHandle);
      // At AWS it would stay hidden for the visibility timeout, minutes that nobody wants to sit through here.
      // A handler that asked for a pause of its own gets that.
      else if (queue.isHeld(receiptHandle)) queue.changeVisibility(receiptHandle, 2 ** receives);
    }
  }
}

const eventOf = (name: string, messages: readonly Received[]): SQSEvent => ({
  Records: messages.map((message) => ({
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: attributesOf(message),
    messageAttributes: {},
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${name}`,
    awsRegion: 'eu-central-1',
  })),
});
