import { html } from 'hono/html';
import type { FC } from 'hono/jsx';
import { portal } from '../../../config/portal.ts';
import type { Block, Letter } from './letter.ts';

const ink = '#1b1a17';
const font = 'font-family: Georgia, "Times New Roman", serif; font-size: 17px; line-height: 1.5;';

const BlockHtml: FC<{ block: Block }> = ({ block }) => {
  if ('paragraph' in block) return <p style="margin: 0 0 1em;">{block.paragraph}</p>;
  if ('list' in block) {
    return (
      <ul style="margin: 0 0 1em; padding-left: 1.2em;">
        {block.list.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    );
  }
  const { label, url } = block.link;
  return (
    <p style="margin: 1.5em 0;">
      <a
        href={url}
        style={`display: inline-block; background: ${ink}; color: #ffffff; padding: 12px 20px; text-decoration: none; font-weight: bold;`}
      >
        {label}
      </a>
    </p>
  );
};

/** The whole HTML part: no images, nothing that is loaded, nothing that counts who reads it. */
export async function renderHtml({ subject, blocks }: Letter, baseUrl: URL): Promise<string> {
  const document = (
    <html lang={portal.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
      </head>
      <body style={`margin: 0; padding: 24px 16px; background: #fbfaf7; color: ${ink}; ${font}`}>
        <div
          role="article"
          aria-label={subject}
          lang={portal.language}
          style="max-width: 34em; margin: 0 auto;"
        >
          <p style="margin: 0 0 1.2em; font-weight: bold;">{portal.name}</p>
          <h1 style="margin: 0 0 0.8em; font-size: 26px; line-height: 1.2;">{subject}</h1>
          {blocks.map((block) => (
            <BlockHtml block={block} />
          ))}
          <p style="margin: 2em 0 0; padding-top: 1em; border-top: 1px solid #cfcabd; font-size: 15px;">
            {[portal.publisher.name, ...portal.publisher.address, portal.publisher.email].map((line) => (
              <>
                {line}
                <br />
              </>
            ))}
            <a href={new URL(portal.imprintPath, baseUrl).href} style="color: #0b4a6f;">
              Impressum
            </a>
            {' · '}
            <a href={new URL(portal.privacyPath, baseUrl).href} style="color: #0b4a6f;">
              Datenschutz
            </a>
          </p>
        </div>
      </body>
    </html>
  );
  return (await html`<!doctype html>${document}`).toString();
}

/** The whole text part. */
export function renderText({ blocks }: Letter, baseUrl: URL): string {
  const parts = blocks.map((block) => {
    if ('paragraph' in block) return block.paragraph;
    if ('list' in block) return block.list.map((line) => `- ${line}`).join('\n');
    return `${block.link.label}:\n${block.link.url}`;
  });
  const imprint = [
    '-- ',
    portal.publisher.name,
    ...portal.publisher.address,
    portal.publisher.email,
    `Impressum: ${new URL(portal.imprintPath, baseUrl).href}`,
    `Datenschutz: ${new URL(portal.privacyPath, baseUrl).href}`,
  ];
  return `${[...parts, imprint.join('\n')].join('\n\n')}\n`;
}
