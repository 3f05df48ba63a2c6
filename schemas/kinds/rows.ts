/**
 * How each kind of question is written as a row of the workbook of a questionnaire (調査票定義): its word under 種類, what
 * that word says by itself, and which member stands under which heading. What a kind does not name there is refused.
 */

import type { JsonObject } from '../values/json.ts';

/** Members by the heading of their column. */
type Columns = Readonly<Record<string, string>>;

export interface RowWord {
  readonly word: string;
  /** What it is for, as the guide to the workbook says. */
  readonly about: string;
  /** Members of the question that follow from the word. */
  readonly says: JsonObject;
  readonly columns: Columns;
  /** Headings under which people write what stands under another, by that other. */
  readonly also?: Columns;
  /** Members that are so where their cell is empty. */
  readonly usual?: JsonObject;
  /** What the cell 選択肢 holds: the options, or a line for each of these. */
  readonly options?: 'options' | TableLines;
  /** Begins a section. */
  readonly isSection?: true;
  /** Has questions of its own, up to the row 終わり. */
  readonly isOpen?: true;
}

export interface TableLines {
  /** Lists of the sheet 選択肢: `行：地域課題`. */
  readonly lists: Columns;
  /** Texts: `空欄：自市町村で対応`. */
  readonly texts: Columns;
}

const labelled: Columns = {
  番号: 'number',
  設問: 'label',
  条件: 'when',
  公開: 'visibility',
  説明: 'help',
  期間計: 'overPeriod',
  旧ID: 'was',
};
const asked: Columns = {
  ...labelled,
  必須: 'required',
  不明可: 'reasonIfBlank',
  該当なし可: 'nullable',
  記入例: 'example',
  一覧表: 'listed',
};
const numbers: Columns = { ...asked, 単位: 'unit', 上限: 'max', 下限: 'min' };
const texts: Columns = { ...asked, 上限: 'maxLength' };
const also: Columns = { 上限: '字数' };
const entries: Columns = {
  ...labelled,
  必須: 'required',
  不明可: 'reasonIfBlank',
  上限: 'maxEntries',
  公表しない条件: 'withheld',
};

const list = { says: { kind: 'list' }, columns: entries, isOpen: true } as const;
const table = { ...list, says: { kind: 'list', layout: 'table' } } as const;

/** What is a text of some form, or a list that is a table, stands before what is one of any. */
export const rowWords: readonly RowWord[] = [
  { word: '区分', about: '設問のまとまり。画面では1ページになります。', says: {}, columns: labelled, isSection: true },
  {
    word: '繰返し表区分',
    about: '件数の決まっていないものを、表の1行に1件ずつ記入する区分。「終わり」の行まで。',
    ...table,
    isSection: true,
  },
  {
    word: '繰返し区分',
    about: '件数の決まっていないものを、1ページに1件ずつ記入する区分。「終わり」の行まで。',
    ...list,
    isSection: true,
  },
  { word: '繰返し表', about: '区分の中の表。1行に1件ずつ記入します。「終わり」の行まで。', ...table },
  { word: '繰返し', about: '区分の中の繰返し。「終わり」の行まで。', ...list },
  {
    word: '組',
    about: 'まとめて見せる設問。「終わり」の行まで。',
    says: { kind: 'group' },
    columns: labelled,
    isOpen: true,
  },
  {
    word: '選択',
    about: '選択肢から1つ選びます。「その他」には記入欄が付きます。',
    says: { kind: 'choice' },
    columns: asked,
    options: 'options',
  },
  {
    word: '複数選択',
    about: '選択肢からいくつでも選びます。「上限」は選べる数です。',
    says: { kind: 'choices' },
    columns: { ...asked, 上限: 'atMost' },
    options: 'options',
  },
  {
    word: '順位',
    about: '選択肢から順に選びます。「上限」は何位までかです。',
    says: { kind: 'ranking' },
    columns: { ...asked, 上限: 'places' },
    options: 'options',
  },
  {
    word: '数',
    about: '0以上の整数。「上限」「下限」を外れると、理由を尋ねます。',
    says: { kind: 'count' },
    columns: numbers,
  },
  {
    word: '小数',
    about: '「小数」の桁までの数。割合（％）も記入できます。',
    says: { kind: 'decimal' },
    columns: { ...numbers, 小数: 'places' },
  },
  {
    word: 'メール',
    about: 'メールアドレス。',
    says: { kind: 'text', format: 'email' },
    columns: texts,
    also,
    usual: { maxLength: 254 },
  },
  {
    word: '電話',
    about: '電話番号。',
    says: { kind: 'text', format: 'phone' },
    columns: texts,
    also,
    usual: { maxLength: 30 },
  },
  {
    word: '文章',
    about: '自由記述。「上限」は文字数です。公表するときは「公開」に「公表」と記入します。',
    says: { kind: 'text' },
    columns: texts,
    also,
  },
  {
    word: '文章の一覧',
    about: '文章をいくつも記入します。「上限」は件数、「字数」は1件の文字数です。',
    says: { kind: 'texts' },
    columns: { ...asked, 上限: 'maxEntries', 字数: 'maxLength' },
  },
  { word: '日付', about: '年月日。年や年月までの記入もできます。', says: { kind: 'date' }, columns: asked },
  { word: '範囲', about: '「18～64」のような数の範囲。', says: { kind: 'range' }, columns: { ...asked, 単位: 'unit' } },
  { word: '頻度', about: '「月1回」「年2回」「随時」など。', says: { kind: 'frequency' }, columns: asked },
  { word: '年度の期間', about: '何年度から何年度まで。', says: { kind: 'fiscalYears' }, columns: asked },
  { word: '市町村', about: '名簿の市町村からいくつでも選びます。', says: { kind: 'municipalities' }, columns: asked },
  { word: '参照', about: '同じ繰返しの中の、ほかの1件を選びます。', says: { kind: 'reference' }, columns: asked },
  {
    word: '数の表',
    about: '行ごと、又は行と列ごとに数を記入します。計は自動で計算します。',
    says: { kind: 'counts' },
    columns: { ...labelled, 単位: 'unit', 必須: 'required', 不明可: 'reasonIfBlank' },
    options: { lists: { 行: 'rows', 列: 'columns' }, texts: {} },
  },
  {
    word: '選択の表',
    about: '行ごとに、列の選択肢から1つ選びます。',
    says: { kind: 'matrix' },
    columns: labelled,
    options: { lists: { 行: 'rows', 列: 'options' }, texts: { 空欄: 'emptyLabel', 総計: 'totalLabel' } },
  },
  {
    word: '計算',
    about: '「式」で自動計算します。回答者は記入しません。',
    says: { kind: 'computed' },
    columns: { ...labelled, 単位: 'unit', 小数: 'places', 式: 'formula', 一覧表: 'listed' },
  },
  {
    word: 'ファイル',
    about: 'PDF、Word、Excel、画像を添付します。',
    says: { kind: 'file' },
    columns: { ...asked, 上限: 'maxFiles' },
  },
];

/** Ends what has questions of its own. */
export const endWord = '終わり';

/** The word for a question or a section, as it stands in a document. */
export function wordFor(question: JsonObject, isSection: boolean): RowWord | undefined {
  return rowWords.find(
    ({ says, isSection: opens = false }) =>
      opens === isSection &&
      question['kind'] === says['kind'] &&
      Object.entries(says).every(([member, value]) => question[member] === value),
  );
}
