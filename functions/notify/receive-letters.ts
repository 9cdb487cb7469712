import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handleEach } from '../platform/batch.ts';
import type { Clock } from '../platform/time.ts';
import { transactionalMessage } from '../subscribers/transactional-message.ts';
import { sendTransactional, type TransactionalParts } from './transactional.ts';

/** Receives the `transactional` queue: mails that someone waits for. */
export const receiveLetters =
  (parts: TransactionalParts, clock: Clock) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleEach(event, transactionalMessage, parts.log, async (message) => {
      await sendTransactional(parts, message, clock.now());
    });
