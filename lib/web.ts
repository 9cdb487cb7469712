import { Duration, Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { pageSeconds } from '../config/page-time.ts';
import type { Stage } from '../config/stages.ts';
import { webEnv } from '../functions/web/env.ts';
import type { EdgeKeys } from './edge-keys.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PipelineQueues } from './queues.ts';
import type { Tables } from './tables.ts';

export interface WebProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly queues: PipelineQueues;
  readonly archive: IBucket;
  readonly keyring: ISecret;
  readonly api: IHttpApi;
  readonly portalBaseUrl: string;
  readonly edgeKeys: EdgeKeys;
}

/** Pages, sign-up and preferences. */
export class Web extends Construct {
  readonly pages: PipelineFunction;

  constructor(scope: Construct, id: string, props: WebProps) {
    super(scope, id);
    const { stage, tables, queues, archive, keyring, api, portalBaseUrl, edgeKeys } = props;
    this.pages = new PipelineFunction(this, 'Pages', {
      entry: 'functions/web/web.handler.ts',
      env: webEnv,
      environment: {
        CONTENT_TABLE: tables.content.tableName,
        PORTAL_BASE_URL: portalBaseUrl,
        SUBSCRIBERS_TABLE: tables.subscribers.tableName,
        DISPATCH_TABLE: tables.dispatch.tableName,
        TRANSACTIONAL_QUEUE_URL: queues.transactional.queueUrl,
        ARCHIVE_BUCKET: archive.bucketName,
        KEYRING_SECRET: keyring.secretArn,
        SHARD_COUNT: String(stage.shardCount),
        EDGE_KEYS: edgeKeys.accepted,
      },
      logDays: stage.retention.logDays,
      memorySize: 1024,
      // The API waits for 30 seconds at most; nobody else does.
      timeout: Duration.seconds(pageSeconds),
    });
    this.pages.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      tables.content.tableArn,
    );
    this.pages.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      tables.subscribers.tableArn,
    );
    this.pages.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.dispatch.tableArn);
    this.pages.allow(['sqs:SendMessage'], queues.transactional.queueArn);
    this.pages.allow(['secretsmanager:GetSecretValue'], keyring.secretArn);
    this.pages.allowPattern(
      ['s3:PutObject'],
      archive.arnForObjects('erasures/*'),
      'The list of erasures, named by keyed hash below this prefix.',
    );

    const integration = new HttpLambdaIntegration('Pages', this.pages);
    const all = new HttpRoute(this, 'All', { httpApi: api, routeKey: HttpRouteKey.DEFAULT, integration });
    // A route of its own, so that sign-ups can be counted without logging what people look at.
    const signUps = new HttpRoute(this, 'SignUps', {
      httpApi: api,
      routeKey: HttpRouteKey.with(signUpPath, HttpMethod.POST),
      integration,
    });
    for (const route of [all, signUps]) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The portal is public; what concerns one person asks for the token in their mail.',
      });
    }
  }
}

const signUpPath = '/anmeldung';

/** As the API's access log names the route. */
export const signUpRoute = `POST ${signUpPath}`;
