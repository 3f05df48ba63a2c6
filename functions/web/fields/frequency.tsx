/** How often: 月1回, 年2〜6回, 随時. */

import type { KindProps } from './context.ts';
import { LineField } from './line-field.tsx';

export function FrequencyField(props: KindProps<'frequency'>) {
  return <LineField props={props} size="date" reads={{ kind: 'frequency' }} />;
}
