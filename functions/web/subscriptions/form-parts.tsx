import type { FC, PropsWithChildren } from 'hono/jsx';
import { topics } from '../../../config/topics.ts';
import { cadences, type Choice } from '../../subscribers/subscriber.ts';
import { cadenceLabels } from '../../subscribers/wording-of-choices.ts';
import { allTopicsField, announcementsField, chosenCadence, topicField } from './choice-form.ts';

/** A problem with one field, for the summary above the form and the line at the field. */
export interface Problem {
  /** Id of the field. */
  field: string;
  text: string;
}

/** Says what is to be put right, with links to the fields. The page's title should say so too. */
export const Problems: FC<{ problems: readonly Problem[] }> = ({ problems }) =>
  problems.length === 0 ? (
    <></>
  ) : (
    <div class="problems" role="alert">
      <h2>Bitte prüfen Sie Ihre Angaben</h2>
      <ul>
        {problems.map(({ field, text }) => (
          <li>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );

/** What has just been done. */
export const Done: FC<PropsWithChildren> = ({ children }) => (
  <p class="done" role="status">
    {children}
  </p>
);

export const AddressField: FC<{ value: string; problem: Problem | undefined; label?: string }> = ({
  value,
  problem,
  label = 'E-Mail-Adresse',
}) => (
  <div class="field">
    <label for="adresse">{label}</label>
    {problem !== undefined && (
      <p class="error" id="adresse-fehler">
        {problem.text}
      </p>
    )}
    <input
      id="adresse"
      name="adresse"
      type="email"
      autocomplete="email"
      required
      maxlength={254}
      value={value}
      aria-invalid={problem === undefined ? undefined : 'true'}
      aria-describedby={problem === undefined ? undefined : 'adresse-fehler'}
    />
  </div>
);

const CadenceSelect: FC<{ name: string; label: string; chosen: string | undefined }> = ({
  name,
  label,
  chosen,
}) => (
  <div class="cadence">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="" selected={chosen === undefined}>
        nicht
      </option>
      {cadences.map((cadence) => (
        <option value={cadence} selected={chosen === cadence}>
          {cadenceLabels[cadence]}
        </option>
      ))}
    </select>
  </div>
);

/** Cadence for all topics or for each, and announcements. */
export const ChoiceFields: FC<{ choice: Choice; problem: Problem | undefined }> = ({ choice, problem }) => (
  <>
    <fieldset id="auswahl" aria-describedby={problem === undefined ? 'auswahl-hinweis' : 'auswahl-fehler'}>
      <legend>Meldungen: welche Themen, wie oft?</legend>
      {problem !== undefined && (
        <p class="error" id="auswahl-fehler">
          {problem.text}
        </p>
      )}
      <p class="hint" id="auswahl-hinweis">
        Sofort heißt: bald, nachdem eine Meldung erschienen ist. Täglich heißt: eine Mail am Morgen, wenn es
        Neues gibt. Wöchentlich heißt: eine am Montag. Jede Meldung erhalten Sie nur einmal, auch wenn sie zu
        mehreren Themen gehört.
      </p>
      <CadenceSelect name={allTopicsField} label="Alle Themen" chosen={chosenCadence(choice, 'alle')} />
      {topics.map(({ slug, label }) => (
        <CadenceSelect name={topicField(slug)} label={label} chosen={chosenCadence(choice, slug)} />
      ))}
    </fieldset>
    <fieldset>
      <legend>Hinweise zum Portal</legend>
      <div class="choice">
        <input
          type="checkbox"
          id={announcementsField}
          name={announcementsField}
          value="ja"
          checked={choice.announcements}
        />
        <label for={announcementsField}>
          Informieren Sie mich über Redaktionsstopps, Umstellungen und Pausen des Portals.
        </label>
      </div>
    </fieldset>
  </>
);
