/** What the question at a path is called for people: 事業所「本部」 利用者数. Pure. */

import { isObject } from '../../../schemas/json.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import { namedEntries } from '../../domain/answers.ts';
import { entryTitle } from '../../domain/print-answer.ts';

function entryOf(
  list: Item,
  value: Json | undefined,
  name: string,
): { readonly title: string; readonly entry: Json } | undefined {
  const entries = namedEntries(value);
  const index = entries.findIndex((each) => each.name === name);
  const found = entries[index];
  return found === undefined ? undefined : { title: entryTitle(list, found.entry, index), entry: found.entry };
}

/** The label of a path of errors, reasons and findings; `この回答全体` for the empty one. A path unknown stays as it is. */
export function placeLabel(form: Pick<Form, 'sections'>, answers: Answers, path: string): string {
  if (path === '') return 'この回答全体';
  const labels: string[] = [];
  let items: readonly Item[] = form.sections;
  let value: Json | undefined = answers;
  let list: Item | undefined;
  for (const name of path.split('.')) {
    if (list !== undefined) {
      const found = entryOf(list, value, name);
      labels.push(`${labels.pop() ?? ''}「${found?.title ?? name}」`);
      items = list.children;
      value = found?.entry;
      list = undefined;
      continue;
    }
    const item = items.find(({ key }) => key === name);
    if (item === undefined) return labels.length === 0 ? path : labels.join(' ');
    labels.push(item.definition.label);
    value = isObject(value) ? value[name] : undefined;
    if (item.kind.nesting === 'entries') list = item;
    else items = item.children;
  }
  return labels.join(' ');
}
