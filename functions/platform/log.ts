import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Structured JSON lines on standard output. Log run, source, article and subscriber ids; never an address,
 * a token or a query string.
 */
export interface Log {
  info(message: string, ...details: Record<string, unknown>[]): void;
  warn(message: string, ...details: Record<string, unknown>[]): void;
  error(message: string, ...details: Record<string, unknown>[]): void;
}

export const createLog = (service: string): Log => new Logger({ serviceName: service });
