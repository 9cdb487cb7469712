import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { serveAws } from '../../../local/aws/endpoint.ts';
import { FileBucket } from '../../../local/aws/file-bucket.ts';
import { FileQueue } from '../../../local/aws/file-queue.ts';
import { Outbox } from '../../../local/aws/outbox.ts';
import { s3Service } from '../../../local/aws/s3.ts';
import { ensureKeyring, secretsManagerService } from '../../../local/aws/secrets-manager.ts';
import { sesService } from '../../../local/aws/ses.ts';
import { sqsService } from '../../../local/aws/sqs.ts';
import { close } from '../../../local/listen.ts';

// What the AWS SDK's own clients make of the endpoints that this machine plays.

const settings = { visibilityTimeoutSeconds: 30, maxReceives: 2 };
let data: string;
let queues: { work: FileQueue; dead: FileQueue; feedback: FileQueue };
let outbox: Outbox;
let server: Server;
let url: string;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'herold-test-'));
  const dead = new FileQueue(join(data, 'dead'), settings);
  queues = {
    dead,
    work: new FileQueue(join(data, 'work'), settings, dead),
    feedback: new FileQueue(join(data, 'feedback'), settings),
  };
  outbox = new Outbox(join(data, 'outbox'), queues.feedback);
  ensureKeyring(join(data, 'keyring.json'));
  ({ url, server } = await serveAws({
    ses: sesService(outbox, { maxPerSecond: 14, maxPer24Hours: 50_000 }),
    sqs: sqsService(queues),
    s3: s3Service({ feeds: new FileBucket(join(data, 'feeds')) }),
    'secrets-manager': secretsManagerService({ keyring: join(data, 'keyring.json') }),
  }));
});

afterEach(async () => {
  await close(server);
  rmSync(data, { recursive: true });
});

describe('SES', () => {
  const ses = (): SESClient => new SESClient({ endpoint: `${url}/ses`, maxAttempts: 1 });
  const mail = (to: string): SendRawEmailCommand =>
    new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from('Subject: Gr=C3=BC=C3=9Fe\r\n\r\nGuten Tag & auf Wiedersehen+\r\n') },
      Source: 'herold@portal.example',
      Destinations: [to],
      Tags: [
        { Name: 'run', Value: 'digest-daily-2026-11-24' },
        { Name: 'shard', Value: '3' },
      ],
      ConfigurationSetName: 'bulk',
    });

  test('keeps the raw MIME, destinations, tags and configuration set of a mail', async () => {
    const { MessageId: id = '' } = await ses().send(mail('ada@example.org'));
    const kept = new Outbox(join(data, 'outbox'), queues.feedback).get(id);
    expect(kept?.raw.toString()).toBe('Subject: Gr=C3=BC=C3=9Fe\r\n\r\nGuten Tag & auf Wiedersehen+\r\n');
    expect(kept?.mail).toMatchObject({
      destinations: ['ada@example.org'],
      tags: { run: 'digest-daily-2026-11-24', shard: '3' },
      configurationSet: 'bulk',
    });
  });

  test('refuses an address that no mail can go to', async () => {
    await expect(ses().send(mail('ada lovelace@example.org'))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    expect(outbox.list()).toEqual([]);
  });

  test('gives the quota with what the last 24 hours used of it', async () => {
    await ses().send(mail('ada@example.org'));
    await expect(ses().send(new GetSendQuotaCommand({}))).resolves.toMatchObject({
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: 1,
    });
  });

  test.each([
    ['ada@example.org', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
  ])('reports what became of a mail to %s', async (to, events) => {
    const { MessageId: id = '' } = await ses().send(mail(to));
    await new Promise(setImmediate);
    const reported = queues.feedback.list().map(({ body }) => {
      const envelope = JSON.parse(body) as { Type: string; Message: string };
      expect(envelope.Type).toBe('Notification');
      return JSON.parse(envelope.Message) as { eventType: string; mail: object };
    });
    expect(reported.map(({ eventType }) => eventType).sort()).toEqual([...events].sort());
    expect(reported[0]?.mail).toMatchObject({ messageId: id, tags: { run: ['digest-daily-2026-11-24'] } });
  });

  test('reports after a crash what it had no time to report', () => {
    outbox.accept(Buffer.from('x'), {
      source: undefined,
      destinations: ['ada@example.org'],
      tags: {},
      configurationSet: undefined,
    });
    expect(queues.feedback.list()).toHaveLength(0);
    new Outbox(join(data, 'outbox'), queues.feedback);
    expect(queues.feedback.list()).toHaveLength(2);
    new Outbox(join(data, 'outbox'), queues.feedback);
    expect(queues.feedback.list()).toHaveLength(2);
  });
});

