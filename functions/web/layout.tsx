import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import { portal } from '../../config/portal.ts';
import { topics } from '../../config/topics.ts';
import { copyScriptPath, stylesheetPath } from './assets.ts';

/** What a page says of itself. */
export interface PageProps {
  /** Without the portal's name, which every window title ends with. */
  title: string;
  /** The page's own path, with its closing slash if it has one; marks where we are in the navigation. */
  path: string;
  /** One or two sentences for search engines. */
  description?: string;
  /** The topic whose feeds are offered to feed readers beside those of all topics. */
  feedOf?: { slug: string; label: string };
  /** `noindex` for pages that are about one person. */
  robots?: 'noindex';
  /** More for the `<head>`. */
  head?: Child;
}

declare module 'hono' {
  interface ContextRenderer {
    (content: Child, page: PageProps): Response | Promise<Response>;
  }
}

const formats = [
  { ending: 'rss', type: 'application/rss+xml', name: 'RSS' },
  { ending: 'atom', type: 'application/atom+xml', name: 'Atom' },
  { ending: 'json', type: 'application/feed+json', name: 'JSON Feed' },
] as const;

/** Feed autodiscovery: https://www.rssboard.org/rss-autodiscovery */
const FeedLinks: FC<{ slug: string; label: string }> = ({ slug, label }) => (
  <>
    {formats.map(({ ending, type, name }) => (
      <link rel="alternate" type={type} title={`${label} (${name})`} href={`/feeds/${slug}.${ending}`} />
    ))}
  </>
);

const NavLink: FC<PropsWithChildren<{ href: string; path: string }>> = ({ href, path, children }) => (
  <li>
    <a href={href} aria-current={path === href ? 'page' : undefined}>
      {children}
    </a>
  </li>
);

/**
 * The frame of every page: masthead, topics, banner, content, footer. Readable without script.
 *
 * @param props.banner the notice banner in force; nothing when there is none
 */
export const Page: FC<PropsWithChildren<PageProps & { banner?: Child }>> = ({
  title,
  path,
  description,
  feedOf,
  robots,
  head,
  banner,
  children,
}) => (
  <html lang={portal.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === portal.name ? title : `${title} – ${portal.name}`}</title>
      {description !== undefined && <meta name="description" content={description} />}
      {robots !== undefined && <meta name="robots" content={robots} />}
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href={stylesheetPath} />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      {feedOf !== undefined && <FeedLinks slug={feedOf.slug} label={feedOf.label} />}
      {feedOf?.slug !== 'alle' && <FeedLinks slug="alle" label="Alle Meldungen" />}
      {head}
      <script src={copyScriptPath} defer />
    </head>
    <body>
      <a class="skip" href="#inhalt">
        Zum Inhalt
      </a>
      <header class="masthead">
        <p class="masthead-name">
          <a href="/" aria-current={path === '/' ? 'page' : undefined}>
            {portal.name}
          </a>
        </p>
        <nav aria-label="Angebote" class="services">
          <ul>
            <NavLink href="/themen/alle/" path={path}>
              Alle Meldungen
            </NavLink>
            <NavLink href="/feeds/" path={path}>
              Feeds
            </NavLink>
            <NavLink href="/anmeldung" path={path}>
              Meldungen per E-Mail
            </NavLink>
          </ul>
        </nav>
        <nav aria-label="Themen" class="topics">
          <ul>
            {topics.map(({ slug, label }) => (
              <NavLink href={`/themen/${slug}/`} path={path}>
                {label}
              </NavLink>
            ))}
          </ul>
        </nav>
      </header>
      {banner}
      <main id="inhalt" tabindex={-1}>
        {children}
      </main>
      <footer class="imprint">
        <nav aria-label="Rechtliches und Service">
          <ul>
            <NavLink href={portal.imprintPath} path={path}>
              Impressum
            </NavLink>
            <NavLink href={portal.privacyPath} path={path}>
              Datenschutz
            </NavLink>
            <NavLink href="/einstellungen" path={path}>
              E-Mail-Einstellungen
            </NavLink>
            <NavLink href="/hinweise/" path={path}>
              Hinweise der Redaktion
            </NavLink>
            <NavLink href="/redaktionsstatus" path={path}>
              Redaktionsstatus
            </NavLink>
          </ul>
        </nav>
        <p>{portal.name}</p>
      </footer>
    </body>
  </html>
);

/**
 * Lets a route answer with `c.render(content, page)`: the content inside {@link Page}, as a whole HTML document.
 *
 * @param banner the notice banner of the moment
 */
export const renderInPage =
  (banner: Child) =>
  (c: Context): void => {
    c.setRenderer((content, page) =>
      c.html(
        html`<!doctype html>${(
            <Page {...page} banner={banner}>
              {content}
            </Page>
          )}`,
      ),
    );
  };
