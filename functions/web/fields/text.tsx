/** Free text. */

import { Labelled } from './about.tsx';
import { shown } from './context.ts';
import type { KindProps } from './context.ts';
import { TextInput } from './text-input.tsx';

export function TextField(props: KindProps<'text'>) {
  const { context, path, definition } = props;
  const { maxLength, format } = definition;
  return (
    <Labelled
      props={props}
      field={<TextInput props={props} id={path} value={shown(context, path)} maxLength={maxLength} format={format} />}
    />
  );
}
