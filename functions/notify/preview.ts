import type { ArticleStore, PublicationLog } from '../articles/article-store.ts';
import type { AllowList } from '../mail/allow-list.ts';
import type { Sender } from '../mail/compose.ts';
import { ownLinks, type Edition } from '../mail/edition.ts';
import type { Mailer } from '../mail/mailer.ts';
import { epochSeconds, isoMillis, type Temporal } from '../platform/time.ts';
import { bulkShare, secondsFor } from '../runs/pace.ts';
import type { Exclusion, Run } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import { settingsUrl, unsubscribeUrl } from '../subscribers/links.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { Cadence, Subscriber } from '../subscribers/subscriber.ts';
import { renderDigestOf } from './editions.ts';
import { digestExclusion, DigestSelector, isCandidate } from './select.ts';
import { newsIn } from './window.ts';

export interface PreviewParts {
  runs: RunStore;
  articles: ArticleStore & PublicationLog;
  subscribers: SubscriberStore;
  mailer: Pick<Mailer, 'quota'>;
  isAllowed: AllowList;
  sender: Sender;
  shardCount: number;
}

/** What a digest run would be if it started now. */
export interface DigestPreview {
  fromNumber: number;
  toNumber: number;
  candidates: number;
  mails: number;
  editions: number;
  excluded: Partial<Record<Exclusion, number>>;
  /** At what bulk may take of the account's present rate. */
  seconds: number;
  quotaLeft: number;
  usDollars: number;
  /** Of the reader asked for, or the one that most people would get. */
  edition?: Edition;
  /** Why the reader asked for would get none. */
  noEdition?: Exclusion;
}

/** https://aws.amazon.com/ses/pricing/: 0.10 US dollars for 1000 mails, without data. */
const dollarsPerMail = 0.0001;

/** Counts and renders; sends nothing and writes nothing. Windows that readers' digests reach back to are not in it. */
export async function previewDigest(
  parts: PreviewParts,
  cadence: Cadence,
  now: Temporal.Instant,
  reader?: string,
): Promise<DigestPreview> {
  const pointer = (await parts.runs.pointers())[cadence];
  const window = { cadence, fromNumber: pointer?.toNumber ?? 0, toNumber: await parts.articles.lastNumber() };
  const news = await newsIn(parts.articles, window);
  const selector = new DigestSelector(window, () => news);
  const excluded: DigestPreview['excluded'] = {};
  const editions = new Map<string, { numbers: readonly number[]; readers: number }>();
  let candidates = 0;
  let mails = 0;
  let own: readonly number[] | Exclusion | undefined = reader === undefined ? undefined : 'left';

  const choose = (subscriber: Subscriber): readonly number[] | Exclusion => {
    const exclusion = digestExclusion(subscriber, window, now, parts.isAllowed);
    if (exclusion !== undefined) return exclusion;
    const numbers = selector.select(subscriber);
    return numbers.length === 0 ? 'nothing-new' : numbers;
  };
  for (let shard = 0; shard < parts.shardCount; shard++) {
    for await (const page of parts.subscribers.listShard(shard, epochSeconds(now))) {
      for (const subscriber of page.filter((person) => isCandidate(person, window))) {
        candidates += 1;
        const choice = choose(subscriber);
        if (subscriber.sid === reader) own = choice;
        if (typeof choice === 'string') {
          excluded[choice] = (excluded[choice] ?? 0) + 1;
          continue;
        }
        mails += 1;
        const key = choice.join(',');
        const edition = editions.get(key) ?? { numbers: choice, readers: 0 };
        edition.readers += 1;
        editions.set(key, edition);
      }
    }
  }

  const quota = await parts.mailer.quota();
  const largest = [...editions.values()].sort((a, b) => b.readers - a.readers)[0];
  const numbers = reader === undefined ? largest?.numbers : typeof own === 'string' ? undefined : own;
  const run: Pick<Run, 'cadence' | 'catchUp' | 'slot'> = {
    cadence,
    catchUp: pointer?.frozen,
    slot: isoMillis(now),
  };
  return {
    ...window,
    candidates,
    mails,
    editions: editions.size,
    excluded,
    seconds: secondsFor(mails, quota.maxPerSecond * bulkShare),
    quotaLeft: quota.maxPer24Hours - quota.sentLast24Hours,
    usDollars: mails * dollarsPerMail,
    ...(numbers !== undefined && {
      edition: withoutTokens(
        await renderDigestOf(
          parts,
          run,
          news.filter(({ number }) => numbers.includes(number)),
        ),
        parts.sender.baseUrl,
      ),
    }),
    ...(typeof own === 'string' && { noEdition: own }),
  };
}

/** A preview may be passed on, so its reader's own links lead nowhere, and say why. */
function withoutTokens(edition: Edition, baseUrl: URL): Edition {
  const inMailsOnly = 'nur-in-der-mail';
  const shown = (content: string): string =>
    content
      .replaceAll(ownLinks.unsubscribe, unsubscribeUrl(baseUrl, inMailsOnly))
      .replaceAll(ownLinks.settings, settingsUrl(baseUrl, inMailsOnly));
  return { ...edition, html: shown(edition.html), text: shown(edition.text) };
}
