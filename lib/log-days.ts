import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stage } from '../config/stages.ts';

/** Days that log lines are kept; `config/stages.ts` allows only those that CloudWatch Logs knows. */
export type LogDays = Stage['retention']['logDays'];

export const retentionOf = (days: LogDays): RetentionDays => days as RetentionDays;
