/** A number of some decimals with its unit. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function DecimalField(props: KindProps<'decimal'>): JSX.Element {
  return <LineField props={props} size="count" keypad={props.definition.nullable ? undefined : 'decimal'} />;
}
