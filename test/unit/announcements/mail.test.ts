import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { act, moved, withdrawn } from '../../../functions/announcements/acts.ts';
import type { Announcement } from '../../../functions/announcements/announcement.ts';
import { decide } from '../../../functions/announcements/due-work.ts';
import { AnnouncementMails } from '../../../functions/announcements/mail/announcement-mails.ts';
import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import { compose } from '../../../functions/mail/compose.ts';
import type { Edition } from '../../../functions/mail/edition.ts';
import { tokenLength } from '../../../functions/subscribers/tokens.ts';
import type { Run } from '../../../functions/runs/run.ts';
import type { Subscriber } from '../../../functions/subscribers/subscriber.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';
import { expectGolden } from '../../support/golden.ts';

const baseUrl = new URL('https://portal.example');

const runOf = (announcement: Announcement, phase: string, slot: string): Run => ({
  id: `announcement-${announcement.id}-${phase}`,
  kind: 'announcement',
  announcementId: announcement.id,
  phase,
  slot,
  createdAt: slot,
  deadline: slot,
  state: 'planning',
  shards: 1,
  version: 1,
});

async function mailsOf(announcement: Announcement, now: string): Promise<AnnouncementMails> {
  const announcements = new MemoryAnnouncements();
  await announcements.create(announcement);
  return new AnnouncementMails({ announcements, clock: { now: () => instant(now) }, baseUrl });
}

const editionOf = async (announcement: Announcement, phase: string, at: string): Promise<Edition> =>
  (await mailsOf(announcement, at)).edition(runOf(announcement, phase, at));

const anna = (at: string) => act('anna', instant(at));
/** The seed after its advance notice was sent. */
const told = seedRelaunch({ ...decide(seedRelaunch(), instant('2022-04-01T10:00:00Z')).next });
const later = { freezeFrom: '2022-05-06', reopenAt: '2022-05-30', headline: 'Relaunch - Am 30. Mai ist es soweit:', text: 'Daher erfolgt ab dem 6. Mai ein Redaktionsstopp.' }; // prettier-ignore

const cases: [name: string, announcement: Announcement, phase: string, at: string][] = [
  ['advance', seedRelaunch(), 'advance', '2022-04-01T10:00:00Z'],
  ['reminder', seedRelaunch(), 'reminder-14', '2022-04-15T05:00:00Z'],
  ['freeze', seedRelaunch(), 'freeze', '2022-04-29T05:00:00Z'],
  ['reopen', seedRelaunch(), 'reopen', '2022-05-23T05:00:00Z'],
  ['moved', moved(told, later, anna('2022-04-10T10:00:00Z')), 'moved-1', '2022-04-10T10:01:00Z'],
  ['prolonged', moved(told, { reopenAt: '2022-05-30', headline: later.headline, text: 'Bald.' }, anna('2022-05-10T10:00:00Z')), 'moved-1', '2022-05-10T10:01:00Z'], // prettier-ignore
  ['withdrawn', withdrawn(told, anna('2022-04-10T10:00:00Z')), 'withdrawn-1', '2022-04-10T10:01:00Z'],
  ['ended-early', withdrawn(told, anna('2022-05-10T10:00:00Z')), 'withdrawn-1', '2022-05-10T10:01:00Z'],
];

test.each(cases)('the mail of %s reads as it should', async (name, announcement, phase, at) => {
  const { subject, text, html, attachments } = await editionOf(announcement, phase, at);
  const calendar = attachments.map(({ contentType, content }) => `${contentType}\n${content}`).join('\n');
  expectGolden(`announcements/${name}.txt`, `${subject}\n\n${text}\n${calendar}`);
  expectGolden(`announcements/${name}.html`, html);
});

test('a mail composed of it is in order for an independent parser', async () => {
  const edition = await editionOf(seedRelaunch(), 'advance', '2022-04-01T10:00:00Z');
  const raw = compose(
    edition,
    { address: 'post@portal.example', baseUrl },
    {
      address: 'leser@example.org',
      unsubscribeToken: 'a'.repeat(tokenLength),
      settingsToken: 'b'.repeat(tokenLength),
      messageId: 'x@portal.example',
      at: instant('2022-04-01T10:00:00Z'),
    },
  );
  expect(raw.length).toBeLessThan(90_000);
  const mail = await simpleParser(raw);
  expect(mail.subject).toBe('Relaunch - Am 23. Mai ist es soweit');
  expect(mail.text).toContain('Abmelden: https://portal.example/');
  const [attachment] = mail.attachments;
  expect(attachment?.contentType).toBe('text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(attachment?.content.toString() ?? '') as never);
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
});

describe('whom a phase concerns', () => {
  const subscriber: Subscriber = {
    sid: 'a'.repeat(26),
    address: 'leser@example.org',
    state: 'confirmed',
    subscriptions: [{ cadence: 'weekly', topics: ['familie'], since: 0 }],
    announcements: true,
    requestedAt: '2022-01-01T00:00:00.000Z',
    version: 1,
  };
  const concerned = async (
    announcement: Announcement,
    changes: Partial<Subscriber>,
    now = '2022-04-01T11:00:00Z',
  ) => {
    const audience = await (await mailsOf(announcement, now)).audience(runOf(announcement, 'advance', now));
    return audience({ ...subscriber, ...changes });
  };

  test("everyone confirmed, whatever their cadence, unless they don't want to", async () => {
    expect(await concerned(seedRelaunch(), {})).toBe(true);
    expect(await concerned(seedRelaunch(), { subscriptions: [] })).toBe(true);
    expect(await concerned(seedRelaunch(), { pausedUntil: '2023-01-01T00:00:00Z' })).toBe(true);
    expect(await concerned(seedRelaunch(), { announcements: false })).toBe(false);
    expect(await concerned(seedRelaunch(), { state: 'pending' })).toBe(false);
    expect(await concerned(seedRelaunch(), { suppressed: 'bounce' })).toBe(false);
  });

  test('or those who read its topics', async () => {
    const some = seedRelaunch({ audience: ['familie', 'jugendarbeit'] });
    const reading = (topics: 'alle' | string[]) => ({
      subscriptions: [{ cadence: 'daily' as const, topics, since: 0 }],
    });
    expect(await concerned(some, reading(['familie', 'beteiligung']))).toBe(true);
    expect(await concerned(some, reading('alle'))).toBe(true);
    expect(await concerned(some, reading(['beteiligung']))).toBe(false);
  });

  test('nobody any more, when the next phase has begun or it is withdrawn', async () => {
    expect(await concerned(seedRelaunch(), {}, '2022-04-15T05:00:00Z')).toBe(false);
    expect(await concerned(withdrawn(told, anna('2022-04-01T10:30:00Z')), {})).toBe(false);
  });
});
