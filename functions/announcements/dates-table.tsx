import type { FC } from 'hono/jsx';
import type { DateRow } from './phase-message.ts';

/** Where there is no stylesheet to do it: in mails. */
export interface TableLook {
  table: string;
  caption: string;
  heading: string;
  cell: string;
}

interface DatesTableProps {
  rows: readonly DateRow[];
  look?: TableLook;
}

/**
 * Dates as a table that reads well aloud: every row has its heading, and the columns have theirs where there are two.
 * Works without a stylesheet, so that feeds show it too. Nothing when there are no dates.
 */
export const DatesTable: FC<DatesTableProps> = ({ rows, look }) => {
  if (rows.length === 0) return <></>;
  const moved = rows.some(({ previous }) => previous !== undefined);
  return (
    <table style={look?.table}>
      <caption class={inkIn(look)} style={look?.caption}>
        Termine
      </caption>
      {moved && (
        <thead>
          <tr>
            {['Termin', 'Neu', 'Bisher'].map((label) => (
              <th scope="col" class={inkIn(look)} style={look?.heading}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(({ label, value, previous }) => (
          <tr>
            <th scope="row" class={inkIn(look)} style={look?.heading}>
              {label}
            </th>
            <td class={inkIn(look)} style={look?.cell}>
              {value}
            </td>
            {moved && (
              <td class={inkIn(look)} style={look?.cell}>
                {previous}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Mails turn what has this class light in the dark. */
const inkIn = (look: TableLook | undefined): string | undefined =>
  look === undefined ? undefined : 'ink rule';
