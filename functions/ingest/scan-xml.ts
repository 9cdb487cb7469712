import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { itemName, NotAFeed, type Findings } from './feed-errors.ts';
import { prefixByConvention, prefixOfUri, unknownVocabulary } from './xml-names.ts';

/** An element that feeds give meaning to. */
export interface XmlNode {
  /** Lower case, under the prefixes of xml-names.ts: `title`, `atom:link`, `content:encoded`. */
  name: string;
  /** By lower-case name; those of the element's own vocabulary and `xml:` and `rdf:` ones. Entities are decoded. */
  attributes: Record<string, string>;
  /** Only of elements that hold elements. */
  children: XmlNode[];
  /** Text with entities decoded; or HTML source when elements were mixed into it. */
  value: string;
  /** Elements were mixed into the text. */
  markup: boolean;
  /** `xml:base` in force, made absolute with those around it as far as they go. */
  base: string | undefined;
}

/** A feed document, taken apart. */
export interface XmlFeed {
  dialect: 'rss' | 'rdf' | 'atom';
  /** Attributes of the root. */
  root: Record<string, string>;
  /** Children of the feed or channel that are no items. */
  fields: XmlNode[];
  /** Whole items only, in document order. */
  items: XmlNode[];
}

/** Enough for any ministry's archive; more is no feed. */
const maxItems = 5000;
/** Elements of one item, or of the feed's head, that are looked at. */
const maxChildren = 500;

const containers = new Set([
  'rss', 'rdf:rdf', 'channel', 'atom:feed', 'item', 'atom:entry', 'image', 'skiphours', 'skipdays',
  'atom:author', 'atom:source', 'media:group', 'media:content',
]); // prettier-ignore

/** Texts that may hold HTML, so that elements in them are markup unless they can only be a feed's. */
const htmlFields = new Set([
  'description', 'content:encoded', 'summary', 'body', 'xhtml:body', 'xhtml:div',
  'atom:summary', 'atom:content', 'media:description', 'dc:description',
]); // prettier-ignore
/** Fields that no HTML element is named like: where one opens, the field before it was left open. */
const neverInHtml = new Set([
  'guid', 'pubdate', 'content:encoded', 'dc:date', 'dc:creator', 'dc:subject', 'enclosure', 'category',
  'atom:id', 'atom:updated', 'atom:published', 'atom:link', 'atom:category', 'atom:content',
]); // prettier-ignore
const plainFields = new Set([
  ...neverInHtml, 'title', 'link', 'description', 'author', 'comments', 'dc:title',
  'atom:title', 'atom:summary', 'atom:author', 'image',
]); // prettier-ignore

/**
 * Takes a feed document apart in one pass over its text, whatever is wrong with it: undeclared prefixes, bare `&`,
 * elements never closed, junk before the declaration. Entities of a DOCTYPE are never expanded.
 *
 * Where the pass shows that one item ran into the next, items are cut out of the text one by one, so that each whole one
 * is kept. Time is linear in the text's length either way.
 *
 * @throws NotAFeed when there is no root of a feed
 */
export function scanXmlFeed(text: string, findings: Findings): XmlFeed {
  const scanner = new Scanner(text, findings);
  scanner.run();
  const { context } = scanner;
  if (context === undefined) throw new NotAFeed(describe(text, scanner.firstElement));
  const tags = withoutQuoted(itemTags(text, context.dialect), scanner.sections);
  const seen = new Set(scanner.itemStarts);
  const damaged = scanner.damaged || tags.some((tag) => !tag.closes && !seen.has(tag.at));
  const items = damaged ? cutOutItems(text, tags, context, findings) : scanner.items;
  return { dialect: context.dialect, root: context.root, fields: scanner.fields, items };
}

function describe(text: string, firstElement: string | undefined): string {
  if (text.trim() === '') return 'an empty body';
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(text.slice(0, 20_000))?.[1]?.trim();
  if (firstElement === 'html' || /<!doctype html/i.test(text.slice(0, 2000))) {
    return title === undefined ? 'an HTML page' : `an HTML page (“${title}”)`;
  }
  if (firstElement !== undefined) return `XML of another kind (<${firstElement}>)`;
  return `text that begins with ${JSON.stringify(text.trim().slice(0, 40))}`;
}

interface ItemTag {
  at: number;
  closes: boolean;
}

