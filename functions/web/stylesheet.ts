/** The one stylesheet of all pages: set like a newspaper, in system fonts, for light, dark and paper. */
export const stylesheet = /* css */ `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --ink: #1b1a17;
  --soft: #5a564d;
  --rule: #cfcabd;
  --strong-rule: #1b1a17;
  --link: #0b4a6f;
  --accent: #8c1d18;
  --field: #ffffff;
  --tint: #f1eee6;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, 'Book Antiqua', Georgia, 'DejaVu Serif', serif;
  --sans: 'Avenir Next', Avenir, 'Segoe UI', 'Source Sans 3', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif;
  --measure: 38rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171613;
    --ink: #ece8df;
    --soft: #b0aa9c;
    --rule: #3d3a33;
    --strong-rule: #ece8df;
    --link: #9ccbe8;
    --accent: #f0a29b;
    --field: #201e1a;
    --tint: #211f1b;
  }
}

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.6 var(--serif);
  overflow-wrap: break-word;
  font-variant-numeric: oldstyle-nums proportional-nums;
  hanging-punctuation: first last;
}
body > * { max-width: 70rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
a { color: var(--link); text-decoration-thickness: 0.06em; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 1px; }
main:focus { outline: none; }
h1, h2, h3 { line-height: 1.18; text-wrap: balance; font-weight: 600; margin: 0; hyphens: auto; hyphenate-limit-chars: 12 4 4; }
h1 { font-size: clamp(1.55rem, 1.25rem + 1.9vw, 2.6rem); letter-spacing: -0.012em; }
h2 { font-size: 1.45rem; }
h3 { font-size: 1.2rem; }
p { margin: 0 0 1em; text-wrap: pretty; }
ul:where([class]), nav ul { list-style: none; margin: 0; padding: 0; }
img { max-width: 100%; height: auto; }
time { white-space: nowrap; }
figure { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.95em; }
th, td { text-align: start; vertical-align: top; padding: 0.5em 0.8em 0.5em 0; border-bottom: 1px solid var(--rule); }

.skip { position: absolute; inset-inline-start: 1rem; top: 0; transform: translateY(-120%); background: var(--ink); color: var(--paper); padding: 0.6rem 1rem; z-index: 1; font-family: var(--sans); }
.skip:focus { transform: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* Masthead */
.masthead { padding-top: 1.6rem; }
.masthead-name { font-size: clamp(1.5rem, 0.9rem + 2.6vw, 2.6rem); font-weight: 700; line-height: 1.1; letter-spacing: -0.015em; margin: 0 0 0.5rem; text-align: center; text-wrap: balance; }
.masthead a { color: inherit; text-decoration: none; }
.masthead a:hover, .imprint a:hover { text-decoration: underline; }
.masthead nav, .imprint { font-family: var(--sans); font-size: 0.875rem; line-height: 1.3; }
.masthead nav ul { display: flex; flex-wrap: wrap; justify-content: center; }
.masthead nav a { display: block; padding: 0.5rem 0.8rem; }
.masthead nav a[aria-current] { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.35em; }
.services { color: var(--soft); }
.topics { border-block: 1px solid var(--rule); border-top: 3px double var(--strong-rule); padding-block: 0.15rem; }
.topics a { font-weight: 600; }

@media (max-width: 40rem) {
  .masthead nav.topics ul { display: grid; grid-template-columns: 1fr 1fr; font-size: 0.8125rem; }
  .masthead .services a { padding-inline: 0.5rem; }
  .masthead nav.topics a { padding: 0.4rem 0.4rem 0.4rem 0; }
}

main { padding-block: 2rem 4rem; }
.column { max-width: var(--measure); margin-inline: auto; }
.column > h1 { margin-bottom: 1.2rem; }
.column h2 { margin: 2.2rem 0 0.6rem; }
.standfirst { font-size: 1.15em; color: var(--soft); }

/* Stories */
figcaption, .byline { font-variant-numeric: lining-nums; }
.kicker { font: 600 0.8125rem/1.35 var(--sans); letter-spacing: 0.02em; color: var(--accent); margin: 0 0 0.3rem; }
.story h2, .story h3 { margin: 0 0 0.4rem; }
.story h2 a, .story h3 a { color: inherit; text-decoration: none; }
.story h2 a:hover, .story h3 a:hover { text-decoration: underline; text-decoration-thickness: 0.05em; }
.story p { margin-bottom: 0.4rem; }
.byline { font: 0.8125rem/1.45 var(--sans); color: var(--soft); }
.byline a { color: inherit; }
figcaption { font: 0.75rem/1.4 var(--sans); color: var(--soft); margin-top: 0.35rem; }
.story img { display: block; width: 100%; aspect-ratio: 3 / 2; object-fit: cover; background: var(--tint); }

/* Front page */
.front { display: grid; gap: 2rem 2.5rem; padding-bottom: 2.2rem; }
.front > * { min-width: 0; }
.lead-story h2 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.6rem); letter-spacing: -0.012em; }
.lead-story .teaser { font-size: 1.12rem; }
.lead-story figure { margin-bottom: 1.1rem; }
.more-stories > li + li { border-top: 1px solid var(--rule); padding-top: 1rem; margin-top: 1rem; }
.more-stories h2 { font-size: 1.2rem; }
@media (min-width: 56rem) {
  .front:not(.headline-front) { grid-template-columns: 1.75fr 1fr; }
  .front:not(.headline-front) .more-stories { border-inline-start: 1px solid var(--rule); padding-inline-start: 2.5rem; }
  /* Nothing to look at but the headline: it runs across the page, and the others stand in columns below it. */
  .headline-front { padding-bottom: 1.2rem; }
  .headline-front .lead-story h2 { font-size: 3.4rem; line-height: 1.1; }
  .headline-front .teaser { font-size: 1.3rem; max-width: 46rem; }
  .headline-front .more-stories { columns: 3 17rem; column-gap: 2.5rem; }
  .headline-front .more-stories > li { break-inside: avoid; border-top: 1px solid var(--rule); padding-block: 1rem; margin: 0; }
}
.sections { border-top: 3px double var(--strong-rule); padding-top: 1.6rem; columns: 3 17rem; column-gap: 2.5rem; column-rule: 1px solid var(--rule); }
.section { break-inside: avoid; padding-bottom: 2.2rem; }
.section > h2 { font: 700 1rem/1.3 var(--sans); padding-bottom: 0.45rem; border-bottom: 1px solid var(--strong-rule); margin-bottom: 0.9rem; }
.section > h2 a { color: inherit; text-decoration: none; }
.section > h2 a:hover { text-decoration: underline; }
.section li + li { border-top: 1px solid var(--rule); margin-top: 0.8rem; padding-top: 0.8rem; }
.section-links { font: 0.8125rem/1.4 var(--sans); display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin-top: 1rem; }
.section-links a { display: inline-block; padding: 0.3rem 0; }

/* Lists of one topic */
.story-list > li { padding-block: 1.4rem; border-top: 1px solid var(--rule); }
.story-list { margin-top: 1.5rem; }
.story-list .with-image { display: grid; gap: 0.8rem 1.5rem; }
@media (min-width: 40rem) { .story-list .with-image { grid-template-columns: 1fr 13rem; } }
.pager { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 1rem; border-top: 1px solid var(--strong-rule); padding-top: 1rem; font-family: var(--sans); font-size: 0.9rem; }

/* Article */
.article { max-width: var(--measure); margin-inline: auto; }
.article h1 { margin-bottom: 1rem; }
.article .lead { font-size: 1.22rem; line-height: 1.5; font-weight: 500; }
.article figure { margin: 1.6rem 0; }
.article figure img { display: block; width: 100%; }
.article h2, .article-body h3 { margin: 1.8rem 0 0.5rem; }
.article-body blockquote { margin: 1.4rem 0; padding-inline-start: 1.2rem; border-inline-start: 2px solid var(--rule); }
.article-body ul, .article-body ol { padding-inline-start: 1.3rem; }
.source-line { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: 1rem; }
.source-line p { margin-bottom: 0.35rem; }
.contact { white-space: pre-line; background: var(--tint); padding: 1rem 1.2rem; font-size: 0.95rem; }
.tags { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; font: 0.875rem/1.4 var(--sans); }
.tags a { display: inline-block; padding: 0.3rem 0; }

/* Feeds */
.feed-list > li { border-top: 1px solid var(--rule); padding-block: 1.1rem; }
.feed-list h2, .feed-list h3 { margin: 0 0 0.3rem; font-size: 1.15rem; }
.addresses { display: grid; gap: 0.5rem; margin-bottom: 1.4rem; font-family: var(--sans); font-size: 0.875rem; }
.addresses > li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.8rem; }
.addresses .format { min-width: 5.5rem; font-weight: 600; }
.addresses a { overflow-wrap: anywhere; padding-block: 0.2rem; }
.addresses [role='status'] { color: var(--soft); }

/* Forms and buttons */
button, .button { font: 600 0.9375rem/1.2 var(--sans); color: var(--paper); background: var(--ink); border: 1px solid var(--ink); border-radius: 2px; padding: 0.7rem 1.2rem; cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, .button:hover { background: var(--accent); border-color: var(--accent); }
button.quiet { background: none; color: var(--link); border-color: var(--rule); padding: 0.35rem 0.8rem; font-size: 0.8125rem; min-height: 1.75rem; }
button.quiet:hover { border-color: var(--link); }
[hidden] { display: none !important; }
form { font-family: var(--sans); font-size: 0.9375rem; }
label { font-weight: 600; }
input:is([type='email'], [type='text'], [type='date'], :not([type])), select, textarea { font: 1rem/1.4 var(--sans); color: inherit; background: var(--field); border: 1px solid var(--soft); border-radius: 2px; padding: 0.6rem 0.7rem; width: 100%; max-width: 26rem; display: block; margin-top: 0.3rem; }
input:is([type='checkbox'], [type='radio']) { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--accent); flex: none; }
fieldset { border: 0; padding: 0; margin: 0 0 1.6rem; }
legend { font-weight: 700; padding: 0; margin-bottom: 0.6rem; }
.choice { display: flex; gap: 0.7rem; align-items: center; padding-block: 0.35rem; }
.choice label { font-weight: 400; }
.field { margin-bottom: 1.6rem; }
.hint { color: var(--soft); font-size: 0.875rem; font-weight: 400; }
.error { color: var(--accent); font-weight: 600; }

/* Footer */
.imprint { padding-bottom: 2.5rem; color: var(--soft); }
.imprint nav { border-top: 3px double var(--strong-rule); padding-top: 0.8rem; }
.imprint nav ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; }
.imprint a { color: inherit; display: inline-block; padding: 0.45rem 0; }
.imprint p { margin: 0.4rem 0 0; }

@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --link: #000; --accent: #000; --rule: #999; --strong-rule: #000; color-scheme: light; }
  body { font-size: 10.5pt; }
  .masthead nav, .imprint nav, .skip, .pager, button, .section-links { display: none; }
  .masthead-name { text-align: start; font-size: 14pt; border-bottom: 1pt solid; padding-bottom: 4pt; }
  .article-body a[href^='http']::after, .source-line a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.85em; overflow-wrap: anywhere; }
  .story, figure { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
