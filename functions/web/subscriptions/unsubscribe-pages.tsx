import type { FC } from 'hono/jsx';
import { topics } from '../../../config/topics.ts';
import type { Subscriber } from '../../subscribers/subscriber.ts';
import { choiceLines } from '../../subscribers/wording-of-choices.ts';
import { Done } from './form-parts.tsx';

const Leave: FC<{ token: string; scope: string; label: string; quiet?: boolean }> = ({
  token,
  scope,
  label,
  quiet = false,
}) => (
  <form method="post" action="/abmeldung">
    <input type="hidden" name="t" value={token} />
    <input type="hidden" name="was" value={scope} />
    <button type="submit" class={quiet ? 'quiet' : undefined}>
      {label}
    </button>
  </form>
);

/** Offers a way out of everything, and of each part. The address is not shown: mails get passed on. */
export const UnsubscribePage: FC<{
  token: string;
  subscriber: Subscriber;
  done?: string;
  wayBack?: string;
}> = ({ token, subscriber, done, wayBack }) => {
  const has = (slug: string) =>
    subscriber.subscriptions.some(({ topics: chosen }) => chosen === 'alle' || chosen.includes(slug));
  return (
    <div class="column">
      <h1>Mails abbestellen</h1>
      {done !== undefined && <Done>{done}</Done>}
      {wayBack !== undefined && <WayBack token={token} sealed={wayBack} />}
      <p>Sie erhalten zurzeit per E-Mail:</p>
      <ul>
        {choiceLines(subscriber).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <Leave token={token} scope="alles" label="Alles abbestellen" />
      <h2>Nur einen Teil abbestellen</h2>
      <ul class="leave-topics">
        {topics
          .filter(({ slug }) => has(slug))
          .map(({ slug, label }) => (
            <li>
              {label}
              <Leave token={token} scope={`thema-${slug}`} label={`${label} abbestellen`} quiet />
            </li>
          ))}
        {subscriber.announcements && (
          <li>
            Hinweise zum Portal
            <Leave token={token} scope="hinweise" label="Hinweise abbestellen" quiet />
          </li>
        )}
      </ul>
      <p>
        Lieber seltener? <a href="/einstellungen">In den Einstellungen</a> ändern Sie, wie oft wir schreiben,
        oder legen eine Pause ein.
      </p>
    </div>
  );
};

const WayBack: FC<{ token: string; sealed: string }> = ({ token, sealed }) => (
  <form method="post" action="/abmeldung">
    <input type="hidden" name="t" value={token} />
    <input type="hidden" name="zurueck" value={sealed} />
    <p>
      War das ein Versehen? <button type="submit">Rückgängig machen</button>
    </p>
  </form>
);

/** Who has nothing from us any more, since a moment or for years. */
export const LeftPage: FC<{ token: string; wayBack: string | undefined }> = ({ token, wayBack }) => (
  <div class="column">
    <h1>Sie sind abgemeldet</h1>
    <p class="standfirst">
      Sie erhalten keine Mails mehr von uns, auch keine, die noch unterwegs wären. Ihre Adresse haben wir
      gelöscht.
    </p>
    {wayBack === undefined ? (
      <p>
        Sie möchten doch wieder lesen, was es Neues gibt? <a href="/anmeldung">Zur Anmeldung</a>
      </p>
    ) : (
      <WayBack token={token} sealed={wayBack} />
    )}
  </div>
);
