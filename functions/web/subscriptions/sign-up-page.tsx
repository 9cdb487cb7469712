import type { Child, FC } from 'hono/jsx';
import { portal } from '../../../config/portal.ts';
import type { Choice } from '../../subscribers/subscriber.ts';
import { currentWording, wordingText } from '../../subscribers/wording.ts';
import { AddressField, ChoiceFields, Problems, type Problem } from './form-parts.tsx';

export interface SignUpPageProps {
  address: string;
  choice: Choice;
  agreed: boolean;
  formToken: string;
  problems: readonly Problem[];
  /** More for the form, such as a challenge against robots. */
  challenge: Child;
}

/** A field that people don't see and robots fill in. */
export const lureField = 'website';

export const SignUpPage: FC<SignUpPageProps> = ({
  address,
  choice,
  agreed,
  formToken,
  problems,
  challenge,
}) => {
  const problemOf = (field: string) => problems.find((problem) => problem.field === field);
  return (
    <div class="column">
      <h1>Meldungen per E-Mail</h1>
      <Problems problems={problems} />
      <p class="standfirst">
        Wählen Sie, worüber wir Ihnen schreiben sollen. Wir schicken Ihnen zuerst eine Mail, in der Sie Ihre
        Anmeldung bestätigen. Abmelden können Sie sich jederzeit mit einem Klick.
      </p>
      <form method="post" action="/anmeldung">
        <input type="hidden" name="f" value={formToken} />
        <AddressField value={address} problem={problemOf('adresse')} />
        <ChoiceFields choice={choice} problem={problemOf('auswahl')} />
        <div class="lure" aria-hidden="true">
          <label for={lureField}>Bitte leer lassen</label>
          <input id={lureField} name={lureField} type="text" tabindex={-1} autocomplete="off" />
        </div>
        <div class="field">
          {problemOf('einwilligung') !== undefined && (
            <p class="error" id="einwilligung-fehler">
              {problemOf('einwilligung')?.text}
            </p>
          )}
          <div class="choice">
            <input
              type="checkbox"
              id="einwilligung"
              name="einwilligung"
              value={currentWording}
              required
              checked={agreed}
              aria-describedby={problemOf('einwilligung') === undefined ? undefined : 'einwilligung-fehler'}
            />
            <label for="einwilligung">{wordingText(currentWording)}</label>
          </div>
          <p class="hint">
            Näheres steht unter <a href={portal.privacyPath}>Datenschutz</a>.
          </p>
        </div>
        {challenge}
        <p>
          <button type="submit">Anmelden</button>
        </p>
      </form>
      <p>
        Sie sind schon angemeldet? <a href="/einstellungen">Zu Ihren E-Mail-Einstellungen</a>
      </p>
    </div>
  );
};

/** The same for a known and an unknown address, and when no mail goes: it must not tell who subscribes. */
export const SignUpTakenPage: FC = () => (
  <div class="column">
    <h1>Bitte sehen Sie in Ihr Postfach</h1>
    <p class="standfirst">
      Wir haben Ihre Angaben erhalten. In wenigen Minuten kommt eine Mail mit einem Link, über den Sie die
      Anmeldung bestätigen. Er gilt sieben Tage.
    </p>
    <p>
      Keine Mail bekommen? Sehen Sie bitte auch im Spam-Ordner nach. Eine weitere schicken wir frühestens nach
      15 Minuten, wenn Sie das Formular dann noch einmal absenden. Kamen Mails von uns früher als unzustellbar
      zurück oder wurden als Spam gemeldet, hebt Ihre Bestätigung die Sperre auf.
    </p>
    <p>
      <a href="/">Zu den neuesten Meldungen</a>
    </p>
  </div>
);
