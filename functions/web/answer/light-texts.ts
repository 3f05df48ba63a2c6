/** Which texts a page shows in brief, so that it is no heavier than a page may be: none on nearly every page. Pure. */

import type { Item } from '../../../schemas/form.ts';
import { isTooLong } from '../fields/brief.tsx';
import { mostMainBytes, textBytes } from '../shared/parts.ts';
import type { Rendered } from '../shared/parts.ts';
import { takenMark, valuesOf } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import { isTyped } from '../fields/typed.ts';

/** What a page leaves out. */
export interface Light {
  /** The questions whose texts are shown in brief. */
  readonly briefs: ReadonlySet<string>;
  /** Long answers of earlier versions are shown by their beginning. */
  readonly cutsEarlier: boolean;
  /** There are so many in brief that little is shown of each. */
  readonly isTerse: boolean;
  /** Long lists of entries are shown in parts. */
  readonly dividesEntries: boolean;
}

export interface PageText {
  readonly path: string;
  /** As HTML. */
  readonly bytes: number;
  /** Longer than the question takes. */
  readonly isOver: boolean;
}

/** A text in brief weighs about as much itself. */
const briefBytes = 2_000;
/** And a field without its text. */
const fieldBytes = 300;

function textAt(item: Item, post: Posted, path: string): PageText[] {
  const values = valuesOf(post, path);
  const bytes = [...values, ...valuesOf(post, takenMark(path))].reduce(
    (sum, text) => sum + textBytes(text) + fieldBytes,
    0,
  );
  return bytes > briefBytes ? [{ path, bytes, isOver: isTooLong(item, values) }] : [];
}

/** The texts in the fields of `items`, which stand at `base`, that would weigh less in brief. */
export function textsOn(items: readonly Item[], post: Posted, base: string): PageText[] {
  return items.flatMap((item): PageText[] => {
    const path = `${base}.${item.key}`;
    const { definition, children } = item;
    if (definition.kind === 'group') return textsOn(children, post, path);
    if (definition.kind === 'list')
      return valuesOf(post, path).flatMap((entry) => textsOn(children, post, `${path}.${entry}`));
    return definition.kind === 'text' || definition.kind === 'texts' || isTyped(definition)
      ? textAt(item, post, path)
      : [];
  });
}

const whole: Light = { briefs: new Set(), cutsEarlier: false, isTerse: false, dividesEntries: false };

/** Texts over their limit come first, the heaviest before others. */
function inOrder(texts: readonly PageText[]): PageText[] {
  return texts.toSorted((a, b) => Number(b.isOver) - Number(a.isOver) || b.bytes - a.bytes);
}

export interface LightPage extends Rendered {
  readonly light: Light;
}

/**
 * The page with as much in brief as it takes: texts over their limit, then earlier answers, then other texts. It may
 * still be too heavy when there is nothing left to show in brief.
 */
export function lightPage(
  texts: readonly PageText[],
  render: (light: Light) => Rendered,
  mostBytes = mostMainBytes,
): LightPage {
  const attempt = (light: Light): LightPage => ({ ...render(light), light });
  let page = attempt(whole);
  let left = inOrder(texts);
  while (page.bytes > mostBytes) {
    const { light } = page;
    const [next] = left;
    if (!light.cutsEarlier && next?.isOver !== true) {
      page = attempt({ ...light, cutsEarlier: true });
      continue;
    }
    if (next === undefined && light.isTerse) return page;
    if (next === undefined) {
      page = attempt({ ...light, isTerse: light.dividesEntries, dividesEntries: true });
      continue;
    }
    let excess = page.bytes - mostBytes;
    const more: string[] = [];
    for (const { path, bytes, isOver: over } of left) {
      if (excess <= 0 || over !== next.isOver) break;
      more.push(path);
      excess -= bytes - briefBytes;
    }
    left = left.slice(more.length);
    page = attempt({ ...light, briefs: new Set([...light.briefs, ...more]) });
  }
  return page;
}
