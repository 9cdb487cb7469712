/**
 * The vocabularies of feeds, each under one prefix, whatever prefix a feed uses. The empty prefix is RSS, which has no
 * namespace in most versions and several in others.
 */
const vocabularies: readonly (readonly [uri: string, prefix: string])[] = [
  ['purl.org/rss/1.0', ''],
  ['purl.org/net/rss1.1#', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['channel.netscape.com/rdf/simple/0.9', ''],
  ['backend.userland.com/rss', ''],
  ['backend.userland.com/rss2', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['cyber.law.harvard.edu/rss', ''],
  ['www.w3.org/2005/atom', 'atom:'],
  ['purl.org/atom/ns#', 'atom:'],
  ['www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf:'],
  ['purl.org/dc/elements/1.1', 'dc:'],
  ['purl.org/dc/elements/1.0', 'dc:'],
  ['purl.org/dc/terms', 'dcterms:'],
  ['purl.org/rss/1.0/modules/content', 'content:'],
  ['purl.org/rss/1.0/modules/syndication', 'sy:'],
  ['purl.org/rss/1.0/modules/slash', 'slash:'],
  ['purl.org/rss/1.0/modules/event', 'ev:'],
  ['urn:ietf:params:xml:ns:xcal', 'xcal:'],
  ['search.yahoo.com/mrss', 'media:'],
  ['video.search.yahoo.com/mrss', 'media:'],
  ['www.w3.org/1999/xhtml', 'xhtml:'],
  ['www.w3.org/xml/1998/namespace', 'xml:'],
];

/** Namespaces are compared without what people get wrong in them: case, scheme, the slash at the end. */
const simplified = (uri: string): string =>
  uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');

const prefixByUri = new Map(vocabularies);
const conventional = new Set([...prefixByUri.values()].filter((prefix) => prefix !== ''));

/** A vocabulary that Herold does not know; names in it are never looked at. */
export const unknownVocabulary = '?:';

/** Our prefix, with its colon, for a namespace URI. */
export const prefixOfUri = (uri: string): string => prefixByUri.get(simplified(uri)) ?? unknownVocabulary;

/** Our prefix for one that a feed uses without declaring it. */
export const prefixByConvention = (prefix: string): string =>
  conventional.has(`${prefix}:`) ? `${prefix}:` : unknownVocabulary;
