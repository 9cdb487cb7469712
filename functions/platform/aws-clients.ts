import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// Region, credentials and endpoints come from the environment (AWS_ENDPOINT_URL_DYNAMODB and its like),
// so no code knows whether it runs on AWS or on one machine.

export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });

export const sqsClient = (): SQSClient => new SQSClient({});

export const secretsManagerClient = (): SecretsManagerClient => new SecretsManagerClient({});

/**
 * SES has no idempotency token: a call that the SDK repeats after a lost answer is a second mail.
 * So sends are tried exactly once here, and the delivery ledger decides what a lost answer means.
 */
export const sesClient = (): SESClient => new SESClient({ maxAttempts: 1 });
