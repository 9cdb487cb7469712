import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { announceCommands } from '../../../bin/commands/announce.ts';
import { articleCommands } from '../../../bin/commands/article.ts';
import { freezeCommands } from '../../../bin/commands/freeze.ts';
import { DynamoDbAnnouncements } from '../../../functions/announcements/dynamodb-announcements.ts';
import { dueAnnouncementWork } from '../../../functions/announcements/due-work.ts';
import { DynamoDbArticles } from '../../../functions/articles/dynamodb-articles.ts';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { DynamoDbSubscriberStore } from '../../../functions/subscribers/dynamodb-subscriber-store.ts';
import { serveAws } from '../../../local/aws/endpoint.ts';
import { FileQueue } from '../../../local/aws/file-queue.ts';
import { Outbox } from '../../../local/aws/outbox.ts';
import { sesService } from '../../../local/aws/ses.ts';
import { close } from '../../../local/listen.ts';
import { instant, seedFile, seedNotice } from '../../support/announcements/seed.ts';
import { anArticle } from '../../support/articles.ts';
import { aSubscriber, changeTo } from '../../support/subscribers.ts';
import { freshTables } from '../../support/tables.ts';

let data: string;
let server: Server;
let announcements: DynamoDbAnnouncements;
let articles: DynamoDbArticles;
let now: string;
let answers: string[];
let printed: string[];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'herold-announce-'));
  const feedback = new FileQueue(join(data, 'feedback'), { visibilityTimeoutSeconds: 30, maxReceives: 2 });
  const outbox = new Outbox(join(data, 'outbox'), feedback);
  const served = await serveAws({ ses: sesService(outbox, { maxPerSecond: 14, maxPer24Hours: 50_000 }) });
  server = served.server;
  const names = await freshTables();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SES: `${served.url}/ses`,
    CONTENT_TABLE: names.content,
    SUBSCRIBERS_TABLE: names.subscribers,
    SHARD_COUNT: '4',
    PORTAL_BASE_URL: 'https://portal.example',
    SENDER_ADDRESS: 'post@portal.example',
    BULK_CONFIGURATION_SET: 'bulk',
    RECIPIENT_ALLOW_LIST: '*',
  });
  announcements = new DynamoDbAnnouncements(documentClient(), names.content);
  articles = new DynamoDbArticles(documentClient(), names.content);
  const subscribers = new DynamoDbSubscriberStore(documentClient(), names.subscribers, 4);
  await subscribers.put(changeTo(aSubscriber('a@example.org')));
  await subscribers.put(changeTo(aSubscriber('b@example.org')));
  await subscribers.put(changeTo(aSubscriber('c@example.org', { announcements: false })));
  now = '2022-04-01T10:00:00Z';
  answers = [];
  printed = [];
});
afterEach(async () => {
  await close(server);
  rmSync(data, { recursive: true });
});

/** Runs a command line; returns what it printed. */
async function herold(line: string, files: Record<string, string> = {}): Promise<string> {
  printed = [];
  const io = {
    print: (text: string) => void printed.push(text),
    ask: async (question: string) => {
      printed.push(question);
      return answers.shift() ?? '';
    },
    read: async (file: string) => files[file] ?? '',
    user: 'anna',
    clock: { now: () => instant(now) },
  };
  const program = new Command().exitOverride();
  announceCommands(program, io);
  articleCommands(program, io);
  freezeCommands(program, io);
  await program.parseAsync(line.match(/"[^"]*"|\S+/gu)?.map((word) => word.replaceAll('"', '')) ?? [], {
    from: 'user',
  });
  return printed.join('\n');
}

const files = { 'relaunch.yaml': seedFile, 'notice.txt': seedNotice };
const id = 'relaunch-2022-04-29';

test('before anything is made, all of it is shown, and asked for', async () => {
  await expect(herold('announce relaunch.yaml', files)).rejects.toThrow('Nothing was done.');
  const sheet = printed.join('\n');
  for (const part of [
    'Frozen from Freitag, 29. April 2022, open again on Montag, 23. Mai 2022: 24 Tage',
    'reminder-14  Freitag, 15. April 2022, 07:00',
    'Audience: 2 confirmed subscribers (everyone)',
    'Mails: 6 × 2 = 12, about $0.00; each time 1 s at 14 mails per second',
    '── Mail of freeze (with relaunch-2022-04-29.ics)',
    '── Banner on all pages',
    '── Calendar file\nBEGIN:VCALENDAR',
    'Announce it like this? (yes/no)',
  ]) {
    expect(sheet).toContain(part);
  }
  expect(await announcements.list()).toEqual([]);

  answers = ['y'];
  expect(await herold('announce relaunch.yaml', files)).toContain(`${id} is announced.`);
  expect(await announcements.get(id)).toMatchObject({ audienceSize: 2, created: { by: 'anna' } });
});

