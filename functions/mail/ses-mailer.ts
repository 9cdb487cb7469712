import {
  GetSendQuotaCommand,
  SendRawEmailCommand,
  SESServiceException,
  type SESClient,
} from '@aws-sdk/client-ses';
import type { Mailer, OutgoingMail, Refusal, SendOutcome, SendQuota } from './mailer.ts';

/** Well below the lease of a delivery, so that a claim outlives the call that it stands for. */
const defaultAnswerTimeoutMs = 20_000;

/** Sends through `SendRawEmail` of a client that tries once (`sesClient()`), under one configuration set. */
export class SesMailer implements Mailer {
  readonly #client: SESClient;
  readonly #configurationSet: string;
  readonly #answerTimeoutMs: number;

  /** @param answerTimeoutMs after it, the outcome is unknown; in milliseconds */
  constructor(client: SESClient, configurationSet: string, answerTimeoutMs = defaultAnswerTimeoutMs) {
    this.#client = client;
    this.#configurationSet = configurationSet;
    this.#answerTimeoutMs = answerTimeoutMs;
  }

  async send({ to, raw, tags }: OutgoingMail): Promise<SendOutcome> {
    try {
      const { MessageId: messageId } = await this.#client.send(
        new SendRawEmailCommand({
          Destinations: [to],
          RawMessage: { Data: raw },
          ConfigurationSetName: this.#configurationSet,
          Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
        { abortSignal: AbortSignal.timeout(this.#answerTimeoutMs) },
      );
      if (messageId === undefined) return { outcome: 'unknown', reason: 'no message id' };
      return { outcome: 'accepted', messageId };
    } catch (error) {
      return outcomeOf(error, to);
    }
  }

  async quota(): Promise<SendQuota> {
    const quota = await this.#client.send(new GetSendQuotaCommand({}));
    if (quota.MaxSendRate === undefined || quota.Max24HourSend === undefined) {
      throw new Error('SES told no quota');
    }
    return {
      maxPerSecond: quota.MaxSendRate,
      // SES writes -1 for an account without a daily limit.
      maxPer24Hours: quota.Max24HourSend < 0 ? Infinity : quota.Max24HourSend,
      sentLast24Hours: quota.SentLast24Hours ?? 0,
    };
  }
}

/** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html#API_SendRawEmail_Errors */
function outcomeOf(error: unknown, to: string): SendOutcome {
  if (!(error instanceof SESServiceException)) return connectionOutcome(error);
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status < 400 || status >= 500) return { outcome: 'unknown', reason: `${error.name} (${status})` };
  const refused = (reason: Refusal): SendOutcome => ({ outcome: 'refused', reason });
  switch (error.name) {
    case 'Throttling':
    case 'ThrottlingException':
    case 'TooManyRequestsException':
    case 'LimitExceededException':
      // One code for both limits; only the text tells them apart
      // (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html).
      return refused(/daily/i.test(error.message) ? 'quota-exceeded' : 'rate-exceeded');
    case 'AccountSendingPausedException':
    case 'ConfigurationSetSendingPausedException':
      return refused('sending-paused');
    case 'MessageRejected':
      // An identity that is not verified concerns the sender, or the sandbox; the next address would fare no better.
      if (/not verified/i.test(error.message)) return refused('misconfigured');
      return { outcome: 'failed', reason: withoutAddress(error.message, to) };
    case 'InvalidParameterValue':
    case 'ValidationError':
      return { outcome: 'failed', reason: withoutAddress(error.message, to) };
    default:
      return refused('misconfigured');
  }
}

/** SES may quote what it did not like; the ledger and the log, which keep the reason, hold no address. */
function withoutAddress(message: string, to: string): string {
  const domain = to.slice(to.lastIndexOf('@') + 1);
  return message
    .replaceAll(to, '<address>')
    .replaceAll(domain, '<domain>')
    .replace(/[^\s<>"'@]+@[^\s<>"']+/g, '<address>');
}

/** Errors of setting up a connection: https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function connectionOutcome(error: unknown): SendOutcome {
  const { code, name } = error as { code?: unknown; name?: string };
  if (typeof code === 'string' && neverConnected.includes(code)) {
    return { outcome: 'refused', reason: 'unreachable' };
  }
  return { outcome: 'unknown', reason: typeof code === 'string' ? code : (name ?? 'fault') };
}
