import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { allTopics } from '../../config/topics.ts';

/** What changed of one feed's articles. */
export interface TopicChange {
  /** Publication numbers of articles that were there before: corrected, withdrawn, or moved in or out. */
  touched: Set<number>;
  /** How many of them left. */
  left: number;
}

/** What a batch of stream records means for the feeds. */
export interface ContentChanges {
  /** By slug; `alle` among them. */
  topics: Map<string, TopicChange>;
  /** Something that any feed may show: an announcement, or what a source permits. */
  everyFeed: boolean;
}

/** As if everything had changed that any feed shows. */
export const everyFeed: ContentChanges = { topics: new Map(), everyFeed: true };

type Image = Readonly<Record<string, AttributeValue>> | undefined;

/**
 * Reads a batch of the content table's stream. Records tell where to look, not what to write: feeds are read from the
 * table, so records that come twice, late or in another order do no harm, and a burst costs each feed one writing.
 */
export function changesOf(records: readonly DynamoDBRecord[]): ContentChanges {
  const changes: ContentChanges = { topics: new Map(), everyFeed: false };
  for (const { dynamodb } of records) {
    const before: Image = dynamodb?.OldImage;
    const after: Image = dynamodb?.NewImage;
    const key = dynamodb?.Keys?.['pk']?.S ?? '';
    if (key.startsWith('ARTICLE#')) addArticle(changes.topics, before, after);
    else if (key === 'ANNOUNCEMENT') changes.everyFeed ||= noticesChanged(before, after);
    else if (key === 'SOURCE') changes.everyFeed ||= definitionChanged(before, after);
  }
  return changes;
}

function addArticle(topics: ContentChanges['topics'], before: Image, after: Image): void {
  const was = placesOf(before);
  const is = placesOf(after);
  const number = Number((was.size > 0 ? before : after)?.['publication']?.N);
  for (const topic of new Set([...was, ...is])) {
    const change = topics.get(topic) ?? { touched: new Set<number>(), left: 0 };
    if (was.size > 0) change.touched.add(number);
    if (!is.has(topic)) change.left += 1;
    topics.set(topic, change);
  }
}

/** The feeds that show an article as it stands in an image of its row. */
function placesOf(image: Image): Set<string> {
  if (image?.['status']?.S !== 'live') return new Set();
  return new Set([allTopics, ...(image['topics']?.L ?? []).flatMap(({ S: topic }) => topic ?? [])]);
}

/** Every poll writes to a source's row; feeds only care for what the source is called and permits. */
const definitionChanged = (before: Image, after: Image): boolean =>
  JSON.stringify(before?.['definition']) !== JSON.stringify(after?.['definition']);

/** The clock writes to an announcement's row with each step of its mails; feeds only care for what they show of it. */
const noticesChanged = (before: Image, after: Image): boolean =>
  !isDeepStrictEqual(noticesOf(before), noticesOf(after));

/** All that feeds may show of an announcement: phases that have begun, and what is said of them. */
function noticesOf(image: Image): unknown {
  if (image === undefined) return undefined;
  const { phases, version: _version, approvals: _approvals, audienceSize: _size, ...said } = image;
  const records = Object.entries(phases?.M ?? {}).map(([id, record]) => [id, record.M ?? {}] as const);
  const begun = records.filter(([, record]) => record['begunAt'] !== undefined);
  if (begun.length === 0) return undefined;
  return {
    ...said,
    phases: Object.fromEntries(
      begun.map(([id, { mail: _mail, mailAt: _mailAt, ...record }]) => [id, record]),
    ),
    // What is withdrawn before anyone was told, was never there.
    told:
      said['withdrawn'] !== undefined &&
      records.some(([, { mail }]) => mail?.S === 'sent' || mail?.S === 'starting'),
  };
}
