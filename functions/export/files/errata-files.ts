/**
 * The list of corrections (正誤表): what is published otherwise than in the edition before, the figures in `errata.csv` and
 * the cells of the tables in `errata.returns.csv`.
 */

import { correctionLabels, errataTitles } from '../../domain/errata.ts';
import type { FigureCorrection } from '../../domain/errata.ts';
import type { TableCorrection } from './table-corrections.ts';
import type { WrittenFile } from './formats.ts';
import { baseUnit } from './summary-files.ts';
import { writeTable } from './table-files.ts';
import { emptyCell, textField } from './table-schema.ts';
import type { FieldSchema } from './table-schema.ts';
import type { TablesFolder } from './work-folder.ts';

export const errataPaths = { figures: 'errata.csv', returns: 'errata.returns.csv' } as const;

interface ErrataColumn<Row> {
  readonly field: FieldSchema;
  readonly cell: (row: Row) => string | number | null | undefined;
}

const change: FieldSchema = {
  ...textField('change', '区分'),
  categories: Object.entries(correctionLabels).map(([value, label]) => ({ value, label })),
  constraints: { required: true },
};

const missingValues = [emptyCell];

/** A figure, whose unit is another one on every row. */
const figure = (name: string, title: string): FieldSchema => ({
  name,
  title,
  type: 'number',
  unit: '各行のmeasureUnit',
  missingValues,
});
const base = (name: string, title: string): FieldSchema => ({
  name,
  title,
  type: 'integer',
  unit: baseUnit,
  missingValues,
});

const figureColumns: readonly ErrataColumn<FigureCorrection>[] = [
  { field: change, cell: ({ change }) => change },
  { field: textField('form', '調査票'), cell: ({ form }) => form },
  { field: textField('question', '設問の識別子'), cell: ({ question }) => question },
  { field: textField('label', '項目名'), cell: ({ label }) => label },
  { field: textField('option', '選択肢の符号'), cell: ({ option }) => option },
  { field: textField('optionLabel', '選択肢'), cell: ({ optionLabel }) => optionLabel },
  { field: textField('measure', '集計の種類'), cell: ({ measure }) => measure },
  { field: figure('before', '誤'), cell: ({ before }) => before?.value },
  { field: figure('after', '正'), cell: ({ after }) => after?.value },
  { field: textField('measureUnit', '単位'), cell: ({ measureUnit }) => measureUnit },
  { field: base('baseBefore', '母数（誤）'), cell: ({ before }) => before?.base },
  { field: base('baseAfter', '母数（正）'), cell: ({ after }) => after?.base },
  { field: textField('kindsBefore', '市町村の種別（誤）'), cell: ({ before }) => before?.kinds },
  { field: textField('kindsAfter', '市町村の種別（正）'), cell: ({ after }) => after?.kinds },
  { field: textField('class', '分類の識別子'), cell: ({ class: by }) => by },
  { field: textField('classValue', '分類の値'), cell: ({ classValue }) => classValue },
];

const published = '表（table）の列（column）にあるとおりの値。型、単位及び選択肢はその版の符号表による。';

const unitNames = '名称の変更は、名簿（directory.csv）の行に1回だけ記載し、名称を再掲する他の表については記載しない。';

/** @param depth of lists in lists: how many ids name a row */
function returnColumns(depth: number): readonly ErrataColumn<TableCorrection>[] {
  const entries = Array.from({ length: depth }, (_, index): ErrataColumn<TableCorrection> => {
    const title = depth === 1 ? '行の識別子' : `行の識別子（${index + 1}段目）`;
    const description =
      '一覧（繰り返し）の行の識別子。識別子のない行は並び順。構成市町村（directory.members.csv）の行ではその団体コード。回答及び回答単位の行では空。';
    return { field: { ...textField(`entry${index + 1}`, title), description }, cell: ({ entries }) => entries[index] };
  });
  return [
    { field: change, cell: ({ change }) => change },
    {
      field: {
        ...textField('form', '調査票'),
        description: '調査票の識別子。名簿（directory.csv及びdirectory.members.csv）の行ではdirectory。',
      },
      cell: ({ form }) => form,
    },
    { field: textField('table', '表のファイル'), cell: ({ table }) => table },
    { field: textField('unit', '回答単位のコード'), cell: ({ unit }) => unit },
    { field: { ...textField('unitName', '回答単位の名称'), description: unitNames }, cell: ({ unitName }) => unitName },
    ...entries,
    { field: textField('entryName', '行の名称'), cell: ({ entryName }) => entryName },
    {
      field: { ...textField('column', '列'), description: '追加し、又は削除した回答、回答単位及び行では空。' },
      cell: ({ cell }) => cell?.column,
    },
    { field: textField('label', '項目名'), cell: ({ cell }) => cell?.label },
    { field: { ...textField('before', '誤'), description: published }, cell: ({ cell }) => cell?.before },
    { field: { ...textField('after', '正'), description: published }, cell: ({ cell }) => cell?.after },
    { field: textField('valueUnit', '単位'), cell: ({ cell }) => cell?.unit },
  ];
}

async function* rowsOf<Row>(
  columns: readonly ErrataColumn<Row>[],
  corrections: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string[]> {
  for await (const row of corrections) yield columns.map(({ cell }) => String(cell(row) ?? ''));
}

export interface Errata {
  readonly figures: readonly FigureCorrection[];
  readonly cells: AsyncIterable<TableCorrection>;
  readonly depth: number;
}

export async function errataFiles(folder: TablesFolder, { figures, cells, depth }: Errata): Promise<WrittenFile[]> {
  const write = <Row>(
    name: string,
    title: string,
    columns: readonly ErrataColumn<Row>[],
    corrections: Iterable<Row> | AsyncIterable<Row>,
  ): Promise<WrittenFile> =>
    writeTable(folder, { name, title, fields: columns.map(({ field }) => field) }, rowsOf(columns, corrections));
  return [
    await write('errata', errataTitles.figures, figureColumns, figures),
    await write('errata.returns', errataTitles.returns, returnColumns(depth), cells),
  ];
}
