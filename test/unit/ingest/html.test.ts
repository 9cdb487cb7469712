import { cleanText, plainText, sanitizeReleaseHtml } from '../../../functions/ingest/html.ts';

const clean = (html: string) => sanitizeReleaseHtml(html, 'https://ministry.example/a/b');

test.each([
  ['<p onclick="x()">Text</p>', '<p>Text</p>'],
  ['<script>alert(1)</script>Text', 'Text'],
  ['<style>p{}</style>Text<!-- x -->', 'Text'],
  ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
  ['<a href=" java\nscript:alert(1)">x</a>', '<a>x</a>'],
  ['<a href="&#106;avascript:alert(1)">x</a>', '<a>x</a>'],
  ['<a href="data:text/html,x">x</a>', '<a>x</a>'],
  ['<a href="vbscript:x" target="_blank">x</a>', '<a>x</a>'],
  [
    '<a href="../c?x=1&y=2">x</a>',
    '<a href="https://ministry.example/c?x=1&amp;y=2" rel="noopener nofollow">x</a>',
  ],
  ['<a href="//evil.example/">x</a>', '<a href="https://evil.example/" rel="noopener nofollow">x</a>'],
  ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example" rel="noopener nofollow">x</a>'],
  ['<iframe src="https://x"></iframe><form><input value="1"><button>x</button></form>', 'x'],
  ['<img src="https://x/pixel.gif" width=1 height=1>Text<img src=x onerror=alert(1)>', 'Text'],
  ['<svg><a xlink:href="javascript:x">x</a></svg><math><mi>y</mi></math>Text', 'Text'],
  ['<h1>A</h1><b>b</b><i>c</i>', '<h2>A</h2><strong>b</strong><em>c</em>'],
  ['<p>offen<ul><li>eins<li>zwei</ul>', '<p>offen</p><ul><li>eins</li><li>zwei</li></ul>'],
  [
    '<table><tr><td colspan=2 style="x">a</td></tr></table>',
    '<table><tr><td colspan="2">a</td></tr></table>',
  ],
  ['1 < 2 & 3 > 2 &lt;script&gt;', '1 &lt; 2 &amp; 3 &gt; 2 &lt;script&gt;'],
  ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', ''],
  ['<p title="<script>alert(1)</script>">x</p>', '<p>x</p>'],
])('%s', (html, safe) => {
  expect(clean(html)).toBe(safe);
  expect(clean(safe)).toBe(safe);
});

test('text is what is read, block by block', () => {
  expect(
    plainText(
      '<h2>Titel</h2><p>Ein&nbsp;Satz,\n der um&shy;bricht.<br>Zeile</p><ul><li>eins<li>zwei</ul><script>x</script>',
    ),
  ).toBe('Titel\nEin Satz, der umbricht.\nZeile\n- eins\n- zwei');
});

test('composed characters, one kind of space', () => {
  expect(cleanText(' Jugenda\u0308mter\u00a0\n und\u200b so ')).toBe('Jugendämter und so');
});

const size = 1_000_000;
test.each([
  ['<', '<'.repeat(size)],
  ['<b>', '<b>'.repeat(size / 3)],
  ['<b> and </i>', '<b>'.repeat(size / 8) + '</i>'.repeat(size / 8)],
  ['<p>', '<p>'.repeat(size / 3)],
  ['&', '&'.repeat(size)],
  ['&amp', '&amp'.repeat(size / 4)],
  ['an attribute', `<a href="${'<!--x-->'.repeat(size / 8)}">x</a>`],
  ['attributes', `<a ${'a=b '.repeat(size / 4)}>x</a>`],
  ['comments', '<!--'.repeat(size / 4)],
  ['lists', '<ul><li>'.repeat(size / 8)],
])('a megabyte of %s takes no long time', (_of, html) => {
  // Of the processor: on a busy machine the clock would tell of the others.
  const start = process.cpuUsage();
  clean(html);
  plainText(html);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(10_000);
});
