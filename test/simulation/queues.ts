import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { queues, type QueueName } from '../../config/queues.ts';
import type { Queue, SendOptions } from '../../functions/platform/queue.ts';
import type { Cloud, FunctionDefinition } from './cloud.ts';
import { second } from './engine.ts';
import type { Random } from './random.ts';

interface Message {
  id: string;
  body: string;
  receives: number;
}

/**
 * An SQS standard queue with its dead-letter queue and the event source that invokes a function: at least once, in no
 * order, hidden while it is handled, given up after so many receives.
 */
export class SimulatedQueue {
  readonly name: QueueName;
  readonly dead: Message[] = [];
  /** Told of the body of each message that goes to the dead letters. */
  onGivenUp: (body: string) => void = () => undefined;
  /** Messages that are neither handled nor given up. */
  open = 0;
  readonly #cloud: Cloud;
  readonly #random: Random;
  readonly #consumer: FunctionDefinition<SQSEvent, SQSBatchResponse>;
  #waiting: Message[] = [];
  #busy = 0;
  #sent = 0;

  constructor(
    name: QueueName,
    cloud: Cloud,
    random: Random,
    consumer: FunctionDefinition<SQSEvent, SQSBatchResponse>,
  ) {
    this.name = name;
    this.#cloud = cloud;
    this.#random = random;
    this.#consumer = consumer;
  }

  port<M>(): Queue<M> {
    return {
      send: async (messages: readonly M[], { delaySeconds = 0 }: SendOptions = {}) => {
        for (const message of messages) this.send(JSON.stringify(message), delaySeconds);
      },
    };
  }

  send(body: string, delaySeconds = 0): void {
    const random = this.#random;
    const message = { id: `${this.name}-${++this.#sent}`, body, receives: 0 };
    this.open += 1;
    // Mostly at once, now and then so late that others overtake it.
    const lagMs = random.chance(0.02) ? random.between(1 * second, 60 * second) : random.between(5, 300);
    this.#cloud.engine.after(delaySeconds * second + lagMs, () => this.#show(message));
  }

  /** An operator sends back what was given up. */
  redrive(): void {
    for (const message of this.dead.splice(0)) {
      this.open += 1;
      message.receives = 0;
      this.#show(message);
    }
  }

  #show(message: Message): void {
    this.#waiting.push(message);
    this.#poll();
  }

  #poll(): void {
    const { maxConcurrency, batchSize } = queues[this.name];
    while (this.#waiting.length > 0 && this.#busy < maxConcurrency) {
      this.#receive(this.#waiting.splice(0, batchSize));
    }
  }

  #receive(batch: Message[]): void {
    const { engine, tally, weather } = this.#cloud;
    const random = this.#random;
    this.#busy += 1;
    for (const message of batch) message.receives += 1;
    const event: SQSEvent = { Records: batch.map((message) => recordOf(message)) };
    this.#cloud.invoke(this.#consumer, event, (ended) => {
      this.#busy -= 1;
      const failed =
        ended.how === 'done'
          ? new Set(ended.result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
          : undefined;
      for (const message of batch) {
        const isHandled = failed !== undefined && !failed.has(message.id);
        // Handled, but its deletion got lost; or another poller has received it as well.
        const again = isHandled && random.chance(weather.faultRate);
        if (again) tally.add('message handled, and received again');
        if (isHandled && !again) this.open -= 1;
        else this.#hide(message);
      }
      this.#poll();
    });
    // At least once: a second receive while the first is still handled.
    const twice = batch.find(() => random.chance(weather.faultRate));
    if (twice !== undefined) {
      tally.add('message received twice at once');
      this.open += 1;
      engine.after(random.between(1, 5 * second), () => this.#show({ ...twice }));
    }
  }

  /** It shows again after its visibility timeout, or is given up. */
  #hide(message: Message): void {
    const { visibilityTimeoutSeconds, maxReceives } = queues[this.name];
    this.#cloud.engine.after(visibilityTimeoutSeconds * second, () => {
      if (message.receives < maxReceives) {
        this.#show(message);
        return;
      }
      this.open -= 1;
      this.dead.push(message);
      this.onGivenUp(message.body);
      this.#cloud.tally.add('messages given up');
    });
  }
}

const recordOf = ({ id, body, receives }: Message): SQSRecord => ({
  messageId: id,
  receiptHandle: id,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:simulated',
  awsRegion: 'eu-central-1',
});
