/** Answers as people read them: 和暦, units, the labels of options. Absent, `null`, 0 and `[]` read differently. */

import type { Directory } from '../../schemas/directory.ts';
import { wholeOf } from '../../schemas/directory-on-day.ts';
import type { Item } from '../../schemas/form.ts';
import type { Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { asTyped, noEntries } from '../../schemas/kinds/printing.ts';
import type { Names } from '../../schemas/kinds/printing.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import { namedEntries } from './answers.ts';

export const notAnswered = '未回答';
const notApplicable = '-';

export function namesIn(directory: Directory): Names {
  return {
    // Answers may name those that ended.
    municipalities: new Map(wholeOf(directory).municipalities.map(({ code, name }) => [code, name])),
    entries: new Map(),
  };
}

/** Longer than any name that a form takes, in code units: it stands in headings and lists. */
const longestTitle = 200;

export function entryTitle({ kind }: Pick<Item, 'kind'>, entry: JsonObject, index: number): string {
  const title = kind.titledBy === undefined ? undefined : entry[kind.titledBy];
  if (typeof title !== 'string' || title === '') return `${index + 1}件目`;
  return title.length > longestTitle ? `${Array.from(title.slice(0, longestTitle)).slice(0, -1).join('')}…` : title;
}

export function withEntries(names: Names, list: Pick<Item, 'kind'>, value: Json | undefined): Names {
  return {
    ...names,
    entries: new Map(namedEntries(value).map(({ name, entry }, index) => [name, entryTitle(list, entry, index)])),
  };
}

function printEntries(item: Item, value: readonly Json[], names: Names): string {
  const inside = withEntries(names, item, [...value]);
  return namedEntries([...value])
    .map(({ entry }, index) => {
      const lines = printFields(item.children, entry, inside);
      return [`［${index + 1}］`, ...lines.map((line) => `　${line}`)].join('\n');
    })
    .join('\n');
}

function printLabelled(item: Item, answer: Json, names: Names): string[] {
  const printed = printAnswer(item, answer, names);
  const isLong = item.kind.fields !== undefined;
  return `${numberedLabel(item.definition)}：${isLong ? '\n' : ''}${printed}`.split('\n');
}

function printFields(items: readonly Item[], value: JsonObject, names: Names): string[] {
  return items.flatMap((child) => {
    const answer = value[child.key];
    return answer === undefined ? [] : printLabelled(child, answer, names);
  });
}

export function printAnswer(item: Item, answer: Json | undefined, names: Names): string {
  const { kind, children } = item;
  if (answer === undefined) return kind.emptyLabel ?? notAnswered;
  if (answer === null) return notApplicable;
  if (kind.nesting === 'fields')
    return isObject(answer) ? printFields(children, answer, names).join('\n') : asTyped(answer);
  if (kind.nesting !== 'entries') return kind.print(answer, names);
  if (!Array.isArray(answer)) return asTyped(answer);
  return answer.length === 0 ? noEntries : printEntries(item, answer, names);
}
