import { parseArgs } from 'node:util';
import { monthlyCost, type Volume } from './cost-model.ts';

// npm run cost -- --subscribers 100000 --articles 2000: what a month costs, from counted calls and list prices.
const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '10000' },
    articles: { type: 'string', default: '1000' },
    sources: { type: 'string', default: '30' },
    'page-views': { type: 'string', default: '100000' },
    'feed-requests': { type: 'string', default: '3000000' },
    plan: { type: 'string', default: 'a-la-carte' },
    json: { type: 'boolean', default: false },
  },
});
const count = (name: Exclude<keyof typeof values, 'json' | 'plan'>): number => {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 0) {
    console.error(`--${name} is ${JSON.stringify(values[name])}: must be a whole number of at least 0`);
    process.exit(2);
  }
  return number;
};
const plan = (['a-la-carte', 'essentials'] as const).find((known) => known === values.plan);
if (plan === undefined) {
  console.error(`--plan is ${JSON.stringify(values.plan)}: must be a-la-carte or essentials`);
  process.exit(2);
}
const volume: Volume = {
  subscribers: count('subscribers'),
  articles: count('articles'),
  sources: count('sources'),
  pageViews: count('page-views'),
  feedRequests: count('feed-requests'),
  plan,
};
const lines = monthlyCost(volume);
const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);
const mail = lines.filter(({ service }) => service === 'SES').reduce((sum, { dollars }) => sum + dollars, 0);
const mailShare = total === 0 ? 0 : mail / total;

if (values.json) {
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
