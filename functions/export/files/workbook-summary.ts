/** The tally as a sheet: numbers as numbers, so that they can be added up and charted. */

import { measureNames } from '../../domain/measures.ts';
import type { DocumentContext } from './formats.ts';
import type { SheetContent } from '../../platform/workbook/write-workbook.ts';

const header = [
  '調査票',
  '項目名',
  '選択肢',
  '集計の種類',
  '値',
  '表示する値',
  '母数',
  '単位',
  '市町村の種別',
  '設問の識別子',
  '選択肢の符号',
];

export function summarySheet({ forms, summary }: DocumentContext): SheetContent {
  const titles = new Map(forms.map(({ form }) => [form.id, form.title]));
  const rows = summary.rows.map(
    ({ form, question, label, option, optionLabel, measure, value, shown, base, unit, kinds }) => [
      titles.get(form) ?? form,
      label,
      optionLabel,
      measureNames[measure],
      value ?? undefined,
      shown,
      base,
      unit,
      kinds,
      question,
      option,
    ],
  );
  return { name: '集計', header, rows };
}
