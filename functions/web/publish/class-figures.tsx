/** The figures of a summary beside each other by the values of a class (分類別): the whole first. */

import { isOfMunicipalities } from '../../../schemas/directory.ts';
import type { SummaryRow } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { unclassified } from '../../../schemas/unit-classes.ts';
import { nobodyAnswered } from '../../domain/measures.ts';
import { printShare } from '../../domain/report/words.ts';
import type { SummaryOfClass } from '../../service/summary.ts';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import { namedFigures, sectionBlocks } from './summary-blocks.ts';
import type { NumberFigure, RankedFigure, SummaryBlock } from './summary-blocks.ts';

interface Part<T> {
  readonly label: string;
  readonly of: T;
}

/** The whole, then each value in its order, those that have none last. */
function partsOf<T>(
  whole: readonly SummaryRow[],
  { by, rows }: SummaryOfClass,
  make: (rows: readonly SummaryRow[]) => T,
): Part<T>[] {
  const groups = Map.groupBy(rows, ({ classValue }) => classValue);
  const others = groups.get(undefined);
  return [
    { label: '全体', of: make(whole) },
    ...by.values.map((value) => ({ label: value, of: make(groups.get(value) ?? []) })),
    ...(others === undefined ? [] : [{ label: unclassified, of: make(others) }]),
  ];
}

interface NamedProps extends SummaryOfClass {
  readonly form: Form;
  readonly whole: readonly SummaryRow[];
}

export function NamedByClass({ form, whole, ...ofClass }: NamedProps) {
  const parts = partsOf(whole, ofClass, (rows) => namedFigures(form, rows));
  const figures = parts[0]?.of ?? [];
  if (figures.length === 0) return <></>;
  return (
    <Table
      label={`${form.title}：主な数の${ofClass.by.label}別の表`}
      caption={`主な数（${ofClass.by.label}別）`}
      rows={figures}
      columns={[
        { heading: '項目', isName: true, cell: ({ label }) => label },
        ...parts.map(({ label: heading, of }): Column<(typeof figures)[number]> => ({
          heading,
          isNumber: true,
          cell: ({ key }) => of.find((each) => each.key === key)?.value ?? '-',
        })),
      ]}
    />
  );
}

function printNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toLocaleString('ja');
}

/** The block of the same question among those of other units. */
function blockOf<K extends SummaryBlock['kind']>(
  blocks: readonly SummaryBlock[],
  kind: K,
  id: string,
): Extract<SummaryBlock, { readonly kind: K }> | undefined {
  return blocks.find(
    (each): each is Extract<SummaryBlock, { readonly kind: K }> => each.kind === kind && each.id === id,
  );
}

interface BlockProps<K extends SummaryBlock['kind']> {
  readonly label: string;
  readonly parts: readonly Part<Extract<SummaryBlock, { readonly kind: K }> | undefined>[];
}

function Options({ label, parts }: BlockProps<'options'>) {
  const figures = parts[0]?.of?.figures ?? [];
  return (
    <Table
      label={label}
      rows={figures}
      columns={[
        { heading: '選択肢', isName: true, cell: (figure) => figure.label },
        ...parts.map(({ label: heading, of }): Column<(typeof figures)[number]> => {
          const base = of?.figures[0]?.base ?? 0;
          return {
            heading: `${heading}（回答${base}件）`,
            isNumber: true,
            cell: ({ option }) => {
              const value = of?.figures.find((each) => each.option === option)?.value ?? 0;
              return base === 0 ? nobodyAnswered : `${value.toLocaleString('ja')}（${printShare(value, base)}）`;
            },
          };
        }),
      ]}
    />
  );
}

