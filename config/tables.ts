/**
 * The tables, once: the CDK, the local host and the tests all make them from here, so they can't drift.
 * They differ in who may read them, how they are backed up, and how long rows live.
 */
export interface TableDefinition {
  /** Partition and sort key are strings named `pk` and `sk` in every table. */
  readonly pointInTimeRecovery: boolean;
  readonly stream: 'new-and-old-images' | undefined;
  /** Attribute with the epoch second after which a row counts as gone. Deletion lags, so reads filter on it. */
  readonly timeToLive: 'expiresAt' | undefined;
  /** The variable that tells a function the table's name. */
  readonly environmentName: string;
}

export const tables = {
  content: {
    pointInTimeRecovery: true,
    stream: 'new-and-old-images',
    timeToLive: undefined,
    environmentName: 'CONTENT_TABLE',
  },
  subscribers: {
    pointInTimeRecovery: true,
    stream: undefined,
    timeToLive: 'expiresAt',
    environmentName: 'SUBSCRIBERS_TABLE',
  },
  dispatch: {
    pointInTimeRecovery: false,
    stream: undefined,
    timeToLive: 'expiresAt',
    environmentName: 'DISPATCH_TABLE',
  },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;