describe('SQS', () => {
  const sqs = (): SQSClient => new SQSClient({ endpoint: `${url}/sqs` });
  const work = (): string => `${url}/sqs/work`;
  const receive = async (
    VisibilityTimeout?: number,
  ): Promise<{ Body?: string; ReceiptHandle?: string; Attributes?: Record<string, string> }[]> =>
    (
      await sqs().send(
        new ReceiveMessageCommand({ QueueUrl: work(), MaxNumberOfMessages: 10, VisibilityTimeout }),
      )
    ).Messages ?? [];

  test('hides a received message until its timeout, and for good once it is deleted', async () => {
    await sqs().send(new SendMessageCommand({ QueueUrl: work(), MessageBody: '{"größe":1}' }));
    const [first] = await receive(1);
    expect(first?.Body).toBe('{"größe":1}');
    expect(await receive()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    const [second] = await receive();
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    await sqs().send(new DeleteMessageCommand({ QueueUrl: work(), ReceiptHandle: second?.ReceiptHandle }));
    expect(queues.work.list()).toEqual([]);
  });

  test('gives a message that was received too often to the dead letters', async () => {
    await sqs().send(new SendMessageCommand({ QueueUrl: work(), MessageBody: 'poison' }));
    await receive(0);
    await receive(0);
    expect(await receive()).toEqual([]);
    expect(queues.dead.list()).toMatchObject([{ body: 'poison', receives: 2 }]);
    expect(new FileQueue(join(data, 'dead'), settings).list()).toHaveLength(1);
    expect(queues.dead.redriveTo(queues.work)).toBe(1);
    expect(await receive()).toMatchObject([{ Body: 'poison' }]);
  });

  test('keeps delayed messages back, and gives them back when asked to', async () => {
    await sqs().send(
      new SendMessageBatchCommand({
        QueueUrl: work(),
        Entries: [
          { Id: 'a', MessageBody: 'now' },
          { Id: 'b', MessageBody: 'later', DelaySeconds: 900 },
        ],
      }),
    );
    const [now] = await receive();
    expect(now?.Body).toBe('now');
    const { Attributes } = await sqs().send(
      new GetQueueAttributesCommand({ QueueUrl: work(), AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    await sqs().send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: work(),
        ReceiptHandle: now?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(await receive()).toMatchObject([{ Body: 'now' }]);
  });

  test('keeps messages, their delays and receives when the process is killed', async () => {
    queues.work.send('waiting');
    queues.work.send('delayed', { delaySeconds: 900 });
    await receive();
    const reborn = new FileQueue(join(data, 'work'), settings);
    expect(reborn.counts()).toEqual({ visible: 1, delayed: 1, inFlight: 0 });
    expect(reborn.receive(10)).toMatchObject([{ body: 'waiting', receives: 2 }]);
  });

  test('names the queue that is not there', async () => {
    await expect(
      sqs().send(new SendMessageCommand({ QueueUrl: `${url}/sqs/nowhere`, MessageBody: 'x' })),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});

describe('S3', () => {
  const s3 = (): S3Client => new S3Client({ endpoint: `${url}/s3` });
  const Bucket = 'feeds';

  test('keeps an object with its headers', async () => {
    const Key = 'feeds/Jugend & Familie+.rss';
    const { ETag } = await s3().send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: Buffer.from('<rss/>'),
        ContentType: 'application/rss+xml; charset=utf-8',
        CacheControl: 'public, max-age=300',
        Metadata: { revision: '7' },
      }),
    );
    expect(ETag).toBe(`"${createHash('md5').update('<rss/>').digest('hex')}"`);
    const got = await s3().send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe('<rss/>');
    expect(got).toMatchObject({
      ETag,
      ContentType: 'application/rss+xml; charset=utf-8',
      CacheControl: 'public, max-age=300',
      Metadata: { revision: '7' },
    });
    await expect(s3().send(new HeadObjectCommand({ Bucket, Key }))).resolves.toMatchObject({
      ContentLength: 6,
    });
    await s3().send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(s3().send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(s3().send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('writes only where the condition holds', async () => {
    const put = async (
      body: string,
      condition: { IfMatch?: string; IfNoneMatch?: string },
    ): Promise<string> =>
      (await s3().send(new PutObjectCommand({ Bucket, Key: 'k', Body: Buffer.from(body), ...condition })))
        .ETag ?? '';
    const first = await put('1', { IfNoneMatch: '*' });
    await expect(put('2', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const second = await put('2', { IfMatch: first });
    await expect(put('3', { IfMatch: first })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(
      s3().send(new PutObjectCommand({ Bucket, Key: 'none', Body: Buffer.from('x'), IfMatch: second })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' });
    const kept = await s3().send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await kept.Body?.transformToString()).toBe('2');
  });

  test('lists keys by prefix in pages, in the order of their bytes', async () => {
    for (const Key of ['a/ö', 'a/z', 'a/B', 'b', 'a/..', 'a/']) {
      await s3().send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Key) }));
    }
    const first = await s3().send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 3 }));
    const rest = await s3().send(
      new ListObjectsV2Command({ Bucket, Prefix: 'a/', ContinuationToken: first.NextContinuationToken }),
    );
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a/', 'a/..', 'a/B']);
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['a/z', 'a/ö']);
    expect(rest.IsTruncated).toBe(false);
  });
});

test('Secrets Manager gives a keyring that stays the same', async () => {
  const client = new SecretsManagerClient({ endpoint: `${url}/secrets-manager` });
  const get = async (): Promise<string> =>
    (await client.send(new GetSecretValueCommand({ SecretId: 'keyring' }))).SecretString ?? '';
  const first = await get();
  ensureKeyring(join(data, 'keyring.json'));
  expect(await get()).toBe(first);
  const { pepper, tokenKeys } = JSON.parse(first) as { pepper: string; tokenKeys: Record<string, string> };
  expect(Buffer.from(pepper, 'base64')).toHaveLength(32);
  expect(Buffer.from(tokenKeys.k1 ?? '', 'base64')).toHaveLength(32);
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
