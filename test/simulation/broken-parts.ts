import { setTimeout as sleep } from 'node:timers/promises';
import type { Announcement } from '../../functions/announcements/announcement.ts';
import { isFreezing } from '../../functions/announcements/announcement.ts';
import type { StatusChange } from '../../functions/announcements/status-change.ts';
import type { Article } from '../../functions/articles/article.ts';
import type { Publication } from '../../functions/articles/article-store.ts';
import type { OutgoingMail, SendQuota } from '../../functions/mail/mailer.ts';
import type { PutOptions, StoredObject } from '../../functions/platform/object-store.ts';
import { isoMillis, Temporal } from '../../functions/platform/time.ts';
import type { Claim } from '../../functions/runs/delivery-ledger.ts';
import type { CadencePointer, Run, Totals } from '../../functions/runs/run.ts';
import type { Change } from '../../functions/subscribers/subscriber-store.ts';
import type { Cadence, Subscriber } from '../../functions/subscribers/subscriber.ts';
import type { PortsOf } from './pipeline.ts';
import type { Options } from './simulation.ts';

/** A port with some of its methods replaced. */
function override<P extends object>(port: P, methods: Partial<Record<keyof P, unknown>>): P {
  return new Proxy(port, {
    get(target, name) {
      const own = methods[name as keyof P];
      if (own !== undefined) return own;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(target) : member;
    },
  });
}

type Breaks = Pick<Options, 'breakPart' | 'breakPipeline'>;

/** Breaks ports of these functions, or of all. What the broken part remembers lives as long as one story. */
const inPorts = (
  of: readonly string[] | 'all',
  change: (ports: PortsOf) => Partial<PortsOf>,
): (() => Breaks) => {
  return () => ({
    breakPart: (ports, name) => (of === 'all' || of.includes(name) ? { ...ports, ...change(ports) } : ports),
  });
};

/** Replaces what is read of people. */
const people = (ports: PortsOf, change: (one: Subscriber) => Subscriber): PortsOf['subscribers'] =>
  override(ports.subscribers, {
    getMany: async (sids: string[], now: number) => (await ports.subscribers.getMany(sids, now)).map(change),
    listShard: async function* (shard: number, now: number, after?: string) {
      for await (const page of ports.subscribers.listShard(shard, now, after)) yield page.map(change);
    },
  });

const reopeningEarlier = (one: Announcement): Announcement =>
  isFreezing(one)
    ? { ...one, reopenAt: Temporal.PlainDate.from(one.reopenAt).subtract({ days: 1 }).toString() }
    : one;

