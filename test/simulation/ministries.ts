import { topics } from '../../config/topics.ts';
import type { Source } from '../../config/sources.ts';
import { sourceSchema } from '../../config/sources.schema.ts';
import type { Fetched, Validators } from '../../functions/ingest/fetch-feed.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { portal } from '../../config/portal.ts';

/** What a ministry really published, whatever its feed makes of it. */
export interface Release {
  /** Names it in the simulation, in its headline and its text, for good. */
  truth: string;
  ministry: string;
  publishedAtMs: number;
  /** Not to be published before. */
  embargoUntilMs?: number;
  /** Slugs. */
  topics: string[];
  /** 1, and one more with each correction. */
  version: number;
  guid: string;
  link: string;
  /** Another one carried it before it was taken up from here. */
  carriedUnseen?: boolean;
  /** When its link or its GUID last changed: who changes both between two polls makes another release of it. */
  readdressedAtMs: number;
  /** When it came into the feed. */
  appearedAtMs: number;
  /** Gone from the feed. */
  deleted: boolean;
}

export type Trouble = 'down' | 'broken-xml' | 'busy' | 'html';

/** How often the servers ask to be polled: as seldom as a day still has its time for everything. */
export const pollSeconds = 4 * 3600;

/** One ministry's web server: releases, and the feed that they are in, as it stands. */
export class Ministry {
  readonly id: string;
  readonly releases: Release[] = [];
  trouble: Trouble | undefined;
  /** When its server was last asked; when it last answered well, and when it last did not. */
  asked = { atMs: 0, wellAtMs: 0, badlyAtMs: 0 };
  /** The path of its feed; others that it had redirect there. */
  path = '/feed';
  readonly duringFreeze: Source['duringFreeze'];
  #version = 0;
  #body: { version: number; text: string } | undefined;

  constructor(id: string, duringFreeze: Source['duringFreeze']) {
    this.id = id;
    this.duringFreeze = duringFreeze;
  }

  get source(): Source {
    return sourceSchema.parse({
      id: this.id,
      issuer: `Ministerium ${this.id}`,
      url: `https://${this.id}.example/feed`,
      duringFreeze: this.duringFreeze,
      fullText: 'allowed',
      staleAfterDays: 30,
    });
  }

  changed(): void {
    this.#version += 1;
  }

  /** Releases that the feed shows: the newest ones. */
  shown(): Release[] {
    return this.releases.filter(({ deleted }) => !deleted).slice(-10);
  }

  /** What its server answers, as `fetchFeed` tells it. */
  answer(address: string, validators: Validators, nowMs: number): Fetched {
    this.asked.atMs = nowMs;
    if (this.trouble === undefined) this.asked.wellAtMs = nowMs;
    else this.asked.badlyAtMs = nowMs;
    const asked = new URL(address).pathname;
    const url = `https://${this.id}.example${this.path}`;
    switch (this.trouble) {
      case 'down':
        return { outcome: 'failed', reason: 'ECONNREFUSED' };
      case 'busy':
        return { outcome: 'busy', reason: 'HTTP 503', retryAfterSeconds: 1800 };
      case 'html':
        return this.#body200(url, asked, '<!doctype html><title>Wartung</title><p>Wartung</p>', undefined);
      case 'broken-xml':
        return this.#body200(url, asked, this.#text().slice(0, 300), undefined);
      case undefined:
    }
    const etag = `"${this.#version}"`;
    if (validators.etag === etag) {
      return { outcome: 'not-modified', ...this.#headers(url, asked, etag) };
    }
    return this.#body200(url, asked, this.#text(), etag);
  }

  #body200(url: string, asked: string, text: string, etag: string | undefined): Fetched {
    return {
      outcome: 'body',
      bytes: Buffer.from(text),
      contentType: 'application/rss+xml; charset=utf-8',
      ...this.#headers(url, asked, etag),
    };
  }

  #headers(url: string, asked: string, etag: string | undefined) {
    return {
      url,
      movedTo: asked === this.path ? undefined : url,
      etag,
      lastModified: undefined,
      maxAgeSeconds: pollSeconds,
      uncacheable: false,
    };
  }

  #text(): string {
    if (this.#body?.version !== this.#version) {
      const items = this.shown().toReversed().map(itemOf).join('\n');
      const text = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Presse ${this.id}</title><link>https://${this.id}.example/</link><description>Presse</description>
${items}
</channel></rss>`;
      this.#body = { version: this.#version, text };
    }
    return this.#body.text;
  }
}

export const headlineOf = ({ truth, version }: Pick<Release, 'truth' | 'version'>): string =>
  `Meldung ${truth} über Kinder und Jugendliche${version > 1 ? `, Fassung ${version}` : ''}`;

/** The release that an article is, and which version of it it shows. */
export function readHeadline(headline: string): { truth: string; version: number } | undefined {
  const found = /^Meldung (\S+) über Kinder und Jugendliche(?:, Fassung (\d+))?$/u.exec(headline);
  return found?.[1] === undefined ? undefined : { truth: found[1], version: Number(found[2] ?? 1) };
}

function itemOf(release: Release): string {
  const { guid, link, publishedAtMs, embargoUntilMs, truth } = release;
  const categories = release.topics.map((slug) => `<category>${labelOf(slug)}</category>`).join('');
  const embargo = embargoUntilMs === undefined ? '' : `<p>Sperrfrist: ${germanMoment(embargoUntilMs)}</p>`;
  const text =
    `${embargo}<p>Der Text der Meldung ${truth} handelt in allen Einzelheiten davon, ` +
    `was das Ministerium an diesem Tag in dieser Sache mitzuteilen hatte.</p><p>Mehr dazu im Netz.</p>`;
  return `<item><title>${headlineOf(release)}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid>
<pubDate>${new Date(publishedAtMs).toUTCString()}</pubDate>${categories}<description><![CDATA[${text}]]></description></item>`;
}

const labelOf = (slug: string): string => {
  const topic = topics.find((one) => one.slug === slug);
  if (topic === undefined) throw new Error(`there is no topic ${slug}`);
  return topic.label;
};

/** `3. Mai 2027, 10:00 Uhr`: minutes in the portal's zone. */
function germanMoment(atMs: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(portal.timeZone);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(at.day)}.${two(at.month)}.${at.year}, ${two(at.hour)}:${two(at.minute)} Uhr`;
}
