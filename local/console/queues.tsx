import type { FC } from 'hono/jsx';
import type { QueueName } from '../../config/queues.ts';
import type { FileQueue } from '../aws/file-queue.ts';
import { Card, fromMs, Table, When } from './layout.tsx';

type Queues = Readonly<Record<QueueName, FileQueue>>;

export const QueueTable: FC<{ queues: Queues }> = ({ queues }) => (
  <Table
    head={['Queue', 'Waiting', 'Delayed', 'At work', 'Dead letters']}
    empty=""
    rows={Object.entries(queues).map(([name, queue]) => {
      const { visible, delayed, inFlight } = queue.counts();
      const dead = queue.deadLetters?.list().length ?? 0;
      return (
        <tr>
          <td>{name}</td>
          <td class="number">{visible}</td>
          <td class="number">{delayed}</td>
          <td class="number">{inFlight}</td>
          <td class={dead > 0 ? 'number bad' : 'number'}>{dead}</td>
        </tr>
      );
    })}
  />
);

export const QueuePage: FC<{ queues: Queues }> = ({ queues }) => (
  <>
    <Card title="All queues">
      <QueueTable queues={queues} />
    </Card>
    {Object.entries(queues).map(([name, queue]) => {
      const dead = queue.deadLetters;
      return (
        <>
          {queue.list().length > 0 && (
            <Card title={name}>
              <Messages queue={queue} />
            </Card>
          )}
          {dead !== undefined && dead.list().length > 0 && (
            <Card
              title={`${name}: dead letters`}
              aside={
                <form method="post" action="/_local/redrive">
                  <button name="queue" value={name}>
                    Send them back to {name}
                  </button>
                </form>
              }
            >
              <Messages queue={dead} />
            </Card>
          )}
        </>
      );
    })}
  </>
);

const shown = 100;

const Messages: FC<{ queue: FileQueue }> = ({ queue }) => (
  <Table
    head={['Sent', 'Available', 'Receives', 'Body']}
    empty=""
    rows={queue
      .list()
      .slice(0, shown)
      .map((message) => (
        <tr>
          <td>
            <When at={fromMs(message.sentAt)} />
          </td>
          <td>
            <When at={fromMs(message.availableAt)} />
          </td>
          <td class="number">{message.receives}</td>
          <td class="wide">
            <pre>{message.body}</pre>
          </td>
        </tr>
      ))}
  />
);
