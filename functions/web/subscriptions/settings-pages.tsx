import type { FC, PropsWithChildren } from 'hono/jsx';
import { dayIn, startOfDay, Temporal } from '../../platform/time.ts';
import { portal } from '../../../config/portal.ts';
import { displayAddress } from '../../subscribers/email-address.ts';
import type { Choice, Subscriber } from '../../subscribers/subscriber.ts';
import { germanDate } from '../../platform/time.ts';
import { AddressField, ChoiceFields, Done, Problems, type Problem } from './form-parts.tsx';

/** Where people without a valid link get one. */
export const SettingsLinkPage: FC<{ formToken: string; address: string; problems: readonly Problem[] }> = ({
  formToken,
  address,
  problems,
}) => (
  <div class="column">
    <h1>E-Mail-Einstellungen</h1>
    <Problems problems={problems} />
    <p class="standfirst">
      Wir schicken Ihnen einen Link, mit dem Sie Ihre Themen ändern, eine Pause einlegen, Ihre Adresse ändern,
      Ihre Daten abrufen oder alles löschen.
    </p>
    <form method="post" action="/einstellungen">
      <input type="hidden" name="f" value={formToken} />
      <input type="hidden" name="aktion" value="link" />
      <AddressField value={address} problem={problems.find(({ field }) => field === 'adresse')} />
      <p>
        <button type="submit">Link anfordern</button>
      </p>
    </form>
  </div>
);

/** The same for a known and an unknown address. */
export const SettingsLinkTakenPage: FC = () => (
  <div class="column">
    <h1>Bitte sehen Sie in Ihr Postfach</h1>
    <p class="standfirst">
      Ist die Adresse bei uns angemeldet, kommt in wenigen Minuten eine Mail mit dem Link zu Ihren
      Einstellungen.
    </p>
    <p>
      Eine weitere schicken wir frühestens nach 15 Minuten. Noch nicht angemeldet?{' '}
      <a href="/anmeldung">Zur Anmeldung</a>
    </p>
  </div>
);

/** Ticked by those who want what their pause kept back. */
export const catchUpField = 'nachholen';

export interface SettingsPageProps {
  token: string;
  subscriber: Subscriber;
  now: Temporal.Instant;
  done?: string;
  problems?: readonly Problem[];
  /** As just sent, when it has problems. */
  choice?: Choice;
  newAddress?: string;
}

const Action: FC<PropsWithChildren<{ token: string; name: string; id?: string }>> = ({
  token,
  name,
  id,
  children,
}) => (
  <form method="post" action="/einstellungen" id={id}>
    <input type="hidden" name="t" value={token} />
    <input type="hidden" name="aktion" value={name} />
    {children}
  </form>
);

const today = (now: Temporal.Instant): Temporal.PlainDate => dayIn(portal.timeZone, now);

/** The days that a pause can end on. */
export const pauseRange = (now: Temporal.Instant) => ({
  first: today(now).add({ days: 1 }),
  last: today(now).add({ years: 1 }),
});

/** The moment from which on digests go out again. */
export const pauseEnd = (day: Temporal.PlainDate): Temporal.Instant => startOfDay(day, portal.timeZone);