/** Faults that programmers make, one at a time; each must be found. */
export const brokenParts: Readonly<Record<string, () => Breaks>> = {
  'a claim without a condition': inPorts(['deliver'], ({ deliveries }) => ({
    deliveries: override(deliveries, {
      claim: async (claim: Claim) => {
        await deliveries.claim(claim);
        return 'claimed';
      },
    }),
  })),

  'a cadence pointer without a condition': inPorts(['clock'], ({ runs }) => ({
    runs: override(runs, {
      movePointer: async (cadence: Cadence, _expected: unknown, next: CadencePointer, run?: Run) => {
        await runs.movePointer(cadence, (await runs.pointers())[cadence], next);
        // Names of runs would do for a condition: two of one slot have the same.
        if (run !== undefined && (await runs.create(run)) === 'exists')
          await runs.create({ ...run, id: `${run.id}-again` });
        return 'moved';
      },
    }),
  })),

  'windows by the clock': inPorts(['plan', 'deliver'], ({ articles, runs }) => ({
    articles: override(articles, {
      listPublishedBetween: async (topic: string): Promise<Publication[]> => {
        const { daily: pointer } = await runs.pointers();
        const since = isoMillis(
          Temporal.Instant.from(pointer?.slot ?? '2027-01-01T00:00:00Z').subtract({ hours: 24 }),
        );
        const all = await articles.listPublishedBetween(topic, 0, await articles.lastNumber());
        return all.filter(({ publishedAt }) => publishedAt > since);
      },
    }),
  })),

  'a timeout is tried again': inPorts(['deliver'], ({ mailer }) => ({
    mailer: override(mailer, {
      send: async (mail: OutgoingMail) => {
        const sent = await mailer.send(mail);
        return sent.outcome === 'unknown' ? mailer.send(mail) : sent;
      },
    }),
  })),

  'no answer counts as a refusal': inPorts(['deliver'], ({ mailer }) => ({
    mailer: override(mailer, {
      send: async (mail: OutgoingMail) => {
        const sent = await mailer.send(mail);
        return sent.outcome === 'unknown' ? { outcome: 'refused', reason: 'unreachable' } : sent;
      },
    }),
  })),

  'the ledger says accepted before the mail is sent': inPorts(['deliver'], ({ deliveries }) => ({
    deliveries: override(deliveries, {
      claim: async (claim: Claim) => {
        const claimed = await deliveries.claim(claim);
        if (claimed === 'claimed')
          await deliveries.record(claim, claim.claimId, { outcome: 'accepted', messageId: 'x' });
        return claimed;
      },
    }),
  })),

  'a freeze ends a day early': inPorts(['clock', 'ingest'], ({ announcements }) => ({
    announcements: override(announcements, {
      list: async () => (await announcements.list()).map(reopeningEarlier),
    }),
  })),

  'ingest does not look at freezes': inPorts(['ingest'], ({ announcements }) => ({
    announcements: override(announcements, { list: async () => [] }),
  })),

  'stream records get lost': () => {
    let seen = 0;
    return { breakPipeline: ({ stream }) => (stream.loses = () => ++seen % 7 === 0) };
  },

  'people are read long before they are written to': () => {
    const read = new Map<string, Subscriber>();
    return inPorts(['deliver'], ({ subscribers }) => ({
      subscribers: override(subscribers, {
        getMany: async (sids: string[], now: number) => {
          const fresh = await subscribers.getMany(sids, now);
          for (const one of fresh) if (!read.has(one.sid)) read.set(one.sid, one);
          return sids.flatMap((sid) => read.get(sid) ?? []);
        },
      }),
    }))();
  },

  'plans go by yesterday’s list of people': () => {
    const pages = new Map<number, Subscriber[][]>();
    const breaks = inPorts(['plan'], ({ subscribers }) => ({
      subscribers: override(subscribers, {
        listShard: async function* (shard: number, now: number) {
          const known = pages.get(shard);
          const fresh: Subscriber[][] = [];
          for await (const page of subscribers.listShard(shard, now)) fresh.push(page);
          pages.set(shard, fresh);
          yield* known ?? fresh;
        },
      }),
    }));
    return breaks();
  },

  'a correction is published anew': inPorts(['ingest'], ({ articles }) => ({
    articles: override(articles, {
      revise: async (next: Article, previous: Article) => {
        if (next.status !== 'live') return articles.revise(next, previous);
        const { publication: _number, publishedAt: _at, ...rest } = next;
        const revised = await articles.revise(
          { ...rest, status: 'held', heldBecause: 'publication-pending' },
          previous,
        );
        if (revised === 'revised') await articles.publish(next.id, next.updatedAt);
        return revised;
      },
    }),
  })),

  'what is held is released in any order': inPorts(['clock'], ({ articles }) => ({
    articles: override(articles, {
      listHeld: async () => (await articles.listHeld()).sort((a, b) => (a.articleId < b.articleId ? -1 : 1)),
    }),
  })),

  'embargoes are not read': inPorts(['clock'], ({ articles }) => ({
    articles: override(articles, {
      listHeld: async () => (await articles.listHeld()).map((one) => ({ ...one, until: undefined })),
    }),
  })),

  'links identify nothing': inPorts(['ingest'], ({ articles }) => ({
    articles: override(articles, { findByLink: async () => undefined }),
  })),

  'texts identify nothing': inPorts(['ingest'], ({ articles }) => ({
    articles: override(articles, { findByText: async () => undefined }),
  })),

  'withdrawn articles stay in digests': inPorts(['plan', 'deliver'], ({ articles }) => ({
    articles: override(articles, {
      listPublishedBetween: async (topic: string, after: number, upTo: number) => {
        const listed = await articles.listPublishedBetween(topic, after, upTo);
        const known = new Set(listed.map(({ number }) => number));
        const gone =
          withdrawnOnes.get(articles)?.filter(({ number }) => number > after && number <= upTo) ?? [];
        for (const one of listed) remember(articles, one);
        return [...listed, ...gone.filter(({ number }) => !known.has(number))].sort(
          (a, b) => a.number - b.number,
        );
      },
      getMany: async (ids: string[]) =>
        (await articles.getMany(ids)).map((article) =>
          article.status === 'withdrawn' ? { ...article, status: 'live' as const } : article,
        ),
    }),
  })),

  'new readers get what was before them': inPorts(['plan'], (ports) => ({
    subscribers: people(ports, (one) => ({
      ...one,
      subscriptions: one.subscriptions.map((subscription) => ({ ...subscription, since: 0 })),
    })),
  })),

  'nobody needs to confirm': inPorts(['plan', 'deliver'], (ports) => ({
    subscribers: people(ports, (one) =>
      one.state === 'pending' && one.request !== undefined
        ? {
            ...one,
            state: 'confirmed',
            subscriptions: one.request.subscriptions.map((subscription) => ({ ...subscription, since: 0 })),
          }
        : one,
    ),
  })),

  'pauses are not read': inPorts(['plan', 'deliver'], (ports) => ({
    subscribers: people(ports, ({ pausedUntil: _, ...one }) => one),
  })),

  'what is owed is forgotten': inPorts(['plan', 'deliver'], ({ runs }) => ({
    runs: override(runs, {
      putReaches: async () => undefined,
      finishBatch: async (runId: string, shard: number, batch: number, totals: Totals) =>
        runs.finishBatch(runId, shard, batch, totals, []),
    }),
  })),

  'what is covered stays owed': inPorts(['deliver', 'plan'], ({ runs, deliveries }) => ({
    runs: override(runs, { deleteReaches: async () => undefined }),
    deliveries: override(deliveries, {
      get: async (...args: Parameters<typeof deliveries.get>) => {
        const found = await deliveries.get(...args);
        return found?.state === 'accepted' && args[1] === undefined ? { ...found, state: 'unknown' } : found;
      },
    }),
  })),

  'who has moved is not followed': inPorts(['deliver'], (ports) => ({
    subscribers: people(ports, ({ movedTo: _, ...one }) => one),
  })),

  'a former address is kept': inPorts(['transactional'], ({ subscribers }) => ({
    subscribers: override(subscribers, {
      put: async (...changes: Change[]) =>
        changes.some(({ entry }) => entry.event === 'told-former-address')
          ? 'written'
          : subscribers.put(...changes),
    }),
  })),

  'a CMS is told once, whatever it answers': inPorts(['clock'], ({ cms }) => ({
    cms: cms && {
      tell: async (change: StatusChange, now: Temporal.Instant) => ({
        ...(await cms.tell(change, now)),
        delivered: true,
      }),
    },
  })),

  'a CMS is asked until it answers': inPorts(['clock'], ({ cms }) => ({
    cms: cms && {
      tell: async (change: StatusChange, now: Temporal.Instant) => {
        for (;;) {
          const told = await cms.tell(change, now);
          if (told.delivered) return told;
        }
      },
    },
  })),

  'a CMS is told of freezes by day': inPorts(['clock'], ({ cms }) => ({
    cms: cms && {
      tell: (change: StatusChange, now: Temporal.Instant) => {
        const { until } = change.status;
        const day = until === null ? null : `${until.slice(0, 10)}T00:00:00.000Z`;
        return cms.tell({ ...change, status: { ...change.status, until: day } }, now);
      },
    },
  })),

  'a CMS is told of every change, however late': () => {
    const missed = new Map<number, StatusChange>();
    return inPorts(['clock'], ({ cms }) => ({
      cms: cms && {
        tell: async (change: StatusChange, now: Temporal.Instant) => {
          missed.delete(change.number);
          for (const one of missed.values()) {
            if (one.number > change.number - 2) continue;
            await cms.tell(one, now);
            missed.delete(one.number);
          }
          const told = await cms.tell(change, now);
          if (!told.delivered) missed.set(change.number, change);
          return told;
        },
      },
    }))();
  },

  'health counts nobody whose mail is unknown': inPorts(['health'], ({ runs }) => ({
    runs: override(runs, {
      listClosed: async (limit: number) =>
        (await runs.listClosed(limit)).map((run) => ({
          ...run,
          certificate: run.certificate && { ...run.certificate, unknown: 0 },
        })),
    }),
  })),

  'health knows no embargo': inPorts(['health'], ({ articles }) => ({
    articles: override(articles, {
      listHeld: async () => (await articles.listHeld()).map((one) => ({ ...one, until: undefined })),
    }),
  })),

  'health sees no run that is paused': inPorts(['health'], ({ runs }) => ({
    runs: override(runs, {
      listOpen: async () => (await runs.listOpen()).filter(({ state }) => state !== 'paused'),
    }),
  })),

  'health counts silence from the first poll': inPorts(['health'], ({ sources }) => ({
    sources: override(sources, {
      list: async () =>
        (await sources.list()).map(({ source, state: { lastNewItemAt: _, ...state } }) => ({
          source,
          state,
        })),
    }),
  })),

  'health sees no poll that is overdue': inPorts(['health'], ({ sources }) => ({
    sources: override(sources, {
      list: async () =>
        (await sources.list()).map(({ source, state }) => ({
          source,
          state: { ...state, nextPollAt: '2999-01-01T00:00:00.000Z' },
        })),
    }),
  })),

  'health forgets failures': inPorts(['health'], ({ sources }) => ({
    sources: override(sources, {
      list: async () =>
        (await sources.list()).map(({ source, state }) => ({ source, state: { ...state, failures: 0 } })),
    }),
  })),

  'health asks SES for its quota once': () => {
    let known: SendQuota | undefined;
    return inPorts(['health'], ({ mailer }) => ({
      mailer: override(mailer, { quota: async () => (known ??= await mailer.quota()) }),
    }))();
  },

  'health reads the feed that it has read before': () => {
    let known: StoredObject | undefined;
    return inPorts(['health'], ({ feeds }) => ({
      feeds: override(feeds, { get: async (key: string) => (known ??= await feeds.get(key)) }),
    }))();
  },

  'health fails where a run is paused': inPorts(['health'], ({ runs }) => ({
    runs: override(runs, {
      listOpen: async () =>
        (await runs.listOpen()).map((run) => {
          if (run.paused !== undefined) Temporal.Instant.from(String(run.paused.until));
          return run;
        }),
    }),
  })),

  'one source is polled no more': inPorts(['clock'], ({ sources }) => ({
    sources: override(sources, { list: async () => (await sources.list()).slice(0, -1) }),
  })),

  'what S3 refuses counts as written': inPorts(['syndicate', 'rebuild'], ({ feeds }) => ({
    feeds: override(feeds, {
      put: async (key: string, body: Uint8Array, options: PutOptions) => {
        await feeds.put(key, body, options);
        return 'written';
      },
    }),
  })),

  'feeds are written without waiting for it': inPorts(['syndicate', 'rebuild'], ({ feeds }) => ({
    feeds: override(feeds, {
      put: async (key: string, body: Uint8Array, options: PutOptions) => {
        void sleep(100).then(() => feeds.put(key, body, options));
        return 'written';
      },
    }),
  })),

  'archive pages are never taken away': inPorts(['syndicate', 'rebuild'], ({ feeds }) => ({
    feeds: override(feeds, { delete: async () => undefined }),
  })),

  'errors name the address': () => {
    let seen = 0;
    return inPorts(['deliver'], ({ mailer }) => ({
      mailer: override(mailer, {
        send: async (mail: OutgoingMail) => {
          if (++seen % 50 === 0) throw new Error(`no mail could be sent to ${mail.to}`);
          return mailer.send(mail);
        },
      }),
    }))();
  },
};

/** Publications as they were before they were withdrawn, by store. */
const withdrawnOnes = new WeakMap<object, Publication[]>();
function remember(articles: object, publication: Publication): void {
  const known = withdrawnOnes.get(articles) ?? [];
  if (!known.some(({ number }) => number === publication.number)) known.push(publication);
  withdrawnOnes.set(articles, known);
}
