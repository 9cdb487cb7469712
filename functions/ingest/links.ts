import { Remembered } from '../platform/remembered.ts';

/** Parameters that say where a reader came from, not what the page is. */
const tracking =
  /^(?:utm_\w+|pk_\w+|mtm_\w+|matomo_\w+|piwik_\w+|at_(?:medium|campaign)|wt_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|ns_\w+|xtor|icid|cmpid|etcc_\w+|nn|jsessionid|phpsessid)$/i;

/**
 * A link without what differs from one reader or poll to the next: tracking parameters, session ids, fragment,
 * credentials.
 *
 * @param link absolute http(s) URL
 */
export const canonicalLink = (link: string): string => known.of(link, () => withoutExtras(link));

/** Feeds repeat their whole window for one new item. */
const known = new Remembered<string>();

function withoutExtras(link: string): string {
  const url = new URL(link);
  url.hash = '';
  url.username = '';
  url.password = '';
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '');
  // Untouched where nothing goes: writing parameters anew changes how they are escaped.
  const gone = [...url.searchParams.keys()].filter((name) => tracking.test(name));
  for (const name of gone) url.searchParams.delete(name);
  return url.href;
}
