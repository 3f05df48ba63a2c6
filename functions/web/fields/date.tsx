/** A date, as it is known. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function DateField(props: KindProps<'date'>) {
  return <LineField props={props} size="date" reads={{ kind: 'date' }} />;
}
