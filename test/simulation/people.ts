import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { currentWording } from '../../functions/subscribers/wording.ts';
import { portal } from '../../config/portal.ts';
import type { Choice } from '../../functions/subscribers/subscriber.ts';
import { formsOf, type HtmlForm } from '../support/html-forms.ts';
import type { Cloud } from './cloud.ts';
import { minute, second } from './engine.ts';
import type { Model, PersonModel } from './model.ts';
import type { Pipeline } from './pipeline.ts';
import type { Mailbox, Post } from './post.ts';

interface Page {
  status: number;
  body: string;
  title: string;
}

/** A link of the portal's with a token, in quoted-printable. */
const linkPattern = /https:\/\/portal\.example\/(bestaetigung|einstellungen|abmeldung)\?t=3D([\w-]{55})/gu;

/** Somebody with a mailbox and a browser. Knows of Herold what is in their mails and on its pages. */
export class Person {
  readonly model: PersonModel;
  address: string;
  mailbox: Mailbox = 'takes';
  complains = false;
  /** Path and query of the last links that came by mail. */
  settingsLink: string | undefined;
  unsubscribeLink: string | undefined;
  confirmationLink: string | undefined;
  readonly #cloud: Cloud;
  readonly #pipeline: Pipeline;
  readonly #index: number;
  readonly #ip: string;
  #isBusy = false;

  constructor(index: number, cloud: Cloud, pipeline: Pipeline, model: Model) {
    this.#index = index;
    this.address = addressOf(index, 0);
    this.model = model.person(index, this.address);
    this.#cloud = cloud;
    this.#pipeline = pipeline;
    this.#ip = `203.0.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  }

  /** A mail has come. */
  read(post: Post): void {
    const links = new Map(
      [...post.text.matchAll(linkPattern)].map(([, page, token]) => [
        page,
        `/${page ?? ''}?t=${token ?? ''}`,
      ]),
    );
    this.confirmationLink = links.get('bestaetigung') ?? this.confirmationLink;
    // What was on its way when they moved has links of someone who has left.
    if (post.to !== this.address) return;
    this.settingsLink = links.get('einstellungen') ?? this.settingsLink;
    this.unsubscribeLink = links.get('abmeldung') ?? this.unsubscribeLink;
  }

  /** Does one thing after the other; who is at something leaves the next one be. */
  async act(what: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await what();
    } finally {
      this.#isBusy = false;
    }
  }

