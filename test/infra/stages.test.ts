import { Template } from 'aws-cdk-lib/assertions';
import { checked } from '../../config/checked.ts';
import { stageNamed, stageSchema, stages } from '../../config/stages.ts';
import { portalApp } from '../support/portal.ts';

const check = (changes: object) => () =>
  checked('config/stages.ts', stageSchema, { ...stages.dev, ...changes });

test('a stage that is not there: the ones that are, by name', () => {
  expect(() => stageNamed('production')).toThrow(/no stage "production".*dev, prod/);
});

test.each([
  [{ account: '1111' }, /account is "1111": must be the 12 digits .* "aws sts get-caller-identity"/],
  [{ region: 'Frankfurt' }, /region is "Frankfurt": must be an AWS region such as eu-central-1/],
  [
    { domain: { at: 'route 53' } },
    /domain\.?a?t? is .*"route 53".*must have "at": "cloudfront", "route53" or "elsewhere"/,
  ],
  [
    {
      domain: {
        at: 'elsewhere',
        name: 'portal.example',
        certificateArn: 'arn:aws:acm:eu-central-1:1:certificate/1',
      },
    },
    /domain\.certificateArn is .*us-east-1 \(CloudFront takes no other\)/,
  ],
  [
    { sender: { address: 'nobody', identity: 'domain' } },
    /sender\.address is "nobody": must be a mail address/,
  ],
  [{ shardCount: 6 }, /shardCount is 6: must be a power of two/],
  [{ recipients: 'me' }, /recipients is "me": must be "everyone" or a list/],
  [{ retention: { logDays: 15, archiveDays: 36 } }, /retention\.logDays is 15: must be one of 1, 3, 5, 7/],
  [{ retention: { logDays: 14, archiveDays: 1 } }, /retention\.archiveDays is 1: must be at least 36/],
  [{ restoredTables: { content: { name: 'restored' } } }, /restoredTables\.content\.streamArn is undefined/],
])('%j is refused with the field, the value and the mend', (changes, message) => {
  expect(check(changes)).toThrow(message);
});

test('every problem is told at once', () => {
  expect(check({ account: '1', region: 'x' })).toThrow(/account is "1"[^]*region is "x"/);
});

test.each(['eu-west-1', 'us-east-1'])(
  'a standby in %s: the same stacks, and a clock that stands',
  (region) => {
    const { app, pipeline, edge } = portalApp('standby', {
      ...stageNamed('prod'),
      region,
      domain: { at: 'cloudfront' },
      clock: 'stopped',
    });
    expect(app.synth().stacks).toHaveLength(5);
    expect([pipeline.region, edge.region]).toEqual([region, region]);
    const schedules = Object.values(Template.fromStack(pipeline).findResources('AWS::Scheduler::Schedule'));
    const states = schedules.map(({ Properties }) => {
      const { ScheduleExpression, State } = Properties as { ScheduleExpression: string; State: string };
      return [ScheduleExpression, State];
    });
    expect(Object.fromEntries(states)).toEqual({
      'rate(1 minute)': 'DISABLED',
      'rate(5 minutes)': 'ENABLED',
    });
  },
);
