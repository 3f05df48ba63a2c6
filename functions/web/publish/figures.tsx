/** The figures of a summary: tables whose bars are drawn beside their numbers. */

import { nobodyAnswered } from '../../domain/measures.ts';
import { printShare } from '../../domain/report/words.ts';
import { Bar } from '../shared/bar.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import type { NumberFigure, OptionFigure, RankedFigure, SummaryBlock } from './summary-blocks.ts';

/** More names than these stand on a page of their own. */
const namesInPlace = 100;

export interface FigureContext {
  readonly nameOf: (code: string) => string;
  /** The page with the names behind an option of a question. */
  readonly namesHref: (question: string, option: string) => string;
}

interface NamesProps extends FigureContext {
  readonly question: string;
  readonly figure: OptionFigure;
  readonly label?: string;
}

function Names({ question, figure, nameOf, namesHref, label = '' }: NamesProps) {
  const { units, option } = figure;
  if (units === undefined || units.length === 0) return <></>;
  if (units.length > namesInPlace) return <a href={namesHref(question, option)}>{label}名称を見る</a>;
  return (
    <details>
      <summary>{label}名称を見る</summary>
      <div>{units.map(nameOf).join('、')}</div>
    </details>
  );
}

interface TableProps<F> {
  readonly id: string;
  readonly label: string;
  readonly figures: readonly F[];
}

/** Where something is to be compared: one number beside zeros says all by itself. */
function isWorthDrawing(values: readonly number[]): boolean {
  return values.filter((value) => value > 0).length > 1;
}

function Options({ id, label, figures, ...context }: TableProps<OptionFigure> & FigureContext) {
  const base = figures[0]?.base ?? 0;
  return (
    <Table
      class="figures"
      label={`${label}の表`}
      caption={base === 0 ? nobodyAnswered : `回答 ${base}件`}
      rows={figures}
      columns={[
        {
          heading: '選択肢',
          isName: true,
          cell: (figure) => (
            <>
              {figure.label}
              <Names question={id} figure={figure} {...context} />
            </>
          ),
        },
        ...(isWorthDrawing(figures.map(({ value }) => value))
          ? [
              {
                heading: '割合の図',
                cell: ({ value, label }: OptionFigure) => (
                  <Bar
                    parts={[{ class: 'bar__part', value }]}
                    most={base}
                    label={`${label} ${printShare(value, base)}`}
                  />
                ),
              },
            ]
          : []),
        {
          heading: '数',
          isNumber: true,
          cell: ({ value, counted }) => (base === 0 ? nobodyAnswered : `${value.toLocaleString('ja')}${counted}`),
        },
        { heading: '割合', isNumber: true, cell: ({ value }) => printShare(value, base) },
      ]}
    />
  );
}

function printNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toLocaleString('ja');
}

const spread: readonly Column<NumberFigure>[] = [
  { heading: '平均', isNumber: true, cell: ({ mean }) => mean ?? '-' },
  { heading: '中央値', isNumber: true, cell: ({ median }) => printNumber(median) },
  { heading: '最小', isNumber: true, cell: ({ min }) => printNumber(min) },
  { heading: '最大', isNumber: true, cell: ({ max }) => printNumber(max) },
];

function Numbers({ label, figures }: Omit<TableProps<NumberFigure>, 'id'>) {
  const most = Math.max(0, ...figures.map(({ sum }) => sum ?? 0));
  const hasSpread = figures.some(({ median }) => median !== undefined);
  const hasSum = figures.some(({ sum }) => sum !== null);
  return (
    <Table
      class="figures"
      label={`${label}の表`}
      rows={figures}
      columns={[
        { heading: '項目', isName: true, cell: ({ label }) => label },
        ...(isWorthDrawing(figures.map(({ sum }) => sum ?? 0))
          ? [
              {
                heading: '合計の図',
                cell: ({ label, unit, sum }: NumberFigure) => (
                  <Bar
                    parts={[{ class: 'bar__part', value: sum ?? 0 }]}
                    most={most}
                    label={`${label} 合計 ${printNumber(sum)}${unit}`}
                  />
                ),
              },
            ]
          : []),
        ...(hasSum
          ? [
              {
                heading: '合計',
                isNumber: true,
                cell: ({ sum, unit, base }: NumberFigure) =>
                  base === 0 ? nobodyAnswered : `${printNumber(sum)}${sum === null ? '' : unit}`,
              },
            ]
          : [{ heading: '単位', cell: ({ unit }: NumberFigure) => unit }]),
        ...(hasSpread ? spread : []),
        { heading: '回答数', isNumber: true, cell: ({ base }) => base },
      ]}
    />
  );
}

function partClass(index: number): string {
  return index === 0 ? 'bar__part' : 'bar__part-2';
}

function Ranking({ label, figures, ...context }: TableProps<RankedFigure> & FigureContext) {
  const [first] = figures;
  if (first === undefined) return <></>;
  const most = first.total.value;
  const { base } = first.total;
  return (
    <Table
      class="figures"
      label={`${label}の表`}
      caption={base === 0 ? nobodyAnswered : `対象 ${base}件（${first.total.label}の多い順）`}
      rows={figures}
      columns={[
        { heading: '順位', isNumber: true, cell: ({ rank }) => rank },
        {
          heading: '項目',
          isName: true,
          cell: ({ label, question, parts }) => (
            <>
              {label}
              {parts.map((figure) => (
                <Names question={question} figure={figure} label={`${figure.label}：`} {...context} />
              ))}
            </>
          ),
        },
        {
          heading: (
            <ul class="legend">
              {first.parts.map(({ label }, index) => (
                <li>
                  <svg class="legend__mark" viewBox="0 0 16 16" aria-hidden="true">
                    <rect class={partClass(index)} width="16" height="16" />
                  </svg>
                  {label}
                </li>
              ))}
            </ul>
          ),
          cell: ({ label, parts }) => (
            <Bar
              parts={parts.map(({ value }, index) => ({ class: partClass(index), value }))}
              most={most}
              label={`${label} ${parts.map((part) => `${part.label} ${part.value}`).join('、')}`}
            />
          ),
        },
        ...first.parts.map(({ label }, index): Column<RankedFigure> => ({
          heading: label,
          isNumber: true,
          cell: ({ parts }) => (base === 0 ? nobodyAnswered : parts[index]?.value),
        })),
        { heading: '計', isNumber: true, cell: ({ total }) => (base === 0 ? nobodyAnswered : total.value) },
      ]}
    />
  );
}

function Crossed({ label, unit, columns, figures }: Extract<SummaryBlock, { readonly kind: 'crossed' }>) {
  return (
    <Table
      class="figures"
      label={`${label}の表`}
      caption={`合計（${unit}）`}
      rows={figures}
      columns={[
        { heading: '項目', isName: true, cell: ({ label }) => label },
        ...columns.map((heading, index): Column<(typeof figures)[number]> => ({
          heading,
          isNumber: true,
          cell: ({ sums }) => printNumber(sums[index]),
        })),
      ]}
    />
  );
}

export function SummaryQuestion({ block, ...context }: { block: SummaryBlock } & FigureContext) {
  return (
    <section aria-labelledby={`f.${block.id}`}>
      <h2 id={`f.${block.id}`}>{block.label}</h2>
      {block.kind === 'options' && <Options id={block.id} label={block.label} figures={block.figures} {...context} />}
      {block.kind === 'numbers' && <Numbers label={block.label} figures={block.figures} />}
      {block.kind === 'crossed' && <Crossed {...block} />}
      {block.kind === 'ranking' && <Ranking id={block.id} label={block.label} figures={block.figures} {...context} />}
    </section>
  );
}
