export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f4f3ef; --card: #fff; --ink: #1d2329; --soft: #5b6570; --line: #dcdad2;
  --accent: #0b5c55; --accent-ink: #fff; --good: #1c6b3a; --bad: #a4262c; --warn: #8a5a00; --tint: #e6efed;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181b; --card: #1c2226; --ink: #e8e6e1; --soft: #a3adb5; --line: #323a40;
    --accent: #6fc7b8; --accent-ink: #10201d; --good: #7fd19b; --bad: #ff9a94; --warn: #f0bf6a; --tint: #22302f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.wrap { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header.top { background: var(--card); border-bottom: 1px solid var(--line); }
header.top .wrap { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-block: .75rem; }
header.top strong { font: 700 1.35rem/1.2 Georgia, serif; }
header.top strong small { font: 400 .85rem system-ui, sans-serif; color: var(--soft); }
nav { flex: 1; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
nav a { padding: .3rem 0; text-decoration: none; border-bottom: 2px solid transparent; }
nav a[aria-current] { border-color: currentColor; font-weight: 600; }
nav a:last-child { margin-left: auto; }
.clock { background: var(--tint); border-bottom: 1px solid var(--line); }
.clock .wrap { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; padding-block: .75rem; }
.clock time { font-size: 1.15rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.clock form { display: flex; flex-wrap: wrap; gap: .5rem; margin-left: auto; }
button { font: inherit; font-weight: 600; padding: .4rem .9rem; border: 1px solid var(--accent); border-radius: .4rem;
  background: var(--accent); color: var(--accent-ink); cursor: pointer; }
button.quiet { background: transparent; color: var(--accent); }
td button { padding: .1rem .6rem; font-size: .9rem; }
main.wrap { padding-block: 1.25rem 4rem; }
h1 { font: 700 1.7rem/1.2 Georgia, serif; margin: .25rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
section.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; margin-bottom: 1.1rem; }
section.card > header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem; align-items: baseline; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 0 0 1.1rem; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem 1rem .7rem; }
.figures dt { color: var(--soft); font-size: .9rem; }
.figures dd { margin: 0; font: 700 1.7rem/1.15 Georgia, serif; font-variant-numeric: tabular-nums; }
main > form { margin-bottom: 1.1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th { text-align: left; color: var(--soft); font-weight: 500; white-space: nowrap; }
th, td { padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.wide { min-width: 15rem; }
.soft { color: var(--soft); } .nowrap { white-space: nowrap; }
.state { font-weight: 600; white-space: nowrap; }
.state::before { content: "● "; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: .4rem; padding: .8rem; margin: 0;
  overflow-x: auto; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { width: 100%; height: 42rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
details > summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.empty { color: var(--soft); margin: .3rem 0; }
.filters { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: 0 0 1rem; }
@media (max-width: 40rem) {
  nav a:last-child { margin-left: 0; }
  .clock form { margin-left: 0; }
  dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: .5rem; }
  iframe { height: 32rem; }
}
`;
