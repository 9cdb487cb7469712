import { createHash } from 'node:crypto';
import { portal } from './portal.ts';

/** As `functions/web/stylesheet.ts` has it, as far as a page of two sentences needs it. */
const style = [
  ':root{color-scheme:light dark}',
  'body{max-width:38rem;margin:0 auto;padding:2rem 1.25rem;font:1.0625rem/1.6 Georgia,"DejaVu Serif",serif;color:#1b1a17;background:#fbfaf7}',
  'header{border-bottom:2px solid;padding-bottom:.8rem;font-weight:700;text-align:center}',
  'h1{font-size:1.8rem;line-height:1.2;text-wrap:balance;margin:2rem 0 1rem}',
  'a{color:#0b4a6f}',
  '@media (prefers-color-scheme:dark){body{color:#ece8df;background:#171613}a{color:#9ccbe8}}',
].join('');

/** What a content security policy must allow for it. */
export const barePageStyle = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/**
 * A page that says one thing where nothing else of the portal can be reached, its stylesheet included.
 *
 * It is ASCII, because CloudFormation puts question marks in place of other letters in some properties.
 */
export function barePage({
  heading,
  text,
  link,
}: {
  heading: string;
  text: string;
  link: { href: string; label: string };
}): string {
  const html = `<!doctype html>
<html lang="${portal.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${heading} – ${portal.name}</title>
<style>${style}</style>
</head>
<body>
<header>${portal.name}</header>
<main>
<h1>${heading}</h1>
<p>${text}</p>
<p><a href="${link.href}">${link.label}</a></p>
</main>
</body>
</html>
`;
  return html.replaceAll(/[^\n -~]/gu, (letter) => `&#${letter.codePointAt(0) ?? 0};`);
}
