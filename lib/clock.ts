import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { clockEnv } from '../functions/clock/env.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { DeadLetters, type PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface ClockProps {
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  readonly logDays: LogDays;
}

/** Each minute: what is due? */
export class Clock extends Construct {
  readonly ticker: PipelineFunction;
  readonly scheduleGroup: ScheduleGroup;
  /** Ticks that failed, or could not be started. */
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, { tables, queues, logDays }: ClockProps) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'DeadLetters');
    this.ticker = new PipelineFunction(this, 'Tick', {
      entry: 'functions/clock/clock.handler.ts',
      env: clockEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        INGEST_QUEUE_URL: queues.ingest.queueUrl,
      },
      logDays,
      timeout: Duration.seconds(50),
      // A tick that was lost is made up for by the next; one that comes late must not pile up.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      onFailure: new SqsDestination(this.deadLetters),
    });
    this.ticker.allow(
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:ConditionCheckItem',
      ],
      tables.content.tableArn,
    );
    this.ticker.allow(['sqs:SendMessage'], queues.ingest.queueArn);

    const starter = new Role(this, 'StarterRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    starter.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.ticker.functionArn] }),
    );
    starter.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
    );
    this.scheduleGroup = new ScheduleGroup(this, 'Schedules');
    const minutely = new Schedule(this, 'EachMinute', {
      description: 'Asks the clock what is due',
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      scheduleGroup: this.scheduleGroup,
      target: new LambdaInvoke(this.ticker, {
        // Its rights are written above; the target would add those to every version of the function.
        role: starter.withoutPolicyUpdates(),
        deadLetterQueue: this.deadLetters,
        // The scheduler's own default is 185 attempts over a day.
        retryAttempts: 2,
        maxEventAge: Duration.minutes(1),
      }),
    });
    minutely.node.addDependency(starter);
  }
}
