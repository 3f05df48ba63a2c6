/** The rows of the sheet `survey` as a tree of groups and repeats, with what is read of each as a question. */

import { mostLevels, mostQuestions } from '../../../schemas/document/faults.ts';
import type { Findings } from '../questionnaire/findings.ts';
import type { Column, XlsRow } from './sheets.ts';
import { typeIn } from './types.ts';
import type { RowType } from './types.ts';

export type SurveyRow = XlsRow<Column<'survey'>>;

export interface Node {
  readonly row: SurveyRow;
  readonly type: Exclude<RowType, { is: 'end' }>;
  readonly children: readonly Node[];
}

interface Open {
  readonly node: Node & { readonly children: Node[] };
  readonly word: string;
}

function sayOpen({ node: { row }, word }: Open, findings: Findings): void {
  findings.refuse(
    row.at('type'),
    'not-ended',
    `「begin ${word}」に対応する「end ${word}」の行がありません。含める設問の次の行に加えてください。`,
  );
}

export function surveyTree(rows: readonly SurveyRow[], findings: Findings): readonly Node[] {
  const roots: Node[] = [];
  const open: Open[] = [];
  let count = 0;
  for (const row of rows) {
    const type = typeIn(row.text('type'));
    if (type.is === 'end') {
      const last = open.pop();
      if (last === undefined)
        findings.refuse(
          row.at('type'),
          'stray-end',
          `「end ${type.word}」に対応する「begin ${type.word}」の行がありません。この行を削除してください。`,
        );
      else if (last.word !== type.word) {
        findings.refuse(
          row.at('type'),
          'other-end',
          `「begin ${last.word}」（${last.node.row.number}行目）の中に「end ${type.word}」があります。「end ${last.word}」に改めてください。`,
        );
      }
      continue;
    }
    count += 1;
    const children: Node[] = [];
    const node = { row, type, children };
    const parent = open.at(-1)?.node.children ?? roots;
    parent.push(node);
    if (type.is !== 'begin') continue;
    open.push({ node, word: type.word });
    if (open.length === mostLevels)
      findings.refuse(row.at('type'), 'too-deep', `設問の入れ子は${mostLevels}段までにしてください。`);
    // What is far too deep is not walked.
    if (open.length > 5 * mostLevels) break;
  }
  if (open.length <= 5 * mostLevels) for (const each of open) sayOpen(each, findings);
  if (count > mostQuestions)
    findings.refuse('survey!A1', 'too-many-questions', `設問は${mostQuestions}問までにしてください。`);
  return roots;
}
