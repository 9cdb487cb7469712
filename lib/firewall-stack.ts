import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { barePage } from '../config/bare-page.ts';
import { portal } from '../config/portal.ts';
import type { Stage } from '../config/stages.ts';

export interface FirewallStackProps extends StackProps {
  readonly stage: Stage;
}

/** What CloudFront takes from us-east-1 alone: the certificate and the firewall. */
export class FirewallStack extends Stack {
  readonly webAclArn: string;
  /** Of the stage's own domain, if it has one. */
  readonly certificate: ICertificate | undefined;

  constructor(scope: Construct, id: string, props: FirewallStackProps) {
    super(scope, id, props);
    const { stage } = props;
    this.certificate = this.#certificate(stage.domain);
    this.webAclArn = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: counted('WebAcl'),
      customResponseBodies: {
        [tooManyBody]: { contentType: 'TEXT_HTML', content: tooManyPage },
        [suspiciousBody]: { contentType: 'TEXT_HTML', content: suspiciousPage },
      },
      rules: [
        {
          name: 'TooManyRequests',
          priority: 0,
          action: tooMany,
          statement: {
            rateBasedStatement: {
              limit: stage.rates.requestsPer5Minutes,
              evaluationWindowSec: windowSeconds,
              aggregateKeyType: 'IP',
            },
          },
          visibilityConfig: counted('TooManyRequests'),
        },
        {
          name: 'TooManySignUps',
          priority: 1,
          action: tooMany,
          statement: {
            rateBasedStatement: {
              limit: stage.rates.signUpsPer5Minutes,
              evaluationWindowSec: windowSeconds,
              aggregateKeyType: 'IP',
              scopeDownStatement: {
                andStatement: {
                  statements: [
                    matches({ method: {} }, 'POST', 'EXACTLY'),
                    matches({ uriPath: {} }, '/anmeldung', 'STARTS_WITH'),
                  ],
                },
              },
            },
          },
          visibilityConfig: counted('TooManySignUps'),
        },
        managed(2, 'AWSManagedRulesAmazonIpReputationList'),
        managed(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
        // Feed readers, and the mailbox providers' one-click POST (RFC 8058), may come without a User-Agent.
        managed(4, 'AWSManagedRulesCommonRuleSet', ['NoUserAgent_HEADER']),
      ],
    }).attrArn;
  }

  #certificate(domain: Stage['domain']): ICertificate | undefined {
    switch (domain.at) {
      case 'cloudfront':
        return undefined;
      case 'elsewhere':
        return Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn);
      case 'route53':
        return new Certificate(this, 'Certificate', {
          domainName: domain.name,
          validation: CertificateValidation.fromDns(
            PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
              hostedZoneId: domain.hostedZoneId,
              zoneName: domain.zoneName,
            }),
          ),
        });
    }
  }
}

const windowSeconds = 300;

/** An office shares one address, so people see it too, and not only robots. */
const tooManyPage = barePage({
  heading: 'Das waren zu viele Anfragen',
  text: 'Aus Ihrem Netz kamen in kurzer Zeit sehr viele Anfragen. Bitte warten Sie fünf Minuten, und versuchen Sie es dann noch einmal.',
  link: { href: '/', label: 'Zu den neuesten Meldungen' },
});
const tooManyBody = 'TooMany';
const tooMany: CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: 429,
      customResponseBodyKey: tooManyBody,
      responseHeaders: [{ name: 'Retry-After', value: String(windowSeconds) }],
    },
  },
};

/**
 * A person sees it whose network has a bad name, or whose entry looks like an attack to a rule of AWS's. The one may see
 * no page of the portal, so no link leads there.
 */
const suspiciousPage = barePage({
  heading: 'Diese Anfrage haben wir abgewiesen',
  text: 'Sie sah aus wie ein Angriff, oder sie kam aus einem Netz, das durch Angriffe aufgefallen ist. Wenn das ein Irrtum ist, schreiben Sie uns bitte:',
  link: { href: `mailto:${portal.publisher.email}`, label: portal.publisher.email },
});
const suspiciousBody = 'Suspicious';

const counted = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would keep query strings, so tokens.
  sampledRequestsEnabled: false,
});

const matches = (
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  searchString: string,
  positionalConstraint: 'EXACTLY' | 'STARTS_WITH',
): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch,
    searchString,
    positionalConstraint,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

/**
 * Rules of AWS's groups that block, by group: each has to be named to answer with a page of ours. A name that a group does
 * not have is ignored, and a rule that is not named here blocks with AWS's own page.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html
 *
 * Not the other way round, with the groups set to count and a rule of ours that blocks by their labels: labels do not tell
 * which rules AWS means to count alone, and a rule that is new to a group would block nothing.
 */
const blocking = {
  // AWSManagedIPDDoSList counts.
  AWSManagedRulesAmazonIpReputationList: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList'],
  AWSManagedRulesKnownBadInputsRuleSet: [
    ...on('JavaDeserializationRCE', 'HEADER', 'BODY', 'URIPATH', 'QUERYSTRING'),
    ...on('Log4JRCE', 'HEADER', 'BODY', 'URIPATH', 'QUERYSTRING'),
    ...['Host_localhost_HEADER', 'PROPFIND_METHOD', 'ExploitablePaths_URIPATH', 'ReactJSRCE_BODY'],
  ],
  AWSManagedRulesCommonRuleSet: [
    'UserAgent_BadBots_HEADER',
    ...on('SizeRestrictions', 'QUERYSTRING', 'Cookie_HEADER', 'BODY', 'URIPATH'),
    ...on('EC2MetaDataSSRF', 'BODY', 'COOKIE', 'URIPATH', 'QUERYARGUMENTS'),
    ...on('GenericLFI', 'QUERYARGUMENTS', 'URIPATH', 'BODY'),
    ...on('RestrictedExtensions', 'URIPATH', 'QUERYARGUMENTS'),
    ...on('GenericRFI', 'QUERYARGUMENTS', 'BODY', 'URIPATH'),
    ...on('CrossSiteScripting', 'COOKIE', 'QUERYARGUMENTS', 'BODY', 'URIPATH'),
  ],
} as const;

const suspicious: CfnWebACL.RuleActionProperty = {
  block: { customResponse: { responseCode: 403, customResponseBodyKey: suspiciousBody } },
};

const managed = (
  priority: number,
  name: keyof typeof blocking,
  countOnly: readonly string[] = [],
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: [
        ...blocking[name].map((rule) => ({ name: rule, actionToUse: suspicious })),
        ...countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      ],
    },
  },
  visibilityConfig: counted(name),
});

/** Names of rules that look for one thing in several parts of a request. */
function on(what: string, ...parts: string[]): string[] {
  return parts.map((part) => `${what}_${part}`);
}
