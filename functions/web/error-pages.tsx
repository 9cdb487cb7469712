import type { FC } from 'hono/jsx';

interface ErrorPageProps {
  heading: string;
  text: string;
}

/** A page that says what is the matter, and where to go on. */
export const ErrorPage: FC<ErrorPageProps> = ({ heading, text }) => (
  <div class="column">
    <h1>{heading}</h1>
    <p>{text}</p>
    <p>
      <a href="/">Zu den neuesten Meldungen</a>
    </p>
  </div>
);

export const notFound: ErrorPageProps = {
  heading: 'Diese Seite gibt es nicht',
  text: 'Vielleicht hat sich ein Tippfehler in die Adresse geschlichen, oder die Seite ist umgezogen.',
};

export const withdrawn: ErrorPageProps = {
  heading: 'Diese Meldung wurde zurückgezogen',
  text: 'Sie ist im Portal nicht mehr zu lesen.',
};

export const broken: ErrorPageProps = {
  heading: 'Das hat nicht geklappt',
  text: 'Der Fehler liegt bei uns und ist vermerkt. Bitte versuchen Sie es in einigen Minuten noch einmal.',
};
