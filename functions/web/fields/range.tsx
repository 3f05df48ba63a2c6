/** From–to in a unit. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function RangeField(props: KindProps<'range'>): JSX.Element {
  return <LineField props={props} size="date" reads={{ kind: 'range', unit: props.definition.unit }} />;
}
