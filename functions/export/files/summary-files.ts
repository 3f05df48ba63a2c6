/** `summary.json` and `summary.csv`: the tally as figures. */

import { namesOfUnits } from '../../../schemas/directory.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Audience } from '../../domain/summary.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';
import { writeTable } from './table-files.ts';
import { emptyCell, textField } from './table-schema.ts';
import type { FieldSchema, TableSchema } from './table-schema.ts';

interface SummaryColumn {
  /** Absent for both. */
  readonly only?: Audience;
  readonly field: FieldSchema;
  readonly cell: (row: SummaryRow) => string;
}

const missingValues = [emptyCell];

/** A base is how many answered. */
export const baseUnit = '件（回答の数）';

const columns: readonly SummaryColumn[] = [
  { field: textField('form', '調査票'), cell: ({ form }) => form },
  { field: textField('question', '設問の識別子'), cell: ({ question }) => question },
  { field: textField('label', '項目名'), cell: ({ label }) => label },
  { field: textField('option', '選択肢の符号'), cell: ({ option = '' }) => option },
  { field: textField('optionLabel', '選択肢'), cell: ({ optionLabel = '' }) => optionLabel },
  { field: textField('measure', '集計の種類'), cell: ({ measure }) => measure },
  {
    field: { name: 'value', title: '値', type: 'number', unit: '各行のunit', missingValues },
    cell: ({ value }) => (value === null ? '' : String(value)),
  },
  { field: textField('shown', '表示する値'), cell: ({ shown = '' }) => shown },
  {
    field: { name: 'base', title: '母数', type: 'integer', unit: baseUnit, missingValues },
    cell: ({ base }) => String(base),
  },
  { field: textField('unit', '単位'), cell: ({ unit }) => unit },
  { field: textField('kinds', '市町村の種別'), cell: ({ kinds = '' }) => kinds },
  {
    field: {
      ...textField('asOf', '集計した時点（履歴の番号）'),
      description:
        '合計のみを公表する項目について、値を集計した時点。この版の時点より前のものは、前の版と異なる回答が３団体に満たないため、前の版の値のまま記載したもの。他の項目では空。',
    },
    only: 'public',
    cell: ({ asOf }) => (asOf === undefined ? '' : String(asOf.seq)),
  },
  { field: textField('number', '設問の番号'), cell: ({ number = '' }) => number },
  {
    field: {
      ...textField('class', '分類の識別子'),
      description:
        '分類別の値の場合。空の行は、全ての回答単位についての値。どの回答単位がどの値かは directory.classes.csv にある。',
    },
    cell: ({ class: by = '' }) => by,
  },
  {
    field: {
      ...textField('classValue', '分類の値'),
      description: '分類の値がない、又は複数にまたがる回答単位では空。',
    },
    cell: ({ classValue = '' }) => classValue,
  },
];

/** One row per line; a row names every unit that it counts, so that the whole text may be long. */
export async function summaryJson({ folder, summary }: DocumentContext): Promise<WrittenFile> {
  const { rows, byClass, ...head } = summary;
  const output = await folder.create('summary.json');
  output.append(JSON.stringify(head).slice(0, -1));
  for (const [name, listed] of Object.entries({ rows, byClass })) {
    if (listed === undefined) continue;
    output.append(`,${JSON.stringify(name)}:[`);
    for (const [index, row] of listed.entries()) {
      output.append(`${index === 0 ? '' : ','}\n${JSON.stringify(row)}`);
      await output.drain();
    }
    output.append('\n]');
  }
  output.append('}\n');
  return output.close(1);
}

export function summaryCsv({ folder, summary, audience }: DocumentContext): Promise<WrittenFile> {
  const written = columns.filter(({ only = audience }) => only === audience);
  const schema: TableSchema = { name: 'summary', title: '集計', fields: written.map(({ field }) => field) };
  const rows = [...summary.rows, ...(summary.byClass ?? [])].map((row) => written.map(({ cell }) => cell(row)));
  return writeTable(folder, schema, rows);
}

const unitsSchema: TableSchema = {
  name: 'summary.units',
  title: '集計に含まれる回答単位',
  fields: [
    textField('form', '調査票'),
    textField('question', '設問の識別子'),
    textField('option', '選択肢の符号'),
    textField('measure', '集計の種類'),
    textField('unit', '該当する回答単位のコード'),
    textField('unitName', '該当する回答単位の名称'),
  ],
  isInternal: true,
};

/** `summary.units.csv`: who is behind each figure, one unit a row. Internal only. */
export async function summaryUnits({
  folder,
  summary,
  directory,
  audience,
}: DocumentContext): Promise<WrittenFile | undefined> {
  if (audience === 'public') return undefined;
  const names = namesOfUnits(directory);
  function* rows(): Generator<string[]> {
    for (const { form, question, option = '', measure, units = [] } of summary.rows)
      for (const unit of units) yield [form, question, option, measure, unit, names.get(unit) ?? ''];
  }
  return writeTable(folder, unitsSchema, rows());
}
