import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handleEach } from '../platform/batch.ts';
import { handleFeedback, type FeedbackParts } from './feedback.ts';
import { snsEnvelope } from './ses-event.ts';

/** Receives the `feedback` queue: SES's events, in SNS's envelope. */
export const receiveFeedback =
  (parts: FeedbackParts) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleEach(event, snsEnvelope, parts.log, async (envelope) => {
      await handleFeedback(parts, envelope);
    });
