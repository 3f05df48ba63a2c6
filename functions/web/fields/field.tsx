/** A question of any kind, from its definition. */

import { isObject } from '../../../schemas/json.ts';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Item } from '../../../schemas/form.ts';
import { isFolded } from './folding.ts';
import { valuesOf } from './posted.ts';
import { Grouped } from './about.tsx';
import { ChoiceField, ChoicesField, MunicipalitiesField, ReferenceField } from './choice.tsx';
import type { FieldProps, FieldsProps } from './context.ts';
import { FoldedEntries, InlineEntries, TextsField } from './entries.tsx';
import { CompositionField, MatrixField } from './tables.tsx';
import { TextField, TypedField } from './typed.tsx';

/** The count just before a composition, in its unit. */
function countBefore(items: readonly Item[], index: number, base: string): { item: Item; path: string } | undefined {
  const before = items[index - 1];
  const unit = items[index]?.children[0]?.definition;
  const isSameUnit =
    before?.definition.kind === 'count' && unit?.kind === 'count' && before.definition.unit === unit.unit;
  return before !== undefined && isSameUnit ? { item: before, path: `${base}.${before.key}` } : undefined;
}

function part(value: FieldProps['stored'], key: string): FieldProps['stored'] {
  return isObject(value) ? value[key] : undefined;
}

/** The questions of a section, a group or an entry. */
export function Fields({ items, base, stored, previous, submitted, ...rest }: FieldsProps): JSX.Element {
  return (
    <>
      {items.map((item, index) => {
        const { key } = item;
        const props: FieldProps = {
          ...rest,
          item,
          path: `${base}.${key}`,
          stored: part(stored, key),
          previous: part(previous, key),
          submitted: part(submitted, key),
        };
        return item.kind.table === 'numbers' ? (
          <CompositionField props={props} beside={countBefore(items, index, base)} />
        ) : (
          <Field {...props} />
        );
      })}
    </>
  );
}

function Field(props: FieldProps): JSX.Element {
  const { item, path } = props;
  const { definition, children } = item;
  switch (definition.kind) {
    case 'choice':
      return <ChoiceField {...props} definition={definition} />;
    case 'choices':
      return <ChoicesField {...props} options={definition.options} />;
    case 'municipalities':
      return <MunicipalitiesField {...props} />;
    case 'reference':
      return <ReferenceField {...props} />;
    case 'count':
    case 'decimal':
    case 'date':
    case 'range':
    case 'frequency':
    case 'fiscalYears':
      return <TypedField {...props} />;
    case 'text':
      return <TextField {...props} definition={definition} />;
    case 'texts':
      return <TextsField {...props} definition={definition} />;
    case 'list':
      // What was posted with its entries is shown with them, even if the list has grown long meanwhile.
      return isFolded(item, props.stored) && valuesOf(props.context.post, path).length === 0 ? (
        <FoldedEntries {...props} />
      ) : (
        <InlineEntries {...props} definition={definition} Fields={Fields} />
      );
    case 'matrix':
      return <MatrixField {...props} />;
    case 'counts':
      return <CompositionField props={props} beside={undefined} />;
    case 'group':
      return (
        <Grouped props={props}>
          <Fields {...props} items={children} base={path} around={item} />
        </Grouped>
      );
  }
}
