import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { sourceSchema } from '../../../config/sources.schema.ts';
import { DynamoDbArticles } from '../../../functions/articles/dynamodb-articles.ts';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { s3Client } from '../../../functions/platform/s3-client.ts';
import { S3ObjectStore } from '../../../functions/platform/s3-object-store.ts';
import { DynamoDbSources } from '../../../functions/sources/dynamodb-sources.ts';
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { localAws } from '../../support/local-aws.ts';
import { freshTables } from '../../support/tables.ts';

const whole =
  '<rss version="2.0"><channel><title>Presse</title><item><title>Neue Förderung</title><link>https://ministry.example/1</link><guid>g-1</guid><pubDate>Tue, 12 Mar 2024 10:00:00 +0100</pubDate></item></channel></rss>';
const broken = '<rss version="2.0"><channel><item><title>Meldung';

let server: FeedServer;
let aws: Awaited<ReturnType<typeof localAws>>;
let sources: DynamoDbSources;
let articles: DynamoDbArticles;
let handler: (event: SQSEvent) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  server = await startFeedServer();
  server.answer = (request, response) =>
    response.writeHead(200, { 'content-type': 'text/xml' }).end(request.url === '/broken' ? broken : whole);
  aws = await localAws();
  const { content } = await freshTables();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: aws.s3,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    CONTENT_TABLE: content,
    ARCHIVE_BUCKET: 'bucket',
    ALLOWED_SOURCE_HOSTS: server.host,
  });
  // The handler reads its environment when it is loaded, as in Lambda.
  ({ handler } = await import('../../../functions/ingest/ingest.handler.ts'));
  sources = new DynamoDbSources(documentClient(), content);
  articles = new DynamoDbArticles(documentClient(), content);
  await sources.define(
    ['broken', 'whole'].map((id) =>
      sourceSchema.parse({ id, issuer: 'Ministerium', url: `${server.origin}/${id}` }),
    ),
    '2024-03-12T09:00:00.000Z',
  );
});
afterAll(async () => {
  await server.stop();
  await aws.stop();
});

const record = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: '',
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
  awsRegion: 'eu-central-1',
});

test('a poison feed fails its message with its body and error kept; the source beside it is filed', async () => {
  const event = {
    Records: [
      record('m-broken', '{"sourceId":"broken"}'),
      record('m-whole', '{"sourceId":"whole"}'),
      record('m-nonsense', 'no JSON'),
    ],
  };
  expect(await handler(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm-broken' }, { itemIdentifier: 'm-nonsense' }],
  });

  const archive = new S3ObjectStore(s3Client(), 'bucket');
  const [key = ''] = await archive.list('poison/broken/');
  const kept = await archive.get(key);
  expect(Buffer.from(kept?.body ?? []).toString()).toBe(broken);
  expect(kept).toMatchObject({ contentType: 'text/xml', metadata: { message: 'm-broken' } });
  expect(decodeURIComponent(kept?.metadata['error'] ?? '')).toMatch('cut off');
  expect((await sources.get('broken'))?.state).toMatchObject({
    failures: 1,
    lastError: expect.stringContaining('cut off') as string,
  });

  const [published] = await articles.listNewest('alle', 9);
  expect(await articles.get(published?.articleId ?? '')).toMatchObject({
    headline: 'Neue Förderung',
    status: 'live',
    quiet: true,
  });
  expect((await sources.get('whole'))?.state).toMatchObject({ failures: 0 });
});
