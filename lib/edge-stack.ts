import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, Validations, type StackProps } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpStage, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AaaaRecord, ARecord, PublicHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';
import { edgeKeyHeader } from '../functions/web/env.ts';
import { feedHeadersCode } from './edge-feed-headers.ts';
import { EdgeKeys } from './edge-keys.ts';
import { retentionOf } from './log-days.ts';

export interface EdgeStackProps extends StackProps {
  readonly stage: Stage;
  readonly feeds: IBucket;
  readonly webAclArn: string;
  readonly certificate: ICertificate | undefined;
}

/**
 * Where people reach the portal: CloudFront before the feeds on S3 and the pages of the HTTP API. The API is made here,
 * without routes, so that the functions behind it can be told the portal's address.
 *
 * An HTTP API, not a function URL behind origin access control: that needs the hash of a body in a header, and a mailbox
 * provider's one-click POST (RFC 8058) has none.
 */
export class EdgeStack extends Stack {
  readonly api: IHttpApi;
  readonly apiStageName = '$default';
  /** One line for each request to the API: its route, never its path or query. */
  readonly requests: LogGroup;
  readonly distribution: Distribution;
  /** What proves to the functions that a request came by way of the distribution. */
  readonly keys: EdgeKeys;
  /** `https://…`, without a slash at its end. */
  readonly portalBaseUrl: string;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { stage } = props;
    this.requests = new LogGroup(this, 'Requests', {
      retention: retentionOf(stage.retention.logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = this.#pagesApi(stage);
    this.api = api;
    const domainName = stage.domain.at === 'cloudfront' ? undefined : stage.domain.name;

    this.keys = new EdgeKeys(this, 'Keys', { names: stage.edgeKeys });
    const pages = new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), {
      readTimeout: Duration.seconds(30),
      customHeaders: { [edgeKeyHeader]: this.keys.sent },
    });
    // By attributes: the bucket's own policy, in the data stack, lets CloudFront in already.
    const feeds = S3BucketOrigin.withOriginAccessControl(
      Bucket.fromBucketAttributes(this, 'Feeds', {
        bucketArn: props.feeds.bucketArn,
        bucketRegionalDomainName: props.feeds.bucketRegionalDomainName,
      }),
    );
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Herold: feeds and pages of the portal',
      domainNames: domainName === undefined ? undefined : [domainName],
      certificate: props.certificate,
      webAclId: props.webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion:
        props.certificate === undefined ? undefined : SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: pages,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: this.#pagesCache(),
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: this.#pagesHeaders(),
        compress: true,
      },
      additionalBehaviors: {
        // A name with an ending is a feed; `/feeds/` itself is a page.
        '/feeds/*.*': {
          // What is not there may have moved: pages answer with a redirect, or say that there is nothing. 403 is S3's
          // answer to whoever may not list the bucket.
          origin: new OriginGroup({
            primaryOrigin: feeds,
            fallbackOrigin: pages,
            fallbackStatusCodes: [403, 404],
          }),
          // Feed readers of old follow no redirect from http.
          viewerProtocolPolicy: ViewerProtocolPolicy.ALLOW_ALL,
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: this.#feedsHeaders(),
          functionAssociations: [
            { eventType: FunctionEventType.VIEWER_RESPONSE, function: this.#feedHeadersFunction() },
          ],
          compress: true,
        },
      },
    });
    Validations.of(this.distribution).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      reason: 'The bucket’s policy, in the data stack, names the distributions of this account.',
    });
    this.portalBaseUrl = `https://${domainName ?? this.distribution.distributionDomainName}`;
    this.#records(stage.domain);
    new CfnOutput(this, 'Portal', { value: this.portalBaseUrl });

    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Feeds and sign-up are for everyone; people who work in youth services live abroad too.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Access logs would hold readers’ addresses and, in query strings, their tokens. The firewall and the API are counted by metrics, requests are logged by the API without either.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'Feed readers that speak no TLS are still answered: feeds are public and their content is the same for all. Pages redirect, from TLS 1.2 on; a stage without a domain has CloudFront’s own certificate.',
      },
    );
  }

  #pagesApi(stage: Stage): HttpApi {
    const api = new HttpApi(this, 'Pages', { createDefaultStage: false });
    const pages = new HttpStage(this, 'PagesStage', {
      httpApi: api,
      stageName: this.apiStageName,
      autoDeploy: true,
      throttle: { rateLimit: stage.rates.pagesPerSecond, burstLimit: stage.rates.pagesPerSecond * 2 },
      detailedMetricsEnabled: false,
    });
    // No address of a reader, no path (it may name an article someone reads), no query string (it may hold a token).
    const format = AccessLogFormat.custom(
      JSON.stringify({
        requestId: '$context.requestId',
        time: '$context.requestTime',
        route: '$context.routeKey',
        status: '$context.status',
        latencyMs: '$context.responseLatency',
        error: '$context.integrationErrorMessage',
      }),
    );
    (pages.node.defaultChild as CfnStage).accessLogSettings = {
      destinationArn: this.requests.logGroupArn,
      format: format.toString(),
    };
    return api;
  }

  /** Pages say themselves how long they may be kept; what says nothing is not kept. */
  #pagesCache(): CachePolicy {
    return new CachePolicy(this, 'PagesCache', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** Pages send a content security policy of their own; this is what every answer must carry, errors included. */
  #pagesHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PagesHeaders', {
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
      },
      removeHeaders: ['apigw-requestid'],
    });
  }

  #feedsHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'FeedsHeaders', {
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowOrigins: ['*'],
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
      },
      removeHeaders: ['x-amz-server-side-encryption', 'x-amz-version-id'],
    });
  }

  #feedHeadersFunction(): EdgeFunction {
    return new EdgeFunction(this, 'FeedHeadersFunction', {
      comment: 'Link and Last-Modified of feeds, from the metadata of their objects',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(feedHeadersCode),
    });
  }

  #records(domain: Stage['domain']): void {
    if (domain.at === 'cloudfront') return;
    if (domain.at === 'elsewhere') {
      new CfnOutput(this, 'PortalRecord', {
        value: `${domain.name} CNAME ${this.distribution.distributionDomainName}`,
      });
      return;
    }
    const record = {
      zone: PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: domain.hostedZoneId,
        zoneName: domain.zoneName,
      }),
      recordName: domain.name,
      target: RecordTarget.fromAlias(new CloudFrontTarget(this.distribution)),
    };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }
}
