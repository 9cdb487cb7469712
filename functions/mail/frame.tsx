import { raw } from 'hono/html';
import { renderToString } from 'hono/jsx/dom/server';
import type { Child } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import { ownLinks } from './edition.ts';

/** What every mail to many people has around its content. */
export interface FrameProps {
  /** Of the document; what a screen reader announces. */
  title: string;
  /** Shown by mailboxes beside the subject, and nowhere in the mail. */
  preheader: string;
  baseUrl: URL;
  /** Why the reader gets this mail: a whole sentence. */
  reason: string;
  children: Child;
}

const serif = "'Iowan Old Style', Palatino, 'Palatino Linotype', Georgia, 'Times New Roman', serif";
const sans = "'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/**
 * Inline styles, because Gmail and Outlook.com drop or rewrite style sheets; fonts and colours of the portal's pages.
 * Sizes in pixels: Outlook on Windows knows no `rem`. Space above by margins: it pads nothing but table cells.
 */
export const mailStyle = {
  h1: `margin:0 0 12px;font:600 26px/1.25 ${serif};color:#1b1a17`,
  h2: `margin:28px 0 0;padding:0 0 6px;border-bottom:1px solid #cfcabd;font:600 13px/1.4 ${sans};letter-spacing:0.04em;color:#8c1d18`,
  h3: `margin:0 0 6px;font:600 20px/1.3 ${serif};color:#1b1a17`,
  kicker: `margin:18px 0 2px;font:400 13px/1.4 ${sans};color:#5a564d`,
  text: `margin:0 0 8px;font:400 16px/1.55 ${serif};color:#1b1a17`,
  soft: `margin:0 0 8px;font:400 13px/1.5 ${sans};color:#5a564d`,
  link: 'color:#0b4a6f;text-decoration:underline',
  headlineLink: 'color:#0b4a6f;text-decoration:none',
} as const;

/** Apple Mail and others that honour it. Where it is ignored, the mail stays dark on light and readable. */
const darkMode = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: #171613 !important; }
  .ink { color: #ece8df !important; }
  .soft { color: #b0aa9c !important; }
  .accent { color: #f0a29b !important; border-color: #3d3a33 !important; }
  .link { color: #9ccbe8 !important; }
  .rule { border-color: #3d3a33 !important; }
}
@media (max-width: 480px) { .cell { padding: 20px 18px !important; } }`;

/**
 * Renders a mail as a whole HTML document that holds in Outlook, Gmail and Apple Mail: one column of at most 600
 * pixels, laid out by tables that assistive technology skips, without images, scripts and anything that tracks.
 */
export const renderMail = (props: FrameProps): string =>
  `<!DOCTYPE html>${renderToString(<Frame {...props} />)}`;

function Frame({ title, preheader, baseUrl, reason, children }: FrameProps) {
  return (
    <html lang={portal.language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* iOS makes links of dates and addresses, in colours of its own. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title}</title>
        <style>{raw(darkMode)}</style>
      </head>
      <body class="paper" style="margin:0;padding:0;background:#fbfaf7">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{preheader}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
          <tr>
            <td align="center">
              <table
                role="presentation"
                width="600"
                cellpadding="0"
                cellspacing="0"
                border={0}
                style="width:100%;max-width:600px"
              >
                <tr>
                  <td class="cell" align="left" style="padding:28px 24px;text-align:left">
                    <p class="soft" style={`${mailStyle.soft};margin:0 0 20px`}>
                      <a class="soft" href={baseUrl.href} style="color:#5a564d;text-decoration:none">
                        {portal.name}
                      </a>
                    </p>
                    {children}
                    <Footer baseUrl={baseUrl} reason={reason} />
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
}

function Footer({ baseUrl, reason }: Pick<FrameProps, 'baseUrl' | 'reason'>) {
  const links = footerLinks(baseUrl);
  return (
    <div class="rule" style="margin-top:36px;border-top:1px solid #cfcabd;padding-top:16px">
      <p class="soft" style={mailStyle.soft}>
        {reason}
      </p>
      <p class="soft" style={mailStyle.soft}>
        {links.map(({ label, url }, index) => (
          <>
            {index > 0 && ' · '}
            <a class="link" href={url} style={mailStyle.link}>
              {label}
            </a>
          </>
        ))}
      </p>
      <p class="soft" style={mailStyle.soft}>
        {[portal.publisher.name, ...portal.publisher.address].filter(isFirst).join(', ')}
      </p>
    </div>
  );
}

/** The foot of every text part; says the same as the HTML. */
export const textFooter = (reason: string, baseUrl: URL): string =>
  [
    '-- ',
    wrapped(reason),
    '',
    ...footerLinks(baseUrl).map(({ label, url }) => `${label}: ${url}`),
    '',
    ...[portal.publisher.name, ...portal.publisher.address].filter(isFirst),
    '',
  ].join('\n');

const footerLinks = (baseUrl: URL) => [
  { label: 'Einstellungen', url: ownLinks.settings },
  { label: 'Abmelden', url: ownLinks.unsubscribe },
  { label: 'Impressum', url: new URL(portal.imprintPath, baseUrl).href },
  { label: 'Datenschutz', url: new URL(portal.privacyPath, baseUrl).href },
];

const isFirst = (line: string, index: number, lines: string[]): boolean => lines.indexOf(line) === index;

/** Lines of at most 72 characters, broken at spaces; a longer word stands alone. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > 72) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
