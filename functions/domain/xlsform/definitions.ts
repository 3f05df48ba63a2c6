/** What is asked in a row of the sheet `survey`: its kind with what belongs to it. */

import type { JsonObject } from '../../../schemas/values/json.ts';
import type { Findings } from '../questionnaire/findings.ts';
import type { ChoiceLists, XlsOption } from './choices.ts';
import { unitIn } from './labels.ts';
import type { SurveyRow } from './rows.ts';
import type { RowType } from './types.ts';

export interface Defined {
  readonly kind: string;
  readonly members: JsonObject;
  readonly options?: readonly XlsOption[];
}

const mostPlaces = 20;
const longestMultiline = 4000;
const noUnit = '単位なし';

type Unread = 'appearance' | 'parameters' | 'repeat_count';

/** Says of a cell that nothing is made of it. */
export function sayUnread(row: SurveyRow, column: Unread, findings: Findings): void {
  const text = row.text(column);
  if (text !== '') findings.notice(row.at(column), 'not-mapped', `「${column}」の「${text}」は読み取りません。`);
}

/** Its formula is read once all questions are known. */
export function computedAs(label: string): Defined {
  return { kind: 'computed', members: { formula: '0', places: 2, unit: unitIn(label) ?? noUnit } };
}

function unitOf(row: SurveyRow, label: string, findings: Findings): string {
  const unit = unitIn(label);
  if (unit === undefined)
    findings.notice(
      row.at('label'),
      'no-unit',
      `単位がないため「${noUnit}」としました。設問の末尾に「（件）」のように書くか、取り込んだ後に調査票定義のファイルで改めてください。`,
    );
  return unit ?? noUnit;
}

function range(row: SurveyRow, label: string, findings: Findings): Defined {
  const given = new Map(
    [...row.text('parameters').matchAll(/(\w+)\s*=\s*(-?\d+(?:\.\d+)?)/g)].map(([, name = '', value]) => [
      name,
      Number(value),
    ]),
  );
  const [start, end, step] = [given.get('start') ?? 0, given.get('end') ?? 10, given.get('step') ?? 1];
  const decimals = Math.max(...[start, end, step].map((each) => String(each).split('.')[1]?.length ?? 0));
  if (step !== 1) findings.notice(row.at('parameters'), 'changed', `刻み（step=${step}）は読み取りません。`);
  const limits = { min: Math.min(start, end), max: Math.max(start, end), unit: unitOf(row, label, findings) };
  if (decimals === 0 && limits.min >= 0) return { kind: 'count', members: limits };
  return { kind: 'decimal', members: { ...limits, places: Math.min(4, Math.max(1, decimals)) } };
}

interface Reading {
  readonly lists: ChoiceLists;
  readonly findings: Findings;
}

/** Why nothing is asked, as a text, of what cannot be. */
export function definitionOf(
  row: SurveyRow,
  type: RowType,
  label: string,
  { lists, findings }: Reading,
): Defined | string {
  if (type.is === 'calculate') return computedAs(label);
  if (type.is === 'asked') {
    const { kind, loss } = type;
    if (loss !== undefined) findings.notice(row.at('type'), 'changed', loss);
    const isLong = kind === 'text' && row.text('appearance').toLowerCase().includes('multiline');
    if (!isLong) sayUnread(row, 'appearance', findings);
    sayUnread(row, 'parameters', findings);
    const unit = kind === 'count' || kind === 'decimal' ? { unit: unitOf(row, label, findings) } : {};
    return { kind, members: { ...type.members, ...unit, ...(isLong ? { maxLength: longestMultiline } : {}) } };
  }
  if (type.is !== 'range' && type.is !== 'select') return 'この種類の設問はありません。';
  sayUnread(row, 'appearance', findings);
  if (type.is === 'range') return range(row, label, findings);
  sayUnread(row, 'parameters', findings);
  const { kind, list, orOther } = type;
  const options = lists.of(list, row.at('type'), orOther);
  if (options === undefined) return '選択肢が200を超えています。';
  const places = kind === 'ranking' ? { places: Math.min(options.length, mostPlaces) } : {};
  const offered = options.map((option) => ({ key: option.key, label: option.label }));
  return { kind, members: { ...places, options: offered }, options };
}
