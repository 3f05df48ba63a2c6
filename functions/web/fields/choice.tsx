/** One option: radios, or a list to choose from where many entries stand on the page. */

import { Grouped } from './about.tsx';
import { optionBoxes } from './boxes.tsx';
import { shown } from './context.ts';
import type { KindProps } from './context.ts';
import { notApplicableOption } from '../../domain/posted/posted.ts';
import { SelectField } from './select-field.tsx';

/** So many radios stand in an entry among others. */
const mostRadios = 4;

export function ChoiceField(props: KindProps<'choice'>) {
  const { context, path, definition, rowNumber, isCompact = false } = props;
  const chosen = shown(context, path);
  const notApplicable: [string, string][] = definition.nullable ? [[notApplicableOption, '該当なし']] : [];
  const empty: [string, string] = ['', definition.emptyLabel ?? '未回答'];
  const options: [string, string][] = [...Object.entries(definition.options), ...notApplicable, empty];
  if (rowNumber === undefined && (!isCompact || options.length <= mostRadios))
    return <Grouped props={props}>{optionBoxes(props, 'radio', options, new Set([chosen]))}</Grouped>;
  return (
    <SelectField props={props}>
      {options.toReversed().map(([value, label]) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
