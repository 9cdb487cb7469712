import type { FC } from 'hono/jsx';
import { portal } from '../../config/portal.ts';

const { publisher } = portal;

const Address: FC = () => (
  <address>
    {publisher.name}
    {publisher.address.map((line) => (
      <>
        <br />
        {line}
      </>
    ))}
    <br />
    E-Mail: <a href={`mailto:${publisher.email}`}>{publisher.email}</a>
  </address>
);

/** § 5 DDG. */
export const ImprintPage: FC = () => (
  <div class="column">
    <h1>Impressum</h1>
    <h2>Angaben nach § 5 DDG</h2>
    <Address />
    <h2>Meldungen und Bilder</h2>
    <p>
      Die Meldungen sind Pressemitteilungen der Ministerien und Behörden, die jeweils unter „Quelle“ genannt
      sind. Sie geben deren Wortlaut wieder; maßgeblich ist die Fassung an der Quelle. Vollständige Texte und
      Bilder zeigen wir nur, wo die Quelle es erlaubt, Bilder nur mit ihrem Bildnachweis.
    </p>
  </div>
);

/** Art. 13 DSGVO, for what this software stores and does; a change of either belongs here too. */
export const PrivacyPage: FC = () => (
  <div class="column">
    <h1>Datenschutz</h1>
    <p class="standfirst">
      Lesen können Sie das Portal und seine Feeds, ohne dass wir etwas über Sie speichern. Für Meldungen per
      E-Mail brauchen wir Ihre Adresse, und was wir dazu aufheben, steht hier.
    </p>
    <h2>Verantwortlich</h2>
    <Address />

    <h2>Wenn Sie lesen</h2>
    <p>
      Wir setzen keine Cookies, zählen keine Besuche und binden keine Dienste ein, die das tun. Damit eine
      Seite oder ein Feed zu Ihnen gelangt, verarbeitet unser technischer Dienstleister Amazon Web Services
      Ihre IP-Adresse; die Anwendung selbst speichert sie dabei nicht (Art. 6 Abs. 1 Buchst. f DSGVO:
      Auslieferung und Schutz der Seiten).
    </p>
    <p>
      Bilder bleiben bei ihrer Quelle. Zeigt eine Seite ein Bild, so ruft Ihr Browser es dort ab, und die
      Quelle erfährt Ihre IP-Adresse.
    </p>

    <h2>Wenn Sie Meldungen per E-Mail bestellen</h2>
    <p>
      Wir speichern Ihre E-Mail-Adresse, die gewählten Themen und wie oft wir schreiben dürfen. Grundlage ist
      Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO, § 7 Abs. 2 UWG). Sie gilt erst, wenn Sie sie über die
      Bestätigungsmail bekräftigt haben; geschieht das nicht binnen sieben Tagen, verfällt die Anmeldung und
      wird gelöscht.
    </p>
    <p>Als Nachweis Ihrer Einwilligung (Art. 7 Abs. 1 DSGVO) halten wir fest:</p>
    <ul>
      <li>den Wortlaut, dem Sie zugestimmt haben, mit den Zeitpunkten von Anmeldung und Bestätigung,</li>
      <li>eine Prüfsumme der Bestätigungsmail,</li>
      <li>das Netz, aus dem Anmeldung und Bestätigung kamen: den vorderen Teil der IP-Adresse,</li>
      <li>jede spätere Änderung Ihrer Auswahl, Pausen und die Abmeldung, mit Zeitpunkt und Anlass.</li>
    </ul>
    <p>
      In unseren Protokollen stehen Sie unter einer verschlüsselten Kennung, nicht unter Ihrer Adresse. Welche
      Mail Sie wann bekommen sollten und ob sie angenommen wurde, heben wir 90 Tage auf, damit nichts doppelt
      kommt und nichts fehlt. Gegen Missbrauch der Formulare zählen wir Anfragen je Adresse und Netz, beides
      verschlüsselt, höchstens einen Tag lang.
    </p>
    <p>
      Unsere Mails verschickt Amazon Simple Email Service in unserem Auftrag. Er meldet uns, ob eine Mail
      angenommen, abgewiesen oder als unerwünscht gemeldet wurde; dauerhaft unzustellbaren Adressen schreiben
      wir nicht mehr. Ob Sie eine Mail öffnen oder worauf Sie darin klicken, erfahren wir nicht.
    </p>

    <h2>Wenn Sie gehen</h2>
    <p>
      Abmelden können Sie sich mit einem Klick in jeder Mail, auch Jahre später. Ihre Adresse löschen wir
      dann; der Nachweis Ihrer Einwilligung bleibt unter der verschlüsselten Kennung, solange wir ihn zur
      Verteidigung gegen Ansprüche brauchen können (Art. 17 Abs. 3 Buchst. e DSGVO). Auf Wunsch kürzen wir ihn
      auf die Kennung und die Zeitpunkte.
    </p>

    <h2>Ihre Rechte</h2>
    <p>
      Sie können Auskunft verlangen, Ihre Daten berichtigen oder löschen lassen, ihre Verarbeitung
      einschränken lassen, ihr widersprechen und sie in einem gängigen Format mitnehmen (Art. 15 bis 21
      DSGVO). Eine Einwilligung können Sie jederzeit widerrufen; was bis dahin geschah, bleibt rechtmäßig.
      Schreiben Sie uns dafür an <a href={`mailto:${publisher.email}`}>{publisher.email}</a>. Beschweren
      können Sie sich bei jeder Datenschutz-Aufsichtsbehörde.
    </p>
  </div>
);
