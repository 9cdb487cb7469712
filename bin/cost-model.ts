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
}

/**
 * List prices in US$ for eu-central-1. Those of DynamoDB, Lambda, SQS, SNS, logs and alarms were compared with what
 * others read from AWS's public price lists for the region in September 2026, SES's with one of us-east-1 in July 2026; S3,
 * CloudFront, WAF, API Gateway, Scheduler, KMS, Secrets Manager, metrics and dashboard with nothing. Look here first when
 * the bill differs; AWS's own lists are at
 * https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonDynamoDB/current/eu-central-1/index.json, and so on.
 */
export const prices = {
  /** By pricing plan of the account; those new to SES since July 2026 start on Essentials (docs/operations.md). */
  mail: { 'a-la-carte': 0.1 / 1000, essentials: 0.16 / 1000 },
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecondArm: 0.0000133334,
  dynamoDbWriteUnit: 0.7625 / 1e6,
  dynamoDbReadUnit: 0.1525 / 1e6,
  dynamoDbBackupGigabyte: 0.2448,
  dynamoDbGigabyte: 0.306,
  sqsRequest: 0.4 / 1e6,
  snsToSqs: 0.5 / 1e6,
  s3Put: 0.0054 / 1000,
  s3Get: 0.00043 / 1000,
  cloudFrontRequest: 0.012 / 10_000,
  cloudFrontGigabyte: 0.085,
  wafRequest: 0.6 / 1e6,
  wafFixed: 5 + 5 * 1,
  httpApiRequest: 1.2 / 1e6,
  logsGigabyte: 0.63,
  alarm: 0.1,
  compositeAlarm: 0.5,
  metric: 0.3,
  dashboard: 3,
  kmsKey: 1,
  secret: 0.4,
  schedulerInvocation: 1.15 / 1e6,
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

  const line = (service: string, what: string, units: number, unit: string, price: number): Line => ({
    service,
    what,
    units,
    unit,
    dollars: units * price,
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
    line('WAF', 'firewall and its rules', 1, 'month', prices.wafFixed),
    line('WAF', 'requests', edge, 'requests', prices.wafRequest),
    line('API Gateway', 'pages', volume.pageViews, 'requests', prices.httpApiRequest),
    line('EventBridge', 'schedules', ticks + looks, 'invocations', prices.schedulerInvocation),
    line('CloudWatch', 'logs', logGigabytes, 'GB', prices.logsGigabyte),
    line('CloudWatch', 'alarms', watched.alarms, 'alarms', prices.alarm),
    line('CloudWatch', 'composite alarm and dashboard', 1, 'month', prices.compositeAlarm + prices.dashboard),
    line('CloudWatch', 'metrics of our own', watched.metrics, 'metrics', prices.metric),
    line('KMS', 'key for messages', 1, 'key', prices.kmsKey),
    line('Secrets Manager', 'keyring and the edge’s keys', 2, 'secrets', prices.secret),
  ];
}
