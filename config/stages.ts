import * as z from 'zod';
import { checked } from './checked.ts';

/** Days that CloudWatch Logs knows as a retention (PutRetentionPolicy). */
const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const certificateArn = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/;

const tableOverride = z.strictObject({
  name: z.string().regex(/^[\w.-]{3,255}$/, 'must be the name of a DynamoDB table'),
  /** As `aws dynamodb describe-table` shows it after the stream was switched on; only the content table has one. */
  streamArn: z.string().startsWith('arn:aws:dynamodb:').optional(),
});

export const stageSchema = z.strictObject({
  account: z
    .string()
    .regex(
      /^\d{12}$/,
      'must be the 12 digits of an AWS account, as text; "aws sts get-caller-identity" shows it',
    ),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1'),
  /** Where people reach the portal. */
  domain: z.discriminatedUnion(
    'at',
    [
      /** No domain of its own: CloudFront's address. */
      z.strictObject({ at: z.literal('cloudfront') }),
      /** A name in a Route 53 zone of the same account; certificate and records are made. */
      z.strictObject({
        at: z.literal('route53'),
        name: z.hostname('must be a host name such as portal.example.org'),
        zoneName: z.hostname('must be the name of a hosted zone such as example.org'),
        hostedZoneId: z
          .string()
          .regex(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone such as Z0123456789ABC'),
      }),
      /** A name that someone else's DNS answers for; its records are printed. */
      z.strictObject({
        at: z.literal('elsewhere'),
        name: z.hostname('must be a host name such as portal.example.org'),
        certificateArn: z
          .string()
          .regex(
            certificateArn,
            'must be the ARN of an issued ACM certificate in us-east-1 (CloudFront takes no other)',
          ),
      }),
    ],
    { error: 'must have "at": "cloudfront", "route53" or "elsewhere"' },
  ),
  /** Whom mails come from, and what is verified with SES for it: the whole domain, or this one address. */
  sender: z.strictObject({
    address: z.email('must be a mail address'),
    identity: z.enum(['domain', 'address'], 'must be "domain" or "address"'),
  }),
  /** A list while the account is in SES's sandbox or the stage is for trying: nobody else gets mail, whatever is stored. */
  recipients: z.union([z.literal('everyone'), z.array(z.email('must be a mail address')).min(1)], {
    error: 'must be "everyone" or a list of mail addresses',
  }),
  alarmAddress: z.email('must be the mail address that alarms go to'),
  retention: z.strictObject({
    logDays: z.literal(logDays, `must be one of ${logDays.join(', ')} (CloudWatch Logs)`),
    /** How long editions, unreadable source feeds and the list of erasures are kept. */
    archiveDays: z.int().min(36, 'must be at least 36: the list of erasures outlives backups (35 days)'),
  }),
  rates: z.strictObject({
    /** Requests of one address in five minutes before the firewall blocks it; AWS WAF's least is 10. */
    requestsPer5Minutes: z.int().min(100, 'must be at least 100: an office shares one address'),
    /** The same for the sign-up form alone. */
    signUpsPer5Minutes: z.int().min(10, 'must be at least 10 (AWS WAF)'),
    /** What the HTTP API lets through in a second, of everyone together. */
    pagesPerSecond: z.int().min(1),
    /** Sign-ups in an hour above which someone should look. */
    signUpAlarmPerHour: z.int().min(1),
  }),
  /** Shards of subscribers, so workers of one run. Fixed at the first deployment: another number loses everyone's row. */
  shardCount: z
    .int()
    .min(1)
    .max(1024)
    .refine((count) => (count & (count - 1)) === 0, 'must be a power of two, at most 1024'),
  /**
   * A CMS that wants to be told of changes of the editorial status, and the secret that the messages are signed with
   * (Secrets Manager, by its whole ARN; docs/operations.md, "Keys").
   */
  cmsWebhook: z
    .strictObject({
      url: z.url({ protocol: /^https$/, error: 'must begin with https://' }),
      secretArn: z
        .string()
        .regex(/^arn:aws:secretsmanager:[\w-]+:\d{12}:secret:.+-\w{6}$/, 'must be the whole ARN of a secret'),
    })
    .optional(),
  /**
   * Keys by which the edge proves itself to the HTTP API, by their names in its secret: the first is sent, all are
   * accepted. Two while they are changed (docs/operations.md, "The edge's key").
   */
  edgeKeys: z
    .array(z.string().regex(/^k\d+$/, 'must be a name such as k1'))
    .min(1)
    .default(['k1']),
  /** No ticks: nothing is polled, published or sent. For a standby, or while a table is restored (docs/operations.md). */
  clock: z.literal('stopped', 'must be "stopped", or not there at all').optional(),
  /** Tables restored from a backup under another name, in use instead of the stack's own (docs/operations.md). */
  restoredTables: z
    .strictObject({
      content: tableOverride.required().optional(),
      subscribers: tableOverride.optional(),
    })
    .optional(),
});

/** One deployment of Herold. */
export type Stage = z.infer<typeof stageSchema>;

/** Numbers that AWS's documentation uses for accounts that are nobody's. */
export const exampleAccounts = ['111111111111', '222222222222'];

export const stages: Readonly<Record<string, Stage>> = z.record(z.string(), stageSchema).parse(
  checked(
    'config/stages.ts',
    z.record(z.string().regex(/^[a-z][a-z0-9]{1,15}$/, 'must be a short word'), stageSchema),
    {
      /** For trying: no domain, SES's sandbox, mail to one address. */
      dev: {
        account: '111111111111',
        region: 'eu-central-1',
        domain: { at: 'cloudfront' },
        sender: { address: 'herold-dev@portal-jugendhilfe.example', identity: 'address' },
        recipients: ['herold-dev@portal-jugendhilfe.example'],
        alarmAddress: 'herold-dev@portal-jugendhilfe.example',
        retention: { logDays: 14, archiveDays: 36 },
        rates: {
          requestsPer5Minutes: 1000,
          signUpsPer5Minutes: 20,
          pagesPerSecond: 20,
          signUpAlarmPerHour: 20,
        },
        shardCount: 4,
      },
      prod: {
        account: '222222222222',
        region: 'eu-central-1',
        domain: {
          at: 'route53',
          name: 'www.portal-jugendhilfe.example',
          zoneName: 'portal-jugendhilfe.example',
          hostedZoneId: 'Z0123456789EXAMPLE',
        },
        sender: { address: 'herold@portal-jugendhilfe.example', identity: 'domain' },
        recipients: 'everyone',
        alarmAddress: 'betrieb@portal-jugendhilfe.example',
        retention: { logDays: 90, archiveDays: 400 },
        rates: {
          requestsPer5Minutes: 2000,
          signUpsPer5Minutes: 50,
          pagesPerSecond: 200,
          signUpAlarmPerHour: 300,
        },
        shardCount: 16,
      },
    },
  ),
);

/** @throws Error naming the stages there are */
export function stageNamed(name: string): Stage {
  const stage = stages[name];
  if (stage === undefined) {
    throw new Error(
      `There is no stage ${JSON.stringify(name)} in config/stages.ts. There are: ${Object.keys(stages).join(', ')}.`,
    );
  }
  return stage;
}

/** Where the deployment of a stage leaves the environment of its functions, as JSON: a parameter of Systems Manager. */
export const stageParameter = (stageName: string): string => `/herold/${stageName}/environment`;
