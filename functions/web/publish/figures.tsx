/** The figures of a summary: tables whose bars are drawn beside their numbers. */

import { printShare } from '../../domain/report/words.ts';
import { barLength } from '../shared/bars.ts';
import { ScrollRegion } from '../shared/scroll-region.tsx';
import type { NumberFigure, OptionFigure, RankedFigure, SummaryBlock } from './summary-blocks.ts';

/** More names than these stand on a page of their own. */
const namesInPlace = 100;
const width = 200;
const height = 14;

export interface FigureContext {
  readonly nameOf: (code: string) => string;
  /** The page with the names behind an option of a question. */
  readonly namesHref: (question: string, option: string) => string;
}

interface BarPart {
  readonly class: string;
  readonly value: number;
}

function Bar({ parts, most, label }: { parts: readonly BarPart[]; most: number; label: string }) {
  let x = 0;
  return (
    <svg class="bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="bar__back" x={0} y={0} width={width} height={height} />
      {parts.map(({ class: name, value }) => {
        const length = barLength(value, most, width);
        const from = x;
        x += length;
        return length === 0 ? <></> : <rect class={name} x={from} y={0} width={length} height={height} />;
      })}
    </svg>
  );
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

function Options({ id, label, figures, ...context }: TableProps<OptionFigure> & FigureContext) {
  const base = figures[0]?.base ?? 0;
  return (
    <ScrollRegion label={`${label}の表`}>
      <table class="table--compact figures">
        <caption>回答 {base}件</caption>
        <thead>
          <tr>
            <th scope="col">選択肢</th>
            <th scope="col">割合の図</th>
            <th scope="col" class="number">
              数
            </th>
            <th scope="col" class="number">
              割合
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr>
              <th scope="row">
                {figure.label}
                <Names question={id} figure={figure} {...context} />
              </th>
              <td>
                <Bar
                  parts={[{ class: 'bar__part', value: figure.value }]}
                  most={base}
                  label={`${figure.label} ${printShare(figure.value, base)}`}
                />
              </td>
              <td class="number">
                {figure.value.toLocaleString('ja')}
                {figure.counted}
              </td>
              <td class="number">{printShare(figure.value, base)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function printNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toLocaleString('ja');
}

function Numbers({ label, figures }: Omit<TableProps<NumberFigure>, 'id'>) {
  const most = Math.max(0, ...figures.map(({ sum }) => sum ?? 0));
  const hasSpread = figures.some(({ median }) => median !== undefined);
  const isSeveral = figures.length > 1;
  return (
    <ScrollRegion label={`${label}の表`}>
      <table class="table--compact figures">
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">{isSeveral ? '合計の図' : '平均と最大の図'}</th>
            <th scope="col" class="number">
              合計
            </th>
            {hasSpread &&
              ['平均', '中央値', '最小', '最大'].map((name) => (
                <th scope="col" class="number">
                  {name}
                </th>
              ))}
            <th scope="col" class="number">
              回答数
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ label, unit, base, sum, mean, median, min, max }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>
                {isSeveral || !hasSpread ? (
                  <Bar
                    parts={[{ class: 'bar__part', value: sum ?? 0 }]}
                    most={most}
                    label={`${label} 合計 ${printNumber(sum)}${unit}`}
                  />
                ) : (
                  <Bar
                    parts={[{ class: 'bar__part', value: base === 0 ? 0 : (sum ?? 0) / base }]}
                    most={max ?? 0}
                    label={`${label} 平均 ${mean ?? '-'}${unit}、最大 ${printNumber(max)}${unit}`}
                  />
                )}
              </td>
              <td class="number">
                {printNumber(sum)}
                {unit}
              </td>
              {hasSpread && (
                <>
                  <td class="number">{mean ?? '-'}</td>
                  <td class="number">{printNumber(median)}</td>
                  <td class="number">{printNumber(min)}</td>
                  <td class="number">{printNumber(max)}</td>
                </>
              )}
              <td class="number">{base}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Ranking({ id, label, figures, ...context }: TableProps<RankedFigure> & FigureContext) {
  const [first] = figures;
  if (first === undefined) return <></>;
  const most = first.total.value;
  return (
    <ScrollRegion label={`${label}の表`}>
      <table class="table--compact figures">
        <caption>
          対象 {first.total.base}件（{first.total.label}の多い順）
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              順位
            </th>
            <th scope="col">項目</th>
            <th scope="col">
              <ul class="legend">
                {first.parts.map(({ label }, index) => (
                  <li>
                    <svg class="legend__mark" viewBox="0 0 16 16" aria-hidden="true">
                      <rect class={index === 0 ? 'bar__part' : 'bar__part-2'} width="16" height="16" />
                    </svg>
                    {label}
                  </li>
                ))}
              </ul>
            </th>
            {first.parts.map(({ label }) => (
              <th scope="col" class="number">
                {label}
              </th>
            ))}
            <th scope="col" class="number">
              計
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ rank, label, parts, total }, index) => (
            <tr>
              <td class="number">{rank}</td>
              <th scope="row">
                {label}
                {parts.map((figure) => (
                  <Names question={`${id}.${index}`} figure={figure} label={`${figure.label}：`} {...context} />
                ))}
              </th>
              <td>
                <Bar
                  parts={parts.map(({ value }, index) => ({ class: index === 0 ? 'bar__part' : 'bar__part-2', value }))}
                  most={most}
                  label={`${label} ${parts.map((part) => `${part.label} ${part.value}`).join('、')}`}
                />
              </td>
              {parts.map(({ value }) => (
                <td class="number">{value}</td>
              ))}
              <td class="number">{total.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function SummaryQuestion({ block, ...context }: { block: SummaryBlock } & FigureContext) {
  return (
    <section aria-labelledby={`f.${block.id}`}>
      <h2 id={`f.${block.id}`}>{block.label}</h2>
      {block.kind === 'options' && <Options id={block.id} label={block.label} figures={block.figures} {...context} />}
      {block.kind === 'numbers' && <Numbers label={block.label} figures={block.figures} />}
      {block.kind === 'ranking' && <Ranking id={block.id} label={block.label} figures={block.figures} {...context} />}
    </section>
  );
}
