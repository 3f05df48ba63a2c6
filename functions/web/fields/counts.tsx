/** Counts that make up a total, which is computed; beside it the number that it should equal. */

import { isObject } from '../../../schemas/values/json.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { printAnswer } from '../../domain/print-answer.ts';
import { Grouped, errorsAt, readAs, sentBackReason } from './about.tsx';
import { errorId, hasError, shown } from './context.ts';
import type { KindProps } from './context.ts';
import type { ReadBy } from './readers.ts';
import { CountsTable } from './counts-table.tsx';
import { PasteHint } from './paste-hint.tsx';
import { rowsOf, confirmationBox, totalOf } from './table-row.tsx';

/** The number just before, in the same unit: what the total should be. */
function totalBefore({ before, definition }: KindProps<'counts'>): KindProps<'counts'>['before'] {
  const figures = before?.item.kind.figures;
  const isCounted = figures?.of === 'numbers' && figures.places === 0;
  return isCounted && figures.unit === definition.unit ? before : undefined;
}

export function CountsField(props: KindProps<'counts'>) {
  return props.definition.columns === undefined ? (
    <OneWay {...props} />
  ) : (
    <CountsTable props={props} columns={props.definition.columns} />
  );
}

function OneWay(props: KindProps<'counts'>) {
  const { item, path, context } = props;
  const { unit } = props.definition;
  const reads = JSON.stringify({ kind: 'count', unit } satisfies ReadBy);
  const rows = rowsOf(props);
  const beside = totalBefore(props);
  const hasPrevious = isObject(props.previous);
  return (
    <Grouped props={props}>
      <PasteHint />
      <table class="matrix matrix--counts">
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">数（{unit}）</th>
            {hasPrevious && <th scope="col">前回</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { path: name, label, item, previous } = row;
            const isWrong = hasError(context, name);
            return (
              <tr data-question={name}>
                <th scope="row">
                  <label for={name}>{label}</label>
                  {errorsAt(row)}
                  {readAs(row)}
                  {sentBackReason(row)}
                </th>
                <td>
                  <input
                    class="input input--count"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    id={name}
                    name={name}
                    value={shown(context, name)}
                    data-part={path}
                    data-reads={reads}
                    aria-invalid={isWrong ? 'true' : undefined}
                    aria-describedby={isWrong ? errorId(name) : undefined}
                  />
                  {confirmationBox(row)}
                </td>
                {hasPrevious && (
                  <td class="number">{previous === undefined ? '' : printAnswer(item, previous, context.names)}</td>
                )}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{numberedLabel(item.definition)}の計</th>
            <td colspan={hasPrevious ? 2 : 1}>
              <output class="total" data-total-of={path} data-unit={unit} data-beside={beside?.path} aria-live="polite">
                {totalOf(rows, unit)}
              </output>
              {beside !== undefined && (
                <span class="total__beside">
                  {numberedLabel(beside.item.definition)}：
                  <span data-shows={beside.path}>{shown(context, beside.path) || '未記入'}</span>
                  {shown(context, beside.path) === '' ? '' : unit}
                </span>
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </Grouped>
  );
}
