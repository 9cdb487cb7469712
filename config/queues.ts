/**
 * The queues between the verbs, once, for the CDK and the local host. Each has a dead-letter queue.
 */
export interface QueueDefinition {
  /** How long a received message stays hidden; more than six times the consumer's timeout is AWS's advice. */
  readonly visibilityTimeoutSeconds: number;
  /** Receives after which a message goes to the dead-letter queue. */
  readonly maxReceives: number;
  /** Messages that one event of the consumer holds at most. */
  readonly batchSize: number;
  /** How long messages wait before they can be received; at most 900 (SQS limit). */
  readonly delaySeconds?: number;
  /** Consumers at work at the same time; SQS event sources take 2 to 1000. */
  readonly maxConcurrency: number;
  /** The variable that tells a function the queue's address. */
  readonly environmentName: string;
}

export const queues = {
  /** One source to poll. One failing source delays no other, so each is an event of its own. */
  ingest: {
    visibilityTimeoutSeconds: 360,
    maxReceives: 3,
    batchSize: 1,
    maxConcurrency: 8,
    environmentName: 'INGEST_QUEUE_URL',
  },
  /** One shard of a run to plan. */
  plan: {
    visibilityTimeoutSeconds: 1800,
    maxReceives: 5,
    batchSize: 1,
    maxConcurrency: 4,
    environmentName: 'PLAN_QUEUE_URL',
  },
  /** At most 50 mails of one edition to deliver. */
  deliver: {
    visibilityTimeoutSeconds: 900,
    maxReceives: 5,
    batchSize: 1,
    maxConcurrency: 4,
    environmentName: 'DELIVER_QUEUE_URL',
  },
  /** Confirmations and other mails that someone waits for; they never queue behind a digest. */
  transactional: {
    visibilityTimeoutSeconds: 180,
    maxReceives: 5,
    batchSize: 1,
    maxConcurrency: 2,
    environmentName: 'TRANSACTIONAL_QUEUE_URL',
  },
  /**
   * What SES reports of sent mails, by way of SNS. It waits until the batch of the mail is finished, because then one
   * look at the batch answers for all of its send events; sooner, each would cost a read.
   */
  feedback: {
    delaySeconds: 60,
    visibilityTimeoutSeconds: 180,
    maxReceives: 5,
    batchSize: 10,
    maxConcurrency: 4,
    environmentName: 'FEEDBACK_QUEUE_URL',
  },
} as const satisfies Record<string, QueueDefinition>;

export type QueueName = keyof typeof queues;

export const queueNames = Object.keys(queues) as QueueName[];

/** Everything whose work can be given up. `events`: what SES reported and no queue took. */
export const deadLetterNames = [...queueNames, 'clock', 'syndicate', 'events'] as const;
export type DeadLetterName = (typeof deadLetterNames)[number];

/** The variable that tells the command line where dead letters are. */
export const deadLettersName = (name: DeadLetterName): string => `${name.toUpperCase()}_DEAD_LETTERS_URL`;
