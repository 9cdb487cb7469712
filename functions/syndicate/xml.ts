/** Attributes of an element; those that are `undefined` are left out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** `<name key="value"`, without its end. */
export const openTag = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`))
    .join('')}`;

export const element = (name: string, attributes: Attributes, text?: string): string =>
  text === undefined
    ? `${openTag(name, attributes)}/>`
    : `${openTag(name, attributes)}>${escapeText(text)}</${name}>`;

/**
 * Text without what XML 1.0 can't hold or discourages: control characters but tab and line ends, noncharacters, halves
 * of surrogate pairs. JSON Feed gets the same text, so that all formats say the same.
 */
export const wellFormed = (text: string): string =>
  // Halves first: two of them become a whole when what stands between them goes.
  text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Parsers turn these into other white space unless they are written as references.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

export const escapeText = (text: string): string =>
  wellFormed(text).replace(/[&<>\r]/gu, (character) => escapes[character] ?? character);

export const escapeAttribute = (text: string): string =>
  wellFormed(text).replace(/[&<>"\r\n\t]/gu, (character) => escapes[character] ?? character);
