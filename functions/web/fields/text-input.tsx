/** Where free text is typed. */

import type { TextFormat } from '../../../schemas/kinds/text.ts';
import { describedBy, hasError } from './context.ts';
import type { FieldProps } from './context.ts';
import type { ReadBy } from './readers.ts';

/** Up to this many characters stand on one line. */
const oneLine = 200;

interface TextInputProps {
  readonly props: FieldProps;
  readonly id: string;
  readonly value: string;
  readonly maxLength: number;
  readonly format?: TextFormat | undefined;
}

const hints = {
  email: { autocomplete: 'email', inputmode: 'email' },
  phone: { autocomplete: 'tel', inputmode: 'tel' },
} as const satisfies Record<TextFormat, object>;

/** A line, also for addresses, which may be long; an area where the text is long or has lines. The parser drops a first line break, so one is put before. */
export function TextInput({ props, id, value, maxLength, format }: TextInputProps) {
  const { context, path, rowNumber } = props;
  const common = {
    id,
    name: path,
    'aria-describedby': describedBy(props),
    'aria-invalid': hasError(context, path) ? ('true' as const) : undefined,
  };
  if ((maxLength > oneLine && format === undefined) || /[\r\n]/.test(value))
    return (
      <textarea
        class="textarea"
        rows={rowNumber === undefined && maxLength > 500 ? 5 : 2}
        data-limit={maxLength}
        {...common}
      >
        {`\n${value}`}
      </textarea>
    );
  return (
    <input
      class="input"
      type="text"
      value={value}
      {...common}
      {...(format && { ...hints[format], 'data-reads': JSON.stringify({ kind: format } satisfies ReadBy) })}
    />
  );
}
