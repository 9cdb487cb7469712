/** Attributes of an element; those that are `undefined` are left out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** `<name key="value"`, without its end. */
export function openTag(name: string, attributes: Attributes): string {
  let tag = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) tag += ` ${key}="${escapeAttribute(value)}"`;
  }
  return tag;
}

export const element = (name: string, attributes: Attributes, text?: string): string =>
  text === undefined
    ? `${openTag(name, attributes)}/>`
    : `${openTag(name, attributes)}>${escapeText(text)}</${name}>`;

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const suspicious = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uD800-\uDFFF\uFFFE\uFFFF]/;

/**
 * Text without what XML 1.0 can't hold or discourages: control characters but tab and line ends, noncharacters, halves
 * of surrogate pairs. JSON Feed gets the same text, so that all formats say the same.
 */
export const wellFormed = (text: string): string =>
  suspicious.test(text)
    ? // Halves first: two of them become a whole when what stands between them goes.
      text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
    : text;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const referenced = (character: string): string => references[character] ?? character;

/** Parsers turn a carriage return into a line feed unless it is written as a reference. */
export const escapeText = (text: string): string => wellFormed(text).replace(/[&<>\r]/g, referenced);

/** In attributes, parsers turn all white space into spaces. */
export const escapeAttribute = (text: string): string =>
  wellFormed(text).replace(/[&<>"\r\n\t]/g, referenced);
