import { randomUUID } from 'node:crypto';
import { AwsError, xmlText, type AwsRequest, type AwsResponse, type AwsService } from './endpoint.ts';
import type { Outbox } from './outbox.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';
/** SES takes messages up to 40 MB in v2 and 10 MB in v1, after base64 (Amazon SES quotas). */
const maxMessageBytes = 10 * 1024 * 1024;
const dayMs = 86_400_000;

export interface SesLimits {
  maxPerSecond: number;
  maxPer24Hours: number;
}

/**
 * What Herold uses of Amazon SES v1 (Query protocol, XML answers): SendRawEmail and GetSendQuota.
 * A mail is in the outbox before its call is answered.
 */
export const sesService =
  (outbox: Outbox, limits: SesLimits): AwsService =>
  (request) => {
    const form = new URLSearchParams(request.body.toString());
    const action = form.get('Action') ?? '';
    try {
      if (action === 'SendRawEmail') return sendRawEmail(outbox, form, request);
      if (action === 'GetSendQuota') return getSendQuota(outbox, limits);
      throw new AwsError('InvalidAction', `The outbox does not know the action "${action}".`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return xml(
        error.status,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.code}</Code>` +
          `<Message>${xmlText(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      );
    }
  };

function sendRawEmail(outbox: Outbox, form: URLSearchParams, request: AwsRequest): AwsResponse {
  if (outbox.paused) {
    throw new AwsError('AccountSendingPausedException', 'Email sending is disabled for the account.');
  }
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw new AwsError('InvalidParameterValue', 'RawMessage.Data is empty.');
  if (request.body.length > maxMessageBytes * 2 || raw.length > maxMessageBytes) {
    throw new AwsError('InvalidParameterValue', `Message length is more than ${maxMessageBytes} bytes.`);
  }
  const destinations = members(form, 'Destinations.member.');
  if (destinations.length === 0) throw new AwsError('InvalidParameterValue', 'Destinations are missing.');
  const bad = destinations.find(
    (address) => !/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(address.replace(/^.*<(.*)>$/s, '$1')),
  );
  if (bad !== undefined)
    throw new AwsError('InvalidParameterValue', 'Local address contains control or whitespace');
  const messageId = outbox.accept(raw, {
    source: form.get('Source') ?? undefined,
    destinations,
    tags: Object.fromEntries(
      indices(form, 'Tags.member.').map((index) => [
        form.get(`Tags.member.${index}.Name`) ?? '',
        form.get(`Tags.member.${index}.Value`) ?? '',
      ]),
    ),
    configurationSet: form.get('ConfigurationSetName') ?? undefined,
  });
  // The answer must not wait for what SES reports later; if it never gets there, the next start reports it.
  setImmediate(() => outbox.report(messageId));
  return result('SendRawEmail', `<MessageId>${messageId}</MessageId>`);
}

function getSendQuota(outbox: Outbox, limits: SesLimits): AwsResponse {
  const since = Date.now() - dayMs;
  const sent = outbox.list().filter(({ acceptedAt }) => acceptedAt > since).length;
  return result(
    'GetSendQuota',
    `<Max24HourSend>${limits.maxPer24Hours}.0</Max24HourSend><MaxSendRate>${limits.maxPerSecond}.0</MaxSendRate>` +
      `<SentLast24Hours>${sent}.0</SentLast24Hours>`,
  );
}

const indices = (form: URLSearchParams, prefix: string): string[] => [
  ...new Set(
    [...form.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length).split('.')[0] ?? ''),
  ),
];

const members = (form: URLSearchParams, prefix: string): string[] =>
  indices(form, prefix).map((index) => form.get(`${prefix}${index}`) ?? '');

const result = (action: string, body: string): AwsResponse =>
  xml(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${body}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );

const xml = (status: number, body: string): AwsResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});
