/** A computed value: said to be one, and nothing to type. */

import { Grouped } from './about.tsx';
import type { KindProps } from './context.ts';

export function ComputedField(props: KindProps<'computed'>) {
  return <Grouped props={props}>{undefined}</Grouped>;
}
