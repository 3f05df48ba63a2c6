/** Answers as people read them: 和暦, units, the labels of options. Absent, `null`, 0 and `[]` read differently. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Item } from '../../schemas/form.ts';
import type { Json } from '../../schemas/return.ts';
import { printCount } from '../../schemas/values/count.ts';
import { fiscalYears, printFiscalYears } from '../../schemas/values/fiscal-years.ts';
import { frequency, printFrequency } from '../../schemas/values/frequency.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import { printRange, range } from '../../schemas/values/range.ts';
import { namedEntries } from './answers.ts';

export const notAnswered = '未回答';
export const doesNotApply = '-';
export const noneOfThese = '該当するものはない';
export const noEntries = 'なし';

/** What printing has to look up besides the definition. */
export interface Names {
  readonly municipalities: ReadonlyMap<string, string>;
  /** The names of the entries of the list around, for references among them. */
  readonly entries: ReadonlyMap<string, string>;
}

export function namesIn(directory: Directory): Names {
  return {
    municipalities: new Map(directory.municipalities.map(({ code, name }) => [code, name])),
    entries: new Map(),
  };
}

/** Longer than any name that a form takes, in code units: it stands in headings and lists. */
const longestTitle = 200;

/** What an entry of a repeating group is called: its own name or title, or its position. */
export function entryTitle(entry: JsonObject, index: number): string {
  for (const key of ['name', 'title']) {
    const value = entry[key];
    if (typeof value !== 'string' || value === '') continue;
    return value.length > longestTitle ? `${Array.from(value.slice(0, longestTitle)).slice(0, -1).join('')}…` : value;
  }
  return `${index + 1}件目`;
}

/** The same names with those of a list's entries, for what is printed inside it. */
export function withEntries(names: Names, list: Json | undefined): Names {
  return {
    ...names,
    entries: new Map(namedEntries(list).map(({ name, entry }, index) => [name, entryTitle(entry, index)])),
  };
}

function texts(value: readonly Json[]): string[] {
  return value.filter((each) => typeof each === 'string');
}

/** A value that does not fit its definition (a draft may hold one) is shown as it is. */
function asTyped(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function printEntries(item: Item, value: readonly Json[], names: Names): string {
  const inside = withEntries(names, [...value]);
  return namedEntries([...value])
    .map(({ entry }, index) => {
      const lines = item.children.flatMap((child) => {
        const answer = entry[child.key];
        return answer === undefined ? [] : printLabelled(child, answer, inside);
      });
      return [`［${index + 1}］`, ...lines.map((line) => `　${line}`)].join('\n');
    })
    .join('\n');
}

function printLabelled(item: Item, answer: Json, names: Names): string[] {
  const printed = printAnswer(item, answer, names);
  const isLong = item.definition.kind === 'list' || item.definition.kind === 'group';
  return `${item.definition.label}：${isLong ? '\n' : ''}${printed}`.split('\n');
}

function printOption(options: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(options, code) ? (options[code] ?? code) : code;
}

/** An answer as text; several lines where it has several parts. */
export function printAnswer(item: Item, answer: Json | undefined, names: Names): string {
  const { definition } = item;
  if (answer === undefined) return notAnswered;
  if (answer === null) return doesNotApply;
  switch (definition.kind) {
    case 'choice':
      return typeof answer === 'string' ? printOption(definition.options, answer) : asTyped(answer);
    case 'choices':
      if (!Array.isArray(answer)) return asTyped(answer);
      return answer.length === 0
        ? noneOfThese
        : texts(answer)
            .map((each) => printOption(definition.options, each))
            .join('\n');
    case 'municipalities':
      if (!Array.isArray(answer)) return asTyped(answer);
      return answer.length === 0
        ? noneOfThese
        : texts(answer)
            .map((code) => names.municipalities.get(code) ?? code)
            .join('、');
    case 'count':
      return typeof answer === 'number' ? printCount(answer, definition.unit) : asTyped(answer);
    case 'date':
      return typeof answer === 'string' ? printPartialDate(answer) : asTyped(answer);
    case 'range': {
      const { success, data } = range.safeParse(answer);
      return success ? printRange(data, definition.unit) : asTyped(answer);
    }
    case 'frequency': {
      const { success, data } = frequency.safeParse(answer);
      return success ? printFrequency(data) : asTyped(answer);
    }
    case 'fiscalYears': {
      const { success, data } = fiscalYears.safeParse(answer);
      return success ? printFiscalYears(data) : asTyped(answer);
    }
    case 'reference':
      return typeof answer === 'string' ? (names.entries.get(answer) ?? answer) : asTyped(answer);
    case 'texts':
      if (!Array.isArray(answer)) return asTyped(answer);
      return answer.length === 0
        ? noEntries
        : texts(answer)
            .map((each, index) => `${index + 1}. ${each}`)
            .join('\n');
    case 'text':
      return asTyped(answer);
    case 'list':
      if (!Array.isArray(answer)) return asTyped(answer);
      return answer.length === 0 ? noEntries : printEntries(item, answer, names);
    case 'group':
      return isObject(answer)
        ? item.children
            .flatMap((child) => {
              const part = answer[child.key];
              return part === undefined ? [] : printLabelled(child, part, names);
            })
            .join('\n')
        : asTyped(answer);
  }
}
