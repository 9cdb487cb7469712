import type { FC } from 'hono/jsx';
import type { Article } from '../../functions/articles/article.ts';
import { healthLists } from '../../functions/clock/health.ts';
import type { Run } from '../../functions/runs/run.ts';
import type { RegisteredSource } from '../../functions/sources/source-store.ts';
import type { Host } from '../host.ts';
import { ArticleTable } from './articles.tsx';
import { Card, longTime, State, Table, When } from './layout.tsx';
import { MailTable, type ListedMail } from './outbox.tsx';
import { QueueTable } from './queues.tsx';
import { RunTable } from './runs.tsx';

export interface OverviewProps {
  host: Host;
  sources: readonly RegisteredSource[];
  articles: readonly Article[];
  runs: readonly Run[];
  mails: readonly ListedMail[];
}

export const Overview: FC<OverviewProps> = ({ host, sources, articles, runs, mails }) => {
  const count = (status: Article['status']): number =>
    articles.filter((article) => article.status === status).length;
  return (
    <>
      <dl class="figures">
        <Figure name="live articles" value={count('live')} />
        <Figure name="held" value={count('held')} />
        <Figure name="withdrawn" value={count('withdrawn')} />
        <Figure name="feed files" value={host.feeds.keys('feeds/').length} />
        <Figure name="mails taken" value={host.outbox.list().length} />
        <Figure
          name="dead letters"
          value={Object.values(host.queues).reduce(
            (sum, queue) => sum + (queue.deadLetters?.list().length ?? 0),
            0,
          )}
        />
      </dl>
      {host.streamFailures() > 0 && (
        <p class="bad" role="alert">
          The stream to the feeds has failed {host.streamFailures()} times in a row; log.jsonl says why.
        </p>
      )}
      <HealthCard seen={host.health()} />
      <SourceCard sources={sources} articles={articles} />
      <Card title="Runs" aside={<a href="/_local/runs">All runs</a>}>
        <RunTable runs={runs.slice(0, 6)} />
      </Card>
      <Card title="Newest mails" aside={<a href="/_local/outbox">The whole outbox</a>}>
        <MailTable mails={mails} />
      </Card>
      <Card title="Newest articles" aside={<a href="/_local/articles">All articles</a>}>
        <ArticleTable articles={articles.slice(0, 8)} />
      </Card>
      <Card title="Queues" aside={<a href="/_local/queues">Messages and dead letters</a>}>
        <QueueTable queues={host.queues} />
      </Card>
    </>
  );
};

const Figure: FC<{ name: string; value: number }> = ({ name, value }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const wordsOf: Readonly<Record<(typeof healthLists)[number], string>> = {
  pollsOverdue: 'Sources that no poll has reached for too long',
  sourcesFailing: 'Sources failing for a day',
  sourcesSilent: 'Sources silent for longer than usual',
  publicationsOverdue: 'Articles that should be live',
  feedsBehind: 'Feeds without the newest article',
  runsNotStarted: 'Runs not started',
  runsNotFinished: 'Runs beyond their deadline',
  runsPaused: 'Runs that wait for someone',
  certificatesOff: 'Runs whose certificate does not add up',
};

const HealthCard: FC<{ seen: ReturnType<Host['health']> }> = ({ seen }) => {
  const bad = healthLists.filter((list) => (seen?.health[list].length ?? 0) > 0);
  return (
    <Card
      title="Health"
      aside={<span class="soft">{seen === undefined ? 'not looked at yet' : longTime(seen.at)}</span>}
    >
      {seen !== undefined && (
        <>
          <p class={bad.length === 0 ? 'good' : 'bad'}>
            {bad.length === 0 ? 'All is well.' : `${bad.length} of ${healthLists.length} checks fail.`}{' '}
            <span class="soft">
              {seen.health.frozen ? 'Editorial freeze. ' : ''}
              {seen.health.quotaUsedPercent} % of the day’s quota is used.
            </span>
          </p>
          {bad.length > 0 && (
            <Table
              head={['What', 'Which']}
              empty=""
              rows={bad.map((list) => (
                <tr>
                  <td>{wordsOf[list]}</td>
                  <td class="wide">{seen.health[list].join(', ')}</td>
                </tr>
              ))}
            />
          )}
        </>
      )}
    </Card>
  );
};

const SourceCard: FC<{ sources: readonly RegisteredSource[]; articles: readonly Article[] }> = ({
  sources,
  articles,
}) => (
  <Card
    title="Sources"
    aside={
      <form method="post" action="/_local/poll">
        <button class="quiet">Poll all now</button>
      </form>
    }
  >
    <Table
      head={['Source', 'State', 'Last success', 'Last new item', 'Next poll', 'Articles', '']}
      empty="No sources."
      rows={sources.map(({ source, state }) => (
        <tr>
          <td class="wide">
            <a href={source.url}>{source.issuer}</a>
            {state.lastError !== undefined && state.failures > 0 && <div class="bad">{state.lastError}</div>}
          </td>
          <td>
            <State of={stateOf({ source, state })} />
          </td>
          <td>
            <When at={state.lastSuccessAt} />
          </td>
          <td>
            <When at={state.lastNewItemAt} />
          </td>
          <td>
            <When at={source.active ? state.nextPollAt : undefined} />
          </td>
          <td class="number">
            {articles.filter(({ origins }) => origins.some(({ sourceId }) => sourceId === source.id)).length}
          </td>
          <td>
            <form method="post" action="/_local/poll">
              <button class="quiet" name="source" value={source.id}>
                Poll
              </button>
            </form>
          </td>
        </tr>
      ))}
    />
  </Card>
);

function stateOf({ source, state }: RegisteredSource): string {
  if (!source.active) return 'inactive';
  if (state.gone === true) return 'gone';
  if (state.failures > 0) return 'failing';
  return state.lastSuccessAt === undefined ? 'new' : 'ok';
}
