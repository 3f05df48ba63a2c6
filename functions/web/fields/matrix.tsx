/** A table with a row per topic and at most one option in each. */

import { printAnswer } from '../../domain/print-answer.ts';
import { Grouped, errorsAt, sentBackReason } from './about.tsx';
import { shown } from './context.ts';
import type { KindProps } from './context.ts';
import { PasteHint } from './paste-hint.tsx';
import { rowsOf, confirmationBox } from './table-row.tsx';

export function MatrixField(props: KindProps<'matrix'>) {
  const { context, definition } = props;
  const options: [string, string][] = [...Object.entries(definition.options), ['', definition.emptyLabel ?? '未回答']];
  return (
    <Grouped props={props}>
      <PasteHint />
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
          {rowsOf(props).map((row) => {
            const { path: name, label, item, previous } = row;
            const chosen = shown(context, name);
            return (
              <tr data-question={name}>
                <th scope="row">
                  {label}
                  {previous !== undefined && (
                    <span class="task-list__hint">前回：{printAnswer(item, previous, context.names)}</span>
                  )}
                  {errorsAt(row)}
                  {sentBackReason(row)}
                  {confirmationBox(row)}
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
