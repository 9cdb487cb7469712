import { randomBytes } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWords } from 'nodemailer/lib/mime-funcs';
import type MimeNode from 'nodemailer/lib/mime-node';
import { portal } from '../../config/portal.ts';
import { Temporal } from '../platform/time.ts';
import { base32 } from '../platform/ids.ts';
import { settingsUrl, unsubscribeUrl } from '../subscribers/links.ts';
import { tokenLength } from '../subscribers/tokens.ts';
import { ownLinks, type Edition } from './edition.ts';
import { bytesOf } from './mime.ts';

/** Who sends, and where the portal's pages are. */
export interface Sender {
  address: string;
  baseUrl: URL;
}

/** What differs between two readers of one edition. */
export interface Reader {
  /** ASCII, without quotes or comments, as `readAddress` lets them pass. */
  address: string;
  unsubscribeToken: string;
  settingsToken: string;
  /** Without angle brackets; SES puts its own in its place, other ways of sending keep it. */
  messageId: string;
  at: Temporal.Instant;
}

/** Composes one mail. */
export const compose = (edition: Edition, sender: Sender, reader: Reader): Buffer =>
  bytesOf(composed(edition, sender, reader));

/**
 * One mail as nodemailer's tree: `multipart/alternative`, quoted-printable, RFC 2047 subject, and the headers of lists
 * (RFC 2919, 2369, 8058) and of machines (RFC 3834).
 */
export function composed(edition: Edition, sender: Sender, reader: Reader): MimeNode {
  const unsubscribe = unsubscribeUrl(sender.baseUrl, reader.unsubscribeToken);
  const settings = settingsUrl(sender.baseUrl, reader.settingsToken);
  const own = (content: string): string =>
    content
      .replaceAll(ownLinks.unsubscribe, unsubscribe)
      .replaceAll(ownLinks.settings, settings)
      .replaceAll(/\r?\n/g, '\r\n');
  const mail = new MailComposer({
    from: { name: portal.name, address: sender.address },
    to: reader.address,
    subject: edition.subject,
    date: dateHeader(reader.at),
    messageId: `<${reader.messageId}>`,
    text: own(edition.text),
    html: own(edition.html),
    textEncoding: 'quoted-printable',
    attachments: edition.attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content,
    })),
    headers: {
      // RFC 2919: the phrase may be encoded, the identifier in brackets may not.
      'List-Id': {
        prepared: true,
        foldLines: true,
        value: `${encodeWords(edition.list.name, 'Q', 52)} <${edition.list.label}.${portal.tagAuthority}>`,
      },
      'List-Unsubscribe': { prepared: true, foldLines: true, value: `<${unsubscribe}>` },
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
      'Content-Language': portal.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile();
}

/** One edition as MIME, with places for what differs. */
export interface MailTemplate {
  bytes: Buffer;
  /** Where the address stands; the only place whose width may differ. */
  address: { start: number; end: number };
  /** Pieces of the other slots: characters `from` to `to` of the slot's value stand at `start`. */
  pieces: Piece[];
}

type Slot = Exclude<keyof Reader, 'address' | 'at'> | 'date';

interface Piece {
  slot: Slot;
  start: number;
  from: number;
  to: number;
}

/**
 * Composes an edition once, so that each reader's mail is a copy with the slots written over ({@link splice}). That is
 * possible because tokens are of one width, and of characters that quoted-printable neither encodes nor breaks a line
 * at: the encoded mails of two readers differ in nothing but these characters.
 *
 * @param messageIdLength every reader's message id must have this length
 * @throws Error when a slot can't be found in the composed mail
 */
