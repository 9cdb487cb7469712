import type { Context } from 'hono';
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A page that says one thing, and where to go on. */
const MessagePage: FC<PropsWithChildren<{ heading: string; text: string }>> = ({
  heading,
  text,
  children,
}) => (
  <div class="column">
    <h1>{heading}</h1>
    <p class="standfirst">{text}</p>
    <p>{children}</p>
  </div>
);

interface Message {
  status: ContentfulStatusCode;
  heading: string;
  text: string;
  next: { href: string; label: string };
}

const toSignUp = { href: '/anmeldung', label: 'Zur Anmeldung' };
const toSettings = { href: '/einstellungen', label: 'Zu den E-Mail-Einstellungen' };

/** What can be wrong with a request, each with its status. */
export const messages = {
  invalidLink: {
    status: 400,
    heading: 'Dieser Link ist unvollständig',
    text: 'Vielleicht hat Ihr Mailprogramm ihn umgebrochen. Bitte öffnen Sie ihn noch einmal aus der Mail, oder kopieren Sie ihn ganz in die Adresszeile.',
    next: toSettings,
  },
  expiredConfirmation: {
    status: 410,
    heading: 'Diese Anmeldung ist verfallen',
    text: 'Der Link zur Bestätigung gilt sieben Tage und für eine Anmeldung. Bitte melden Sie sich noch einmal an, dann schicken wir Ihnen einen neuen.',
    next: toSignUp,
  },
  expiredSettings: {
    status: 410,
    heading: 'Dieser Link ist abgelaufen',
    text: 'Zu Ihrem Schutz gilt er 30 Tage. Bitte fordern Sie einen neuen an.',
    next: { href: '/einstellungen', label: 'Neuen Link anfordern' },
  },
  notSubscribed: {
    status: 410,
    heading: 'Diese Adresse ist nicht angemeldet',
    text: 'Sie wurde inzwischen abgemeldet, geändert oder gelöscht. Es kommen keine Mails mehr.',
    next: toSignUp,
  },
  wayBackGone: {
    status: 410,
    heading: 'Das lässt sich nicht mehr rückgängig machen',
    text: 'Seit der Abmeldung ist zu viel Zeit vergangen, oder es hat sich inzwischen etwas geändert. Bitte melden Sie sich neu an.',
    next: toSignUp,
  },
  unknownAction: {
    status: 400,
    heading: 'Das haben wir nicht verstanden',
    text: 'Das Formular kam nicht so an, wie es abgeschickt wurde. Bitte versuchen Sie es noch einmal.',
    next: toSettings,
  },
  wrongMethod: {
    status: 405,
    heading: 'Das geht hier nicht',
    text: 'Diese Seite lässt sich nur öffnen oder über ihr Formular absenden.',
    next: { href: '/', label: 'Zu den neuesten Meldungen' },
  },
  wrongType: {
    status: 415,
    heading: 'Dieses Format kennen wir nicht',
    text: 'Bitte senden Sie die Angaben über das Formular auf der Seite.',
    next: toSignUp,
  },
  tooLarge: {
    status: 413,
    heading: 'Das ist zu viel',
    text: 'Die Angaben sind größer, als unser Formular es zulässt.',
    next: toSignUp,
  },
} as const satisfies Record<string, Message>;

export function renderMessage(
  c: Context,
  { status, heading, text, next }: Message,
): Response | Promise<Response> {
  c.status(status);
  return c.render(
    <MessagePage heading={heading} text={text}>
      <a href={next.href}>{next.label}</a>
    </MessagePage>,
    { title: heading, path: c.req.path, robots: 'noindex' },
  );
}
