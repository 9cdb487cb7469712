/** A queue that takes messages of one shape. At-least-once and unordered, as SQS standard queues are. */
export interface Queue<M> {
  /** Sends all messages. Rejects if any was not taken; some may have been, so messages must be idempotent. */
  send(messages: readonly M[], options?: SendOptions): Promise<void>;
}

export interface SendOptions {
  /** Seconds until the messages can be received, at most 900 (SQS limit). */
  delaySeconds?: number;
}
