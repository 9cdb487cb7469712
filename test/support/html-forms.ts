import { filter, findOne, getAttributeValue, getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';

/** A form as a browser would send it, untouched. */
export interface HtmlForm {
  method: string;
  action: string;
  fields: Record<string, string>;
  button: string;
}

const attribute = (element: Parameters<typeof getAttributeValue>[0], name: string): string =>
  getAttributeValue(element, name) ?? '';

/** The forms of a page, in their order. */
export function formsOf(html: string): HtmlForm[] {
  return getElementsByTagName('form', parseDocument(html)).map((form) => {
    const fields: Record<string, string> = {};
    for (const input of getElementsByTagName('input', form)) {
      const isBox = ['checkbox', 'radio'].includes(attribute(input, 'type'));
      if (isBox && !('checked' in input.attribs)) continue;
      fields[attribute(input, 'name')] = attribute(input, 'value');
    }
    for (const select of getElementsByTagName('select', form)) {
      const options = getElementsByTagName('option', select);
      const chosen = options.find((option) => 'selected' in option.attribs) ?? options[0];
      if (chosen !== undefined) fields[attribute(select, 'name')] = attribute(chosen, 'value');
    }
    const button = findOne(({ name }) => name === 'button', form.children, true);
    return {
      method: attribute(form, 'method'),
      action: attribute(form, 'action'),
      fields,
      button: button === null ? '' : textContent(button),
    };
  });
}

/** What a page says in its `<main>`, as running text. */
export function mainText(html: string): string {
  const [main] = getElementsByTagName('main', parseDocument(html));
  return main === undefined ? '' : textContent(main).replace(/\s+/g, ' ').trim();
}

/** Ids that stand more than once in a page. */
export function repeatedIds(html: string): string[] {
  const all = filter((node) => 'attribs' in node && 'id' in node.attribs, parseDocument(html));
  const ids = all.map((node) => ('attribs' in node ? (node.attribs['id'] ?? '') : ''));
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
