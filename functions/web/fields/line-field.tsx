/** A line to type a number or a date in, as people write it. */

import { Labelled } from './about.tsx';
import { notApplicableBox } from './boxes.tsx';
import { describedBy, hasError, shown } from './context.ts';
import type { FieldProps } from './context.ts';
import type { ReadBy } from './readers.ts';

interface LineFieldProps {
  readonly props: FieldProps;
  readonly size: 'count' | 'date';
  readonly keypad?: 'numeric' | 'decimal' | undefined;
  /** How the script reads it at once; without it the next save does. */
  readonly reads?: ReadBy;
}

export function LineField({ props, size, keypad, reads }: LineFieldProps) {
  const { context, path, item } = props;
  const { unit } = item.kind;
  return (
    <Labelled
      props={props}
      field={
        <div class="field-row">
          <span>
            <input
              class={`input input--${size}`}
              type="text"
              id={path}
              name={path}
              value={shown(context, path)}
              inputmode={keypad}
              autocomplete="off"
              data-reads={reads && JSON.stringify(reads)}
              aria-describedby={describedBy(props)}
              aria-invalid={hasError(context, path) ? 'true' : undefined}
            />
            {unit !== undefined && <span class="unit"> {unit}</span>}
          </span>
          {notApplicableBox(props)}
        </div>
      }
    />
  );
}
