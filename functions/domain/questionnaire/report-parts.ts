/**
 * The parts of a report as rows of the sheet 報告書: the word for each, and what of it stands in which column. What is
 * left stands under 詳細, a line for each member: `first.arrow.label：機能`.
 */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { yes } from './columns.ts';
import { isYes } from './values.ts';

interface PartWord {
  readonly word: string;
  readonly kind: string;
  /** The member that 設問 holds: a question, several, or a measure. */
  readonly names?: 'question' | 'questions' | 'measure';
}

export const partWords: readonly PartWord[] = [
  { word: '多い順', kind: 'ranking', names: 'question' },
  { word: '文中', kind: 'inline', names: 'question' },
  { word: '選択肢別', kind: 'options', names: 'question' },
  { word: '表', kind: 'matrix', names: 'question' },
  { word: '合計', kind: 'sums', names: 'questions' },
  { word: '表題の中', kind: 'inTitle', names: 'question' },
  { word: '集計', kind: 'total', names: 'measure' },
  { word: '筆頭', kind: 'headline', names: 'question' },
  { word: '設置数', kind: 'units', names: 'measure' },
  { word: '整備状況', kind: 'standing', names: 'question' },
  { word: '小見出し', kind: 'title' },
];

/** Questions whose figures stand in the tables only. */
export const tablesOnlyWord = '表のみ';

export const styles = { kana: 'ア', circle: '〇', plain: 'なし' } as const;

/** Members that have a column of their own. */
const inColumns: ReadonlySet<string> = new Set([
  'kind',
  'style',
  'title',
  'limit',
  'unit',
  'question',
  'questions',
  'measure',
]);

function lines(value: Json | undefined, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => lines(each, `${path}.${index}`));
  if (isObject(value)) return Object.entries(value).flatMap(([key, each]) => lines(each, `${path}.${key}`));
  return value === undefined ? [] : [`${path}：${value === true ? yes : String(value)}`];
}

/** What has no column of its own, line by line. */
export function detailsOf(part: JsonObject): string {
  return Object.entries(part)
    .filter(([key]) => !inColumns.has(key))
    .flatMap(([key, value]) => lines(value, key))
    .join('\n');
}

function put(into: Json[] | JsonObject, [key = '', ...rest]: readonly string[], value: Json): void {
  const index = Number(key);
  const inner = Array.isArray(into) ? into[index] : into[key];
  if (rest.length > 0 && (Array.isArray(inner) || isObject(inner))) return put(inner, rest, value);
  const next: Json[] | JsonObject = /^\d+$/.test(rest[0] ?? '') ? [] : {};
  const member = rest.length === 0 ? value : next;
  if (Array.isArray(into)) into[index] = member;
  else into[key] = member;
  if (rest.length > 0) put(next, rest, value);
}

const detail = /^([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+){0,5})[：:](.*)$/;

/** The members that lines say; `undefined` for a line that is none. */
export function detailsIn(text: readonly string[]): JsonObject | { readonly wrong: string } {
  const members: JsonObject = {};
  for (const line of text) {
    const [, path, value = ''] = detail.exec(line) ?? [];
    if (path === undefined || /\.\d{3}/.test(path)) return { wrong: line };
    const word = value.trim();
    put(members, path.split('.'), isYes(word) ? true : word);
  }
  return members;
}
