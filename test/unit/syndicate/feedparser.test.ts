import { execFileSync, spawnSync } from 'node:child_process';

const python = '/usr/bin/python3';
const there = spawnSync(python, ['-c', 'import feedparser']).status === 0;
if (!there) process.stderr.write('python3-feedparser is not installed: its test is skipped.\n');

/** A reader that shares no code with us (`apt-get install python3-feedparser`). */
(there ? test : test.skip).each(['rss', 'atom'])('feedparser reads our %s without complaint', (format) => {
  const script =
    'import feedparser, json, sys\n' +
    'feed = feedparser.parse(sys.argv[1])\n' +
    'print(json.dumps([bool(feed.bozo), feed.version, [[e.id, e.title] for e in feed.entries]]))';
  const file = `test/golden/feeds/alle.${format}`;
  const [complaint, version, entries] = JSON.parse(execFileSync(python, ['-c', script, file]).toString()) as [
    boolean,
    string,
    [string, string][],
  ];
  expect(complaint).toBe(false);
  expect(version).toBe(format === 'rss' ? 'rss20' : 'atom10');
  expect(entries).toHaveLength(10);
  expect(entries[0]?.[1]).toBe('Er sagte: „Kinder <stark> machen“ & mehr ]]> ]]> &amp; 👩‍👩‍👧 مرحبا');
});
