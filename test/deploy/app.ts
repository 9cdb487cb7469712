import { App, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { stageNamed } from '../../config/stages.ts';
import { CommandLineEnvironment } from '../../lib/command-line-environment.ts';
import { DeadLetters, PipelineQueues } from '../../lib/queues.ts';
import { Tables } from '../../lib/tables.ts';
import { clockEnv } from '../../functions/clock/env.ts';
import { PipelineFunction } from '../../lib/pipeline-function.ts';
import { consume } from '../../lib/consume.ts';
import { syncSourcesEnv } from '../../functions/ingest/sync-sources.env.ts';

/**
 * Herold's own constructs, reduced to what moto can create: tables, queues, a topic, functions with their mappings, roles
 * and log groups, a rule, and what the command line is told. What it accepts and leaves out in silence is in docs/operations.md.
 */
const app = new App();
const stack = new Stack(app, 'HeroldTry', { env: { account: '123456789012', region: 'eu-central-1' } });
const tables = new Tables(stack, 'Tables');
const queues = new PipelineQueues(stack, 'Queues');
const events = new Topic(stack, 'Events');
events.addSubscription(
  new SqsSubscription(queues.feedback, { deadLetterQueue: queues.feedback.deadLetters }),
);
const ticker = new PipelineFunction(stack, 'Tick', {
  entry: 'functions/clock/clock.handler.ts',
  env: clockEnv,
  environment: {
    CONTENT_TABLE: tables.content.tableName,
    DISPATCH_TABLE: tables.dispatch.tableName,
    INGEST_QUEUE_URL: queues.ingest.queueUrl,
    PLAN_QUEUE_URL: queues.plan.queueUrl,
    SHARD_COUNT: '4',
    CMS_WEBHOOK_URL: 'none',
    CMS_WEBHOOK_SECRET: 'none',
  },
  logDays: 14,
});
ticker.allow(['dynamodb:GetItem', 'dynamodb:Query'], tables.content.tableArn);
new Rule(stack, 'EachMinute', {
  schedule: Schedule.rate(Duration.minutes(1)),
  targets: [new LambdaFunction(ticker)],
});
const worker = new PipelineFunction(stack, 'Work', {
  entry: 'functions/ingest/sync-sources.handler.ts',
  env: syncSourcesEnv,
  environment: { CONTENT_TABLE: tables.content.tableName },
  logDays: 14,
});
consume(worker, queues.ingest);
// What has no construct of its own, or is none that moto makes, is named as it may be.
new CommandLineEnvironment(stack, 'Environment', {
  stageName: 'dev',
  stage: stageNamed('dev'),
  tables,
  queues,
  otherDeadLetters: {
    clock: new DeadLetters(stack, 'ClockDeadLetters'),
    syndicate: new DeadLetters(stack, 'SyndicateDeadLetters'),
    events: new DeadLetters(stack, 'EventsDeadLetters'),
  },
  feeds: new Bucket(stack, 'Feeds'),
  archive: new Bucket(stack, 'Archive'),
  keyring: new Secret(stack, 'Keyring'),
  bulk: ConfigurationSet.fromConfigurationSetName(stack, 'Bulk', 'bulk'),
  transactional: ConfigurationSet.fromConfigurationSetName(stack, 'Transactional', 'transactional'),
  portalBaseUrl: 'https://portal.example',
});
app.synth();
