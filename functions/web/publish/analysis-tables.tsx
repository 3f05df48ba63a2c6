/** The tables of an analysis: on the page with a bar beside each number that is compared, and as CSV for Excel. */

import { excelText } from '../../domain/spreadsheet.ts';
import type { FigureCell, FigureColumn, FigureRow, FigureTable } from '../../domain/analysis/tables.ts';
import { byteOrderMark, csvText } from '../../platform/csv-text.ts';
import { Bar } from '../shared/bar.tsx';
import { Pager, pageOfList } from '../shared/pager.tsx';
import { Table } from '../shared/table.tsx';
import { LineChart } from './line-chart.tsx';

/** More columns than these are left to the CSV. */
const mostColumns = 30;

function numberAt({ cells }: FigureRow, index: number): number | null {
  const cell = cells[index];
  return typeof cell === 'number' ? cell : null;
}

/** By column the greatest number that its bars are drawn to; none where there is nothing to compare. */
function scalesOf({ columns, rows }: FigureTable): (number | undefined)[] {
  const drawn = rows.filter(({ isTotal }) => isTotal !== true);
  const of = (index: number): number[] => drawn.flatMap((row) => numberAt(row, index) ?? []);
  const shared = columns.flatMap(({ bars }, index) => (bars === 'shared' ? of(index) : []));
  return columns.map(({ bars }, index) => {
    const values = bars === 'shared' ? shared : of(index);
    return bars === undefined || values.filter((value) => value > 0).length < 2 ? undefined : Math.max(...values);
  });
}

function printed(cell: FigureCell | undefined, { decimals = 0, isSigned }: FigureColumn): string {
  if (cell === null || cell === undefined) return '-';
  if (typeof cell === 'string') return cell;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  if (isSigned === undefined) return cell.toLocaleString('ja', digits);
  return cell === 0 ? '±0' : cell.toLocaleString('ja', { ...digits, signDisplay: 'always' });
}

/** Rows of a page: a table by unit may have thousands. */
const rowsPerPage = 200;

interface FigureProps {
  readonly table: FigureTable;
  readonly csvHref: string;
  /** Which page of its rows is shown. */
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

export function Figure({ table, csvHref, page: wanted, hrefOf }: FigureProps) {
  const { title, notes, columns, rows, line } = table;
  const scales = scalesOf(table);
  // A column of remarks of which there are none is left out; of many columns the last is the total of the row.
  const said = columns.flatMap((column, index) =>
    column.decimals !== undefined || rows.some(({ cells }) => cells[index] !== '') ? [{ column, index }] : [],
  );
  const isCut = said.length > mostColumns;
  const shown = isCut ? [...said.slice(0, mostColumns - 1), ...said.slice(-1)] : said;
  const name = columns[0]?.label ?? '';
  const { shown: lines, page, pages } = pageOfList(rows, wanted, rowsPerPage);
  return (
    <section>
      <h2>{title}</h2>
      {notes.map((note) => (
        <p class="hint">{note}</p>
      ))}
      {isCut && (
        <p class="hint">
          列が多いため、{said.length}列のうち{shown.length}列だけを示しています。全ての列はCSVにあります。
        </p>
      )}
      {line !== undefined && (
        <LineChart
          title={title}
          points={rows.map((row) => ({ name: String(row.cells[0] ?? ''), value: numberAt(row, line) }))}
        />
      )}
      {rows.length === 0 ? (
        <p>該当はありません。</p>
      ) : (
        <>
          <Table
            class="analysis"
            label={`${title}の表`}
            rows={lines}
            rowClass={({ isTotal }) => (isTotal === true ? 'total' : undefined)}
            columns={shown.map(({ column, index }) => ({
              heading: column.label,
              isNumber: column.decimals !== undefined,
              isName: index === 0,
              cell: (row: FigureRow) => {
                const [most, value] = [scales[index], numberAt(row, index)];
                return (
                  <>
                    {printed(row.cells[index], column)}
                    {most !== undefined && value !== null && row.isTotal !== true && (
                      <Bar class="bar--below" parts={[{ class: 'bar__part', value }]} most={most} />
                    )}
                  </>
                );
              },
            }))}
          />
          <Pager page={page} pages={pages} label={`${title}のページ`} hrefOf={hrefOf} />
          <p class="no-print">
            <a href={csvHref} download>
              この表をCSVで保存（Excel用）<span class="visually-hidden">：{name}</span>
            </a>
          </p>
        </>
      )}
    </section>
  );
}

/** UTF-8 with BOM; numbers bare, so that Excel counts with them, and no text that it would run as a formula. */
export function figureCsv({ columns, rows }: FigureTable): string {
  const cell = (value: FigureCell, index: number): string => {
    if (value === null) return '';
    return typeof value === 'number' ? value.toFixed(columns[index]?.decimals ?? 0) : excelText(value);
  };
  return (
    byteOrderMark + csvText([columns.map(({ label }) => excelText(label)), ...rows.map(({ cells }) => cells.map(cell))])
  );
}
