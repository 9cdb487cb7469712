import { portal } from '../../config/portal.ts';
import { feedDirectory, feedPath } from '../articles/feed-directory.ts';
import { element, openTag } from './xml.ts';

/** All feeds as an OPML 2.0 subscription list (http://opml.org/spec2.opml), to subscribe to at once. */
export function writeOpml(baseUrl: URL): string {
  const address = (path: string): string => new URL(path, baseUrl).href;
  const outlines = feedDirectory.map(({ slug, label, description }) =>
    element('outline', {
      type: 'rss',
      version: 'RSS2',
      text: `${label} – ${portal.name}`,
      title: label,
      description,
      language: portal.language,
      xmlUrl: address(feedPath(slug, 'rss')),
      htmlUrl: address(`/feeds/${slug}/`),
    }),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `${openTag('opml', { version: '2.0' })}>`,
    '  <head>',
    `    ${element('title', {}, `Feeds – ${portal.name}`)}`,
    `    ${element('ownerName', {}, portal.publisher.name)}`,
    '  </head>',
    '  <body>',
    ...outlines.map((outline) => `    ${outline}`),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
