/** What a month brings. */
export interface Volume {
  subscribers: number;
  articles: number;
  sources: number;
  pageViews: number;
  feedRequests: number;
  /** SES's pricing plan. */
  plan: keyof typeof prices.mail;
}

/** One line of the bill. */
export interface Line {
  service: string;
  what: string;
  units: number;
  unit: string;
  dollars: number;
  /** Where the price was seen, and when. */
  seen: string;
}

interface Price {
  /** List price in US$. */
  readonly dollars: number;
  readonly seen: string;
}

const listed = '2026-09, AWS’s price list of the region, as others read it';
const everywhere = '2026, several pages; the same in all regions';
/** The price of us-east-1 was found, and not the region's. */
const elsewhere = 'not verified for the region';
const price = (dollars: number, seen: string): Price => ({ dollars, seen });

/**
 * List prices for eu-central-1, each with where it was seen. Look here first when the bill differs; AWS's own lists are at
 * https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonDynamoDB/current/eu-central-1/index.json, and so on.
 */
export const prices = {
  /** By pricing plan of the account; those new to SES since July 2026 start on Essentials (docs/operations.md). */
  mail: {
    'a-la-carte': price(0.1 / 1000, '2026-07, price list of us-east-1'),
    essentials: price(0.16 / 1000, '2026-07, price list of us-east-1'),
  },
  lambdaRequest: price(0.2 / 1e6, listed),
  lambdaGigabyteSecondArm: price(0.0000133334, listed),
  dynamoDbWriteUnit: price(0.7625 / 1e6, listed),
  dynamoDbReadUnit: price(0.1525 / 1e6, listed),
  dynamoDbBackupGigabyte: price(0.2448, listed),
  dynamoDbGigabyte: price(0.306, listed),
  sqsRequest: price(0.4 / 1e6, listed),
  snsToSqs: price(0.5 / 1e6, listed),
  s3Put: price(0.0054 / 1000, '2026-08-31, EUC1-Requests-Tier1 of AWS’s price list, as others read it'),
  s3Get: price(0.00043 / 1000, '2026-08-31, EUC1-Requests-Tier2 of AWS’s price list, as others read it'),
  cloudFrontRequest: price(
    0.012 / 10_000,
    '2026-08-31, EU-Requests-Tier2-HTTPS of AWS’s price list, as others read it',
  ),
  cloudFrontGigabyte: price(
    0.085,
    'https://aws.amazon.com/cloudfront/pricing, Europe, first 10 TB; undated copy',
  ),
  wafAcl: price(5, everywhere),
  wafRule: price(1, everywhere),
  wafRequest: price(0.6 / 1e6, everywhere),
  httpApiRequest: price(1.2 / 1e6, `${elsewhere}; us-east-1: 1.00 a million`),
  logsGigabyte: price(0.63, listed),
  alarm: price(0.1, listed),
  compositeAlarm: price(0.5, `2026, pages about us-east-1; ${elsewhere}`),
  metric: price(0.3, `2026, pages about us-east-1; ${elsewhere}`),
  dashboard: price(3, 'AWS’s price list has it for all regions (location Any), as others read it; undated'),
  kmsKey: price(1, 'https://aws.amazon.com/kms/pricing, all regions; undated copy'),
  secret: price(0.4, `2026, pages that name no region; ${elsewhere}`),
  schedulerInvocation: price(1.15 / 1e6, `${elsewhere}; us-east-1: 1.00 a million, 14 million of them free`),
};

// How often the code does what, for each event. Counted in the code; what is a guess says so.
const days = 30;
/** Batches of one edition hold at most 50; with eight topics, editions make them about half full. */
const mailsPerBatch = 25;
/** Guess: of ten subscribers nine take the daily digest, and one the weekly. */
const mailsPerSubscriber = 0.9 * days + 0.1 * (days / 7);
/** Of each mail SES tells that it was sent, and that it was delivered. */
const eventsPerMail = 2;
/** A source is polled each quarter of an hour. */
const pollsPerSource = days * 24 * 4;
const ticks = days * 24 * 60;
const looks = ticks / 5;
/** An article is in about two topics, and in `alle`: three formats each, in an archive page at times. */
const objectsPerArticle = 3 * 3;
const shards = 16;

/** Alarms, beside the composite one, and metrics of our own: a test counts them. */
export const watched = { alarms: 27, metrics: 11 };

