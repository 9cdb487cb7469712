import { Match, Template } from 'aws-cdk-lib/assertions';
import { queueNames, queues } from '../../config/queues.ts';
import { stageNamed } from '../../config/stages.ts';
import { syncSourcesEnv } from '../../functions/ingest/sync-sources.env.ts';
import { PipelineFunction } from '../../lib/pipeline-function.ts';
import { portalApp, resourcesOf } from '../support/portal.ts';

const { pipeline, data, edge, firewall } = portalApp('prod');
const template = Template.fromStack(pipeline);
const propertiesOf = (type: string) =>
  resourcesOf(template).flatMap(([, { Type, Properties }]) => (Type === type ? [Properties] : []));

test.each(Object.entries(queues))(
  'the queue %s gives up after finite receives, into dead letters',
  (_name, queue) => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: queue.visibilityTimeoutSeconds,
      RedrivePolicy: { maxReceiveCount: queue.maxReceives, deadLetterTargetArn: Match.anyValue() },
      SqsManagedSseEnabled: true,
    });
  },
);

test('consumers get a sixth of the visibility timeout, report single failures, and are as many as the queue says', () => {
  const mappings = propertiesOf('AWS::Lambda::EventSourceMapping');
  const ofQueues = mappings.filter(({ ScalingConfig }) => ScalingConfig !== undefined);
  expect(ofQueues).toHaveLength(queueNames.length);
  for (const { FunctionResponseTypes } of mappings) {
    expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  }
  for (const name of queueNames) {
    const { consumerTimeout, definition } = pipeline.queues[name];
    expect(consumerTimeout.toSeconds() * 6).toBeLessThanOrEqual(definition.visibilityTimeoutSeconds);
  }
});

test('the stream is read with finite retries, and what fails ends in dead letters', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 21600,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  });
});

test('schedules try three times within a minute, not 185 times within a day, and then leave a dead letter', () => {
  const schedules = propertiesOf('AWS::Scheduler::Schedule');
  expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression).sort()).toEqual([
    'rate(1 minute)',
    'rate(5 minutes)',
  ]);
  for (const { Target } of schedules) {
    expect(Target).toMatchObject({
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: expect.anything() as unknown },
    });
  }
});

test('what is started without a queue leaves a dead letter too, after finite retries', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::Lambda::EventInvokeConfig'))) {
    expect(Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: {} },
    });
  }
});

test('every function runs on the pinned runtime and logs JSON into a group with retention', () => {
  for (const [id, { Type, Properties }] of resourcesOf(template)) {
    if (Type === 'AWS::Logs::LogGroup') expect([id, Properties.RetentionInDays]).toEqual([id, 90]);
    if (Type !== 'AWS::Lambda::Function' || Properties.Handler !== 'index.handler') continue;
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.anything() as unknown },
    });
  }
});

test('queues, topics and buckets are reached by TLS alone', () => {
  for (const stack of [pipeline, data]) {
    const policies = resourcesOf(Template.fromStack(stack)).filter(([, { Type }]) =>
      ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'].includes(Type),
    );
    expect(policies.length).toBeGreaterThan(0);
    for (const [, { Properties }] of policies) {
      expect(JSON.stringify(Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
    }
  }
});

test('SES: both streams insist on TLS, suppress what bounced or complained, and report everything', () => {
  const sets = Object.values(template.findResources('AWS::SES::ConfigurationSet'));
  expect(sets).toHaveLength(2);
  for (const { Properties } of sets) {
    expect(Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
  }
  for (const { Properties } of Object.values(
    template.findResources('AWS::SES::ConfigurationSetEventDestination'),
  )) {
    const { EventDestination } = Properties as { EventDestination: { MatchingEventTypes: string[] } };
    expect(EventDestination.MatchingEventTypes).toEqual(
      expect.arrayContaining(['send', 'reject', 'bounce', 'complaint', 'delivery', 'deliveryDelay']),
    );
    expect(EventDestination.MatchingEventTypes).not.toContain('open');
    expect(EventDestination.MatchingEventTypes).not.toContain('click');
  }
});

test('SES: the sending domain has DKIM, a MAIL FROM of its own, and DMARC', () => {
  const mail = Template.fromStack(data);
  mail.hasResourceProperties('AWS::SES::EmailIdentity', {
    EmailIdentity: 'portal-jugendhilfe.example',
    MailFromAttributes: { MailFromDomain: 'mail.portal-jugendhilfe.example' },
  });
  mail.hasResourceProperties('AWS::Route53::RecordSet', {
    Name: '_dmarc.portal-jugendhilfe.example.',
    ResourceRecords: [Match.stringLikeRegexp('v=DMARC1; p=quarantine')],
  });
});

test('tables: backups, streams and expiry as defined, protected against deletion', () => {
  const stack = Template.fromStack(data);
  stack.allResourcesProperties('AWS::DynamoDB::Table', {
    DeletionProtectionEnabled: true,
    BillingMode: 'PAY_PER_REQUEST',
    WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 },
  });
  stack.hasResourceProperties('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  stack.hasResourceProperties('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});

test('the edge: feeds from S3, pages from the API with every method, rate rules before both', () => {
  Template.fromStack(edge).hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      CacheBehaviors: [
        Match.objectLike({ PathPattern: '/feeds/*.*', AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] }),
      ],
      DefaultCacheBehavior: Match.objectLike({
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: Match.arrayWith(['POST']),
      }),
      WebACLId: Match.anyValue(),
      ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
    },
  });
  Template.fromStack(firewall).hasResourceProperties('AWS::WAFv2::WebACL', {
    Rules: Match.arrayWith([
      Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 2000 }) } }),
      Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 50 }) } }),
    ]),
  });
});

