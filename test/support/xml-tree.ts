/** The elements of an XML text, for tests that say what stands in what, and in which order. */

export interface XmlElement {
  readonly name: string;
  /** The attributes as they are written. */
  readonly attributes: string;
  readonly children: XmlElement[];
}

const tag = /<(?<close>\/)?(?<name>[\w:.-]+)(?<attributes>(?:\s[^>]*?)?)(?<empty>\/)?>/gu;

/** The elements at the top of a well-formed text; its declaration and its text are left out. */
export function elementsOf(xml: string): XmlElement[] {
  const top: XmlElement = { name: '', attributes: '', children: [] };
  const open = [top];
  for (const { groups } of xml.matchAll(tag)) {
    if (groups === undefined) continue;
    if (groups['close'] !== undefined) {
      open.pop();
      continue;
    }
    const element: XmlElement = {
      name: groups['name'] ?? '',
      attributes: (groups['attributes'] ?? '').trim(),
      children: [],
    };
    (open.at(-1) ?? top).children.push(element);
    if (groups['empty'] === undefined) open.push(element);
  }
  return top.children;
}

/** All elements of a name, at any depth, in the order of the text. */
export function named(name: string, elements: readonly XmlElement[]): XmlElement[] {
  return elements.flatMap((each) => [...(each.name === name ? [each] : []), ...named(name, each.children)]);
}
