/** A feed as a ministry with full text sends it: about three kilobytes of HTML in each item. */
export function realisticFeed(items: number, changed?: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Pressemitteilungen des Ministeriums für Soziales</title><link>https://ministry.example/presse/</link>
<description>Alle Meldungen</description><language>de-DE</language><ttl>60</ttl>
<atom:link href="https://ministry.example/presse/feed.xml" rel="self" type="application/rss+xml"/>
${Array.from({ length: items }, (_, index) => item(items - index, items - index === changed)).join('\n')}
</channel></rss>`;
}

function item(n: number, changed: boolean): string {
  const day = String((n % 28) + 1).padStart(2, '0');
  const paragraphs = Array.from(
    { length: 6 },
    (_, index) =>
      `<p>Das Land fördert in diesem Jahr ${n + index} Projekte der <strong>offenen Jugendarbeit</strong> in ländlichen Räumen. „Wir lassen niemanden zurück“, sagte die Ministerin &amp; verwies auf die <a href="/foerderung?jahr=${n}&amp;teil=${index}">Richtlinie</a>. Anträge nehmen die Jugendämter der Landkreise und kreisfreien Städte entgegen; die Mittel stehen ab sofort bereit${changed ? ' und reichen bis zum Jahresende' : ''}.</p>`,
  ).join('\n');
  return `<item><title>Land fördert ${n} Projekte der Jugendarbeit &amp; Jugendhilfe</title>
<link>https://ministry.example/presse/meldung-${n}.html</link><guid isPermaLink="false">ministry-${n}</guid>
<pubDate>Fri, ${day} Mar 2024 10:${String(n % 60).padStart(2, '0')}:00 +0100</pubDate><dc:creator>Pressestelle</dc:creator><category>Jugendarbeit</category><category><![CDATA[Ländliche Räume]]></category>
<description>Das Land fördert in diesem Jahr ${n} Projekte der offenen Jugendarbeit${changed ? ' (berichtigt)' : ''}.</description>
<content:encoded><![CDATA[${paragraphs}
<p>Quelle: Ministerium für Soziales vom ${day}.03.2024</p>]]></content:encoded></item>`;
}
