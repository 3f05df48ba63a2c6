/** The copy of a version as a sheet, written as those that are filled in; nothing of it is open for typing. */

import { clockInJapan, dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { copyColumns, copyRows, copyTitle } from '../return-copy.ts';
import type { Copied } from '../return-copy.ts';
import { sheetNames } from '../sheet-names.ts';
import type { WrittenCell, WrittenSheet } from './sheet.ts';

/** So that a sheet alone tells what it belongs to. */
function factsOf({ round, version }: Copied): string[] {
  const at = new Date(version.submittedAt);
  const submittedAt = `${printPartialDate(dayInJapan(at))} ${clockInJapan(at).split('T')[1] ?? ''}`;
  const late = version.late ? '（期限後）' : '';
  return [
    round.name,
    `受付番号：${version.receipt}　提出日時：${submittedAt}${late}　提出者：${version.submittedBy}`,
    `控えです。ここに記入しても提出されません。ハッシュ値：${version.sha256}`,
  ];
}

const widths = [28, 8, 44, 80];

/** The rows below what the version is. */
export function copySheet(copied: Copied): WrittenSheet {
  const facts = factsOf(copied);
  const above: WrittenCell[] = [
    { row: 1, column: 1, text: copyTitle(copied), look: 'title' },
    ...facts.map((text, index): WrittenCell => ({ row: index + 2, column: 1, text, look: 'note' })),
  ];
  const head = facts.length + 2;
  const lines = [copyColumns, ...copyRows(copied)];
  const cells = lines.flatMap((line, index) =>
    line.map((text, column): WrittenCell => {
      const look = index === 0 ? 'heading' : 'label';
      return { row: head + index, column: column + 1, text, look };
    }),
  );
  const [name = ''] = sheetNames([copied.form.title]);
  return { name, widths, hiddenRows: 0, frozenRows: head, frozenColumns: 0, cells: [...above, ...cells] };
}
