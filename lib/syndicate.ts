import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { syndicateEnv } from '../functions/syndicate/env.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { DeadLetters } from './queues.ts';
import type { Tables } from './tables.ts';

export interface SyndicateProps {
  readonly tables: Tables;
  readonly feeds: IBucket;
  readonly portalBaseUrl: string;
  readonly logDays: LogDays;
}

/** What was published, corrected or withdrawn becomes feeds. */
export class Syndicate extends Construct {
  readonly writer: PipelineFunction;
  /** Stream records that could not be worked off: where they are in the stream, not what they hold. */
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { tables, feeds, portalBaseUrl, logDays }: SyndicateProps) {
    super(scope, id);
    const { tableStreamArn: stream } = tables.content;
    if (stream === undefined) throw new Error('The content table has no stream: syndicate would never run.');
    this.deadLetters = new DeadLetters(this, 'DeadLetters');
    this.writer = new PipelineFunction(this, 'Write', {
      entry: 'functions/syndicate/syndicate.handler.ts',
      env: syndicateEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        FEED_BUCKET: feeds.bucketName,
        PORTAL_BASE_URL: portalBaseUrl,
      },
      logDays,
      memorySize: 1024,
      timeout: Duration.minutes(2),
    });
    this.writer.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      tables.content.tableArn,
    );
    this.writer.allowPattern(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      feeds.arnForObjects('feeds/*'),
      'The feeds, which are below this prefix of one bucket.',
    );
    this.writer.allow(['s3:ListBucket'], feeds.bucketArn);

    this.writer.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      stream,
    );
    this.writer.allowPattern(
      ['dynamodb:ListStreams'],
      `${tables.content.tableArn}/stream/*`,
      'Lambda lists the streams of a table before it reads one; the action knows no single stream.',
    );
    this.writer.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    const records = new EventSourceMapping(this, 'Stream', {
      target: this.writer,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      // A burst, a reopening after a freeze for one, costs each feed one writing.
      maxBatchingWindow: Duration.seconds(5),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(this.deadLetters),
    });
    records.node.addDependency(this.writer.executionRole);
    // At each deployment the feeds take over what the configuration says; those of topics without articles come to be.
    new Trigger(this, 'Written', { handler: this.writer, executeAfter: [this.writer.executionRole] });
  }
}