function itemTags(text: string, dialect: XmlFeed['dialect']): ItemTag[] {
  const name = dialect === 'atom' ? 'entry' : 'item';
  const tags: ItemTag[] = [];
  for (const tag of text.matchAll(new RegExp(`<(/?)(?:[\\w.-]{1,40}:)?${name}(?=[\\s/>])`, 'gi'))) {
    tags.push({ at: tag.index, closes: tag[1] === '/' });
    if (tags.length === 4 * maxItems) break;
  }
  return tags;
}

/**
 * Leaves out the tags of items that a CDATA section or a comment holds from beginning to end: an article that quotes a
 * feed, an item that was commented out. A section that was never closed begins inside of an item, and so differs.
 */
function withoutQuoted(tags: readonly ItemTag[], sections: readonly Section[]): ItemTag[] {
  const kept: ItemTag[] = [];
  let next = 0;
  for (const section of sections) {
    while (next < tags.length && (tags[next]?.at ?? 0) < section.start)
      kept.push(...tags.slice(next, ++next));
    const first = next;
    let depth = 0;
    let lowest = 0;
    for (; next < tags.length && (tags[next]?.at ?? 0) < section.end; next++) {
      depth += tags[next]?.closes === true ? -1 : 1;
      lowest = Math.min(lowest, depth);
    }
    if (depth !== 0 || lowest < 0) kept.push(...tags.slice(first, next));
  }
  return [...kept, ...tags.slice(next)];
}

/** A CDATA section or comment, by its place in the document. */
interface Section {
  start: number;
  end: number;
}

/** Reads each item on its own, from its start tag to its end tag or to where the next one starts. */
function cutOutItems(
  text: string,
  tags: readonly ItemTag[],
  context: Context,
  findings: Findings,
): XmlNode[] {
  const items: XmlNode[] = [];
  let count = 0;
  for (const [index, tag] of tags.entries()) {
    if (tag.closes || items.length === maxItems) continue;
    const next = tags[index + 1];
    const end = next === undefined ? text.length : next.closes ? text.indexOf('>', next.at) + 1 : next.at;
    const scanner = new Scanner(text.slice(tag.at, end === 0 ? text.length : end), findings, context, count);
    scanner.run();
    // Without its end tag an item is whole only when another one begins after its last element.
    const open = next?.closes === false ? scanner.openItem() : undefined;
    const item = scanner.items[0] ?? open;
    if (item !== undefined && (item.children.length > 0 || open === undefined)) items.push(item);
    else
      findings.add(
        'rejected',
        itemName(count),
        `it is cut off: ${JSON.stringify(text.slice(tag.at, tag.at + 80))}`,
      );
    count += 1;
  }
  findings.add('repaired', 'feed', `it is malformed; ${items.length} of ${count} items were whole`);
  return items;
}

/** What items depend on of the elements around them. */
interface Context {
  dialect: XmlFeed['dialect'];
  root: Record<string, string>;
  /** Our prefixes by the feed's, the innermost declaration last. */
  prefixes: Map<string, string[]>;
  base: string | undefined;
}

interface Open {
  rawName: string;
  node: XmlNode | undefined;
  prefixes: string[];
}

/** Part of a field's text. What is `raw` is as it stands in the document; neighbours are one piece. */
interface Piece {
  kind: 'raw' | 'cdata' | 'tag';
  text: string;
  start: number;
  end: number;
}

class Scanner implements TokenizerCallbacks {
  /** Known once the root was seen. */
  context: Context | undefined;
  firstElement: string | undefined;
  readonly fields: XmlNode[] = [];
  readonly items: XmlNode[] = [];
  readonly itemStarts: number[] = [];
  readonly sections: Section[] = [];
  /** An item began inside another, or had no end. */
  damaged = false;

  readonly #text: string;
  readonly #findings: Findings;
  readonly #stack: Open[] = [];
  /** How many elements of a name are open, so that an end tag without a start is told at once. */
  readonly #openCounts = new Map<string, number>();
  readonly #prefixes: Map<string, string[]>;
  readonly #reported = new Set<string>();
  /** Number of the first item, for findings. */
  readonly #firstItem: number;
  #item: XmlNode | undefined;
  /** The element whose text is being collected; always the innermost one on the stack. Markup in it is just text. */
  #field: XmlNode | undefined;
  #pieces: Piece[] = [];
  /** Elements of the field's own name that are open inside of it. */
  #nested = 0;
  /** Markup in the field declares what its names mean, so they are not the feed's. */
  #foreign = false;

