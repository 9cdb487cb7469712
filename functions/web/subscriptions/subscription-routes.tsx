import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Child } from 'hono/jsx';
import { topics } from '../../../config/topics.ts';
import { epochSeconds, Temporal, type Clock } from '../../platform/time.ts';
import { openRequest } from '../../subscribers/change.ts';
import { copyData } from '../../subscribers/data-copy.ts';
import { readAddress, type AddressReading } from '../../subscribers/email-address.ts';
import { erase } from '../../subscribers/erase.ts';
import { leave, type LeaveScope } from '../../subscribers/leave.ts';
import { confirmRequest, requestMove } from '../../subscribers/move.ts';
import { networkOf, type NetworkDetail } from '../../subscribers/network.ts';
import type { SubscriberParts } from '../../subscribers/parts.ts';
import { choose, pause, requestSettingsLink, type SettingsOutcome } from '../../subscribers/settings.ts';
import { signUp } from '../../subscribers/sign-up.ts';
import type { Choice, Subscriber } from '../../subscribers/subscriber.ts';
import { makeToken, nobody, readToken, type TokenPurpose } from '../../subscribers/tokens.ts';
import { germanMoment } from '../../subscribers/wording-of-choices.ts';
import { currentWording } from '../../subscribers/wording.ts';
import { goBack, sealWayBack } from '../../subscribers/way-back.ts';
import { readChoice, type Fields } from './choice-form.ts';
import { clientIp } from './client-ip.ts';
import { ConfirmationPage, ConfirmedPage } from './confirmation-pages.tsx';
import type { Problem } from './form-parts.tsx';
import { messages, renderMessage } from './message-page.tsx';
import {
  catchUpField,
  DataCopyPage,
  ErasedPage,
  pauseEnd,
  pauseRange,
  SettingsLinkPage,
  SettingsLinkTakenPage,
  SettingsPage,
  type SettingsPageProps,
} from './settings-pages.tsx';
import { lureField, SignUpPage, SignUpTakenPage } from './sign-up-page.tsx';
import { LeftPage, UnsubscribePage } from './unsubscribe-pages.tsx';

/** Something that robots fail at, beside lure, time and limits. */
export interface Challenge {
  /** Its part of the sign-up form. */
  render(): Child;
  passes(fields: Fields): Promise<boolean>;
}

export interface SubscriptionParts extends SubscriberParts {
  clock: Clock;
  networkDetail: NetworkDetail;
  challenge?: Challenge;
}

/** Our largest form has some 1 kB; what is larger is none of ours. In bytes. */
const maxFormBytes = 16 * 1024;
/** People take longer than this to fill in a form. In seconds. */
const leastFormSeconds = 3;
const allTopics = topics.map(({ slug }) => slug);
const paths = ['/anmeldung', '/bestaetigung', '/einstellungen', '/abmeldung', '/datenauskunft'];

/**
 * Sign-up, confirmation, settings, unsubscribing and data: pages with forms, without script or cookies. Only a POST
 * changes anything, and only with a token from a form or a mail of ours.
 */
