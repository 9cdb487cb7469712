import { allTopics } from '../../config/topics.ts';
import type { ArticleStore, Publication, PublicationLog } from '../articles/article-store.ts';
import {
  composeTemplate,
  templateFrom,
  templateJson,
  type MailTemplate,
  type Sender,
} from '../mail/compose.ts';
import { renderDigest } from '../mail/digest-edition.tsx';
import type { Edition } from '../mail/edition.ts';
import { digestId } from '../platform/ids.ts';
import type { ObjectStore } from '../platform/object-store.ts';
import { Temporal } from '../platform/time.ts';
import type { AnnouncementContent } from '../runs/announcement-content.ts';
import type { Run } from '../runs/run.ts';
import { dayOf } from '../runs/slots.ts';
import { tokenLength } from '../subscribers/tokens.ts';
import { messageIdLength } from './message-id.ts';

export interface EditionParts {
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementContent;
  archive: ObjectStore;
  sender: Sender;
}

/** An edition, ready for its readers. */
export interface ReadyEdition {
  id: string;
  template: MailTemplate;
}

/** What is withdrawn leaves digests within this time, also those that are being sent. */
const liveForMs = 15_000;

/** Editions that one worker keeps composed; about a hundred kilobytes each. */
const keptTemplates = 200;

/**
 * The editions of runs: rendered and composed when first needed, and kept in the archive for all workers.
 */
export class EditionShelf {
  readonly #parts: EditionParts;
  readonly #templates = new Map<string, Promise<MailTemplate>>();
  readonly #live = new Map<string, { at: number; publications: Promise<Publication[]> }>();

  constructor(parts: EditionParts) {
    this.#parts = parts;
  }

  /**
   * An edition as it is now; `'withdrawn'` when no article of it is left.
   *
   * @param numbers the articles that were planned, by rising publication number
   */
  async editionOf(
    run: Run,
    numbers: readonly number[],
    now: Temporal.Instant,
  ): Promise<ReadyEdition | 'withdrawn'> {
    if (run.kind === 'announcement') {
      return this.#ready(run, 'announcement', () => this.#parts.announcements.edition(run));
    }
    const live = await this.#liveAmong(run, numbers, now);
    if (live.length === 0) return 'withdrawn';
    const id = digestId(live.map(({ number }) => number).join(','));
    return this.#ready(run, id, () => renderDigestOf(this.#parts, run, live));
  }

  async #ready(run: Run, id: string, render: () => Promise<Edition>): Promise<ReadyEdition> {
    // A deployment in the middle of a run may change the width of tokens, and so what fits into a template.
    const key = `editions/${run.id}/${id}-${tokenLength}.json`;
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = this.#load(key, async () =>
        composeTemplate(await render(), this.#parts.sender, messageIdLength(run.id)),
      );
      template.catch(() => this.#templates.delete(key));
      this.#templates.set(key, template);
      const oldest = this.#templates.keys().next().value;
      if (this.#templates.size > keptTemplates && oldest !== undefined) this.#templates.delete(oldest);
    }
    return { id, template: await template };
  }

  /** The first worker's template is everyone's. */
  async #load(key: string, make: () => Promise<MailTemplate>): Promise<MailTemplate> {
    const { archive } = this.#parts;
    const kept = await archive.get(key);
    if (kept !== undefined) return templateFrom(kept.body);
    const template = await make();
    const body = templateJson(template);
    const written = await archive.put(key, body, { contentType: 'application/json', ifNoneMatch: '*' });
    if (written === 'written') return template;
    const first = await archive.get(key);
    if (first === undefined) throw new Error(`${key} was there a moment ago, and is gone`);
    return templateFrom(first.body);
  }

  /** Withdrawn articles leave the publication log, whose rows are small: no need to read the articles for it. */
  async #liveAmong(run: Run, numbers: readonly number[], now: Temporal.Instant): Promise<Publication[]> {
    const fromNumber = Math.min(run.fromNumber ?? 0, (numbers[0] ?? 1) - 1);
    const toNumber = run.toNumber ?? 0;
    const key = `${fromNumber}-${toNumber}`;
    let live = this.#live.get(key);
    if (live === undefined || now.epochMilliseconds - live.at >= liveForMs) {
      const publications = this.#parts.articles.listPublishedBetween(allTopics, fromNumber, toNumber);
      live = { at: now.epochMilliseconds, publications };
      this.#live.clear();
      this.#live.set(key, live);
      publications.catch(() => this.#live.delete(key));
    }
    const wanted = new Set(numbers);
    return (await live.publications).filter(({ number }) => wanted.has(number));
  }
}

/** Renders the digest of some articles of a run. */
export async function renderDigestOf(
  { articles, sender }: Pick<EditionParts, 'articles' | 'sender'>,
  run: Pick<Run, 'cadence' | 'catchUp' | 'slot'>,
  publications: readonly Pick<Publication, 'articleId'>[],
): Promise<Edition> {
  return renderDigest(await articles.getMany(publications.map(({ articleId }) => articleId)), {
    cadence: run.cadence ?? 'daily',
    catchUp: run.catchUp === true,
    day: dayOf(Temporal.Instant.from(run.slot)),
    baseUrl: sender.baseUrl,
  });
}
