import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { watched } from '../../bin/cost-model.ts';
import { portalApp } from '../support/portal.ts';

const { observability } = portalApp('prod');
const template = Template.fromStack(observability);
const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')) as [
  string,
  { Properties: Record<string, unknown> },
][];

/** Headings as GitHub turns them into anchors. */
const headings = readFileSync('docs/operations.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? [])
  .map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

test('each alarm says its impact and leads to a runbook that is there, with all three parts', () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  for (const alarm of observability.alarms) {
    expect(headings).toContain(alarm.runbook);
    const section = operations.split(/^## /m).find(
      (part) =>
        part
          .split('\n')[0]
          ?.toLowerCase()
          .replaceAll(' ', '-')
          .replace(/[^\w-]/g, '') === alarm.runbook,
    );
    for (const part of ['**Description.**', '**Investigation.**', '**Mending.**'])
      expect(section).toContain(part);
  }
  for (const [, { Properties }] of alarms) {
    expect(Properties.AlarmDescription).toMatch(/^[A-Z].{20,} → docs\/operations\.md#[a-z-]+$/);
  }
});

test('the cost model counts as many alarms and metrics as there are', () => {
  expect(alarms).toHaveLength(watched.alarms);
  const own = [...JSON.stringify(alarms).matchAll(/"MetricName":"(\w+)","Namespace":"Herold\/prod"/g)];
  expect(new Set(own.map(([, name]) => name)).size).toBe(watched.metrics);
});

test('a person is woken once: by the composite alarm, which knows every other', () => {
  for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toBeUndefined();
  const [composite, ...others] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));
  expect(others).toEqual([]);
  const { AlarmRule, AlarmActions } = composite?.Properties as {
    AlarmRule: unknown;
    AlarmActions: unknown[];
  };
  for (const [id] of alarms) expect(JSON.stringify(AlarmRule)).toContain(id);
  expect(AlarmActions).toHaveLength(1);
});

test.each([
  ['ClockStands', { MetricName: 'Invocations', Threshold: 1, TreatMissingData: 'breaching' }],
  ['RunsNotStarted', { MetricName: 'runsNotStarted', Threshold: 1 }],
  ['RunsNotFinished', { MetricName: 'runsNotFinished', Threshold: 1 }],
  ['CertificatesOff', { MetricName: 'certificatesOff', Threshold: 1 }],
  ['SourcesSilent', { MetricName: 'sourcesSilent', Threshold: 1 }],
  ['SourcesFail', { MetricName: 'sourcesFailing', Threshold: 1 }],
  ['FeedsBehind', { MetricName: 'feedsBehind', Threshold: 1 }],
  ['TransactionalQueueWaits', { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 600 }],
  ['Bounces', { MetricName: 'Reputation.BounceRate', Threshold: 0.04 }],
  ['Complaints', { MetricName: 'Reputation.ComplaintRate', Threshold: 0.0008 }],
  ['QuotaNearlyUsed', { MetricName: 'quotaUsedPercent', Threshold: 80 }],
  ['SignUpSpike', { MetricName: 'signUps', Threshold: 300 }],
  ['SchedulesDropped', { MetricName: 'InvocationDroppedCount', Threshold: 1 }],
  [
    'NobodyLooks',
    { MetricName: 'quotaUsedPercent', Statistic: 'SampleCount', TreatMissingData: 'breaching' },
  ],
])('%s rings when it should', (id, properties) => {
  const found = alarms.filter(([logicalId]) => new RegExp(`^${id}[0-9A-F]{8}$`).test(logicalId));
  expect(found.map(([, alarm]) => alarm.Properties)).toEqual([expect.objectContaining(properties)]);
});

test('dead letters of everything ring', () => {
  const found = alarms.find(([id]) => id.startsWith('DeadLetters'));
  const metrics = found?.[1].Properties.Metrics as { MetricStat?: { Metric: { MetricName: string } } }[];
  expect(metrics.filter(({ MetricStat }) => MetricStat !== undefined)).toHaveLength(8);
});

test('metrics of ours have no dimension that grows', () => {
  for (const [, { Properties }] of alarms) {
    if (Properties.Namespace !== 'Herold/prod' || Properties.MetricName === 'signUps') continue;
    expect(Properties.Dimensions).toEqual([{ Name: 'service', Value: 'herold' }]);
  }
});
