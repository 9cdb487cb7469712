import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type PutCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { SendOutcome } from '../mail/mailer.ts';
import { epochSeconds, isoMillis, Temporal, type Clock } from '../platform/time.ts';
import { keptDays } from './run-store.ts';
import {
  transientBounceDays,
  type Claim,
  type Delivery,
  type DeliveryKey,
  type DeliveryLedger,
} from './delivery-ledger.ts';
import { noneReported, type Reported } from './run.ts';

type Row = Record<string, unknown>;

/**
 * The delivery ledger in the dispatch table, where rows live for 90 days. One write claims, one records; rows stay far
 * below the kilobyte that a write unit covers.
 *
 * | pk | sk | |
 * |---|---|---|
 * | `D#<run>#<shard>` | sid | a delivery |
 * | `RUN#<id>` | `REPORTED` | bounces, complaints, rejects |
 * | `BOUNCE#<sid>` | `<moment>#<message id>` | a transient bounce |
 */
export class DynamoDbDeliveries implements DeliveryLedger {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #clock: Clock;

  constructor(client: DynamoDBDocumentClient, dispatchTable: string, clock: Clock) {
    this.#client = client;
    this.#table = dispatchTable;
    this.#clock = clock;
  }

  async claim(claim: Claim): Promise<'claimed' | Delivery> {
    const { runId: _runId, shard: _shard, sid: _sid, ...value } = claim;
    const first = claim.attempt === 1;
    const put: PutCommandInput = {
      TableName: this.#table,
      Item: { ...keyOf(claim), ...value, state: 'claimed', expiresAt: this.#expiresAt(keptDays) },
      ConditionExpression:
        `${first ? 'attribute_not_exists(pk) OR ' : ''}(#state = :refused AND #attempt <= :attempt) OR ` +
        '(#state = :claimed AND #claim = :claim) OR (#state = :unknown AND #attempt < :attempt)',
      ExpressionAttributeNames: { '#state': 'state', '#claim': 'claimId', '#attempt': 'attempt' },
      ExpressionAttributeValues: {
        ':refused': 'refused',
        ':claimed': 'claimed',
        ':unknown': 'unknown',
        ':claim': claim.claimId,
        ':attempt': claim.attempt,
      },
    };
    if (await this.#written(new PutCommand(put))) return 'claimed';
    const present = await this.get(claim);
    if (present === undefined) throw new Error('A second attempt needs a first one');
    return present;
  }

  async record(key: DeliveryKey, claimId: string, outcome: SendOutcome): Promise<void> {
    await this.#written(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(key),
        UpdateExpression: `SET #state = :state, #detail = :detail`,
        ConditionExpression: '#claim = :claim AND #state IN (:claimed, :unknown)',
        ExpressionAttributeNames: {
          '#state': 'state',
          '#claim': 'claimId',
          '#detail': outcome.outcome === 'accepted' ? 'messageId' : 'reason',
        },
        ExpressionAttributeValues: {
          ':state': outcome.outcome,
          ':detail': outcome.outcome === 'accepted' ? outcome.messageId : outcome.reason,
          ':claim': claimId,
          ':claimed': 'claimed',
          ':unknown': 'unknown',
        },
      }),
    );
  }

  async accept(key: DeliveryKey, messageId: string): Promise<'accepted' | 'already' | 'missing'> {
    const accepted = await this.#written(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(key),
        UpdateExpression: 'SET #state = :accepted, messageId = :id',
        ConditionExpression: 'attribute_exists(pk) AND #state <> :accepted',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':accepted': 'accepted', ':id': messageId },
      }),
    );
    if (accepted) return 'accepted';
    return (await this.get(key)) === undefined ? 'missing' : 'already';
  }

  async expire(key: DeliveryKey, claimId: string): Promise<'expired' | 'superseded'> {
    const expired = await this.#written(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(key),
        UpdateExpression: 'SET #state = :unknown, reason = :reason',
        ConditionExpression: '#claim = :claim AND #state = :claimed',
        ExpressionAttributeNames: { '#state': 'state', '#claim': 'claimId' },
        ExpressionAttributeValues: {
          ':unknown': 'unknown',
          ':reason': 'lease ran out',
          ':claim': claimId,
          ':claimed': 'claimed',
        },
      }),
    );
    return expired ? 'expired' : 'superseded';
  }

  async get(key: DeliveryKey, consistency?: 'lax'): Promise<Delivery | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: keyOf(key), ConsistentRead: consistency !== 'lax' }),
    );
    if (row === undefined) return undefined;
    const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...value } = row;
    const { runId, shard, sid } = key;
    return { runId, shard, sid, ...value } as Row as Row & Delivery;
  }

  async report(key: DeliveryKey, what: keyof Reported): Promise<'counted' | 'already' | 'missing'> {
    try {
      await this.#client.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName: this.#table,
                Key: keyOf(key),
                UpdateExpression: 'SET #reported = list_append(if_not_exists(#reported, :none), :what)',
                ConditionExpression: 'attribute_exists(pk) AND NOT contains(#reported, :word)',
                ExpressionAttributeNames: { '#reported': 'reported' },
                ExpressionAttributeValues: { ':none': [], ':what': [what], ':word': what },
              },
            },
            {
              Update: {
                TableName: this.#table,
                Key: reportedKey(key.runId),
                UpdateExpression: 'ADD #what :one SET expiresAt = :expiresAt',
                ExpressionAttributeNames: { '#what': what },
                ExpressionAttributeValues: { ':one': 1, ':expiresAt': this.#expiresAt(keptDays) },
              },
            },
          ],
        }),
      );
      return 'counted';
    } catch (error) {
      const failed =
        error instanceof TransactionCanceledException &&
        error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed';
      if (!failed) throw error;
      return (await this.get(key)) === undefined ? 'missing' : 'already';
    }
  }

  async reported(runId: string): Promise<Reported> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: reportedKey(runId), ConsistentRead: true }),
    );
    const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...counts } = row ?? {};
    return { ...noneReported, ...counts };
  }

  async transientBounce(sid: string, messageId: string, at: string): Promise<number> {
    const pk = `BOUNCE#${sid}`;
    await this.#client.send(
      new PutCommand({
        TableName: this.#table,
        Item: { pk, sk: `${at}#${messageId}`, expiresAt: this.#expiresAt(transientBounceDays + 1) },
      }),
    );
    const since = isoMillis(Temporal.Instant.from(at).subtract({ hours: 24 * transientBounceDays }));
    const { Count: count = 0 } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :since AND :at',
        // '~' sorts behind every character of a message id.
        ExpressionAttributeValues: { ':pk': pk, ':since': `${since}#~`, ':at': `${at}#~` },
        ConsistentRead: true,
        Select: 'COUNT',
      }),
    );
    return count;
  }

  /** `false` when the condition did not hold. */
  async #written(command: PutCommand | UpdateCommand): Promise<boolean> {
    try {
      await (command instanceof PutCommand ? this.#client.send(command) : this.#client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  #expiresAt(days: number): number {
    return epochSeconds(this.#clock.now()) + days * 86_400;
  }
}

const keyOf = ({ runId, shard, sid }: DeliveryKey) => ({ pk: `D#${runId}#${shard}`, sk: sid });
const reportedKey = (runId: string) => ({ pk: `RUN#${runId}`, sk: 'REPORTED' });
