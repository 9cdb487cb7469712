import {
  DeleteTableCommand,
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import type { Clock } from '../../functions/platform/time.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { createTables, startEmbeddedDynamoDb, type EmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import type { FaultLayer, Process, Way } from '../support/dispatch/fault-layer.ts';
import type { WorldStores } from '../support/dispatch/world.ts';
import { changeTo } from '../support/subscribers.ts';
import { readersOf, scenarioShards, type Ground } from './scenario.ts';

/**
 * An embedded DynamoDB for scenarios, one after the other. Faults strike each HTTP request of the real adapters, under
 * the SDK and its retries: a repeated conditional write fails its own condition, a repeated transaction has its token.
 */
export class DynamoDbGround {
  readonly #database: EmbeddedDynamoDb;
  readonly #settings: DynamoDBClientConfig;
  /** Without faults. */
  readonly #client: DynamoDBClient;
  #scenarios = 0;

  private constructor(database: EmbeddedDynamoDb) {
    this.#database = database;
    this.#settings = {
      endpoint: database.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    this.#client = new DynamoDBClient(this.#settings);
  }

  /** People don't change in the scenarios, so all share them. */
  static async start(readers: number): Promise<DynamoDbGround> {
    const ground = new DynamoDbGround(await startEmbeddedDynamoDb());
    const names = ground.#names();
    await createTables(ground.#client, names);
    const document = documents(ground.#client);
    const people = new DynamoDbSubscriberStore(document, names.subscribers, scenarioShards);
    for (const reader of readersOf(readers)) await people.put(changeTo(reader));
    return ground;
  }

  async under<T>(scenario: (ground: Ground) => Promise<T>): Promise<T> {
    this.#scenarios += 1;
    const names = this.#names();
    await createTables(this.#client, names);
    try {
      return await scenario({
        isPeopled: true,
        stores: (clock) => this.#stores(this.#client, clock),
        storesOf: (process, world) => {
          const client = new DynamoDBClient(this.#settings);
          strike(client, world.faults, process);
          return this.#stores(client, world);
        },
      });
    } finally {
      for (const TableName of [names.content, names.dispatch]) {
        await this.#client.send(new DeleteTableCommand({ TableName }));
      }
    }
  }

  stop(): Promise<void> {
    this.#client.destroy();
    return this.#database.stop();
  }

  #stores(client: DynamoDBClient, clock: Clock): WorldStores {
    const names = this.#names();
    const document = documents(client);
    return {
      articles: new DynamoDbArticles(document, names.content),
      runs: new DynamoDbRuns(document, names, clock),
      deliveries: new DynamoDbDeliveries(document, names.dispatch, clock),
      paces: new DynamoDbPace(document, names.dispatch),
      subscribers: new DynamoDbSubscriberStore(document, names.subscribers, scenarioShards),
    };
  }

  #names() {
    const of = this.#scenarios;
    return { content: `content-${of}`, dispatch: `dispatch-${of}`, subscribers: 'subscribers' };
  }
}

const documents = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** Every attempt of every call of a client can go wrong. */
function strike(client: DynamoDBClient, faults: FaultLayer, process: Process): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const name = `dynamodb.${(context.commandName ?? '').replace(/Command$/, '')}`;
      return faults.around(process, name, () => next(args), failsAs);
    },
    // The SDK repeats in the same step, with high priority: so this is within each attempt.
    { step: 'finalizeRequest', priority: 'low' },
  );
}

function failsAs(way: Way, name: string): never {
  const message = `${way} at ${name}`;
  switch (way) {
    case 'throttled':
      throw new ProvisionedThroughputExceededException({ message, $metadata: { httpStatusCode: 400 } });
    case 'server-error':
      throw new InternalServerError({ message, $metadata: { httpStatusCode: 500 } });
    case 'timeout':
      throw Object.assign(new Error(message), { name: 'TimeoutError' });
    default:
      throw Object.assign(new Error(message), { code: 'ECONNRESET', name: 'ECONNRESET' });
  }
}
