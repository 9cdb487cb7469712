import type { FC } from 'hono/jsx';
import type { DateRow } from './phase-message.ts';

/**
 * Dates as a table that reads well aloud: every row has its heading, and the columns have theirs where there are two.
 * Works without a stylesheet, so that feeds and mails show it too. Nothing when there are no dates.
 */
export const DatesTable: FC<{ rows: readonly DateRow[] }> = ({ rows }) => {
  if (rows.length === 0) return <></>;
  const moved = rows.some(({ previous }) => previous !== undefined);
  return (
    <table>
      <caption>Termine</caption>
      {moved && (
        <thead>
          <tr>
            <th scope="col">Termin</th>
            <th scope="col">Neu</th>
            <th scope="col">Bisher</th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(({ label, value, previous }) => (
          <tr>
            <th scope="row">{label}</th>
            <td>{value}</td>
            {moved && <td>{previous}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
