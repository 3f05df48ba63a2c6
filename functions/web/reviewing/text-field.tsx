/** One line to type into, with its label, hint and error. */

import { InlineError } from '../components/inline-error.tsx';

/** The id of the field with a name; dots stay, since addresses and labels take them. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly class?: string;
  readonly readonly?: boolean;
}

export function TextField({ name, label, value, hint, error, class: name_ = '', readonly = false }: TextFieldProps) {
  const id = fieldId(name);
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error === undefined ? [] : [`${id}-error`])].join(' ');
  return (
    <div class={error === undefined ? 'form-group' : 'form-group form-group--error'}>
      <label class="label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      <input
        class={`input ${name_}`.trim()}
        type="text"
        id={id}
        name={name}
        value={value}
        readonly={readonly}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
    </div>
  );
}

interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly error?: string | undefined;
}

export function SelectField({ name, label, value, options, error }: SelectFieldProps) {
  const id = fieldId(name);
  return (
    <div class={error === undefined ? 'form-group' : 'form-group form-group--error'}>
      <label class="label" for={id}>
        {label}
      </label>
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      <select class="select" id={id} name={name} aria-describedby={error === undefined ? undefined : `${id}-error`}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
