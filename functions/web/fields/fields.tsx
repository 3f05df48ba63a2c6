/** The questions of a page, each with the field of its kind. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { KindName, Named } from '../../../schemas/kinds/kinds.ts';
import { pathBelow } from '../../domain/question-path.ts';
import { ChoiceField } from './choice.tsx';
import { ChoicesField } from './choices.tsx';
import { versionsAt } from './context.ts';
import type { FieldProps, FieldsProps, KindProps } from './context.ts';
import { CountField } from './count.tsx';
import { CountsField } from './counts.tsx';
import { DateField } from './date.tsx';
import { DecimalField } from './decimal.tsx';
import { ComputedField } from './computed.tsx';
import { FileField } from './file.tsx';
import { FiscalYearsField } from './fiscal-years.tsx';
import { FrequencyField } from './frequency.tsx';
import { GroupField } from './group.tsx';
import { ListField } from './list.tsx';
import { MatrixField } from './matrix.tsx';
import { MunicipalitiesField } from './municipalities.tsx';
import { RangeField } from './range.tsx';
import { RankingField } from './ranking.tsx';
import { ReferenceField } from './reference.tsx';
import { TextField } from './text.tsx';
import { TextsField } from './texts.tsx';

/** The field of every question kind: the only list of them. */
const fields: { readonly [K in KindName]: (props: KindProps<K>) => JSX.Element } = {
  choice: ChoiceField,
  choices: ChoicesField,
  ranking: RankingField,
  municipalities: MunicipalitiesField,
  count: CountField,
  decimal: DecimalField,
  text: TextField,
  texts: TextsField,
  date: DateField,
  range: RangeField,
  frequency: FrequencyField,
  fiscalYears: FiscalYearsField,
  reference: ReferenceField,
  computed: ComputedField,
  file: FileField,
  list: ListField,
  group: GroupField,
  matrix: MatrixField,
  counts: CountsField,
};

function drawn<K extends KindName>(props: FieldProps, definition: Named<K>): JSX.Element {
  return fields[definition.kind]({ ...props, definition, Fields: QuestionFields });
}

export function QuestionFields({ items, base, stored, previous, submitted, ...rest }: FieldsProps): JSX.Element {
  const pathOf = ({ key }: FieldProps['item']): string => pathBelow(base, key);
  return (
    <>
      {items.map((item, index) => {
        const before = items[index - 1];
        const props: FieldProps = {
          ...rest,
          ...versionsAt({ stored, previous, submitted }, item.key),
          item,
          path: pathOf(item),
          before: before && { item: before, path: pathOf(before) },
        };
        return drawn(props, item.definition);
      })}
    </>
  );
}
