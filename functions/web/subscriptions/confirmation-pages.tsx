import type { FC } from 'hono/jsx';
import type { SignUpRequest, Subscriber } from '../../subscribers/subscriber.ts';
import { choiceLines } from '../../subscribers/wording-of-choices.ts';
import { Problems, type Problem } from './form-parts.tsx';

interface ConfirmationPageProps {
  token: string;
  subscriber: Subscriber;
  request: SignUpRequest;
  problems: readonly Problem[];
}

/** Asks once more: mail scanners open links, but press no buttons. */
export const ConfirmationPage: FC<ConfirmationPageProps> = ({ token, subscriber, request, problems }) => {
  const moves = request.movesFrom !== undefined;
  return (
    <div class="column">
      <h1>{moves ? 'Neue E-Mail-Adresse bestätigen' : 'Anmeldung bestätigen'}</h1>
      <Problems problems={problems} />
      <p>
        {moves
          ? 'Diese Auswahl geht auf Ihre neue Adresse über:'
          : 'Mit Ihrer Bestätigung erhalten Sie künftig per E-Mail:'}
      </p>
      <ul>
        {choiceLines(request).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {subscriber.state === 'confirmed' && <p>Das ersetzt Ihre bisherige Auswahl.</p>}
      <form method="post" action="/bestaetigung">
        <input type="hidden" name="t" value={token} />
        <input type="hidden" name="stand" value={request.requestedAt} />
        {subscriber.suppressed === 'complaint' && (
          <div class="field">
            <p>
              Eine unserer Mails wurde in Ihrem Postfach als Spam gemeldet. Deshalb schreiben wir Ihnen nicht
              mehr, es sei denn, Sie wünschen es ausdrücklich.
            </p>
            <div class="choice">
              <input type="checkbox" id="wunsch" name="wunsch" value="ja" required />
              <label for="wunsch">Ja, ich möchte wieder Mails erhalten.</label>
            </div>
          </div>
        )}
        <p>
          <button type="submit">Bestätigen</button>
        </p>
      </form>
    </div>
  );
};

export const ConfirmedPage: FC<{ subscriber: Subscriber; settingsPath: string; first: boolean }> = ({
  subscriber,
  settingsPath,
  first,
}) => (
  <div class="column">
    <h1>{first ? 'Vielen Dank, das ist bestätigt' : 'Das ist bereits bestätigt'}</h1>
    <p class="standfirst">Sie erhalten per E-Mail:</p>
    <ul>
      {choiceLines(subscriber).map((line) => (
        <li>{line}</li>
      ))}
    </ul>
    <p>
      In jeder Mail finden Sie einen Link, mit dem Sie das ändern oder alles abbestellen.{' '}
      <a href={settingsPath}>Jetzt zu Ihren E-Mail-Einstellungen</a>
    </p>
  </div>
);
