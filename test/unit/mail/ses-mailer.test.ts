import { execFile } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { SESClient } from '@aws-sdk/client-ses';
import { SesMailer } from '../../../functions/mail/ses-mailer.ts';

/** SES v1 over real HTTP, answering as each test wants. Counts calls: the mailer must not repeat one. */
let server: Server;
let calls: URLSearchParams[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
});

const client = (port = (server.address() as AddressInfo).port): SESClient =>
  new SESClient({
    maxAttempts: 1,
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
const mailer = (port?: number): SesMailer => new SesMailer(client(port), 'herold-bulk');

const mail = {
  to: 'ada@mail.example',
  raw: Buffer.from('Subject: Grüße\r\n\r\nText'),
  tags: { run: 'digest-daily-2026-11-24', shard: '3', sid: 'abc' },
};

const xml = (status: number, body: string) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
const result = (action: string, body: string) =>
  xml(
    200,
    `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${body}</${action}Result></${action}Response>`,
  );
const refusal = (status: number, code: string, message: string) =>
  xml(
    status,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  );

test('a mail that SES takes is accepted, with its envelope, its tags and its bytes as they are', async () => {
  answer = result('SendRawEmail', '<MessageId>0100-7</MessageId>');
  expect(await mailer().send(mail)).toEqual({ outcome: 'accepted', messageId: '0100-7' });
  const [call] = calls;
  expect(Buffer.from(call?.get('RawMessage.Data') ?? '', 'base64')).toEqual(mail.raw);
  expect(Object.fromEntries(call ?? [])).toMatchObject({
    Action: 'SendRawEmail',
    ConfigurationSetName: 'herold-bulk',
    'Destinations.member.1': 'ada@mail.example',
    'Tags.member.1.Name': 'run',
    'Tags.member.1.Value': 'digest-daily-2026-11-24',
    'Tags.member.3.Name': 'sid',
    'Tags.member.3.Value': 'abc',
  });
});

// Texts as SES writes them: https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
test.each([
  ['Throttling', 'Maximum sending rate exceeded.', { outcome: 'refused', reason: 'rate-exceeded' }],
  ['Throttling', 'Daily message quota exceeded.', { outcome: 'refused', reason: 'quota-exceeded' }],
  ['LimitExceededException', 'Too many.', { outcome: 'refused', reason: 'rate-exceeded' }],
  [
    'AccountSendingPausedException',
    'Email sending is disabled.',
    { outcome: 'refused', reason: 'sending-paused' },
  ],
  ['ConfigurationSetSendingPausedException', 'Paused.', { outcome: 'refused', reason: 'sending-paused' }],
  [
    'MessageRejected',
    'Email address is not verified. The following identities failed the check: newsletter@portal.example',
    { outcome: 'refused', reason: 'misconfigured' },
  ],
  ['MessageRejected', 'Address blacklisted.', { outcome: 'failed', reason: 'Address blacklisted.' }],
  [
    'InvalidParameterValue',
    'Domain contains illegal character',
    { outcome: 'failed', reason: 'Domain contains illegal character' },
  ],
  // What it says goes to the ledger and the log.
  [
    'InvalidParameterValue',
    'Illegal address: Ada &lt;ada@mail.example&gt;, domain mail.example is unknown, ADA@MAIL.EXAMPLE too',
    {
      outcome: 'failed',
      reason: 'Illegal address: Ada <<address>>, domain <domain> is unknown, <address> too',
    },
  ],
  ['ConfigurationSetDoesNotExist', 'No such set.', { outcome: 'refused', reason: 'misconfigured' }],
  ['MailFromDomainNotVerifiedException', 'No.', { outcome: 'refused', reason: 'misconfigured' }],
  ['AccessDenied', 'No.', { outcome: 'refused', reason: 'misconfigured' }],
])('%s, "%s"', async (code, message, outcome) => {
  answer = refusal(400, code, message);
  expect(await mailer().send(mail)).toEqual(outcome);
  expect(calls).toHaveLength(1);
});

describe('of what has no clear answer, nothing is assumed and nothing repeated', () => {
  test.each([
    ['an error of SES itself', refusal(500, 'InternalFailure', 'x')],
    ['an overloaded SES', refusal(503, 'ServiceUnavailable', 'x')],
    ['a gateway before it', xml(502, '<html>Bad Gateway</html>')],
    ['an answer without a message id', result('SendRawEmail', '')],
    ['an answer that is no XML', xml(200, 'hm')],
    ['a connection that breaks', (response: ServerResponse) => void response.destroy()],
    [
      'a connection that breaks within the answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '500' });
        response.write('<SendRawEmailResponse>');
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])('%s', async (_name, how) => {
    answer = how;
    expect(await mailer().send(mail)).toMatchObject({ outcome: 'unknown' });
    expect(calls).toHaveLength(1);
  });

  test('an answer that does not come in time', async () => {
    answer = () => undefined;
    expect(await new SesMailer(client(), 'herold-bulk', 150).send(mail)).toMatchObject({
      outcome: 'unknown',
    });
    expect(calls).toHaveLength(1);
  });
});

test('without a connection no byte has left, so it may be tried again', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  // In a process of its own: errors of Node are none of the SDK's realm in Jest, and lose their code there.
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    `import { SESClient } from '@aws-sdk/client-ses';
       import { SesMailer } from './functions/mail/ses-mailer.ts';
       const client = new SESClient({
         maxAttempts: 1,
         endpoint: 'http://127.0.0.1:${port}',
         region: 'eu-central-1',
         credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
       });
       const mail = { to: 'ada@mail.example', raw: Buffer.from('x'), tags: {} };
       console.log(JSON.stringify(await new SesMailer(client, 'herold-bulk').send(mail)));`,
  ]);
  expect(JSON.parse(stdout)).toEqual({ outcome: 'refused', reason: 'unreachable' });
});

test('the quota is as SES says; -1 is none', async () => {
  const quota = (daily: number): string =>
    `<Max24HourSend>${daily}.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>7.0</SentLast24Hours>`;
  answer = result('GetSendQuota', quota(50_000));
  expect(await mailer().quota()).toEqual({ maxPerSecond: 14, maxPer24Hours: 50_000, sentLast24Hours: 7 });
  answer = result('GetSendQuota', quota(-1));
  expect(await mailer().quota()).toMatchObject({ maxPer24Hours: Infinity });
  answer = result('GetSendQuota', '');
  await expect(mailer().quota()).rejects.toThrow('SES told no quota');
});
