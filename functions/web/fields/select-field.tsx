/** One of many, to be chosen from a list that opens. */

import type { Child } from 'hono/jsx';
import { Labelled } from './about.tsx';
import { describedBy, hasError } from './context.ts';
import type { FieldProps } from './context.ts';

export function SelectField({ props, children }: { readonly props: FieldProps; readonly children: Child }) {
  const { context, path } = props;
  return (
    <Labelled
      props={props}
      field={
        <select
          class="select"
          id={path}
          name={path}
          aria-describedby={describedBy(props)}
          aria-invalid={hasError(context, path) ? 'true' : undefined}
        >
          {children}
        </select>
      }
    />
  );
}
