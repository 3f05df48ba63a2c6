/** Questions that are tables: one option per row, and counts that make up a total. */

import { isObject } from '../../../schemas/json.ts';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item } from '../../../schemas/form.ts';
import { printCount, readCount } from '../../../schemas/values/count.ts';
import { labelOf } from '../../domain/labels.ts';
import { confirmedMark, firstOf, isMarked, takenMark } from './posted.ts';
import { printAnswer } from '../../domain/print-answer.ts';
import { Grouped, errorsAt, readAs, sentBackReason } from './about.tsx';
import { errorId, hasError, shown } from './context.ts';
import type { FieldContext, FieldProps } from './context.ts';

function takenBox(context: FieldContext, path: string): JSX.Element | undefined {
  const taken = firstOf(context.post, takenMark(path));
  if (taken === undefined) return undefined;
  return (
    <span class="taken-row">
      <input type="hidden" name={takenMark(path)} value={taken} />
      <label>
        <input
          type="checkbox"
          name={confirmedMark(path)}
          value="1"
          checked={isMarked(context.post, confirmedMark(path))}
        />
        転記を確認
      </label>
    </span>
  );
}

function previousOf(props: FieldProps, { key }: Item): FieldProps['previous'] {
  return isObject(props.previous) ? props.previous[key] : undefined;
}

export function MatrixField(props: FieldProps): JSX.Element {
  const { item, path, context } = props;
  const [first] = item.children;
  if (first?.definition.kind !== 'choice') return <></>;
  const options = [...Object.entries(first.definition.options), ['', '未回答'] satisfies [string, string]];
  return (
    <Grouped props={props}>
      <table class="matrix matrix--radios">
        <thead>
          <tr>
            <th scope="col">項目</th>
            {options.map(([, label]) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {item.children.map((row) => {
            const name = `${path}.${row.key}`;
            const chosen = shown(context, name);
            const label = labelOf(row.definition.label, context.round);
            const previous = previousOf(props, row);
            return (
              <tr data-question={name}>
                <th scope="row">
                  {label}
                  {previous !== undefined && (
                    <span class="task-list__hint">前回：{printAnswer(row, previous, context.names)}</span>
                  )}
                  {errorsAt({ context, path: name })}
                  {sentBackReason({
                    ...props,
                    item: row,
                    path: name,
                    submitted: isObject(props.submitted) ? props.submitted[row.key] : undefined,
                  })}
                  {takenBox(context, name)}
                </th>
                {options.map(([value, option], index) => (
                  <td>
                    <label class="matrix__cell">
                      <input
                        type="radio"
                        id={index === 0 ? name : undefined}
                        name={name}
                        value={value}
                        checked={value === chosen}
                        aria-label={`${label}：${option}`}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Grouped>
  );
}

/** The sum of what can be read; 0 while nothing can. */
function totalOf(context: FieldContext, path: string, rows: readonly Item[]): number {
  return rows.reduce((sum, { key, definition }) => {
    const unit = definition.kind === 'count' ? definition.unit : undefined;
    const reading = readCount(shown(context, `${path}.${key}`), unit === undefined ? {} : { unit });
    return sum + (reading.ok ? (reading.value ?? 0) : 0);
  }, 0);
}

interface CompositionProps {
  readonly props: FieldProps;
  /** The count just before, in the same unit: what the total should be. */
  readonly beside: { readonly item: Item; readonly path: string } | undefined;
}

export function CompositionField({ props, beside }: CompositionProps): JSX.Element {
  const { item, path, context } = props;
  const [first] = item.children;
  const unit = first?.definition.kind === 'count' ? first.definition.unit : '';
  const hasPrevious = isObject(props.previous);
  const title = labelOf(item.definition.label, context.round);
  return (
    <Grouped props={props}>
      <table class="matrix matrix--counts">
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">数（{unit}）</th>
            {hasPrevious && <th scope="col">前回</th>}
          </tr>
        </thead>
        <tbody>
          {item.children.map((row) => {
            const name = `${path}.${row.key}`;
            const isWrong = hasError(context, name);
            return (
              <tr data-question={name}>
                <th scope="row">
                  <label for={name}>{labelOf(row.definition.label, context.round)}</label>
                  {errorsAt({ context, path: name })}
                  {readAs({ context, path: name })}
                  {sentBackReason({
                    ...props,
                    item: row,
                    path: name,
                    submitted: isObject(props.submitted) ? props.submitted[row.key] : undefined,
                  })}
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
                    data-reads={JSON.stringify({ kind: 'count', unit })}
                    aria-invalid={isWrong ? 'true' : undefined}
                    aria-describedby={isWrong ? errorId(name) : undefined}
                  />
                  {takenBox(context, name)}
                </td>
                {hasPrevious && (
                  <td class="number">
                    {previousOf(props, row) === undefined
                      ? ''
                      : printAnswer(row, previousOf(props, row), context.names)}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{title}の計</th>
            <td colspan={hasPrevious ? 2 : 1}>
              <output class="total" data-total-of={path} data-unit={unit} data-beside={beside?.path} aria-live="polite">
                {printCount(totalOf(context, path, item.children), unit)}
              </output>
              {beside !== undefined && (
                <span class="total__beside">
                  {labelOf(beside.item.definition.label, context.round)}：
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
