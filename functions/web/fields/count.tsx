/** A whole number with its unit. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function CountField(props: KindProps<'count'>) {
  const { unit, nullable } = props.definition;
  // Keypads of digits have no sign for 該当なし.
  const keypad = nullable ? undefined : 'numeric';
  return <LineField props={props} size="count" keypad={keypad} reads={{ kind: 'count', unit, nullable }} />;
}
