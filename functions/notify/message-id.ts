import { portal } from '../../config/portal.ts';

const sidLength = 26;

/** The same for one delivery however often it is tried, so that a mailbox may drop what it has already. */
export const messageIdOf = (runId: string, sid: string): string => `${runId}.${sid}@${portal.tagAuthority}`;

export const messageIdLength = (runId: string): number => messageIdOf(runId, '.'.repeat(sidLength)).length;
