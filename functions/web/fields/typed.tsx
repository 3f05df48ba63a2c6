/** Fields to type in: numbers and dates as people write them, and free text. */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DefinitionOf } from '../../../schemas/kinds/kinds.ts';
import { isMarked, notApplicableMark } from './posted.ts';
import { Labelled } from './about.tsx';
import { box } from './choice.tsx';
import { describedBy, hasError, shown } from './context.ts';
import type { FieldProps } from './context.ts';

export function TypedField(props: FieldProps): JSX.Element {
  const { context, path } = props;
  const { definition, kind } = props.item;
  const isNumber = kind.figures?.of === 'numbers';
  return (
    <Labelled
      props={props}
      field={
        <div class="field-row">
          <span>
            <input
              class={`input ${isNumber ? 'input--count' : 'input--date'}`}
              type="text"
              id={path}
              name={path}
              value={shown(context, path)}
              inputmode={
                kind.figures?.of === 'numbers' && !definition.nullable
                  ? kind.figures.places > 0
                    ? 'decimal'
                    : 'numeric'
                  : undefined
              }
              autocomplete="off"
              data-reads={JSON.stringify({ kind: definition.kind, unit: kind.unit, nullable: definition.nullable })}
              aria-describedby={describedBy(context, path)}
              aria-invalid={hasError(context, path) ? 'true' : undefined}
            />
            {kind.unit !== undefined && <span class="unit"> {kind.unit}</span>}
          </span>
          {definition.nullable &&
            box({
              type: 'checkbox',
              name: notApplicableMark(path),
              value: '1',
              label: '該当なし',
              checked: isMarked(context.post, notApplicableMark(path)),
            })}
        </div>
      }
    />
  );
}

/** Up to this many characters stand on one line. */
const oneLine = 200;

interface TextInputProps {
  readonly path: string;
  readonly id: string;
  readonly value: string;
  readonly maxLength: number;
  readonly context: FieldProps['context'];
  readonly label?: string;
  readonly type?: 'email' | 'phone' | undefined;
}

const autocompletes = { email: 'email', phone: 'tel' } as const;
const inputModes = { email: 'email', phone: 'tel' } as const;

/** A line, or an area where the text is long or has lines. The parser drops a first line break, so one is put before. */
export function TextInput({ path, id, value, maxLength, context, label, type }: TextInputProps): JSX.Element {
  const common = {
    id,
    name: path,
    'aria-label': label,
    'aria-describedby': describedBy(context, path),
    'aria-invalid': hasError(context, path) ? ('true' as const) : undefined,
  };
  if (maxLength > oneLine || /[\r\n]/.test(value))
    return (
      <textarea class="textarea" rows={maxLength > 500 ? 5 : 2} {...common}>
        {`\n${value}`}
      </textarea>
    );
  const hints = type === undefined ? {} : { autocomplete: autocompletes[type], inputmode: inputModes[type] };
  return <input class="input" type="text" value={value} {...common} {...hints} />;
}

export function TextField(props: FieldProps & { readonly definition: DefinitionOf<'text'> }): JSX.Element {
  const { context, path, definition } = props;
  return (
    <Labelled
      props={props}
      field={
        <TextInput
          path={path}
          id={path}
          value={shown(context, path)}
          maxLength={definition.maxLength}
          context={context}
          type={definition.format}
        />
      }
    />
  );
}
