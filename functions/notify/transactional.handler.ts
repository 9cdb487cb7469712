import { AllowListedMailer } from '../mail/allow-list.ts';
import { SesMailer } from '../mail/ses-mailer.ts';
import { DynamoDbMailClaims } from '../mail/transactional/dynamodb-mail-claims.ts';
import { documentClient, secretsManagerClient, sesClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbSubscriberStore } from '../subscribers/dynamodb-subscriber-store.ts';
import { SecretsManagerKeyring } from '../subscribers/secrets-manager-keyring.ts';
import type { TransactionalMessage } from '../subscribers/transactional-message.ts';
import { receiveLetters } from './receive-letters.ts';
import { transactionalEnv } from './transactional.env.ts';
import type { TransactionalParts } from './transactional.ts';

const env = readEnv(transactionalEnv, process.env);
const log = createLog('transactional');
const dynamo = documentClient();
const ses = new SesMailer(sesClient(), env.TRANSACTIONAL_CONFIGURATION_SET);
const parts: TransactionalParts = {
  store: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
  claims: new DynamoDbMailClaims(dynamo, env.DISPATCH_TABLE),
  mailer: new AllowListedMailer(ses, env.RECIPIENT_ALLOW_LIST),
  keyring: new SecretsManagerKeyring(secretsManagerClient(), env.KEYRING_SECRET, systemClock),
  queue: new SqsQueue<TransactionalMessage>(sqsClient(), env.TRANSACTIONAL_QUEUE_URL),
  baseUrl: env.PORTAL_BASE_URL,
  sender: env.SENDER_ADDRESS,
  log,
};

/** Receives the `transactional` queue: mails that someone waits for. */
export const handler = receiveLetters(parts, systemClock);
