import type { FC } from 'hono/jsx';
import type { Delivery } from '../../functions/runs/delivery-ledger.ts';
import type { Run } from '../../functions/runs/run.ts';
import { Card, State, Table, When } from './layout.tsx';

export const RunTable: FC<{ runs: readonly Run[] }> = ({ runs }) => (
  <Table
    head={['Run', 'State', 'Due', 'Publications', 'Candidates', 'Accepted', 'Failed', 'Unknown', 'Excluded']}
    empty="No run yet."
    rows={runs.map((run) => (
      <tr>
        <td class="nowrap">
          <a href={`/_local/runs/${encodeURIComponent(run.id)}`}>{run.id}</a>
        </td>
        <td>
          <State of={run.state} />
          {run.paused !== undefined && <div class="soft">{run.paused.because}</div>}
        </td>
        <td>
          <When at={run.slot} />
        </td>
        <td class="nowrap">{publicationsOf(run)}</td>
        <td class="number">{run.certificate?.candidates ?? ''}</td>
        <td class="number">{run.certificate?.accepted ?? ''}</td>
        <td class="number">{run.certificate?.failed ?? ''}</td>
        <td class="number">{run.certificate?.unknown ?? ''}</td>
        <td>
          {Object.entries(run.certificate?.excluded ?? {})
            .map(([why, n]) => `${n} ${why}`)
            .join(', ')}
        </td>
      </tr>
    ))}
  />
);

export const RunPage: FC<{ run: Run; deliveries: readonly Delivery[] }> = ({ run, deliveries }) => (
  <>
    <Card title="The run">
      <RunTable runs={[run]} />
    </Card>
    <Card title={`Ledger: ${deliveries.length} deliveries`}>
      <Table
        head={['Subscriber', 'Shard', 'State', 'Edition', 'Mail']}
        empty="No deliveries."
        rows={deliveries.map((delivery) => (
          <tr>
            <td>
              <code>{delivery.sid}</code>
            </td>
            <td class="number">{delivery.shard}</td>
            <td>
              <State of={delivery.state} />
              {delivery.reason !== undefined && <div class="soft">{delivery.reason}</div>}
            </td>
            <td>
              <code>{delivery.edition}</code>
            </td>
            <td>
              {delivery.messageId !== undefined && <a href={`/_local/outbox/${delivery.messageId}`}>read</a>}
            </td>
          </tr>
        ))}
      />
    </Card>
    <Card title="As stored">
      <pre>{JSON.stringify(run, undefined, 2)}</pre>
    </Card>
  </>
);

function publicationsOf({ fromNumber = 0, toNumber }: Run): string {
  if (toNumber === undefined) return '–';
  return toNumber === fromNumber ? 'none' : `${fromNumber + 1} to ${toNumber}`;
}
