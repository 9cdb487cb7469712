import { ArnFormat, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PublicHostedZone, TxtRecord, type IPublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailIdentity, Identity, MailFromBehaviorOnMxFailure } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Stage } from '../config/stages.ts';

export interface MailIdentityProps {
  readonly stage: Stage;
}

/**
 * Who mails come from, as SES verifies it. A domain gets DKIM and a MAIL FROM of its own, so that SPF and DKIM both align
 * with the sender (RFC 7489); its records are made where the stage names a Route 53 zone that holds it, and printed
 * otherwise. A single address is verified by the link that SES mails to it.
 */
export class MailIdentity extends Construct {
  /** What a function must be allowed to send from. */
  readonly arns: string[];

  constructor(scope: Construct, id: string, { stage }: MailIdentityProps) {
    super(scope, id);
    const { address, identity } = stage.sender;
    const domain = address.slice(address.indexOf('@') + 1);
    const zone = identity === 'domain' ? this.#zoneOf(domain, stage) : undefined;
    const mailFrom = identity === 'domain' ? `mail.${domain}` : undefined;
    const verified = new EmailIdentity(this, 'Sender', {
      identity:
        identity === 'address'
          ? Identity.email(address)
          : zone === undefined
            ? Identity.domain(domain)
            : Identity.publicHostedZone(zone),
      mailFromDomain: mailFrom,
      // Better a later mail than one whose bounces go astray.
      mailFromBehaviorOnMxFailure:
        mailFrom === undefined ? undefined : MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
      feedbackForwarding: false,
    });
    verified.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.arns = [verified.emailIdentityArn];

    // In the sandbox SES asks for the right to the recipient's identity as well.
    if (stage.recipients !== 'everyone') {
      const others = stage.recipients.filter((recipient) => recipient !== address);
      this.arns.push(...others.map((recipient) => this.#arn(recipient)));
    }

    if (identity === 'domain') {
      const dmarc = `v=DMARC1; p=quarantine; adkim=r; aspf=r; rua=mailto:${stage.alarmAddress}`;
      if (zone === undefined) {
        this.#print(verified, domain, `mail.${domain}`);
      } else {
        new TxtRecord(this, 'Dmarc', { zone, recordName: `_dmarc.${domain}`, values: [dmarc] });
      }
      new CfnOutput(this, 'DmarcRecord', { value: `_dmarc.${domain} TXT "${dmarc}"` });
    }
  }

  #zoneOf(domain: string, { domain: at }: Stage): IPublicHostedZone | undefined {
    if (at.at !== 'route53' || at.zoneName !== domain) return undefined;
    return PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: at.hostedZoneId,
      zoneName: at.zoneName,
    });
  }

  #arn(name: string): string {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: name,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  #print(verified: EmailIdentity, domain: string, mailFrom: string): void {
    verified.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, { value: `${name} CNAME ${value}` });
    });
    const region = Stack.of(this).region;
    new CfnOutput(this, 'MailFromMxRecord', {
      value: `${mailFrom} MX 10 feedback-smtp.${region}.amazonses.com (bounces of ${domain})`,
    });
    new CfnOutput(this, 'MailFromSpfRecord', {
      value: `${mailFrom} TXT "v=spf1 include:amazonses.com ~all"`,
    });
  }
}