  #tagStart = 0;
  #tagName = '';
  #attributes: Record<string, string> = {};
  #attributeName = '';
  #attributeValue = '';

  constructor(text: string, findings: Findings, context?: Context, firstItem = 0) {
    this.#text = text;
    this.#findings = findings;
    this.context = context;
    this.#firstItem = firstItem;
    this.#prefixes = new Map([...(context?.prefixes ?? [])].map(([prefix, ours]) => [prefix, [...ours]]));
  }

  run(): void {
    const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, this);
    tokenizer.write(this.#text);
    tokenizer.end();
  }

  /** The item whose end was not seen, if all its elements were closed. */
  openItem(): XmlNode | undefined {
    return this.#item !== undefined && this.#field === undefined && !this.#cut ? this.#item : undefined;
  }

  #cut = false;

  onopentagname(start: number, end: number): void {
    this.#tagStart = start - 1;
    this.#tagName = this.#text.slice(start, end).toLowerCase();
    this.#attributes = {};
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#text.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#text.slice(start, end);
  }

  onattribentity(): void {
    // Never called: entities are decoded where values are used.
  }

  onattribend(): void {
    const name = this.#attributeName;
    if (this.#field === undefined) this.#attributes[name] ??= decoded(this.#attributeValue);
    else if (name.startsWith('xmlns')) this.#foreign = true;
  }

  onopentagend(end: number): void {
    this.#open(end, false);
  }

  onselfclosingtag(end: number): void {
    this.#open(end, true);
  }

  ontext(start: number, end: number): void {
    this.#addRaw(start, end);
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#endSection(start, end, endOffset);
    if (this.#field === undefined) return;
    this.#pieces.push({ kind: 'cdata', text: this.#text.slice(start, end - endOffset), start, end: -1 });
  }

  onclosetag(start: number, end: number): void {
    const rawName = this.#text.slice(start, end).toLowerCase();
    if (this.context === undefined) return;
    const inField = this.#field !== undefined;
    if (inField && this.#nested > 0 && this.#stack.at(-1)?.rawName === rawName) {
      this.#nested -= 1;
      this.#addTag(rawName, this.#text.lastIndexOf('<', start), end);
    } else if ((this.#openCounts.get(rawName) ?? 0) > 0) {
      for (let own = false; !own;) {
        own = this.#stack.at(-1)?.rawName === rawName;
        this.#pop(own);
      }
    } else if (inField) this.#addTag(rawName, this.#text.lastIndexOf('<', start), end);
    else if (isItemName(localName(rawName))) this.damaged = true;
    else this.#report(`</${rawName}> closes nothing`);
  }

  oncomment(start: number, end: number, endOffset: number): void {
    this.#endSection(start, end, endOffset);
  }

  #endSection(start: number, end: number, endOffset: number): void {
    if (endOffset === 0) this.#cut = true;
    else this.sections.push({ start, end });
  }

  ondeclaration(start: number, end: number): void {
    if (/^!?ENTITY/i.test(this.#text.slice(start, Math.min(end, start + 10)))) {
      this.#report('it declares entities of its own; they are not expanded');
    }
  }

  onprocessinginstruction(): void {
    // Nothing in a feed depends on one; the XML declaration was read with the bytes.
  }

  ontextentity(): void {
    // Never called: entities are decoded where values are used.
  }

  onend(): void {
    if (this.#item !== undefined) this.damaged = true;
    if (this.#stack.length > 0 && this.#firstItem === 0 && this.items.length > 0) {
      this.#report(`<${this.#stack[0]?.rawName ?? ''}> is never closed`);
    }
  }

  #open(end: number, selfClosing: boolean): void {
    const rawName = this.#tagName;
    this.firstElement ??= rawName;
    if (this.context === undefined && !isRootName(localName(rawName))) return;
    if (this.#field !== undefined) {
      if (!this.#leavesField(rawName)) {
        if (isItemName(localName(rawName)) && this.#isItemTag(rawName)) this.damaged = true;
        if (rawName === this.#stack.at(-1)?.rawName && !selfClosing) this.#nested += 1;
        this.#field.markup = true;
        this.#addTag(rawName, this.#tagStart, end);
        return;
      }
      this.#report(`<${this.#field.name}> is not closed before <${rawName}>`);
      this.#pop(false);
    }
    const prefixes = this.#declareNamespaces();
    const name = this.#canonical(rawName);
    const node: XmlNode = {
      name,
      attributes: this.#ownAttributes(rawName),
      children: [],
      value: '',
      markup: false,
      base: this.#base(),
    };
    if (this.context === undefined) this.#enterRoot(node);
    else if (name === 'channel' && this.#item === undefined) this.#remember(node);
    else if (isItem(name)) this.#enterItem(node);
    else this.#attach(node);
    if (!containers.has(node.name)) {
      this.#field = node;
      this.#pieces = [];
      this.#nested = 0;
      this.#foreign = false;
    }
    this.#push({ rawName, node, prefixes }, selfClosing);
  }

  #push(open: Open, selfClosing: boolean): void {
    this.#stack.push(open);
    this.#openCounts.set(open.rawName, (this.#openCounts.get(open.rawName) ?? 0) + 1);
    if (selfClosing) this.#pop(true);
  }

  #pop(own: boolean): void {
    const open = this.#stack.pop();
    if (open === undefined) return;
    this.#openCounts.set(open.rawName, (this.#openCounts.get(open.rawName) ?? 1) - 1);
    for (const prefix of open.prefixes) this.#prefixes.get(prefix)?.pop();
    if (open.node === undefined) return;
    if (open.node === this.#field) {
      open.node.value = valueOf(this.#pieces, open.node);
      this.#field = undefined;
      this.#pieces = [];
      if (!own) this.#report(`<${open.node.name}> is not closed`);
    } else if (open.node === this.#item) {
      this.#item = undefined;
      if (!own) this.damaged = true;
      else if (this.items.length < maxItems) this.items.push(open.node);
      else this.#report(`it has more than ${maxItems} items; the others are not read`);
    }
  }

  #enterRoot(node: XmlNode): void {
    const local = localName(node.name);
    const dialect = local === 'feed' ? 'atom' : local === 'rdf' ? 'rdf' : 'rss';
    // The root's name tells its vocabulary, even under a prefix that is undeclared or declared for something else.
    const expected = dialect === 'atom' ? 'atom:' : dialect === 'rdf' ? 'rdf:' : '';
    if (prefixOfName(node.name) !== expected) {
      const colon = this.#tagName.indexOf(':');
      this.#prefixes.set(colon < 0 ? '' : this.#tagName.slice(0, colon), [expected]);
    }
    node.name = expected + local;
    this.context = { dialect, root: node.attributes, prefixes: new Map(), base: node.base };
    this.#remember(node);
  }

  /** Items that are read on their own later see what the elements around them declared. */
  #remember(node: XmlNode): void {
    if (this.context === undefined) return;
    const language = node.attributes['xml:lang'];
    if (language !== undefined) this.context.root['xml:lang'] ??= language;
    for (const [prefix, ours] of this.#prefixes) this.context.prefixes.set(prefix, [...ours]);
    this.context.base = node.base;
  }

  #enterItem(node: XmlNode): void {
    this.itemStarts.push(this.#tagStart);
    if (this.#item !== undefined) this.damaged = true;
    this.#item = node;
  }

  #attach(node: XmlNode): void {
    const parent = this.#stack.findLast((open) => open.node !== undefined)?.node;
    const siblings =
      this.#item !== undefined
        ? (parent ?? this.#item).children
        : isTop(parent)
          ? this.fields
          : parent.children;
    if (siblings.length < maxChildren) siblings.push(node);
    else this.#report(`more than ${maxChildren} elements stand side by side; the others are not read`);
  }

  /** Can what opens now only be the next field, so that the one being read was never closed? */
  #leavesField(rawName: string): boolean {
    if (this.#field === undefined || this.#foreign) return false;
    const name = this.#canonical(rawName);
    const known = htmlFields.has(this.#field.name) ? neverInHtml : plainFields;
    return known.has(name) && prefixOfName(this.#field.name) !== unknownVocabulary;
  }

  /** `xmlns` attributes of the tag just read; returns the prefixes, to be forgotten at its end. */
  #declareNamespaces(): string[] {
    const declared: string[] = [];
    for (const [name, uri] of Object.entries(this.#attributes)) {
      if (!name.startsWith('xmlns')) continue;
      const prefix = name.slice('xmlns:'.length);
      let ours = uri === '' ? '' : prefixOfUri(uri);
      // A default namespace of its own invention on the root is a habit of some CMS and means nothing.
      if (ours === unknownVocabulary && prefix === '' && this.#stack.length < 2) ours = '';
      const before = this.#prefixes.get(prefix);
      if (before === undefined) this.#prefixes.set(prefix, [ours]);
      else before.push(ours);
      declared.push(prefix);
    }
    return declared;
  }

  #canonical(rawName: string): string {
    const colon = rawName.indexOf(':');
    const prefix = colon < 0 ? '' : rawName.slice(0, colon);
    const local = rawName.slice(colon + 1);
    const ours = this.#prefixes.get(prefix)?.at(-1);
    if (ours !== undefined) return ours + local;
    if (prefix === '') return local;
    const known = prefixByConvention(prefix);
    if (known !== unknownVocabulary && prefix !== 'xml')
      this.#report(`the prefix ${prefix}: is not declared`);
    return known + local;
  }

  #ownAttributes(rawName: string): Record<string, string> {
    const own: Record<string, string> = {};
    const prefix = rawName.includes(':') ? `${rawName.split(':')[0] ?? ''}:` : '';
    for (const [name, value] of Object.entries(this.#attributes)) {
      const colon = name.indexOf(':');
      if (colon < 0) own[name] ??= value;
      else if (name.startsWith('xmlns')) continue;
      else if (name.startsWith(prefix) && prefix !== '') own[name.slice(prefix.length)] ??= value;
      else own[this.#canonical(name)] ??= value;
    }
    return own;
  }

  #base(): string | undefined {
    const outer = this.#stack.findLast((open) => open.node !== undefined)?.node?.base ?? this.context?.base;
    const own = this.#attributes['xml:base'];
    if (own === undefined) return outer;
    return URL.canParse(own, outer) ? new URL(own, outer).href : own;
  }

  /** Would an element of this name be an item where the document's items are? */
  #isItemTag(rawName: string): boolean {
    return this.#item !== undefined && !this.#foreign && isItem(this.#canonical(rawName));
  }

  /** A part of the document that belongs to the field's text. */
  #addRaw(start: number, end: number): void {
    if (this.#field === undefined) return;
    const last = this.#pieces.at(-1);
    if (last?.kind === 'raw' && last.end === start) last.end = end;
    else this.#pieces.push({ kind: 'raw', text: this.#text, start, end });
  }

  /** A tag that is part of the field's text, from its `<`; without a prefix before its name, so that it is HTML. */
  #addTag(rawName: string, start: number, end: number): void {
    const colon = rawName.indexOf(':');
    if (colon < 0) {
      this.#addRaw(start, end + 1);
      return;
    }
    const source = this.#text.slice(start, end + 1);
    const text = source.startsWith('</') ? `</${source.slice(colon + 3)}` : `<${source.slice(colon + 2)}`;
    this.#pieces.push({ kind: 'tag', text, start, end: -1 });
  }

  /** Says each thing once for the feed's head and once for each item. */
  #report(what: string): void {
    const where =
      this.#item === undefined && this.#firstItem === 0
        ? 'feed'
        : itemName(this.#firstItem + this.items.length);
    const key = `${where} ${what}`;
    if (this.#reported.size > 1000 || this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#findings.add('repaired', where, what);
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const prefixOfName = (name: string): string => name.slice(0, name.indexOf(':') + 1);
const isRootName = (local: string): boolean => ['rss', 'rdf', 'feed', 'channel'].includes(local);
const isItemName = (local: string): boolean => local === 'item' || local === 'entry';
const isItem = (name: string): boolean => name === 'item' || name === 'atom:entry' || name === 'entry';
const isTop = (node: XmlNode | undefined): node is undefined =>
  node === undefined || ['rss', 'rdf:rdf', 'channel', 'atom:feed'].includes(node.name);

/** Control characters that XML 1.0 forbids. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Character and entity references, also HTML's, since feeds use those without a DTD. A bare `&` stays one. */
export function decoded(text: string): string {
  const plain = text.includes('&') ? decodeHTMLStrict(text.replaceAll(/&#(?:0+|x0+);/gi, '')) : text;
  return plain.replaceAll(forbidden, '');
}

const escapedText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function valueOf(pieces: readonly Piece[], node: XmlNode): string {
  const xhtml = node.attributes['type'] === 'xhtml';
  return pieces
    .map(({ kind, text, start, end }) => {
      if (kind === 'raw') {
        const raw = text.slice(start, end);
        return node.markup ? raw.replaceAll(forbidden, '') : decoded(raw);
      }
      return (kind === 'cdata' && node.markup && xhtml ? escapedText(text) : text).replaceAll(forbidden, '');
    })
    .join('');
}