test('the notice from the page is made from its text', async () => {
  answers = ['ja'];
  await herold('announce notice.txt --from-text --year 2022', files);
  expect(await announcements.get(id)).toMatchObject({
    kind: 'relaunch',
    icon: 'Achtung',
    headline: 'Relaunch - Am 23. Mai ist es soweit:',
    freezeFrom: '2022-04-29',
    reopenAt: '2022-05-23',
  });
});

test('what does not fit is refused with every reason and its mend', async () => {
  await expect(herold('announce notice.txt --from-text', files)).rejects.toThrow(
    'The announcement is refused\n  freezeFrom is "29. April", a date without a year; write it as 2022-04-29',
  );
  now = '2023-04-01T10:00:00Z';
  await expect(herold('announce relaunch.yaml', files)).rejects.toThrow('2022-04-29 is in the past');
  await expect(herold('announce')).rejects.toThrow('Name a file');
});

test('field by field, each asked again until it fits', async () => {
  answers = [
    'freeze', 'warning', '', 'Achtung', 'Redaktionsstopp', 'Erst dies. | Dann das.',
    '29. April', '2022-04-29', '2022-05-23', '', 'sport', 'familie, beteiligung', 'y',
  ]; // prettier-ignore
  const asked = await herold('announce --interactive');
  expect(asked).toContain('freezeFrom is "29. April", a date without a year');
  expect(asked).toContain('the topic "sport", which does not exist');
  expect(await announcements.get('freeze-2022-04-29')).toMatchObject({
    text: 'Erst dies.\nDann das.',
    audience: ['familie', 'beteiligung'],
  });
});

test('a second freeze on the same days is refused; one made again after a withdrawal gets a new name', async () => {
  await herold('announce relaunch.yaml --yes', files);
  await expect(herold('announce relaunch.yaml --yes', files)).rejects.toThrow(
    `it overlaps the freeze of ${id}`,
  );
  await expect(herold(`announce withdraw ${id}`)).rejects.toThrow('Nothing was done.');
  await herold(`announce withdraw ${id} --yes`);
  await herold('announce relaunch.yaml --yes', files);
  expect((await announcements.list()).map((one) => one.id)).toEqual([id, `${id}-2`]);
});

test('list and show tell what became of it', async () => {
  expect(await herold('announce list')).toBe('There is no announcement.');
  await herold('announce relaunch.yaml --yes', files);
  const parts = { announcements, startRun: async () => undefined };
  await dueAnnouncementWork(parts, await announcements.list(), instant(now));
  expect(await herold('announce list')).toBe(`${id}  announced  Relaunch - Am 23. Mai ist es soweit:`);
  const shown = await herold(`announce show ${id}`);
  expect(shown).toContain('advance      Freitag, 1. April 2022, 12:00  sent');
  expect(shown).toContain('Freitag, 1. April 2022, 12:00  made by anna');
  await expect(herold('announce show nothing')).rejects.toThrow('There is no announcement nothing');
});