export function subscriptionRoutes(parts: SubscriptionParts): Hono {
  const { store, clock } = parts;
  const routes = new Hono();
  for (const path of paths) routes.use(path, aboutOnePerson, formsOnly);
  for (const path of paths) routes.post(path, limitSize);

  const network = (c: Context) => networkOf(clientIp(c) ?? '', parts.networkDetail);
  const rowOf = (sid: string): Promise<Subscriber | undefined> => store.get(sid, epochSeconds(clock.now()));
  const formToken = async () => makeToken(await parts.keyring.load(), 'form', nobody, clock.now());
  const read = async (purpose: TokenPurpose, token: string | undefined) =>
    readToken(await parts.keyring.load(), purpose, token ?? '', clock.now());

  // Anmeldung

  const signUpPage = async (
    c: Context,
    fields: Fields,
    choice: Choice,
    token: string,
    problems: Problem[],
  ) => {
    c.status(problems.length === 0 ? 200 : 422);
    const title = 'Meldungen per E-Mail';
    return c.render(
      <SignUpPage
        address={fields['adresse'] ?? ''}
        choice={choice}
        agreed={fields['einwilligung'] === currentWording}
        formToken={token}
        problems={problems}
        challenge={parts.challenge?.render()}
      />,
      {
        title: problems.length === 0 ? title : `Bitte prüfen: ${title}`,
        path: '/anmeldung',
        description:
          'Pressemitteilungen zur Kinder- und Jugendhilfe per E-Mail, nach Themen und so oft Sie wollen.',
      },
    );
  };

  routes.get('/anmeldung', async (c) => {
    const topic = topics.find(({ slug }) => slug === c.req.query('thema'));
    const subscriptions: Choice['subscriptions'] = [
      { cadence: 'daily', topics: topic === undefined ? 'alle' : [topic.slug] },
    ];
    return signUpPage(c, {}, { subscriptions, announcements: false }, await formToken(), []);
  });

  routes.post('/anmeldung', async (c) => {
    const fields = await fieldsOf(c);
    const choice = readChoice(fields);
    const reading = readAddress(fields['adresse'] ?? '');
    const form = await read('form', fields['f']);
    const isFresh = form.outcome === 'valid';
    const isHasty = isFresh && form.madeAt.until(clock.now()).total('seconds') < leastFormSeconds;
    const problems = [
      ...addressProblems(reading),
      ...choiceProblems(choice),
      ...(fields['einwilligung'] === currentWording
        ? []
        : [{ field: 'einwilligung', text: 'Bitte stimmen Sie zu, sonst dürfen wir Ihnen nicht schreiben.' }]),
      ...(isFresh && !isHasty && ((await parts.challenge?.passes(fields)) ?? true)
        ? []
        : [{ field: 'adresse', text: 'Bitte prüfen Sie Ihre Angaben, und senden Sie sie noch einmal ab.' }]),
    ];
    if (reading.outcome !== 'valid' || problems.length > 0) {
      return signUpPage(c, fields, choice, isFresh ? (fields['f'] ?? '') : await formToken(), problems);
    }
    const isRobot = (fields[lureField] ?? '') !== '';
    if (!isRobot) {
      await signUp(parts, { address: reading.address, network: network(c), ...choice }, clock.now());
    }
    return c.render(<SignUpTakenPage />, { title: 'Bitte sehen Sie in Ihr Postfach', path: '/anmeldung' });
  });

  // Bestätigung

  const confirmationPage = async (c: Context, token: string, problems: Problem[]) => {
    const reading = await read('confirm', token);
    if (reading.outcome === 'invalid') return renderMessage(c, messages.invalidLink);
    const row = await rowOf(reading.sid);
    const request = openRequest(row, clock.now());
    if (reading.outcome === 'valid' && row !== undefined && request !== undefined) {
      c.status(problems.length === 0 ? 200 : 422);
      return c.render(
        <ConfirmationPage token={token} subscriber={row} request={request} problems={problems} />,
        { title: 'Bestätigung', path: '/bestaetigung', robots: 'noindex' },
      );
    }
    if (reading.outcome === 'valid' && row?.state === 'confirmed') return confirmedPage(c, row, false);
    return renderMessage(c, messages.expiredConfirmation);
  };

  const confirmedPage = async (c: Context, row: Subscriber, first: boolean) => {
    const token = makeToken(await parts.keyring.load(), 'settings', row.sid, clock.now());
    return c.render(
      <ConfirmedPage subscriber={row} settingsPath={`/einstellungen?t=${token}`} first={first} />,
      { title: 'Bestätigt', path: '/bestaetigung', robots: 'noindex' },
    );
  };

  routes.get('/bestaetigung', (c) => confirmationPage(c, c.req.query('t') ?? '', []));

  routes.post('/bestaetigung', async (c) => {
    const fields = await fieldsOf(c);
    const token = fields['t'] ?? '';
    const reading = await read('confirm', token);
    if (reading.outcome !== 'valid') return confirmationPage(c, token, []);
    const { outcome, subscriber } = await confirmRequest(
      parts,
      {
        sid: reading.sid,
        requestedAt: fields['stand'] ?? '',
        network: network(c),
        wantsMailAgain: fields['wunsch'] === 'ja',
      },
      clock.now(),
    );
    switch (outcome) {
      case 'confirmed':
      case 'already':
        return subscriber === undefined
          ? renderMessage(c, messages.expiredConfirmation)
          : confirmedPage(c, subscriber, outcome === 'confirmed');
      case 'gone':
        return renderMessage(c, messages.expiredConfirmation);
      case 'other-request':
        return confirmationPage(c, token, [
          {
            field: 'inhalt',
            text: 'Die Auswahl wurde inzwischen geändert. Bitte bestätigen Sie diese hier.',
          },
        ]);
      case 'needs-own-wish':
        return confirmationPage(c, token, [
          { field: 'wunsch', text: 'Bitte setzen Sie das Häkchen, wenn Sie wieder Mails möchten.' },
        ]);
    }
  });

  // Einstellungen

  const settingsLinkPage = async (c: Context, fields: Fields, problems: Problem[]) => {
    c.status(problems.length === 0 ? 200 : 422);
    return c.render(
      <SettingsLinkPage
        formToken={await formToken()}
        address={fields['adresse'] ?? ''}
        problems={problems}
      />,
      { title: 'E-Mail-Einstellungen', path: '/einstellungen' },
    );
  };

  const settingsPage = async (
    c: Context,
    token: string,
    props: Pick<SettingsPageProps, 'done' | 'problems' | 'choice' | 'newAddress'> = {},
  ) => {
    const reading = await read('settings', token);
    if (reading.outcome !== 'valid') return brokenSettingsLink(c, reading.outcome);
    const subscriber = await rowOf(reading.sid);
    if (subscriber?.state !== 'confirmed') return renderMessage(c, messages.notSubscribed);
    c.status((props.problems ?? []).length === 0 ? 200 : 422);
    return c.render(<SettingsPage token={token} subscriber={subscriber} now={clock.now()} {...props} />, {
      title: 'E-Mail-Einstellungen',
      path: '/einstellungen',
      robots: 'noindex',
    });
  };

  routes.get('/einstellungen', (c) => {
    const token = c.req.query('t');
    return token === undefined ? settingsLinkPage(c, {}, []) : settingsPage(c, token);
  });

  routes.post('/einstellungen', async (c) => {
    const fields = await fieldsOf(c);
    if (fields['aktion'] === 'link') return settingsLink(c, fields);
    const token = fields['t'] ?? '';
    const reading = await read('settings', token);
    if (reading.outcome !== 'valid') return brokenSettingsLink(c, reading.outcome);
    const { sid } = reading;
    const now = clock.now();
    const after = (outcome: SettingsOutcome, done: string) =>
      outcome === 'gone' ? renderMessage(c, messages.notSubscribed) : settingsPage(c, token, { done });
    switch (fields['aktion']) {
      case 'auswahl': {
        const choice = readChoice(fields);
        const problems = choiceProblems(choice);
        if (problems.length > 0) return settingsPage(c, token, { problems, choice });
        return after(await choose(parts, sid, choice, now), 'Ihre Auswahl ist gespeichert.');
      }
      case 'pause': {
        const day = dayOf(fields['pause'] ?? '', now);
        if (day === undefined) {
          const text = 'Bitte geben Sie einen Tag ab morgen an, höchstens ein Jahr voraus.';
          return settingsPage(c, token, { problems: [{ field: 'pause', text }] });
        }
        const end = pauseEnd(day);
        const catchUp = fields[catchUpField] === 'ja';
        return after(
          await pause(parts, sid, { until: end, catchUp }, now),
          `Pause bis zum ${germanMoment(end)}.`,
        );
      }
      case 'weiter':
        return after(await pause(parts, sid, undefined, now), 'Die Pause ist beendet.');
      case 'adresse': {
        const address = readAddress(fields['adresse'] ?? '');
        const newAddress = fields['adresse'] ?? '';
        if (address.outcome !== 'valid') {
          return settingsPage(c, token, { problems: addressProblems(address), newAddress });
        }
        const outcome = await requestMove(parts, sid, address.address, network(c), now);
        if (outcome === 'gone') return renderMessage(c, messages.notSubscribed);
        if (outcome === 'same') {
          const text = 'Das ist schon Ihre Adresse.';
          return settingsPage(c, token, { problems: [{ field: 'adresse', text }], newAddress });
        }
        return settingsPage(c, token, {
          done: 'Wir haben eine Mail an die neue Adresse geschickt. Die Änderung gilt, sobald Sie sie dort bestätigen.',
        });
      }
      case 'abmelden': {
        return leaveAndTell(c, sid, { all: true }, 'settings-page');
      }
      case 'loeschen':
        if (fields['loeschen'] !== 'ja') {
          const text = 'Bitte bestätigen Sie mit dem Häkchen, dass wir alles löschen sollen.';
          return settingsPage(c, token, { problems: [{ field: 'loeschen', text }] });
        }
        await erase(parts, sid, 'settings-page', now);
        return c.render(<ErasedPage />, { title: 'Gelöscht', path: '/einstellungen', robots: 'noindex' });
      default:
        return renderMessage(c, messages.unknownAction);
    }
  });

  const settingsLink = async (c: Context, fields: Fields) => {
    const reading = readAddress(fields['adresse'] ?? '');
    const isFresh = (await read('form', fields['f'])).outcome === 'valid';
    const problems = [
      ...addressProblems(reading),
      ...(isFresh ? [] : [{ field: 'adresse', text: 'Bitte senden Sie das Formular noch einmal ab.' }]),
    ];
    if (reading.outcome !== 'valid' || problems.length > 0) return settingsLinkPage(c, fields, problems);
    await requestSettingsLink(parts, reading.address, network(c), clock.now());
    return c.render(<SettingsLinkTakenPage />, {
      title: 'Bitte sehen Sie in Ihr Postfach',
      path: '/einstellungen',
    });
  };

  // Abmeldung

  const leaveAndTell = async (
    c: Context,
    sid: string,
    scope: LeaveScope,
    reason: 'unsubscribe-page' | 'one-click' | 'settings-page',
  ) => {
    const keyring = await parts.keyring.load();
    const now = clock.now();
    const token = makeToken(keyring, 'unsubscribe', sid, now);
    const { outcome, before, after } = await leave(
      parts,
      { sid, scope, reason, network: network(c) },
      allTopics,
      now,
    );
    const wayBack =
      outcome === 'left' && before?.state === 'confirmed' && after !== undefined
        ? sealWayBack(keyring, before, after.version, now)
        : undefined;
    if (after?.state === 'confirmed') {
      return unsubscribePage(c, token, after, { done: 'Das ist abbestellt.', wayBack });
    }
    return c.render(<LeftPage token={token} wayBack={wayBack} />, {
      title: 'Abgemeldet',
      path: '/abmeldung',
      robots: 'noindex',
    });
  };

  const unsubscribePage = (
    c: Context,
    token: string,
    subscriber: Subscriber,
    props: { done?: string; wayBack?: string | undefined } = {},
  ) =>
    c.render(<UnsubscribePage token={token} subscriber={subscriber} {...props} />, {
      title: 'Mails abbestellen',
      path: '/abmeldung',
      robots: 'noindex',
    });

  routes.get('/abmeldung', async (c) => {
    const token = c.req.query('t') ?? '';
    const reading = await read('unsubscribe', token);
    if (reading.outcome !== 'valid') return renderMessage(c, messages.invalidLink);
    const row = await rowOf(reading.sid);
    if (row?.state === 'confirmed') return unsubscribePage(c, token, row);
    return c.render(<LeftPage token={token} wayBack={undefined} />, {
      title: 'Abgemeldet',
      path: '/abmeldung',
      robots: 'noindex',
    });
  });

  routes.post('/abmeldung', async (c) => {
    const fields = await fieldsOf(c);
    const isOneClick = fields['List-Unsubscribe'] === 'One-Click'; // RFC 8058 § 3.2
    const token = (isOneClick ? c.req.query('t') : fields['t']) ?? '';
    const reading = await read('unsubscribe', token);
    if (reading.outcome !== 'valid') return renderMessage(c, messages.invalidLink);
    const { sid } = reading;
    if (isOneClick) return leaveAndTell(c, sid, { all: true }, 'one-click');
    if (fields['zurueck'] !== undefined) {
      const outcome = await goBack(store, await parts.keyring.load(), sid, fields['zurueck'], clock.now());
      const row = await rowOf(sid);
      if (outcome === 'gone' || row?.state !== 'confirmed') return renderMessage(c, messages.wayBackGone);
      return unsubscribePage(c, token, row, { done: 'Alles ist wieder wie zuvor.' });
    }
    const scope = scopeOf(fields['was'] ?? '');
    if (scope === undefined) return renderMessage(c, messages.unknownAction);
    return leaveAndTell(c, sid, scope, 'unsubscribe-page');
  });

  // Datenauskunft

  routes.get('/datenauskunft', async (c) => {
    const token = c.req.query('t');
    if (token !== undefined) {
      const { outcome } = await read('settings', token);
      if (outcome !== 'valid') return brokenSettingsLink(c, outcome);
    }
    return c.render(<DataCopyPage token={token} />, {
      title: 'Datenauskunft',
      path: '/datenauskunft',
      ...(token !== undefined && { robots: 'noindex' as const }),
    });
  });

  routes.post('/datenauskunft', async (c) => {
    const fields = await fieldsOf(c);
    const reading = await read('settings', fields['t']);
    if (reading.outcome !== 'valid') return brokenSettingsLink(c, reading.outcome);
    const copy = await copyData(store, reading.sid, clock.now());
    if (copy === undefined) return renderMessage(c, messages.notSubscribed);
    return c.body(`${JSON.stringify(copy, undefined, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="datenauskunft.json"',
    });
  });

  for (const path of paths) {
    routes.all(path, (c) => {
      c.header('Allow', 'GET, HEAD, POST');
      return renderMessage(c, messages.wrongMethod);
    });
  }
  return routes;
}

/** Pages about one person are kept by nobody, and tell no other site where they came from: their address is a key. */
const aboutOnePerson: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

const formsOnly: MiddlewareHandler = async (c, next) => {
  const type = (c.req.header('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
  if (c.req.method === 'POST' && !isForm) return renderMessage(c, messages.wrongType);
  return next();
};

const limitSize: MiddlewareHandler = bodyLimit({
  maxSize: maxFormBytes,
  onError: (c) => renderMessage(c, messages.tooLarge),
});

async function fieldsOf(c: Context): Promise<Fields> {
  let body: Record<string, unknown>;
  try {
    body = await c.req.parseBody({ all: true });
  } catch {
    return {}; // a multipart body that is none
  }
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

const brokenSettingsLink = (c: Context, outcome: 'expired' | 'invalid') =>
  renderMessage(c, outcome === 'expired' ? messages.expiredSettings : messages.invalidLink);

const addressTexts = {
  empty: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
  'too-long': 'Diese Adresse ist zu lang.',
  'local-part-not-ascii': 'Vor dem @ können wir leider keine Umlaute und Sonderzeichen verarbeiten.',
  malformed: 'Bitte prüfen Sie die Adresse. Sie braucht die Form name@beispiel.de.',
} as const;

const addressProblems = ({ outcome }: AddressReading): Problem[] =>
  outcome === 'valid' ? [] : [{ field: 'adresse', text: addressTexts[outcome] }];

const choiceProblems = ({ subscriptions, announcements }: Choice): Problem[] =>
  subscriptions.length > 0 || announcements
    ? []
    : [{ field: 'auswahl', text: 'Bitte wählen Sie mindestens ein Thema oder die Hinweise zum Portal.' }];

function scopeOf(text: string): LeaveScope | undefined {
  if (text === 'alles') return { all: true };
  if (text === 'hinweise') return { announcements: true };
  const topic = allTopics.find((slug) => text === `thema-${slug}`);
  return topic === undefined ? undefined : { topic };
}

/** A day on which a pause may end. */
function dayOf(text: string, now: Temporal.Instant): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined; // no such day
  }
  const { first, last } = pauseRange(now);
  const isWithin = Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0;
  return isWithin ? day : undefined;
}
