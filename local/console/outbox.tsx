import type { FC } from 'hono/jsx';
import type { ParsedMail } from 'mailparser';
import type { OutboxMail } from '../aws/outbox.ts';
import { Card, fromMs, Table, When } from './layout.tsx';

export interface ListedMail {
  mail: OutboxMail;
  subject: string;
}

export const MailTable: FC<{ mails: readonly ListedMail[] }> = ({ mails }) => (
  <Table
    head={['Taken', 'To', 'Subject', 'Run']}
    empty="No mail yet. Digests start at seven; the clock can be moved."
    rows={mails.map(({ mail, subject }) => (
      <tr>
        <td>
          <When at={fromMs(mail.acceptedAt)} />
        </td>
        <td>{mail.destinations.join(', ')}</td>
        <td class="wide">
          <a href={`/_local/outbox/${mail.messageId}`}>{subject}</a>
        </td>
        <td class="soft nowrap">{mail.tags.run ?? mail.configurationSet}</td>
      </tr>
    ))}
  />
);

export const Outbox: FC<{ mails: readonly ListedMail[]; total: number; page: number; pages: number }> = ({
  mails,
  total,
  page,
  pages,
}) => (
  <Card title={`${total} mails`}>
    <MailTable mails={mails} />
    {pages > 1 && (
      <p class="filters">
        {page > 1 && <a href={`/_local/outbox?page=${page - 1}`}>Newer</a>}
        <span class="soft">
          Page {page} of {pages}
        </span>
        {page < pages && <a href={`/_local/outbox?page=${page + 1}`}>Older</a>}
      </p>
    )}
  </Card>
);

export const MailPage: FC<{ mail: OutboxMail; raw: Buffer; parsed: ParsedMail }> = ({
  mail,
  raw,
  parsed,
}) => (
  <>
    <Card title="Envelope">
      <dl class="facts">
        <dt>To</dt>
        <dd>{mail.destinations.join(', ')}</dd>
        <dt>Taken</dt>
        <dd>
          <When at={fromMs(mail.acceptedAt)} />
        </dd>
        <dt>Message tags</dt>
        <dd>
          {Object.entries(mail.tags)
            .map(([name, value]) => `${name}=${value}`)
            .join(', ')}
        </dd>
        <dt>Configuration set</dt>
        <dd>{mail.configurationSet ?? '–'}</dd>
        <dt>Size</dt>
        <dd>{raw.length.toLocaleString('en')} bytes</dd>
      </dl>
    </Card>
    {parsed.html !== false && (
      <Card title="HTML">
        <iframe
          title="The mail as HTML"
          src={`/_local/outbox/${mail.messageId}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      </Card>
    )}
    <Card title="Text">
      <pre lang="de">{parsed.text ?? ''}</pre>
    </Card>
    <Card title="Headers">
      <pre>{parsed.headerLines.map(({ line }) => line).join('\n')}</pre>
    </Card>
    <section class="card">
      <details>
        <summary>Raw, as SES was given it</summary>
        <pre>{raw.toString('latin1')}</pre>
      </details>
      <p>
        <a href={`/_local/outbox/${mail.messageId}/raw`}>Download as .eml</a>
      </p>
    </section>
  </>
);
