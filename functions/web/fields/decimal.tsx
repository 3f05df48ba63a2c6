/** A number of some decimals with its unit. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function DecimalField(props: KindProps<'decimal'>) {
  const { unit, places, min = 0, nullable } = props.definition;
  // Keypads of digits have no sign for 該当なし, and none for less than zero.
  const keypad = nullable || min < 0 ? undefined : 'decimal';
  return (
    <LineField props={props} size="count" keypad={keypad} reads={{ kind: 'decimal', unit, places, min, nullable }} />
  );
}
