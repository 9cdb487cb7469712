import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isDraft, readJson, writeWhole } from '../files.ts';

export interface Message {
  id: string;
  body: string;
  /** Epoch milliseconds by the host's clock, which can be moved. */
  sentAt: number;
  /** Not received before. */
  availableAt: number;
  firstReceivedAt?: number;
  receives: number;
}

export interface Received extends Message {
  receiptHandle: string;
}

export interface QueueSettings {
  visibilityTimeoutSeconds: number;
  maxReceives: number;
  /** Whoever wants a message to come later has it come after this. */
  longestDelaySeconds?: number;
}

/** One receive of a message; its handle holds until the message is received again. */
interface Receipt {
  id: string;
  /**
   * Hidden until then, in milliseconds of {@link performance.now}: a moved clock must not end the work of a handler that
   * is at it. `undefined` once the handler gave the message back.
   */
  until: number | undefined;
}

/**
 * A standard SQS queue with each message as a file: what was sent is kept when the process is killed. Whoever had
 * received a message is dead then too, so it can be received again at once.
 */
export class FileQueue {
  readonly settings: QueueSettings;
  readonly deadLetters: FileQueue | undefined;
  readonly #folder: string;
  readonly #messages = new Map<string, Message>();
  readonly #receipts = new Map<string, Receipt>();
  readonly #listeners = new Set<() => void>();

  constructor(folder: string, settings: QueueSettings, deadLetters?: FileQueue) {
    this.#folder = folder;
    this.settings = settings;
    this.deadLetters = deadLetters;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (isDraft(name)) unlinkSync(join(folder, name));
      else this.#take(readJson(join(folder, name)) as Message);
    }
  }

  /**
   * Keeps a message; it is on disk when this returns.
   *
   * @param id a message of the same id is replaced, so that a sender who can't know whether it sent may send again
   */
  send(
    body: string,
    { delaySeconds = 0, id = randomUUID() }: { delaySeconds?: number; id?: string } = {},
  ): string {
    const now = Date.now();
    const delayMs = Math.min(delaySeconds, this.settings.longestDelaySeconds ?? delaySeconds) * 1000;
    this.#write({ id, body, sentAt: now, availableAt: now + delayMs, receives: 0 });
    for (const listener of this.#listeners) listener();
    return id;
  }

  /** Hides up to `limit` messages for the visibility timeout. One received too often goes to the dead letters. */
  receive(limit: number, visibilityTimeoutSeconds = this.settings.visibilityTimeoutSeconds): Received[] {
    const received: Received[] = [];
    for (const message of this.#receivable()) {
      if (received.length === limit) break;
      if (this.deadLetters !== undefined && message.receives >= this.settings.maxReceives) {
        this.#giveUp(message, this.deadLetters);
        continue;
      }
      const counted: Message = {
        ...message,
        receives: message.receives + 1,
        firstReceivedAt: message.firstReceivedAt ?? Date.now(),
      };
      this.#write(counted);
      for (const [handle, { id }] of this.#receipts) if (id === message.id) this.#receipts.delete(handle);
      const receiptHandle = randomUUID();
      this.#receipts.set(receiptHandle, {
        id: message.id,
        until: performance.now() + visibilityTimeoutSeconds * 1000,
      });
      received.push({ ...counted, receiptHandle });
    }
    return received;
  }

  /** Deletes a received message. As in SQS, a handle that no longer holds is no error. */
  delete(receiptHandle: string): void {
    const id = this.#receipts.get(receiptHandle)?.id;
    this.#receipts.delete(receiptHandle);
    if (id === undefined || !this.#messages.delete(id)) return;
    unlinkSync(this.#path(id));
  }

  /**
   * Hides a received message for so long from now, whatever its timeout was.
   *
   * @returns false when the handle no longer holds
   */
  changeVisibility(receiptHandle: string, seconds: number): boolean {
    const receipt = this.#receipts.get(receiptHandle);
    const message = this.#messages.get(receipt?.id ?? '');
    if (receipt === undefined || message === undefined) return false;
    // By the host's clock from here on: who asks for a pause is about to let go of the message.
    receipt.until = undefined;
    this.#write({ ...message, availableAt: Date.now() + seconds * 1000 });
    return true;
  }

  /** Is the message still hidden for the one who received it under this handle? */
  isHeld(receiptHandle: string): boolean {
    return this.#receipts.get(receiptHandle)?.until !== undefined;
  }

  counts(): { visible: number; delayed: number; inFlight: number } {
    const inFlight = this.#hidden().size;
    const visible = this.#receivable().length;
    return { visible, delayed: this.#messages.size - visible - inFlight, inFlight };
  }

  /** All messages, oldest first. */
  list(): Message[] {
    return [...this.#messages.values()].sort((a, b) => a.sentAt - b.sentAt);
  }

  /** Sends every dead letter back to the queue that gave it up, with all receives ahead of it. */
  redriveTo(queue: FileQueue): number {
    const messages = this.list();
    for (const message of messages) {
      queue.send(message.body, { id: message.id });
      this.#messages.delete(message.id);
      unlinkSync(this.#path(message.id));
    }
    return messages.length;
  }

  onSend(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #hidden(): Set<string> {
    const now = performance.now();
    return new Set(
      [...this.#receipts.values()].flatMap(({ id, until }) =>
        until !== undefined && until > now ? [id] : [],
      ),
    );
  }

  #receivable(): Message[] {
    const hidden = this.#hidden();
    const now = Date.now();
    return [...this.#messages.values()].filter(
      ({ id, availableAt }) => availableAt <= now && !hidden.has(id),
    );
  }

  #giveUp(message: Message, deadLetters: FileQueue): void {
    renameSync(this.#path(message.id), deadLetters.#path(message.id));
    this.#messages.delete(message.id);
    deadLetters.#take(message);
  }

  #write(message: Message): void {
    writeWhole(this.#path(message.id), JSON.stringify(message));
    this.#take(message);
  }

  #take(message: Message): void {
    this.#messages.set(message.id, message);
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
