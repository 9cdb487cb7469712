import { startEmbeddedDynamoDb, type EmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';

declare global {
  var heroldDynamoDb: EmbeddedDynamoDb | undefined;
}

/** One embedded DynamoDB for all tests, unless the environment names another (CI also runs DynamoDB Local). */
export default async function setUp(): Promise<void> {
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  if (process.env.AWS_ENDPOINT_URL_DYNAMODB !== undefined) return;
  globalThis.heroldDynamoDb = await startEmbeddedDynamoDb();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = globalThis.heroldDynamoDb.endpoint;
}
