import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DeadLetters, type PipelineQueue } from './queues.ts';

export interface MailStreamsProps {
  /** Gets every event of every mail, in SNS's envelope. */
  readonly feedback: PipelineQueue;
  readonly messageKey: Key;
}

/**
 * Digests and announcements in one stream, confirmations in another: SES pauses, counts and reports them apart, so a bad
 * digest does not keep anyone from signing up.
 */
export class MailStreams extends Construct {
  readonly bulk: ConfigurationSet;
  readonly transactional: ConfigurationSet;
  /** Events that could not be put into the feedback queue. */
  readonly lostEvents: DeadLetters;

  constructor(scope: Construct, id: string, props: MailStreamsProps) {
    super(scope, id);
    const events = new Topic(this, 'Events', { masterKey: props.messageKey, enforceSSL: true });
    this.lostEvents = new DeadLetters(this, 'LostEvents');
    events.addSubscription(new SqsSubscription(props.feedback, { deadLetterQueue: this.lostEvents }));
    this.bulk = this.#stream('Bulk', events);
    this.transactional = this.#stream('Transactional', events);
  }

  #stream(id: string, events: Topic): ConfigurationSet {
    const set = new ConfigurationSet(this, id, {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
      sendingEnabled: true,
    });
    set.addEventDestination('ToFeedback', {
      destination: EventDestination.snsTopic(events),
      // No opens or clicks: nobody is tracked.
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    return set;
  }
}
