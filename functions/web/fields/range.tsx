/** From–to in a unit. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function RangeField(props: KindProps<'range'>) {
  return <LineField props={props} size="date" reads={{ kind: 'range', unit: props.definition.unit }} />;
}
