import ICAL from 'ical.js';
import { act, moved, withdrawn } from '../../../functions/announcements/acts.ts';
import type { FreezingAnnouncement } from '../../../functions/announcements/announcement.ts';
import { calendarFile } from '../../../functions/announcements/calendar.ts';
import { instant, seedRelaunch } from '../../support/announcements/seed.ts';
import { expectGolden } from '../../support/golden.ts';

const fileOf = (announcement: FreezingAnnouncement): string =>
  calendarFile(announcement, new URL('https://portal.example'));

function read(announcement: FreezingAnnouncement) {
  const calendar = new ICAL.Component(ICAL.parse(fileOf(announcement)) as never);
  const component = calendar.getFirstSubcomponent('vevent');
  if (component === null) throw new Error('no event');
  const event = new ICAL.Event(component);
  return { calendar, component, event };
}

const anna = act('anna', instant('2022-04-10T10:00:00Z'));

test("the seed's calendar file is as it was found good", () => {
  expectGolden('announcements/seed.ics', fileOf(seedRelaunch()));
});

test('an independent parser reads whole days, their end being the day of the reopening', () => {
  const { calendar, component, event } = read(seedRelaunch());
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(event.startDate.isDate && event.endDate.isDate).toBe(true);
  expect([event.startDate.toString(), event.endDate.toString()]).toEqual(['2022-04-29', '2022-05-23']);
  expect(event.duration.toSeconds()).toBe(24 * 86400);
  expect(event.summary).toBe('Redaktionsstopp: Portal der Kinder- und Jugendhilfe');
  expect(event.description).toContain('mit vollständig neuem Look.\nDaher erfolgt');
  expect(component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  expect(component.getFirstPropertyValue('organizer')).toBe('mailto:redaktion@portal-jugendhilfe.example');
});

test('lines are folded at 75 octets and end with CRLF', () => {
  const file = fileOf(seedRelaunch({ headline: 'Ä'.repeat(60), text: 'ß'.repeat(500) }));
  const lines = file.split('\r\n');
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  expect(read(seedRelaunch({ text: 'ß'.repeat(500) })).event.description).toContain('ß'.repeat(500));
});

test('properties of the calendar stand before its events, as RFC 5545 has it', () => {
  expect(fileOf(seedRelaunch()).split('END:VEVENT')[1]?.trim()).toBe('END:VCALENDAR');
});

test('moved: the same UID, a higher SEQUENCE, a new DTSTAMP', () => {
  const { event, component } = read(moved(seedRelaunch(), { freezeFrom: '2022-05-06' }, anna));
  expect(event.uid).toBe(read(seedRelaunch()).event.uid);
  expect(event.sequence).toBe(1);
  expect(event.startDate.toString()).toBe('2022-05-06');
  expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2022-04-10T10:00:00Z');
});

test('withdrawn: cancelled under the same UID', () => {
  const { calendar, component, event } = read(withdrawn(seedRelaunch(), anna));
  expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
  expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
  expect([event.uid, event.sequence]).toEqual([read(seedRelaunch()).event.uid, 1]);
});
