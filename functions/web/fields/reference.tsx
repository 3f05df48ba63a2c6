/** Another entry of the list that the page's entry belongs to. */

import { shown } from './context.ts';
import type { KindProps } from './context.ts';
import { SelectField } from './select-field.tsx';

export function ReferenceField(props: KindProps<'reference'>) {
  const { context, path } = props;
  const chosen = shown(context, path);
  // A row names the others of its table.
  const [, own] = path.split('.');
  const others = context.references.filter(({ id }) => id !== own);
  const isKnown = chosen === '' || others.some(({ id }) => id === chosen);
  return (
    <SelectField props={props}>
      <option value="">未回答（なし）</option>
      {others.map(({ id, title }) => (
        <option value={id} selected={id === chosen}>
          {title}
        </option>
      ))}
      {!isKnown && (
        <option value={chosen} selected>
          見つからない記入（{chosen}）
        </option>
      )}
    </SelectField>
  );
}
