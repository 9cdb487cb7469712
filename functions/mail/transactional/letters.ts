import { portal } from '../../../config/portal.ts';
import { Temporal } from '../../platform/time.ts';
import { displayAddress } from '../../subscribers/email-address.ts';
import type { SignUpRequest, Subscriber } from '../../subscribers/subscriber.ts';
import { choiceLines, germanMoment } from '../../subscribers/wording-of-choices.ts';
import type { Letter } from './letter.ts';

const greeting = { paragraph: 'Guten Tag,' };
const moment = (epochSecond: number) =>
  germanMoment(Temporal.Instant.fromEpochMilliseconds(epochSecond * 1000));

/** Asks whether the owner of an address wants what was asked for in its name. */
export function confirmationLetter(subscriber: Subscriber, request: SignUpRequest, url: string): Letter {
  const requestedAt = germanMoment(Temporal.Instant.from(request.requestedAt));
  const moves = request.movesFrom !== undefined;
  return {
    subject: moves ? 'Bitte bestätigen Sie Ihre neue E-Mail-Adresse' : 'Bitte bestätigen Sie Ihre Anmeldung',
    blocks: [
      greeting,
      {
        paragraph: moves
          ? `am ${requestedAt}, wurde diese E-Mail-Adresse als neue Adresse für Mails vom ${portal.name} angegeben. Diese Auswahl gilt bisher für die alte Adresse:`
          : `am ${requestedAt}, wurde diese E-Mail-Adresse für Mails vom ${portal.name} angemeldet, und zwar für:`,
      },
      { list: choiceLines(request) },
      ...(subscriber.state === 'confirmed'
        ? [
            {
              paragraph:
                'Sie sind mit dieser Adresse bereits angemeldet. Wenn Sie bestätigen, ersetzt diese Auswahl Ihre bisherige.',
            },
          ]
        : []),
      ...(subscriber.suppressed === 'bounce'
        ? [
            {
              paragraph:
                'Frühere Mails an diese Adresse kamen als unzustellbar zurück, deshalb haben wir den Versand angehalten. Mit der Bestätigung nehmen wir ihn wieder auf.',
            },
          ]
        : []),
      ...(subscriber.suppressed === 'complaint'
        ? [
            {
              paragraph:
                'Eine frühere Mail von uns wurde in Ihrem Postfach als Spam gemeldet, deshalb haben wir den Versand angehalten. Wenn Sie unsere Mails wieder erhalten möchten, sagen Sie das bitte auf der Bestätigungsseite ausdrücklich.',
            },
          ]
        : []),
      {
        paragraph:
          'Zum Bestätigen öffnen Sie bitte die folgende Seite und wählen dort die Schaltfläche „Bestätigen“.',
      },
      { link: { label: 'Zur Bestätigungsseite', url } },
      {
        paragraph: `Der Link gilt bis zum ${moment(request.expiresAt)}. Waren Sie das nicht, brauchen Sie nichts zu tun: Ohne Ihre Bestätigung ändert sich nichts, und die Angaben werden gelöscht.`,
      },
    ],
  };
}

/** The way to the settings, for a subscriber who asked for it. */
export function settingsLetter(url: string, validDays: number): Letter {
  return {
    subject: 'Ihr Link zu den E-Mail-Einstellungen',
    blocks: [
      greeting,
      {
        paragraph: `Sie haben den Link zu Ihren E-Mail-Einstellungen beim ${portal.name} angefordert. Dort können Sie Themen und Häufigkeit ändern, eine Pause einlegen, Ihre Daten herunterladen oder alles löschen.`,
      },
      { link: { label: 'Zu den E-Mail-Einstellungen', url } },
      {
        paragraph: `Der Link gilt ${validDays} Tage. Er ist nur für Sie bestimmt, bitte geben Sie ihn nicht weiter. Haben Sie ihn nicht angefordert, brauchen Sie nichts zu tun.`,
      },
    ],
  };
}

/** Tells the former address that mails go to another one now. */
export function addressChangedLetter(newAddress: string): Letter {
  return {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    blocks: [
      greeting,
      {
        paragraph: `Mails vom ${portal.name} gehen ab sofort nicht mehr an diese Adresse, sondern an ${masked(newAddress)}. Die Änderung wurde dort bestätigt. Diese Adresse haben wir gelöscht.`,
      },
      {
        paragraph: `Waren Sie das nicht? Dann schreiben Sie uns bitte an ${portal.publisher.email}, oder melden Sie diese Adresse auf unserer Seite neu an.`,
      },
    ],
  };
}

/** Enough of an address for its owner to know it by: `a…@example.org`. */
function masked(address: string): string {
  const shown = displayAddress(address);
  return `${shown.charAt(0)}…${shown.slice(shown.lastIndexOf('@'))}`;
}
