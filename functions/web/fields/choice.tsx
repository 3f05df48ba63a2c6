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
  const answers: [string, string][] = [...Object.entries(definition.options), ...notApplicable];
  if (rowNumber === undefined && (!isCompact || answers.length < mostRadios))
    return <Grouped props={props}>{optionBoxes(props, 'radio', [...answers, empty], new Set([chosen]))}</Grouped>;
  return (
    <SelectField props={props}>
      {[empty, ...answers].map(([value, label]) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
