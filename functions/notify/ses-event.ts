import * as z from 'zod';

// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
// Only what is acted upon is asked for; SES adds fields as it likes.

const mail = z.object({
  messageId: z.string(),
  /** Each tag with a list of values; ours have one. */
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

const bounce = z.object({
  bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']),
  /** ISO 8601 */
  timestamp: z.string(),
});

export const sesEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), mail }),
  z.object({ eventType: z.literal('Delivery'), mail }),
  z.object({ eventType: z.literal('DeliveryDelay'), mail }),
  z.object({ eventType: z.literal('Bounce'), mail, bounce }),
  z.object({ eventType: z.literal('Complaint'), mail }),
  z.object({ eventType: z.literal('Reject'), mail }),
  z.object({ eventType: z.literal('Rendering Failure'), mail }),
]);

export type SesEvent = z.infer<typeof sesEvent>;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const snsEnvelope = z.object({ MessageId: z.string(), Message: z.string() });
export type SnsEnvelope = z.infer<typeof snsEnvelope>;