function Numbers({ label, parts }: BlockProps<'numbers'>) {
  const rows = (parts[0]?.of?.figures ?? []).flatMap((figure) =>
    parts.map((part) => ({
      item: `${figure.label}${figure.unit === '' ? '' : `（${figure.unit}）`}`,
      of: part.label,
      figure: part.of?.figures.find(({ key }) => key === figure.key),
    })),
  );
  const column = (heading: string, print: (figure: NumberFigure) => string): Column<(typeof rows)[number]> => ({
    heading,
    isNumber: true,
    cell: ({ figure }) => (figure === undefined ? '-' : print(figure)),
  });
  return (
    <Table
      label={label}
      rows={rows}
      columns={[
        { heading: '項目', cell: ({ item }) => item },
        { heading: '分類', isName: true, cell: ({ of }) => of },
        column('回答', ({ base }) => `${base.toLocaleString('ja')}件`),
        column('合計', ({ sum, base }) => (base === 0 ? nobodyAnswered : printNumber(sum))),
        column('平均', ({ mean }) => mean ?? '-'),
        column('中央値', ({ median }) => printNumber(median)),
        column('最小', ({ min }) => printNumber(min)),
        column('最大', ({ max }) => printNumber(max)),
      ]}
    />
  );
}

interface RowsProps<Row> {
  readonly label: string;
  readonly parts: readonly Part<readonly Row[] | undefined>[];
  readonly print: (row: Row | undefined) => string;
}

/** A row for each line of a block, with one number of it for each value of the class. */
function Rows<Row extends { readonly key: string; readonly label: string }>({ label, parts, print }: RowsProps<Row>) {
  return (
    <Table
      label={label}
      rows={parts[0]?.of ?? []}
      columns={[
        { heading: '項目', isName: true, cell: (row) => row.label },
        ...parts.map(({ label: heading, of = [] }): Column<Row> => ({
          heading,
          isNumber: true,
          cell: (row) => print(of.find(({ key }) => key === row.key)),
        })),
      ]}
    />
  );
}

function printTotal(row: RankedFigure | undefined): string {
  return row === undefined || row.total.base === 0 ? nobodyAnswered : printNumber(row.total.value);
}

function Block({ block, parts, name }: { block: SummaryBlock; parts: readonly Part<SummaryBlock[]>[]; name: string }) {
  const { id } = block;
  const label = `${block.label}の${name}別の表`;
  switch (block.kind) {
    case 'options':
      return <Options label={label} parts={parts.map((part) => ({ ...part, of: blockOf(part.of, 'options', id) }))} />;
    case 'numbers':
      return <Numbers label={label} parts={parts.map((part) => ({ ...part, of: blockOf(part.of, 'numbers', id) }))} />;
    case 'ranking':
      return (
        <Rows
          label={label}
          parts={parts.map((part) => ({ ...part, of: blockOf(part.of, 'ranking', id)?.figures }))}
          print={printTotal}
        />
      );
    case 'crossed':
      // Of a table in two ways the totals of its rows.
      return (
        <Rows
          label={label}
          parts={parts.map((part) => ({ ...part, of: blockOf(part.of, 'crossed', id)?.figures }))}
          print={(row) => printNumber(row?.sums.at(-1))}
        />
      );
  }
}

interface SectionProps extends SummaryOfClass {
  readonly form: Form;
  readonly section: Item;
  /** Of the whole. */
  readonly blocks: readonly SummaryBlock[];
  readonly whole: readonly SummaryRow[];
}

export function SectionByClass({ form, section, blocks, whole, ...ofClass }: SectionProps) {
  const parts = partsOf(whole, ofClass, (rows) => sectionBlocks(form, section, rows));
  return (
    <>
      {!isOfMunicipalities(form.units) && (
        <p class="hint">
          分類が入力されていない協議会などは、その市町村の分類が全て同じときその分類に数え、分かれるときは「
          {unclassified}
          」に数えます。
        </p>
      )}
      {blocks.map((block) => (
        <section aria-labelledby={`f.${block.id}`}>
          <h2 id={`f.${block.id}`}>{block.label}</h2>
          <Block block={block} parts={parts} name={ofClass.by.label} />
        </section>
      ))}
    </>
  );
}