  async signUp(choice: Choice, confirmsAfterMs: number | undefined): Promise<void> {
    this.confirmationLink = undefined;
    const page = await this.#get('/anmeldung');
    const form = page && formsOf(page.body).find(({ button }) => button === 'Anmelden');
    if (form === undefined) return;
    await this.#wait(20 * second);
    const taken = await this.#post('/anmeldung', {
      f: form.fields['f'] ?? '',
      adresse: this.address,
      einwilligung: currentWording,
      ...choiceFields(choice),
    });
    if (taken === undefined || confirmsAfterMs === undefined) return;
    await this.#wait(Math.max(confirmsAfterMs, 2 * minute));
    await this.#confirm(choice);
  }

  async #confirm(choice: Choice): Promise<void> {
    const form = await this.#confirmationForm();
    if (form === undefined) return;
    this.model.changes();
    const answer = await this.#post('/bestaetigung', { ...form.fields, wunsch: 'ja' });
    if (answer?.title.startsWith('Bestätigt') === true) {
      this.model.wishes(choice);
      // Whoever called the very mail spam that they then followed, or has lost the mailbox since, gets nothing after it.
      if (this.complains || this.mailbox !== 'takes') this.model.becomesUnreachable();
    } else this.#unchanged(answer);
  }

  /** The form behind the link in the last mail that asked for a confirmation. */
  async #confirmationForm(): Promise<HtmlForm | undefined> {
    const page = this.confirmationLink === undefined ? undefined : await this.#get(this.confirmationLink);
    return page && formsOf(page.body).find(({ button }) => button === 'Bestätigen');
  }

  async choose(choice: Choice): Promise<void> {
    if (choice.subscriptions.length === 0 && !choice.announcements) return;
    await this.#settings({ aktion: 'auswahl', ...choiceFields(choice) }, 'Ihre Auswahl ist gespeichert', () =>
      this.model.chooses(choice),
    );
  }

  async pause(days: number, catchUp: boolean): Promise<void> {
    const now = this.#cloud.engine.now().toZonedDateTimeISO(portal.timeZone);
    const until = now.toPlainDate().add({ days });
    await this.#settings(
      { aktion: 'pause', pause: until.toString(), ...(catchUp && { nachholen: 'ja' }) },
      'Pause bis',
      () => this.model.pauses(until.toZonedDateTime(portal.timeZone).epochMilliseconds, catchUp),
    );
  }

  async resume(): Promise<void> {
    await this.#settings({ aktion: 'weiter' }, 'Die Pause ist beendet', () => this.model.resumes());
  }

  async erase(): Promise<void> {
    await this.#settings({ aktion: 'loeschen', loeschen: 'ja' }, 'Ihre Daten sind gelöscht', () =>
      this.model.leaves(),
    );
  }

  async leaveByPage(): Promise<void> {
    if (this.unsubscribeLink === undefined) return;
    await this.#get(this.unsubscribeLink);
    const token = this.unsubscribeLink.slice(this.unsubscribeLink.indexOf('=') + 1);
    await this.#leave('/abmeldung', { t: token, was: 'alles' });
  }

  /** What a mailbox provider does for someone who clicks its button (RFC 8058). */
  async leaveByOneClick(): Promise<void> {
    if (this.unsubscribeLink === undefined) return;
    await this.#leave(this.unsubscribeLink, { 'List-Unsubscribe': 'One-Click' });
  }

  async moveTo(address: string, confirmsAfterMs: number): Promise<void> {
    if (this.settingsLink === undefined || this.model.wish === undefined) return;
    const token = this.settingsLink.slice(this.settingsLink.indexOf('=') + 1);
    this.confirmationLink = undefined;
    this.model.alsoAt(address);
    const asked = await this.#post('/einstellungen', { t: token, aktion: 'adresse', adresse: address });
    if (asked?.body.includes('eine Mail an die neue Adresse') !== true) return;
    await this.#wait(Math.max(confirmsAfterMs, 2 * minute));
    const form = await this.#confirmationForm();
    if (form === undefined) return;
    this.model.changes();
    // Whoever sees an error here may leave it at that.
    const answer = await this.#post('/bestaetigung', form.fields, this.#index % 2 === 0 ? 1 : attempts);
    if (answer?.title.startsWith('Bestätigt') === true) {
      this.address = address;
      // Links of the former address are those of someone who has left.
      this.settingsLink = undefined;
      this.unsubscribeLink = undefined;
      this.model.moved();
    } else this.#unchanged(answer);
  }

  async #leave(path: string, fields: Record<string, string>): Promise<void> {
    this.model.changes();
    const answer = await this.#post(path, fields);
    if (answer?.title.startsWith('Abgemeldet') === true) this.model.leaves();
    else this.#unchanged(answer);
  }

  async #settings(fields: Record<string, string>, done: string, noted: () => void): Promise<void> {
    if (this.settingsLink === undefined) return;
    const token = this.settingsLink.slice(this.settingsLink.indexOf('=') + 1);
    this.model.changes();
    const answer = await this.#post('/einstellungen', { t: token, ...fields });
    if (answer?.body.includes(done) === true) noted();
    else this.#unchanged(answer);
  }

  /** An answer that says something else means that nothing changed; without one, nobody knows. */
  #unchanged(answer: Page | undefined): void {
    if (answer !== undefined) this.model.unchanged();
  }

  #get(path: string): Promise<Page | undefined> {
    return this.#request('GET', path);
  }

  #post(path: string, fields: Record<string, string>, atMost = attempts): Promise<Page | undefined> {
    return this.#request('POST', path, new URLSearchParams(fields).toString(), atMost);
  }

  /** Tries until there is an answer; some never hear one, and don't know what became of it. */
  async #request(method: string, path: string, body?: string, atMost = attempts): Promise<Page | undefined> {
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    for (let attempt = 0; attempt < atMost; attempt++) {
      if (attempt > 0) await this.#wait(attempt * 5 * minute);
      const event: APIGatewayProxyEventV2 = {
        version: '2.0',
        routeKey: '$default',
        rawPath,
        rawQueryString,
        headers: {
          host: 'portal.example',
          'x-forwarded-for': `${this.#ip}, 10.0.0.1`,
          ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        requestContext: {
          accountId: '',
          apiId: '',
          domainName: 'portal.example',
          domainPrefix: 'portal',
          http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: this.#ip, userAgent: '' },
          requestId: '',
          routeKey: '$default',
          stage: '$default',
          time: '',
          timeEpoch: this.#cloud.engine.nowMs,
        },
        isBase64Encoded: false,
        ...(body !== undefined && { body }),
      };
      const page = await new Promise<Page | undefined>((resolve) => {
        this.#cloud.invoke(this.#pipeline.functions.web, event, (ended) => {
          if (ended.how !== 'done' || (ended.result.statusCode ?? 500) >= 500) {
            resolve(undefined);
            return;
          }
          const { statusCode: status = 500, body: text = '' } = ended.result;
          resolve({ status, body: text, title: /<title>([^<]*)/u.exec(text)?.[1] ?? '' });
        });
      });
      if (page !== undefined) return page;
    }
    return undefined;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#cloud.engine.after(ms, resolve));
  }
}

/** How often people try before they give up. */
const attempts = 6;

export const mailDomain = 'leser.example';
export const addressOf = (index: number, generation: number): string =>
  `person${index}${generation === 0 ? '' : `.${generation}`}@${mailDomain}`;

const choiceFields = ({ subscriptions, announcements }: Choice): Record<string, string> => ({
  ...Object.fromEntries(
    subscriptions.flatMap(({ cadence, topics }) =>
      topics === 'alle' ? [['alle', cadence]] : topics.map((topic) => [`thema-${topic}`, cadence]),
    ) as [string, string][],
  ),
  ...(announcements && { hinweise: 'ja' }),
});
