/** The sheets of a workbook of a questionnaire (調査票定義) and their columns. */

import { kindLabels } from '../../../schemas/directory.ts';
import { visibilities } from '../../../schemas/kinds/question.ts';
import { endWord, rowWords } from '../../../schemas/kinds/rows.ts';

export interface SheetColumns {
  readonly name: string;
  readonly headings: readonly string[];
  /** Without these the sheet is none of ours; any other that is missing is empty. */
  readonly needed: readonly string[];
  /** Those that are written only where something stands in them. */
  readonly rare?: readonly string[];
  /** Those of one line: breaks that make a cell look well are no part of what it says. */
  readonly oneLine?: readonly string[];
  readonly mostRows: number;
  /** Whether a workbook without this sheet is none of ours. */
  readonly isNeeded: boolean;
}

export const form = {
  name: '調査票',
  headings: ['項目', '内容'],
  needed: ['項目', '内容'],
  mostRows: 100,
  isNeeded: true,
} as const satisfies SheetColumns;

export const questions = {
  name: '設問',
  headings: [
    '番号',
    '種類',
    '設問',
    '選択肢',
    '単位',
    '必須',
    '条件',
    '公開',
    '説明',
    '記入例',
    '上限',
    '下限',
    '小数',
    '字数',
    '期間計',
    '一覧表',
    '不明可',
    '該当なし可',
    '公表しない条件',
    '式',
    '旧ID',
    'ID',
  ],
  needed: ['種類', '設問'],
  oneLine: ['番号', '種類', '設問', '単位'],
  mostRows: 2500,
  isNeeded: true,
} as const satisfies SheetColumns;

export const options = {
  name: '選択肢',
  headings: ['一覧', '選択肢', 'ID'],
  needed: ['一覧', '選択肢'],
  oneLine: ['一覧', '選択肢'],
  mostRows: 10_000,
  isNeeded: true,
} as const satisfies SheetColumns;

export const checks = {
  name: '確認',
  headings: ['対象', '種別', '式', 'メッセージ', '理由の候補', 'ID'],
  needed: ['種別', '式', 'メッセージ'],
  mostRows: 500,
  isNeeded: true,
} as const satisfies SheetColumns;

export const measures = {
  name: '集計',
  headings: ['名称', '方法', '式', '選択肢', '単位', '平均', '公開', '一覧表', 'ID'],
  needed: ['名称', '方法', '式'],
  oneLine: ['名称', '単位'],
  rare: ['一覧表'],
  mostRows: 100,
  isNeeded: true,
} as const satisfies SheetColumns;

export const report = {
  name: '報告書',
  headings: ['見出し', '種類', '設問', '表題', '単位', '区分', '末尾', '様式', '件数', '詳細'],
  needed: ['見出し'],
  rare: ['区分', '末尾', '様式', '件数', '詳細'],
  mostRows: 2500,
  isNeeded: false,
} as const satisfies SheetColumns;

export const everySheet: readonly SheetColumns[] = [form, questions, options, checks, measures, report];

/** Columns of 設問 that hold expressions, and what those are for. */
export const uses = { 条件: 'condition', 公表しない条件: 'withheld', 式: 'computed' } as const;

export function isExpression(heading: string): heading is keyof typeof uses {
  return Object.hasOwn(uses, heading);
}

export const yes = '○';

export const severities = { refuse: '誤り', askReason: '理由を求める', note: '注意' } as const;

export const methods = {
  合計: { kind: 'total', measure: 'sum' },
  件数: { kind: 'total', measure: 'count' },
  区分: { kind: 'class' },
} as const;

export const averages = { municipality: '市町村当たり', council: '協議会当たり' } as const;

/** What the kinds of units are called that may answer, by their ids. */
export type Kinds = ReadonlyMap<string, string>;

/** Those that every directory has. */
export const usualKinds: Kinds = kindLabels(undefined);

export const kindWords: readonly string[] = [...rowWords.map(({ word }) => word), endWord];

/** What may be chosen in a column, for its drop-down. */
export const choosable: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  [questions.name]: {
    種類: kindWords,
    公開: Object.values(visibilities),
    必須: [yes],
    期間計: [yes],
    不明可: [yes],
    該当なし可: [yes],
  },
  [checks.name]: { 種別: Object.values(severities) },
  [measures.name]: { 方法: Object.keys(methods), 公開: Object.values(visibilities) },
};
