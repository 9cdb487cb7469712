import { Duration, Validations } from 'aws-cdk-lib';
import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { webEnv } from '../functions/web/env.ts';
import type { LogDays } from './log-days.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { Tables } from './tables.ts';

export interface WebProps {
  readonly tables: Tables;
  readonly api: IHttpApi;
  readonly portalBaseUrl: string;
  readonly logDays: LogDays;
}

/** Pages, sign-up and preferences. */
export class Web extends Construct {
  readonly pages: PipelineFunction;

  constructor(scope: Construct, id: string, { tables, api, portalBaseUrl, logDays }: WebProps) {
    super(scope, id);
    this.pages = new PipelineFunction(this, 'Pages', {
      entry: 'functions/web/web.handler.ts',
      env: webEnv,
      environment: { CONTENT_TABLE: tables.content.tableName, PORTAL_BASE_URL: portalBaseUrl },
      logDays,
      memorySize: 1024,
      // The API waits for 30 seconds at most; nobody else does.
      timeout: Duration.seconds(15),
    });
    this.pages.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      tables.content.tableArn,
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
