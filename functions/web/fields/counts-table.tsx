/** Counts in rows and columns, with totals both ways, which are computed. */

import type { Options } from '../../../schemas/kinds/question.ts';
import { printAnswer } from '../../domain/print-answer.ts';
import { ScrollRegion } from '../shared/table.tsx';
import { Grouped, errorsAt, readAs, sentBackReason } from './about.tsx';
import { errorId, hasError, shown } from './context.ts';
import type { KindProps } from './context.ts';
import type { ReadBy } from './readers.ts';
import { PasteHint } from './paste-hint.tsx';
import { rowsOf, confirmationBox, totalOf } from './table-row.tsx';
import type { TableRow } from './table-row.tsx';

interface CountsTableProps {
  readonly props: KindProps<'counts'>;
  readonly columns: Options;
}

interface Cell extends TableRow {
  readonly row: TableRow;
}

/** Read by the script: what a count is a part of, each total by its name. */
function partsOf({ row, item }: Cell, table: string): string {
  return [table, row.path, `${table}.${item.key}`].join(' ');
}

function CountCell({ cell, table, unit }: { readonly cell: Cell; readonly table: string; readonly unit: string }) {
  const { context, path, row, label, item, previous } = cell;
  const isWrong = hasError(context, path);
  const reads = JSON.stringify({ kind: 'count', unit } satisfies ReadBy);
  return (
    <td data-question={path} data-label={label}>
      <input
        class="input input--count"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        id={path}
        name={path}
        value={shown(context, path)}
        data-part={partsOf(cell, table)}
        data-reads={reads}
        aria-label={`${row.label}：${label}`}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? errorId(path) : undefined}
      />
      {previous !== undefined && (
        <span class="task-list__hint">前回：{printAnswer(item, previous, context.names)}</span>
      )}
      {errorsAt(cell)}
      {readAs(cell)}
      {sentBackReason(cell)}
      {confirmationBox(cell)}
    </td>
  );
}

function Sum({ of, cells, unit }: { readonly of: string; readonly cells: readonly Cell[]; readonly unit: string }) {
  return (
    <output class="total" data-total-of={of} data-unit={unit} aria-live="polite">
      {totalOf(cells, unit)}
    </output>
  );
}

export function CountsTable({ props, columns }: CountsTableProps) {
  const { path, definition } = props;
  const { unit } = definition;
  const rows = rowsOf(props).map((row) => ({ row, cells: rowsOf(row).map((cell): Cell => ({ ...cell, row })) }));
  const cells = rows.flatMap((each) => each.cells);
  return (
    <Grouped props={props}>
      <PasteHint />
      <ScrollRegion label={`${definition.label}の表`}>
        <table class="matrix matrix--crossed">
          <thead>
            <tr>
              <th scope="col">項目（{unit}）</th>
              {Object.values(columns).map((column) => (
                <th scope="col">{column}</th>
              ))}
              <th scope="col">計</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells: inRow }) => (
              <tr>
                <th scope="row">
                  {row.label}
                  {errorsAt(row)}
                  {sentBackReason(row)}
                </th>
                {inRow.map((cell) => (
                  <CountCell cell={cell} table={path} unit={unit} />
                ))}
                <td data-label="計">
                  <Sum of={row.path} cells={inRow} unit={unit} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">計</th>
              {Object.entries(columns).map(([key, column]) => (
                <td data-label={column}>
                  <Sum of={`${path}.${key}`} cells={cells.filter(({ item }) => item.key === key)} unit={unit} />
                </td>
              ))}
              <td data-label="計">
                <Sum of={path} cells={cells} unit={unit} />
              </td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </Grouped>
  );
}
