import { Alarm, type AlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface HarmAlarmProps extends Omit<AlarmProps, 'alarmDescription' | 'actionsEnabled'> {
  /** What people lose while it rings, in one sentence. */
  readonly impact: string;
  /** Heading in `docs/operations.md`, as its anchor; a test looks whether it is there. */
  readonly runbook: string;
}

/**
 * An alarm that says what the harm is and where the mend is. It rings by itself for nobody: the composite alarm of the
 * stack wakes someone once, whatever rings with it.
 */
export class HarmAlarm extends Alarm {
  readonly runbook: string;

  constructor(scope: Construct, id: string, props: HarmAlarmProps) {
    const { impact, runbook, ...alarm } = props;
    super(scope, id, { ...alarm, alarmDescription: `${impact} → docs/operations.md#${runbook}` });
    this.runbook = runbook;
  }
}
