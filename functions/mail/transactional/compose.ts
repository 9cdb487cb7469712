import MailComposer from 'nodemailer/lib/mail-composer';
import { portal } from '../../../config/portal.ts';
import type { Temporal } from '../../platform/time.ts';
import { bytesOf } from '../mime.ts';
import type { Letter } from './letter.ts';
import { renderHtml, renderText } from './render.tsx';

export interface Envelope {
  /** Names the mail; same letter, same id, same bytes. `[A-Za-z0-9-]+`. */
  id: string;
  /** Address that mails come from, at a domain that is verified with SES. */
  sender: string;
  to: string;
  at: Temporal.Instant;
}

/** A letter as MIME: `multipart/alternative`, UTF-8, quoted-printable, and marked as automatic (RFC 3834). */
export async function composeLetter(
  letter: Letter,
  { id, sender, to, at }: Envelope,
  baseUrl: URL,
): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: portal.name, address: sender },
    replyTo: portal.publisher.email,
    to: { name: '', address: to },
    subject: letter.subject,
    date: new Date(at.epochMilliseconds),
    messageId: `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All', // what Exchange heeds instead of RFC 3834
    },
    text: renderText(letter, baseUrl),
    html: await renderHtml(letter, baseUrl),
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    baseBoundary: id,
  });
  return bytesOf(composer.compile());
}
