import type { FC } from 'hono/jsx';
import type { Article } from '../../functions/articles/article.ts';
import { Card, State, Table, When } from './layout.tsx';

const states = ['live', 'held', 'withdrawn'] as const;

export const Articles: FC<{ articles: readonly Article[]; state: string | undefined }> = ({
  articles,
  state,
}) => {
  const shown = articles.filter(({ status }) => state === undefined || status === state);
  return (
    <>
      <p class="filters">
        <a href="/_local/articles">all ({articles.length})</a>
        {states.map((name) => (
          <a href={`/_local/articles?state=${name}`}>
            {name} ({articles.filter(({ status }) => status === name).length})
          </a>
        ))}
      </p>
      <Card title={`${shown.length} ${state ?? ''} articles`}>
        <ArticleTable articles={shown} />
      </Card>
    </>
  );
};

export const ArticleTable: FC<{ articles: readonly Article[] }> = ({ articles }) => (
  <Table
    head={['No.', 'State', 'Article', 'Topics', 'Source date', 'Published']}
    empty="None."
    rows={articles.map((article) => (
      <tr>
        <td class="number">{article.publication ?? '–'}</td>
        <td>
          <State of={article.status} />
          {article.quiet && <div class="soft">quiet</div>}
          {article.status === 'held' && <div class="soft">{article.heldBecause}</div>}
        </td>
        <td class="wide">
          <a href={article.link}>{article.headline}</a>
          <div class="soft">
            {article.issuer}
            {article.revision > 1 && ` · revision ${article.revision}`}
          </div>
        </td>
        <td>{article.topics.join(', ')}</td>
        <td>
          <When at={article.sourceDate} />
        </td>
        <td>
          <When at={article.publishedAt ?? article.heldUntil} />
        </td>
      </tr>
    ))}
  />
);
