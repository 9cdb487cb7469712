import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tables, type TableDefinition, type TableName } from '../config/tables.ts';
import type { Stage } from '../config/stages.ts';

export interface TablesProps {
  /** Tables to use instead of the ones made here, which stay as they are. */
  readonly restored?: Stage['restoredTables'];
}

/** The tables of `config/tables.ts`. They outlive the stack, and can't be deleted by mistake. */
export class Tables extends Construct {
  readonly content: ITable;
  readonly subscribers: ITable;
  readonly dispatch: ITable;

  constructor(scope: Construct, id: string, props: TablesProps = {}) {
    super(scope, id);
    this.content = this.#table('content', props.restored?.content);
    this.subscribers = this.#table('subscribers', props.restored?.subscribers);
    this.dispatch = this.#table('dispatch', undefined);
  }

  #table(name: TableName, restored: { name: string; streamArn?: string } | undefined): ITable {
    const definition: TableDefinition = tables[name];
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    const table = new Table(this, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // What a new on-demand table takes anyway; written down, so that raising it before a great run is one number.
      warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000 },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: definition.pointInTimeRecovery },
      stream: definition.stream === undefined ? undefined : StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: definition.timeToLive,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (restored === undefined) return table;
    return Table.fromTableAttributes(this, `${id}Restored`, {
      tableName: restored.name,
      tableStreamArn: restored.streamArn,
    });
  }
}
