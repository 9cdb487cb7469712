import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queues, type QueueDefinition, type QueueName } from '../config/queues.ts';

/** Longest that SQS keeps a message. */
const deadLettersKept = Duration.days(14);

/** Where failed messages wait for a person. Encrypted, TLS only. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      retentionPeriod: deadLettersKept,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is where dead letters go; the rule does not see those of functions, schedules and subscriptions.',
    });
  }
}

/** One queue of `config/queues.ts`, with its dead letters. */
export class PipelineQueue extends Queue {
  readonly definition: QueueDefinition;
  readonly deadLetters: DeadLetters;
  /** A sixth of the visibility timeout, as AWS advises, so that throttled batches come back in time. */
  readonly consumerTimeout: Duration;

  constructor(scope: Construct, name: QueueName) {
    const definition: QueueDefinition = queues[name];
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    const deadLetters = new DeadLetters(scope, `${id}DeadLetters`);
    super(scope, `${id}Queue`, {
      visibilityTimeout: Duration.seconds(definition.visibilityTimeoutSeconds),
      retentionPeriod: Duration.days(4),
      ...(definition.delaySeconds !== undefined && {
        deliveryDelay: Duration.seconds(definition.delaySeconds),
      }),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: definition.maxReceives },
    });
    this.definition = definition;
    this.deadLetters = deadLetters;
    this.consumerTimeout = Duration.seconds(Math.floor(definition.visibilityTimeoutSeconds / 6));
  }
}

/** All queues of `config/queues.ts`, made before the verbs, because each verb knows the next one's. */
export class PipelineQueues extends Construct implements Record<QueueName, PipelineQueue> {
  readonly ingest = new PipelineQueue(this, 'ingest');
  readonly plan = new PipelineQueue(this, 'plan');
  readonly deliver = new PipelineQueue(this, 'deliver');
  readonly transactional = new PipelineQueue(this, 'transactional');
  readonly feedback = new PipelineQueue(this, 'feedback');
}
