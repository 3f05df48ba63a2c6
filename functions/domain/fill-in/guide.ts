/** The first sheet of a fill-in workbook: whose it is, and how it is filled in and given back. */

import { printInstant } from '../print-instant.ts';
import { circle } from './cells.ts';
import { notApplicableWord } from './plan.ts';
import { guideMark } from './sheet.ts';
import type { WrittenCell, WrittenSheet } from './sheet.ts';
import type { Writing } from './writing.ts';

export const guideTitle = '記入のしかた';

const rules: readonly string[] = [
  '色の付いた欄に記入してください。ほかの欄は、誤って変えないように保護してあります。',
  `選択肢は一覧から選んでください。複数選べる設問は、該当する選択肢に「${circle}」を記入します。1つも該当しない場合は「該当するものはない」に「${circle}」を記入してください。`,
  `「なし」の欄は、記入するものが1件もないという回答です。「${notApplicableWord}」と答えられる設問では、「${notApplicableWord}」と記入できます。0（ゼロ）、なし、${notApplicableWord}、空欄（未回答）は、それぞれ別の意味になります。`,
  '数や日付は、システムの画面と同じように読み取ります（例：12、１２、12人、令和6年4月1日、R6.4.1、2024年4月）。',
  '空欄のままの欄は、保存されている回答を変えません。ダウンロードしたときのまま変えていない欄も同じです。',
  '初めから記入されていた回答を消して空欄にすると、その回答は削除されます（未回答に戻ります）。一覧では、行の欄を全て空欄にすると、その行が削除されます。',
  '一覧は1行に1件です。新しい件は、空いている行に記入してください。ほかのシートの行を指す欄には、そのシートの左端の番号を記入します。',
  '数式、日付に変わった値、結合したセルは読み取れません。値を貼り付けるときは「値のみ」で貼り付けてください。',
  '課や係に分けて記入する場合は、シートを1枚ずつ別のブックにして送り、それぞれをシステムに取り込むことができます。取り込むファイルにあるシートだけを読み取ります。',
  '記入したファイルは、システムの「Excelで記入する」の画面で取り込んでください。取り込んだだけでは提出になりません。内容を確認し、画面から提出してください。',
];

export function guideSheet(writing: Writing): WrittenSheet {
  const { form, round, unit, titles } = writing;
  const cells: WrittenCell[] = [];
  let row = 0;
  const line = (label: string, text: string): void => {
    row += 1;
    cells.push({ row, column: 1, text: label, look: 'label' }, { row, column: 2, text, look: 'hint' });
  };
  row += 1;
  cells.push({ row, column: 1, text: form.title, look: 'title' });
  line('調査', round.name);
  line('回答', unit.name);
  line('提出期限', printInstant(round.dueAt));
  line('シート', [...titles.values()].join('\n'));
  row += 1;
  rules.forEach((rule, index) => line(`${guideTitle} ${index + 1}`, rule));
  if (form.help !== '') line('記入要領', form.help);
  // Told from sheets that people add.
  cells.push({ row: 1, column: 3, text: guideMark, look: 'machine' });
  return { name: guideTitle, widths: [22, 110, 0], hiddenRows: 0, frozenRows: 0, frozenColumns: 0, cells };
}
