import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Structured JSON lines on standard output. Log run, source, article and subscriber ids; never an address,
 * a token or a query string.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const createLog = (service: string): Log => new Logger({ serviceName: service });
