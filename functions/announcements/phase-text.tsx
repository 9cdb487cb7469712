import type { FC } from 'hono/jsx';
import { DatesTable } from './dates-table.tsx';
import type { PhaseMessage } from './phase-message.ts';

/** What a phase tells, below its title: in feeds and mails alike. */
export const PhaseText: FC<{ message: PhaseMessage }> = ({ message }) => (
  <>
    {message.paragraphs.map((paragraph) => (
      <p>{paragraph}</p>
    ))}
    <DatesTable rows={message.dates} />
  </>
);
