/** A span of fiscal years. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function FiscalYearsField(props: KindProps<'fiscalYears'>) {
  return <LineField props={props} size="date" reads={{ kind: 'fiscalYears' }} />;
}
