import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { handleEach } from '../../../functions/platform/batch.ts';
import { Discard } from '../../../functions/platform/errors.ts';

const record = (messageId: string, body: string): SQSRecord => ({
  messageId,
  receiptHandle: messageId,
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});
const schema = z.object({ n: z.number() });
const lines: string[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (line: string) => void lines.push(line),
};

test('one bad message fails alone; those before and after it are handled', async () => {
  const handled: number[] = [];
  const event: SQSEvent = {
    Records: [
      record('good', '{"n":1}'),
      record('no-json', 'n=1'),
      record('misfit', '{"n":"1"}'),
      record('fault', '{"n":2}'),
      record('discard', '{"n":3}'),
      record('last', '{"n":4}'),
    ],
  };
  const response = await handleEach(event, schema, log, async ({ n }) => {
    if (n === 2) throw new Error('fault');
    if (n === 3) throw new Discard('never');
    handled.push(n);
  });
  expect(handled).toEqual([1, 4]);
  expect(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
    'no-json',
    'misfit',
    'fault',
    'discard',
  ]);
  expect(lines).toEqual([
    'message can never succeed',
    'message can never succeed',
    'message failed, it will be received again',
    'message can never succeed',
  ]);
});
