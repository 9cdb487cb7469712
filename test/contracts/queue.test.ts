import { SQSClient } from '@aws-sdk/client-sqs';
import { MemoryQueue } from '../../functions/platform/memory-queue.ts';
import type { Queue } from '../../functions/platform/queue.ts';
import { SqsQueue } from '../../functions/platform/sqs-queue.ts';
import { localAws } from '../support/local-aws.ts';

interface Message {
  sourceId: string;
}

describe('Queue on SQS', () => {
  let aws: Awaited<ReturnType<typeof localAws>>;
  let queue: Queue<Message>;
  beforeEach(async () => {
    aws = await localAws();
    queue = new SqsQueue<Message>(new SQSClient({ endpoint: aws.sqs }), `${aws.sqs}/queue`);
  });
  afterEach(async () => {
    await aws.stop();
  });

  const messages = Array.from({ length: 25 }, (_, index) => ({ sourceId: `größe-${index}` }));

  test('sends any number of messages, each once', async () => {
    await queue.send(messages);
    const bodies = aws.queue.list().map(({ body }) => JSON.parse(body) as Message);
    expect(new Set(bodies.map(({ sourceId }) => sourceId))).toEqual(
      new Set(messages.map(({ sourceId }) => sourceId)),
    );
    expect(bodies).toHaveLength(25);
  });

  test('keeps messages back for as long as it is asked to', async () => {
    await queue.send(messages.slice(0, 1), { delaySeconds: 600 });
    expect(aws.queue.counts()).toEqual({ visible: 0, delayed: 1, inFlight: 0 });
  });

  test('rejects what the queue does not take', async () => {
    const nowhere = new SqsQueue<Message>(new SQSClient({ endpoint: aws.sqs }), `${aws.sqs}/nowhere`);
    await expect(nowhere.send(messages)).rejects.toThrow('nowhere');
  });
});

test('Queue in memory holds the same messages', async () => {
  const queue = new MemoryQueue<Message>();
  await queue.send([{ sourceId: 'a' }, { sourceId: 'b' }]);
  expect(queue.sent.map(({ message }) => message)).toEqual([{ sourceId: 'a' }, { sourceId: 'b' }]);
});
