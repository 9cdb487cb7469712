import * as z from 'zod';
import { topics } from '../../config/topics.ts';
import { isoMillis, Temporal } from '../platform/time.ts';
import { change } from './change.ts';
import { readAddress } from './email-address.ts';
import type { SubscriberParts } from './parts.ts';
import { sidOf } from './sid.ts';
import { startSubscriptions } from './since.ts';
import { cadences, type Choice, type Subscription } from './subscriber.ts';

/**
 * The columns of an import, and of an export of subscribers. `instant`, `daily` and `weekly` hold slugs of topics
 * joined by blanks, or `alle`; `announcements` is `yes` or `no`. `consented_at` (ISO 8601) and `proof` say when and how
 * consent was given: without both, nobody may be written to (Art. 7 (1) DSGVO).
 */
export const importColumns = ['address', ...cadences, 'announcements', 'consented_at', 'proof'] as const;

/** One line that can be imported. */
export interface ImportLine extends Choice {
  address: string;
  /** ISO 8601. */
  consentedAt: string;
  proof: string;
}

const slugs = topics.map(({ slug }) => slug);

const topicList = z.string().transform((text, context): Subscription['topics'] => {
  const listed = text.split(/\s+/).filter((slug) => slug !== '');
  if (listed.includes('alle')) return 'alle';
  const unknown = listed.filter((slug) => !(slugs as readonly string[]).includes(slug));
  if (unknown.length > 0) context.addIssue(`has no topics ${unknown.join(', ')}`);
  return listed;
});

const lineSchema = z
  .object({
    address: z.string().transform((text, context) => {
      const reading = readAddress(text);
      if (reading.outcome === 'valid') return reading.address;
      context.addIssue(`is ${reading.outcome}`);
      return z.NEVER;
    }),
    instant: topicList,
    daily: topicList,
    weekly: topicList,
    announcements: z.enum(['yes', 'no'], 'must be yes or no'),
    consented_at: z.iso.datetime({ offset: true, error: 'must be a moment such as 2024-05-31T09:30:00Z' }),
    proof: z.string().trim().min(10, 'must say how consent was given, in at least 10 characters'),
  })
  .transform((line, context): ImportLine => {
    const subscriptions = cadences.flatMap((cadence) =>
      line[cadence].length === 0 ? [] : [{ cadence, topics: line[cadence] }],
    );
    const announcements = line.announcements === 'yes';
    if (subscriptions.length === 0 && !announcements) context.addIssue('subscribes to nothing');
    const consentedAt = isoMillis(Temporal.Instant.from(line.consented_at));
    return { address: line.address, subscriptions, announcements, consentedAt, proof: line.proof };
  });

/** Reads one record of an import, by column. Problems quote no address. */
export function readImportLine(
  record: unknown,
): { outcome: 'valid'; line: ImportLine } | { outcome: 'bad'; problems: string[] } {
  const result = lineSchema.safeParse(record);
  if (result.success) return { outcome: 'valid', line: result.data };
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  return { outcome: 'bad', problems };
}

export type ImportOutcome =
  | 'imported'
  /** Subscribed already, by an earlier try of the import or by themselves; stays as it is. */
  | 'present'
  /** Left, or was erased, after the consent that the line tells of. */
  | 'left-since'
  /** Their mailbox refused us, or they called our mails spam: only they can lift it. */
  | 'suppressed';

/** Takes in one line, unless the person has said otherwise since. Safe to repeat. */
export async function importSubscriber(
  parts: Pick<SubscriberParts, 'store' | 'keyring' | 'publications'>,
  line: ImportLine,
  at: Temporal.Instant,
  write: boolean,
): Promise<ImportOutcome> {
  const sid = sidOf(line.address, (await parts.keyring.load()).pepper);
  const history = await parts.store.history(sid, 0);
  const left = history.findLast(({ event }) => ['left', 'moved-away', 'erased'].includes(event));
  const { outcome } = await change<ImportOutcome>(parts.store, sid, at, async (row) => {
    if (row?.state === 'confirmed') return { outcome: 'present' };
    if (row?.suppressed !== undefined) return { outcome: 'suppressed' };
    if (left !== undefined && left.at > line.consentedAt) return { outcome: 'left-since' };
    if (!write) return { outcome: 'imported' };
    return {
      outcome: 'imported',
      next: {
        subscriber: {
          sid,
          address: line.address,
          state: 'confirmed',
          subscriptions: await startSubscriptions(parts, line.subscriptions),
          announcements: line.announcements,
          requestedAt: line.consentedAt,
          confirmedAt: line.consentedAt,
        },
        entry: { event: 'imported', reason: 'import', requestedAt: line.consentedAt, proof: line.proof },
      },
    };
  });
  return outcome;
}