export const SettingsPage: FC<SettingsPageProps> = ({
  token,
  subscriber,
  now,
  done,
  problems = [],
  choice = subscriber,
  newAddress = '',
}) => {
  const problemOf = (field: string) => problems.find((problem) => problem.field === field);
  const { first, last } = pauseRange(now);
  const pausedUntil =
    subscriber.pausedUntil === undefined ? undefined : Temporal.Instant.from(subscriber.pausedUntil);
  const isPaused = pausedUntil !== undefined && Temporal.Instant.compare(pausedUntil, now) > 0;
  const catchesUp = isPaused && subscriber.catchUpAfterPause === true;
  return (
    <div class="column settings">
      <h1>E-Mail-Einstellungen</h1>
      <Problems problems={problems} />
      {done !== undefined && <Done>{done}</Done>}
      <p class="standfirst">Für {displayAddress(subscriber.address)}</p>
      {subscriber.suppressed !== undefined && (
        <p>
          {subscriber.suppressed === 'bounce'
            ? 'Unsere Mails kamen von dieser Adresse als unzustellbar zurück. '
            : 'Eine unserer Mails wurde in diesem Postfach als Spam gemeldet. '}
          Deshalb ist der Versand angehalten. <a href="/anmeldung">Melden Sie sich noch einmal an</a>, um ihn
          wieder aufzunehmen.
        </p>
      )}

      <section aria-labelledby="themen-titel">
        <h2 id="themen-titel">Themen</h2>
        <Action token={token} name="auswahl">
          <ChoiceFields choice={choice} problem={problemOf('auswahl')} />
          <p>
            <button type="submit">Auswahl speichern</button>
          </p>
        </Action>
      </section>

      <section aria-labelledby="pause-titel">
        <h2 id="pause-titel">Pause</h2>
        {isPaused && (
          <>
            <p>
              Bis zum {germanDate(today(pausedUntil))} schicken wir Ihnen keine Meldungen. Was bis dahin
              erscheint, {catchesUp ? 'holen wir mit der ersten Mail danach nach.' : 'lesen Sie im Portal.'}
            </p>
            <Action token={token} name="weiter">
              <p>
                <button type="submit">Pause beenden</button>
              </p>
            </Action>
          </>
        )}
        <Action token={token} name="pause">
          <div class="field">
            <label for="pause">
              {isPaused ? 'Andere Pause: wieder Meldungen ab' : 'Wieder Meldungen ab'}
            </label>
            {problemOf('pause') !== undefined && (
              <p class="error" id="pause-fehler">
                {problemOf('pause')?.text}
              </p>
            )}
            <input
              type="date"
              id="pause"
              name="pause"
              required
              min={first.toString()}
              max={last.toString()}
              aria-describedby={problemOf('pause') === undefined ? 'pause-hinweis' : 'pause-fehler'}
            />
            <p class="hint" id="pause-hinweis">
              Hinweise zum Portal kommen auch während der Pause, wenn Sie sie gewählt haben.
            </p>
          </div>
          <div class="choice">
            <input type="checkbox" id={catchUpField} name={catchUpField} value="ja" checked={catchesUp} />
            <label for={catchUpField}>
              Schicken Sie mir nach der Pause auch, was währenddessen erschienen ist.
            </label>
          </div>
          <p>
            <button type="submit">Pause einlegen</button>
          </p>
        </Action>
      </section>

      <section aria-labelledby="adresse-titel">
        <h2 id="adresse-titel">Andere E-Mail-Adresse</h2>
        <Action token={token} name="adresse">
          <AddressField value={newAddress} problem={problemOf('adresse')} label="Neue E-Mail-Adresse" />
          <p>
            <button type="submit">Adresse ändern</button>
          </p>
        </Action>
      </section>

      <section aria-labelledby="daten-titel">
        <h2 id="daten-titel">Ihre Daten</h2>
        <p>Alles, was wir über Sie gespeichert haben, als Datei:</p>
        <form method="post" action="/datenauskunft">
          <input type="hidden" name="t" value={token} />
          <p>
            <button type="submit">Daten herunterladen</button>
          </p>
        </form>
      </section>

      <section aria-labelledby="ende-titel">
        <h2 id="ende-titel">Abmelden oder alles löschen</h2>
        <Action token={token} name="abmelden">
          <p>
            <button type="submit">Von allem abmelden</button>
          </p>
        </Action>
        <p>
          Beim Löschen entfernen wir darüber hinaus alle Angaben aus dem Nachweis Ihrer Einwilligung, bis auf
          eine verschlüsselte Kennung, die Zeitpunkte und die Fassung des Textes.
        </p>
        <Action token={token} name="loeschen">
          {problemOf('loeschen') !== undefined && (
            <p class="error" id="loeschen-fehler">
              {problemOf('loeschen')?.text}
            </p>
          )}
          <div class="choice">
            <input type="checkbox" id="loeschen" name="loeschen" value="ja" required />
            <label for="loeschen">Ja, löschen Sie alles. Das lässt sich nicht rückgängig machen.</label>
          </div>
          <p>
            <button type="submit">Alles löschen</button>
          </p>
        </Action>
      </section>
    </div>
  );
};

export const ErasedPage: FC = () => (
  <div class="column">
    <h1>Ihre Daten sind gelöscht</h1>
    <p class="standfirst">
      Sie erhalten keine Mails mehr von uns. Geblieben ist eine verschlüsselte Kennung, an der wir Ihre
      Adresse nicht ablesen können, mit den Zeitpunkten Ihrer Einwilligung und ihres Endes.
    </p>
  </div>
);

/** What can be had as a file, and how. */
export const DataCopyPage: FC<{ token: string | undefined }> = ({ token }) => (
  <div class="column">
    <h1>Datenauskunft</h1>
    <p class="standfirst">
      Sie haben das Recht zu erfahren, was wir über Sie gespeichert haben, und es in einem gängigen Format
      mitzunehmen (Art. 15 und 20 DSGVO). Die Datei enthält Ihre Adresse, Ihre Auswahl und den Nachweis Ihrer
      Einwilligung mit allen Änderungen, im Format JSON.
    </p>
    {token === undefined ? (
      <p>
        Damit niemand anderes Ihre Daten abruft, brauchen Sie dafür Ihren persönlichen Link.{' '}
        <a href="/einstellungen">Link anfordern</a>
      </p>
    ) : (
      <form method="post" action="/datenauskunft">
        <input type="hidden" name="t" value={token} />
        <p>
          <button type="submit">Daten herunterladen</button>
        </p>
      </form>
    )}
  </div>
);
