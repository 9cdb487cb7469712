import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../config/stages.ts';

/** Days that log lines are kept; `config/stages.ts` allows only those that CloudWatch Logs knows. */
export type LogDays = Stage['retention']['logDays'];

export function retentionOf(days: LogDays): RetentionDays {
  const known = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  const retention = known.find((value) => value.valueOf() === days);
  if (retention === undefined) throw new Error(`CloudWatch Logs knows no retention of ${days} days`);
  return retention;
}
