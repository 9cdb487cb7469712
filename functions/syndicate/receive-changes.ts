import type { DynamoDBStreamEvent } from 'aws-lambda';
import { changesOf, everyFeed } from './content-changes.ts';
import { syndicate, type SyndicateParts } from './syndicate.ts';

/**
 * Receives the content table's stream; anything else (after a deployment, by hand) brings every feed in line. A batch
 * that fails is received again as a whole, which is safe: the feeds are read from the table.
 */
export const receiveChanges =
  (parts: SyndicateParts) =>
  async (event: Partial<DynamoDBStreamEvent>): Promise<void> => {
    const changes = event.Records === undefined ? everyFeed : changesOf(event.Records);
    const written = await syndicate(parts, changes);
    if (written.length > 0) parts.log.info('feeds written', { objects: written.length });
  };
