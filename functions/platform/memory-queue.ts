import type { Queue, SendOptions } from './queue.ts';
import { copyOf } from './copy.ts';

/** A queue that only takes: tests read {@link MemoryQueue.sent}, and empty it as they like. */
export class MemoryQueue<M> implements Queue<M> {
  readonly sent: { message: M; delaySeconds: number }[] = [];

  async send(messages: readonly M[], options: SendOptions = {}): Promise<void> {
    for (const message of messages) {
      this.sent.push({ message: copyOf(message), delaySeconds: options.delaySeconds ?? 0 });
    }
  }

  /** Takes all messages out. */
  drain(): M[] {
    return this.sent.splice(0).map(({ message }) => message);
  }
}
