/** The rows of the sheet 設問 as a tree: sections, and what is inside lists and groups until 終わり. */

import { endWord, rowWords } from '../../../schemas/kinds/rows.ts';
import type { RowWord } from '../../../schemas/kinds/rows.ts';
import { kindWords, questions as columns } from './columns.ts';
import type { Findings } from './findings.ts';
import { pleaseFill } from './sources.ts';
import { plain } from './table.ts';
import type { TableRow } from './table.ts';
import { readWord } from './values.ts';

export interface QuestionRow {
  readonly row: TableRow;
  readonly word: RowWord;
  readonly parent: QuestionRow | undefined;
  readonly children: QuestionRow[];
}

/** What officers call them who have not read the list. */
const synonyms: Readonly<Record<string, string>> = {
  単一選択: '選択',
  複数回答: '複数選択',
  数値: '数',
  整数: '数',
  自由記述: '文章',
  記述: '文章',
  メールアドレス: 'メール',
  電話番号: '電話',
  年月日: '日付',
  添付: 'ファイル',
  添付ファイル: 'ファイル',
};

const words = new Map<string, RowWord | 'end'>([
  ...rowWords.map((word): [string, RowWord] => [plain(word.word), word]),
  ...rowWords
    .filter(({ word }) => word.startsWith('繰返し'))
    .map((word): [string, RowWord] => [word.word.replace('繰返し', '繰り返し'), word]),
  ...rowWords.flatMap((word) =>
    Object.keys(synonyms).flatMap((said): [string, RowWord][] => (synonyms[said] === word.word ? [[said, word]] : [])),
  ),
  [endWord, 'end'],
]);

function wordIn(row: TableRow, findings: Findings): RowWord | 'end' | undefined {
  if (row.text('種類') === '') {
    findings.refuse(
      row.at('種類'),
      'required',
      `${pleaseFill('種類')}「選択」「数」「文章」などです（${kindWords.length}種類）。`,
    );
    return undefined;
  }
  return readWord(row, '種類', words, findings);
}

/** What the row 終わり may say besides: what it ends. */
const besideEnd: ReadonlySet<string> = new Set(['種類', '設問']);

function sayUnused(row: TableRow, word: RowWord | 'end', findings: Findings): void {
  const used = new Set(word === 'end' ? besideEnd : ['種類', 'ID', ...Object.keys(word.columns)]);
  if (word !== 'end' && word.options !== undefined) used.add('選択肢');
  for (const [heading, other] of word === 'end' ? [] : Object.entries(word.also ?? {}))
    if (row.text(heading) === '') used.add(other);
  const name = word === 'end' ? endWord : word.word;
  const either = word === 'end' ? [] : Object.entries(word.also ?? {});
  for (const heading of columns.headings)
    if (!used.has(heading) && row.text(heading) !== '') {
      const other = either.find(([, also]) => also === heading)?.[0];
      findings.refuse(
        row.at(heading),
        'not-for-kind',
        other === undefined
          ? `種類「${name}」では「${heading}」を使いません。このセルを空欄にしてください。`
          : `「${other}」と「${heading}」の両方に記入があります。どちらか一方だけに記入してください。`,
      );
    }
}

function sayOpen(rows: readonly QuestionRow[], findings: Findings): void {
  for (const { row, word } of rows)
    if (word.isOpen === true)
      findings.refuse(
        row.at('種類'),
        'not-ended',
        `「${word.word}」に対応する「${endWord}」の行がありません。含める設問の次の行に、種類「${endWord}」の行を加えてください。`,
      );
}

/** What expressions call a question. */
function namesOf(row: TableRow): string[] {
  const id = row.text('ID');
  return [row.text('番号'), id, id.split('.').at(-1) ?? ''].filter((name) => name !== '');
}

/** Questions that follow each other are one thing to mend. */
function sayOutside(rows: readonly TableRow[], findings: Findings): void {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return;
  const which =
    first === last ? '区分の外にある設問です。' : `この行から${last.number}行目までの設問が、区分の外にあります。`;
  findings.refuse(first.at('種類'), 'outside-section', `${which}この行より上に、種類「区分」の行を加えてください。`);
}

interface Tree {
  /** Each with what it holds. */
  readonly sections: readonly QuestionRow[];
  /** Names of the questions that are left out, since nobody can tell what they are. */
  readonly unread: readonly string[];
}

export function questionTree(rows: readonly TableRow[], findings: Findings): Tree {
  const sections: QuestionRow[] = [];
  const unread: string[] = [];
  const leaveOut = (row: TableRow): void => {
    unread.push(...namesOf(row));
  };
  let open: QuestionRow[] = [];
  let outside: TableRow[] = [];
  for (const row of rows) {
    const word = wordIn(row, findings);
    if (word === undefined) {
      leaveOut(row);
      continue;
    }
    sayUnused(row, word, findings);
    if (word === 'end') {
      if (open.at(-1)?.word.isOpen === true) open.pop();
      else
        findings.refuse(
          row.at('種類'),
          'stray-end',
          `「${endWord}」に対応する「繰返し」や「組」がありません。この行を削除してください。`,
        );
      continue;
    }
    if (word.isSection === true) {
      sayOpen(open, findings);
      sayOutside(outside, findings);
      outside = [];
      const section = { row, word, parent: undefined, children: [] };
      sections.push(section);
      open = [section];
      continue;
    }
    const parent = open.at(-1);
    if (parent === undefined) {
      outside.push(row);
      leaveOut(row);
      continue;
    }
    const question = { row, word, parent, children: [] };
    parent.children.push(question);
    if (word.isOpen === true) open.push(question);
  }
  sayOpen(open, findings);
  sayOutside(outside, findings);
  return { sections, unread };
}

/** The questions of which some of these cells cannot be read: what names them is not judged. */
export function namesWithout(
  rows: readonly QuestionRow[],
  headings: readonly string[],
  findings: Findings,
): readonly string[] {
  return rows.flatMap(({ row, children }) => [
    ...(headings.some((heading) => findings.isRefused(row.at(heading))) ? namesOf(row) : []),
    ...namesWithout(children, headings, findings),
  ]);
}