export function composeTemplate(edition: Edition, sender: Sender, messageIdLength: number): MailTemplate {
  const at = Temporal.Instant.fromEpochMilliseconds(0);
  const sample: Reader = {
    address: `${marker(32)}@${marker(16)}.invalid`,
    unsubscribeToken: marker(tokenLength),
    settingsToken: marker(tokenLength),
    messageId: marker(messageIdLength),
    at,
  };
  const bytes = compose(edition, sender, sample);
  // One character per byte: composed mails are ASCII, and positions must be those of bytes.
  const text = bytes.toString('latin1');
  const whole = unbroken(text);
  const pieces = [
    ...piecesOf(whole, 'unsubscribeToken', sample.unsubscribeToken),
    ...piecesOf(whole, 'settingsToken', sample.settingsToken),
    ...piecesOf(whole, 'messageId', sample.messageId).slice(0, 1),
    ...piecesOf(whole, 'date', dateHeader(at)).slice(0, 1),
  ];
  const start = text.indexOf(`\r\nTo: ${sample.address}\r\n`) + '\r\nTo: '.length;
  const slots = new Set(pieces.map(({ slot }) => slot));
  const expected: Slot[] = ['unsubscribeToken', 'messageId', 'date'];
  if (edition.html.includes(ownLinks.settings)) expected.push('settingsToken');
  const missing = expected.find((slot) => !slots.has(slot));
  if (start < '\r\nTo: '.length || missing !== undefined) {
    throw new Error(`The composed mail shows no place for the ${missing ?? 'address'}`);
  }
  return { bytes, address: { start, end: start + sample.address.length }, pieces };
}

/** A template as it is kept in the archive: its mail can be read there as it is, apart from what differs. */
export function templateJson({ bytes, address, pieces }: MailTemplate): Buffer {
  return Buffer.from(JSON.stringify({ mail: bytes.toString('latin1'), address, pieces }));
}

/** Reads what {@link templateJson} wrote. */
export function templateFrom(json: Uint8Array): MailTemplate {
  const { mail, ...places } = JSON.parse(Buffer.from(json).toString()) as Omit<MailTemplate, 'bytes'> & {
    mail: string;
  };
  return { bytes: Buffer.from(mail, 'latin1'), ...places };
}

/** One reader's mail; parses to the same as one composed for them alone. */
export function splice({ bytes, address, pieces }: MailTemplate, reader: Reader): Buffer {
  const shift = reader.address.length - (address.end - address.start);
  const mail = Buffer.allocUnsafe(bytes.length + shift);
  bytes.copy(mail, 0, 0, address.start);
  mail.write(reader.address, address.start, 'latin1');
  bytes.copy(mail, address.end + shift, address.end);
  const date = dateHeader(reader.at);
  for (const { slot, start, from, to } of pieces) {
    const value = slot === 'date' ? date : reader[slot];
    mail.write(value.slice(from, to), start < address.start ? start : start + shift, 'latin1');
  }
  return mail;
}

/** RFC 5322 § 3.3, always 31 characters: `Tue, 24 Nov 2026 06:00:00 +0000`. */
const dateHeader = (at: Temporal.Instant): string =>
  new Date(at.epochMilliseconds).toUTCString().replace('GMT', '+0000');

/** Text that stands nowhere else. */
const marker = (length: number): string => base32(randomBytes(Math.ceil((length * 5) / 8))).slice(0, length);

/** A composed mail without the soft line breaks of quoted-printable (RFC 2045 § 6.7, rule 5), and where they stood. */
interface Unbroken {
  text: string;
  /** Positions in `text` before which a break stands, rising. */
  breaks: number[];
}

const softBreak = '=\r\n';

function unbroken(composed: string): Unbroken {
  const lines = composed.split(softBreak);
  const breaks: number[] = [];
  let length = 0;
  for (const line of lines.slice(0, -1)) {
    length += line.length;
    breaks.push(length);
  }
  return { text: lines.join(''), breaks };
}

/** Every place of a value, also where a soft break stands within it. */
function piecesOf({ text, breaks }: Unbroken, slot: Slot, value: string): Piece[] {
  const pieces: Piece[] = [];
  let passed = 0;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    while ((breaks[passed] ?? Infinity) <= at) passed += 1;
    let from = 0;
    let before = passed;
    while (from < value.length) {
      const to = Math.min(value.length, (breaks[before] ?? Infinity) - at);
      pieces.push({ slot, start: at + from + before * softBreak.length, from, to });
      from = to;
      before += 1;
    }
  }
  return pieces;
}