describe('who is turned away by the firewall reads why in German', () => {
  const [acl] = Object.values(Template.fromStack(firewall).findResources('AWS::WAFv2::WebACL'));
  const { CustomResponseBodies: bodies, Rules: rules } = acl?.Properties as {
    CustomResponseBodies: Record<string, { Content: string; ContentType: string }>;
    Rules: FirewallRule[];
  };
  const pageOf = ({ Block }: FirewallAction): string => {
    const body = bodies[Block?.CustomResponse.CustomResponseBodyKey ?? ''];
    expect(body?.ContentType).toBe('TEXT_HTML');
    // CloudFormation may replace other letters; WAF takes 4 KB.
    expect(body?.Content).toMatch(/^[\n -~]{100,4096}$/);
    return body?.Content ?? '';
  };

  test('for too many requests: when to come back', () => {
    const actions = rules.flatMap(({ Action }) => (Action === undefined ? [] : [Action]));
    expect(actions).toHaveLength(2);
    for (const action of actions) {
      expect(action.Block?.CustomResponse).toMatchObject({
        ResponseCode: 429,
        ResponseHeaders: [{ Name: 'Retry-After', Value: '300' }],
      });
      expect(pageOf(action)).toMatch(/<html lang="de">[^]*f&#252;nf Minuten/);
    }
  });

  test('for what looks like an attack to AWS’s rules: whom to write to, and they block as AWS means them to', () => {
    const groups = rules.flatMap(({ Statement, OverrideAction }) =>
      Statement.ManagedRuleGroupStatement === undefined
        ? []
        : [{ ...Statement.ManagedRuleGroupStatement, OverrideAction }],
    );
    expect(groups).toHaveLength(3);
    const overrides = groups.flatMap(({ RuleActionOverrides }) => RuleActionOverrides);
    for (const { OverrideAction } of groups) expect(OverrideAction).toEqual({ None: {} });
    const [blocked, counted] = [overrides.filter(isBlock), overrides.filter((one) => !isBlock(one))];
    expect(counted).toEqual([{ Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } }]);
    expect(blocked.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['AWSManagedIPReputationList', 'Log4JRCE_BODY', 'CrossSiteScripting_BODY']),
    );
    // AWS counts these alone, which are no sign of an attack.
    expect(blocked.map(({ Name }) => Name)).not.toContain('AWSManagedIPDDoSList');
    for (const { ActionToUse } of blocked) {
      expect(ActionToUse.Block?.CustomResponse.ResponseCode).toBe(403);
      expect(pageOf(ActionToUse)).toMatch(/<html lang="de">[^]*redaktion@portal-jugendhilfe\.example/);
    }
  });

  const isBlock = ({ ActionToUse }: { ActionToUse: FirewallAction }) => ActionToUse.Block !== undefined;
  interface FirewallAction {
    Block?: { CustomResponse: { ResponseCode: number; CustomResponseBodyKey: string } };
  }
  interface FirewallRule {
    Action?: FirewallAction;
    OverrideAction?: unknown;
    Statement: {
      ManagedRuleGroupStatement?: { RuleActionOverrides: { Name: string; ActionToUse: FirewallAction }[] };
    };
  }
});

test('the edge proves itself by a key that no template holds: one is sent, every named one is taken', () => {
  const { edge: changing, pipeline: behind } = portalApp('prod', {
    ...stageNamed('prod'),
    edgeKeys: ['k2', 'k1'],
  });
  const sentBy = (stack: typeof edge) =>
    JSON.stringify(
      resourcesOf(Template.fromStack(stack)).find(([, { Type }]) => Type === 'AWS::CloudFront::Distribution'),
    ).match(/"HeaderName":"x-herold-edge-key".*?\}\]/g);
  expect(sentBy(edge)?.join()).toMatch(/\{\{resolve:secretsmanager:.*:SecretString:k1::\}\}/);
  expect(sentBy(changing)?.join()).toMatch(/:SecretString:k2::\}\}/);
  const taken = JSON.stringify(
    resourcesOf(Template.fromStack(behind)).flatMap(([, { Properties }]) =>
      Properties['Handler'] === 'index.handler' ? [Properties['Environment']] : [],
    ),
  );
  expect(taken.match(/:SecretString:k[12]::/g)).toEqual([':SecretString:k2::', ':SecretString:k1::']);
  Template.fromStack(edge).hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { GenerateStringKey: 'k1', PasswordLength: 40, ExcludePunctuation: true },
  });
});

test('the access log of pages holds no address, path or query of a reader', () => {
  const [stage] = Object.values(Template.fromStack(edge).findResources('AWS::ApiGatewayV2::Stage'));
  const { Format } = (stage?.Properties as { AccessLogSettings: { Format: string } }).AccessLogSettings;
  expect(Format).not.toMatch(/sourceIp|\$context\.path|rawPath|queryString|userAgent/i);
});

test('a variable that is missing, or one too many, does not compile', () => {
  const make = (environment: { CONTENT_TABLE: string }) => () =>
    new PipelineFunction(pipeline, 'Never', {
      entry: 'functions/ingest/sync-sources.handler.ts',
      env: syncSourcesEnv,
      environment,
      logDays: 14,
    });
  expect(make).toBeDefined();
  type Props = ConstructorParameters<typeof PipelineFunction<typeof syncSourcesEnv>>[2];
  // @ts-expect-error CONTENT_TABLE is missing
  const missing: Props['environment'] = {};
  // @ts-expect-error FEED_BUCKET is one too many
  const stray: Props['environment'] = { CONTENT_TABLE: 'content', FEED_BUCKET: 'feeds' };
  expect([missing, stray]).toHaveLength(2);
});