/** What a month costs. A model, held against the bill: the first line that differs is the one to look at. */
export function monthlyCost(volume: Volume): Line[] {
  const mails = volume.subscribers * mailsPerSubscriber;
  const batches = mails / mailsPerBatch;
  const polls = volume.sources * pollsPerSource;
  const edge = volume.pageViews + volume.feedRequests;
  const feedbackEvents = mails * eventsPerMail;

  const invocations = {
    clock: ticks,
    health: looks,
    ingest: polls,
    syndicate: volume.articles * 2,
    plan: days * shards * 2,
    deliver: batches,
    feedback: feedbackEvents / 10,
    web: volume.pageViews,
  };
  /** Seconds of one gigabyte for each: memory × duration. Durations are guesses until they are measured on AWS. */
  const gigabyteSeconds =
    invocations.clock * 0.5 * 0.3 +
    invocations.health * 0.5 * 0.5 +
    invocations.ingest * 1 * 0.6 +
    invocations.syndicate * 1 * 2 +
    (volume.subscribers / 2000) * 1.73 * days +
    batches * 1 * 5 +
    invocations.feedback * 0.5 * 0.3 +
    invocations.web * 1 * 0.08;
  // A claim and its outcome, then what SES reports: three writes a mail. Batches, manifests, leases: some a batch.
  const writes = mails * 3 + batches * 4 + polls * 2 + volume.articles * 12 + ticks;
  // A person's row is read when planned and when sent; the clock reads sources and runs each minute.
  const reads = mails * 2 + volume.subscribers * days + polls * 4 + ticks * 8 + volume.pageViews * 10;
  const gigabytes = (volume.subscribers * 2_000 + volume.articles * 12 * 10_000) / 1e9 + (mails * 400) / 1e9;
  const messages = polls + days * shards * 2 + batches + feedbackEvents;
  const requestsPerMessage = 3; // send, receive, delete; feedback is received by tens
  const logGigabytes = (Object.values(invocations).reduce((sum, count) => sum + count, 0) * 1_200) / 1e9;

  const line = (
    service: string,
    what: string,
    units: number,
    unit: string,
    { dollars, seen }: Price,
  ): Line => ({
    service,
    what,
    units,
    unit,
    dollars: units * dollars,
    seen,
  });
  const requests = Object.values(invocations).reduce((sum, count) => sum + count, 0);
  return [
    line('SES', 'mails', mails, 'mails', prices.mail[volume.plan]),
    line('SNS', 'events of mails', feedbackEvents, 'messages', prices.snsToSqs),
    line('SQS', 'queues', messages * requestsPerMessage, 'requests', prices.sqsRequest),
    line('Lambda', 'invocations', requests, 'invocations', prices.lambdaRequest),
    line('Lambda', 'duration', gigabyteSeconds, 'GB-s', prices.lambdaGigabyteSecondArm),
    line('DynamoDB', 'writes', writes, 'units', prices.dynamoDbWriteUnit),
    line('DynamoDB', 'reads', reads, 'units', prices.dynamoDbReadUnit),
    line('DynamoDB', 'storage', gigabytes, 'GB', prices.dynamoDbGigabyte),
    line('DynamoDB', 'backups', gigabytes, 'GB', prices.dynamoDbBackupGigabyte),
    line(
      'S3',
      'feeds and editions written',
      volume.articles * objectsPerArticle + batches,
      'PUT',
      prices.s3Put,
    ),
    line('S3', 'feeds fetched by the edge', volume.feedRequests * 0.1, 'GET', prices.s3Get),
    line('CloudFront', 'requests', edge, 'requests', prices.cloudFrontRequest),
    // Nine of ten feed requests are answered 304, with a few hundred bytes.
    line(
      'CloudFront',
      'out',
      (volume.feedRequests * 5_000 + volume.pageViews * 20_000) / 1e9,
      'GB',
      prices.cloudFrontGigabyte,
    ),
    line('WAF', 'firewall', 1, 'firewall', prices.wafAcl),
    line('WAF', 'its rules', 5, 'rules', prices.wafRule),
    line('WAF', 'requests', edge, 'requests', prices.wafRequest),
    line('API Gateway', 'pages', volume.pageViews, 'requests', prices.httpApiRequest),
    line('EventBridge', 'schedules', ticks + looks, 'invocations', prices.schedulerInvocation),
    line('CloudWatch', 'logs', logGigabytes, 'GB', prices.logsGigabyte),
    line('CloudWatch', 'alarms', watched.alarms, 'alarms', prices.alarm),
    line('CloudWatch', 'composite alarm', 1, 'alarm', prices.compositeAlarm),
    line('CloudWatch', 'dashboard', 1, 'dashboard', prices.dashboard),
    line('CloudWatch', 'metrics of our own', watched.metrics, 'metrics', prices.metric),
    line('KMS', 'key for messages', 1, 'key', prices.kmsKey),
    line('Secrets Manager', 'keyring and the edge’s keys', 2, 'secrets', prices.secret),
  ];
}
