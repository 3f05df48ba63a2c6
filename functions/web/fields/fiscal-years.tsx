/** A span of fiscal years. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function FiscalYearsField(props: KindProps<'fiscalYears'>): JSX.Element {
  return <LineField props={props} size="date" reads={{ kind: 'fiscalYears' }} />;
}
