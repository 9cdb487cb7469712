import { Command, InvalidArgumentError, Option } from 'commander';
import { monthlyCost, type Volume } from './cost-model.ts';
import { exitAsDocumented } from './exit-codes.ts';

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('It must be a whole number of at least 0.');
  }
  return number;
};
const { json, ...volume } = new Command('npm run cost --')
  .description('What a month costs, from counted calls and list prices.')
  .option('--subscribers <number>', 'who get digests', count, 10_000)
  .option('--articles <number>', 'published in the month', count, 1000)
  .option('--sources <number>', 'that are polled', count, 30)
  .option('--page-views <number>', 'of the portal', count, 100_000)
  .option('--feed-requests <number>', 'of feed readers', count, 3_000_000)
  .addOption(
    new Option('--plan <plan>', 'pricing plan of SES')
      .choices(['a-la-carte', 'essentials'] satisfies Volume['plan'][])
      .default('a-la-carte'),
  )
  .option('--json', 'one JSON object')
  .exitOverride(exitAsDocumented)
  .parse()
  .opts<Volume & { json?: true }>();
const lines = monthlyCost(volume);
const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
const mail = lines.filter(({ service }) => service === 'SES').reduce((sum, { dollars }) => sum + dollars, 0);
const mailShare = total === 0 ? 0 : mail / total;

if (json === true) {
  console.log(JSON.stringify({ volume, lines, total, mailShare }));
} else {
  console.table(
    lines.map(({ service, what, units, unit, dollars, seen }) => ({
      service,
      what,
      a_month: Math.round(units),
      unit,
      US$: Number(dollars.toFixed(2)),
      price_seen: seen,
    })),
  );
  console.log(`US$ ${total.toFixed(2)} a month; ${(100 * mailShare).toFixed(0)} % of it is SES.`);
  console.log('List prices of eu-central-1 as in bin/cost-model.ts, without taxes, free tiers and support.');
}