test('preview prints a mail, or sends it', async () => {
  await herold('announce relaunch.yaml --yes', files);
  expect(await herold(`announce preview ${id} --phase freeze`)).toMatch(
    /^Der Redaktionsstopp hat begonnen\n/u,
  );
  await expect(herold(`announce preview ${id} --phase summer`)).rejects.toThrow(
    'it has advance, reminder-14',
  );
  await herold(`announce preview ${id} --phase advance --to editor@example.org`);
  expect(readdirSync(join(data, 'outbox')).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  process.env['RECIPIENT_ALLOW_LIST'] = 'editor@example.org';
  await expect(herold(`announce preview ${id} --phase advance --to other@example.org`)).rejects.toThrow(
    'not-allow-listed',
  );
});

test('reschedule moves it, once its words fit the new dates', async () => {
  await herold('announce relaunch.yaml --yes', files);
  await expect(herold(`announce reschedule ${id} --reopen-at 2022-05-30`)).rejects.toThrow(
    'headline still says 23. Mai; give a new headline',
  );
  await expect(herold(`announce reschedule ${id} --reopen-at 30.5.`)).rejects.toThrow(
    'a date without a year',
  );
  await herold(
    `announce reschedule ${id} --reopen-at 2022-05-30 --headline Relaunch --text "Ab dem 30. Mai wieder." --by berta`,
  );
  expect(await announcements.get(id)).toMatchObject({
    reopenAt: '2022-05-30',
    sequence: 1,
    moved: { by: 'berta', from: { reopenAt: '2022-05-23' }, told: false },
  });
});

test('approve lets waiting mails go', async () => {
  await herold('announce relaunch.yaml --yes', files);
  now = '2022-04-03T10:00:00Z';
  expect(await herold('announce list')).toContain('WAITS FOR APPROVAL: advance');
  expect(await herold(`announce approve ${id} --by berta --yes`)).toContain('approved by berta');
  expect(await herold('announce list')).not.toContain('WAITS');
});

test('an article is released, held, moved and withdrawn by hand', async () => {
  const article = anArticle({ heldBecause: 'freeze' });
  await articles.insert(article, { linkIdentifies: true });
  expect(await herold(`article hold ${article.id} --reason "Rückfrage"`)).toContain(
    'is held, because of editor',
  );
  expect(await herold(`article release ${article.id}`)).toContain('is live');
  expect(await herold(`article move ${article.id} familie beteiligung`)).toContain('familie, beteiligung');
  await expect(herold(`article move ${article.id} sport`)).rejects.toThrow('There is no topic sport');
  expect(await herold(`article withdraw ${article.id} --by berta --yes`)).toContain('is withdrawn');
  await expect(herold(`article release ${article.id}`)).rejects.toThrow('only what is held can be released');
  expect((await articles.get(article.id))?.acts?.map(({ act, by, reason }) => [act, by, reason])).toEqual([
    ['hold', 'anna', 'Rückfrage'],
    ['release', 'anna', undefined],
    ['move', 'anna', undefined],
    ['withdraw', 'berta', undefined],
  ]);
});

test('a freeze begins today, and ends at once', async () => {
  expect(await herold('freeze show')).toBe('open\nNo freeze is planned.');
  await expect(herold('freeze end --yes')).rejects.toThrow('No freeze is on');
  await expect(herold('freeze begin --reopen-at gestern')).rejects.toThrow('reopenAt is "gestern"');
  await expect(herold('freeze begin --reopen-at 2022-04-01')).rejects.toThrow('is not after freezeFrom');
  await expect(herold('freeze begin --reopen-at 2022-04-11')).rejects.toThrow('Nothing was done.');
  expect(await announcements.list()).toEqual([]);

  const begun = await herold('freeze begin --reopen-at 2022-04-11 --yes');
  expect(begun).toContain(
    'Zurzeit erscheinen keine neuen Meldungen. Ab Montag, 11. April 2022, geht es weiter.',
  );
  expect(await herold('freeze show')).toBe(
    'frozen since Freitag, 1. April 2022, 00:00\nRedaktionsstopp: Redaktionsstopp\nReopens on Montag, 11. April 2022, 00:00.',
  );
  expect(JSON.parse(await herold('freeze end --yes --json'))).toEqual({ ended: 'freeze-2022-04-01' });
  expect(JSON.parse(await herold('freeze show --json'))).toMatchObject({
    state: 'open',
    since: '2022-04-01T10:00:00.000Z',
  });
});

test('scripts get JSON, and no question that nobody sees', async () => {
  await expect(herold('announce relaunch.yaml --json', files)).rejects.toThrow('add --yes');
  const made = JSON.parse(await herold('announce relaunch.yaml --yes --json', files)) as unknown;
  expect(made).toMatchObject({ announcement: { id, created: { by: 'anna' } } });
  expect(JSON.parse(await herold('announce list --json'))).toMatchObject({ announcements: [{ id }] });
  expect(JSON.parse(await herold(`announce show ${id} --json`))).toMatchObject({ announcement: { id } });
  expect(JSON.parse(await herold(`announce preview ${id} --phase freeze --json`))).toMatchObject({
    subject: 'Der Redaktionsstopp hat begonnen',
  });
});
