/** Where people change what they get; `token` has the purpose `settings`. */
export const settingsUrl = (baseUrl: URL, token: string): string => linkOf(baseUrl, '/einstellungen', token);

/**
 * Where people and mailbox providers unsubscribe; `token` has the purpose `unsubscribe`. A GET shows a page with a
 * button, a POST of `List-Unsubscribe=One-Click` unsubscribes at once (RFC 8058).
 */
export const unsubscribeUrl = (baseUrl: URL, token: string): string => linkOf(baseUrl, '/abmeldung', token);

/** Where an address is confirmed; `token` has the purpose `confirm`. */
export const confirmationUrl = (baseUrl: URL, token: string): string =>
  linkOf(baseUrl, '/bestaetigung', token);

// Tokens need no escaping (`tokens.ts`).
const linkOf = (baseUrl: URL, path: string, token: string): string =>
  `${new URL(path, baseUrl).href}?t=${token}`;
