import { Hono } from 'hono';
import { simpleParser } from 'mailparser';
import { MemoryMailer } from '../../functions/mail/memory-mailer.ts';
import { MemoryMailClaims } from '../../functions/mail/transactional/memory-mail-claims.ts';
import { sendTransactional } from '../../functions/notify/transactional.ts';
import type { Log } from '../../functions/platform/log.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { renderInPage } from '../../functions/web/layout.tsx';
import {
  subscriptionRoutes,
  type SubscriptionParts,
} from '../../functions/web/subscriptions/subscription-routes.tsx';
import { formsOf } from './html-forms.ts';
import { memorySubscriberParts } from './subscriber-parts.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** The subscription pages with their mails: a visitor, their mailbox, and a clock to move. */
export class SubscriptionSite {
  now = Temporal.Instant.from('2026-04-01T06:00:00Z');
  readonly logged: unknown[] = [];
  readonly parts: ReturnType<typeof memorySubscriberParts>;
  readonly mailer = new MemoryMailer();
  readonly #claims = new MemoryMailClaims();
  readonly #app = new Hono();

  constructor(parts = memorySubscriberParts(), more: Partial<SubscriptionParts> = {}) {
    this.parts = parts;
    const clock = { now: () => this.now };
    this.#app.use(async (c, next) => {
      renderInPage(undefined)(c);
      await next();
    });
    this.#app.route('/', subscriptionRoutes({ ...parts, clock, networkDetail: 'prefix', ...more }));
  }

  /** Moves time on. */
  wait(duration: Temporal.DurationLike): void {
    this.now = this.now.add(duration);
  }

  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (!headers.has('X-Forwarded-For')) headers.set('X-Forwarded-For', '203.0.113.77, 10.0.0.1');
    const response = await this.#app.request(path, { ...init, headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  get(path: string): Promise<Answer> {
    return this.request(path);
  }

  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Sends the form of a page that has this button, with some fields filled in. */
  submit(page: Answer, button: string, fields: Record<string, string> = {}): Promise<Answer> {
    const form = formsOf(page.body).find((candidate) => candidate.button === button);
    if (form === undefined) throw new Error(`the page has no button ${button}`);
    return this.post(form.action, { ...form.fields, ...fields });
  }

  /** Signs up as a person would, who takes their time over the form. */
  async signUp(address: string, fields: Record<string, string> = {}): Promise<Answer> {
    const page = await this.get('/anmeldung');
    this.wait({ seconds: 20 });
    return this.submit(page, 'Anmelden', { adresse: address, einwilligung: '2026-11', ...fields });
  }

  /** Signs up and confirms; returns the page that says so. */
  async subscribe(address: string, fields: Record<string, string> = {}): Promise<Answer> {
    await this.signUp(address, fields);
    return this.submit(await this.get(await this.linkIn(address, 'bestaetigung')), 'Bestätigen');
  }

  /** Delivers what waits, and returns path and query of a link in the last mail to someone. */
  async linkIn(address: string, page: string): Promise<string> {
    await this.deliver();
    const mail = this.mailer.sentTo(address).at(-1);
    if (mail === undefined) throw new Error('no mail came');
    const { text = '' } = await simpleParser(Buffer.from(mail.raw));
    const link = new RegExp(`https://portal\\.example(/${page}\\?t=\\S+)`).exec(text)?.[1];
    if (link === undefined) throw new Error(`the mail has no link to ${page}`);
    return link;
  }

  async deliver(): Promise<void> {
    const log: Log = {
      info: (...line) => void this.logged.push(line),
      warn: (...line) => void this.logged.push(line),
      error: (...line) => void this.logged.push(line),
    };
    const { store, keyring, mails } = this.parts;
    const parts = {
      ...{ store, keyring, log },
      queue: mails,
      claims: this.#claims,
      mailer: this.mailer,
      baseUrl: new URL('https://portal.example'),
      sender: 'meldungen@portal.example',
    };
    for (const message of mails.drain()) await sendTransactional(parts, message, this.now);
  }
}
