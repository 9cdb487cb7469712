import type { Command } from 'commander';
import { topics } from '../../config/topics.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import {
  holdArticle,
  moveArticle,
  releaseArticle,
  withdrawArticle,
  type Actor,
  type Edited,
} from '../../functions/articles/edit-article.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { readEnv, text } from '../../functions/platform/env.ts';
import type { Temporal } from '../../functions/platform/time.ts';
import {
  asJson,
  confirm,
  Refused,
  terminal,
  withoutAsking,
  type Format,
  type Sure,
  type Terminal,
} from './terminal.ts';

type Edit = (articles: DynamoDbArticles, id: string, actor: Actor, now: Temporal.Instant) => Promise<Edited>;

/** `herold article`: what an editor does to one article by hand. Each act stays on record with it. */
export function articleCommands(program: Command, io: Terminal = terminal): void {
  const article = program.command('article').description('release, hold, move or withdraw one article');

  const run = async (id: string, edit: Edit, actor: Actor & Format): Promise<void> => {
    const { CONTENT_TABLE } = readEnv({ CONTENT_TABLE: text }, process.env);
    const articles = new DynamoDbArticles(documentClient(), CONTENT_TABLE);
    const edited = await edit(articles, id, { by: actor.by, reason: actor.reason }, io.clock.now());
    if (edited.article === undefined) throw new Refused(`${id} stays as it is: ${edited.refused}`, []);
    const { status, heldBecause, topics: filedUnder, headline } = edited.article;
    const why = heldBecause === undefined ? '' : `, because of ${heldBecause}`;
    if (actor.json === true) io.print(JSON.stringify({ article: edited.article }));
    else io.print(`${id} is ${status}${why}; ${filedUnder.join(', ')}; ${headline}`);
  };
  const command = (usage: string, description: string): Command =>
    article
      .command(usage)
      .description(description)
      .option('--by <name>', 'who does it', io.user)
      .option('--reason <text>', 'why, for the record')
      .option(...asJson);

  command('release <id>', 'publish it now, freeze or not; an embargo still holds it').action(
    (id: string, actor: Actor & Format) => run(id, releaseArticle, actor),
  );
  command('hold <id>', 'keep it back until it is released').action((id: string, actor: Actor & Format) =>
    run(id, holdArticle, actor),
  );
  command('withdraw <id>', 'take it out of feeds, pages and digests, for good')
    .option(...withoutAsking)
    .action(async (id: string, { yes, ...actor }: Actor & Format & Sure) => {
      await confirm(io, `Withdraw ${id} for good?`, { yes });
      await run(id, withdrawArticle, actor);
    });
  command('move <id> <topics...>', 'file it under these topics instead').action(
    (id: string, slugs: string[], actor: Actor & Format) => {
      const known: readonly string[] = topics.map(({ slug }) => slug);
      const unknown = slugs.filter((slug) => !known.includes(slug));
      if (unknown.length > 0) {
        throw new Refused(`There is no topic ${unknown.join(', ')}; take of: ${known.join(', ')}`, []);
      }
      return run(id, (articles, one, by, now) => moveArticle(articles, one, slugs, by, now), actor);
    },
  );
}
