/** Any number of options. */

import { Grouped } from './about.tsx';
import { NoneBoxes, Presence, optionBoxes } from './boxes.tsx';
import type { KindProps } from './context.ts';
import { valuesOf } from '../../domain/posted/posted.ts';

export function ChoicesField(props: KindProps<'choices'>) {
  const { context, path, definition } = props;
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {optionBoxes(props, 'checkbox', Object.entries(definition.options), new Set(valuesOf(context.post, path)))}
      <NoneBoxes {...props} />
    </Grouped>
  );
}
