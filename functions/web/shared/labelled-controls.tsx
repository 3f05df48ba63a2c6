/** Fields of the prefecture's forms: a control with its label, hint and error. */

import type { Child } from 'hono/jsx';
import type { FieldError } from '../../../schemas/problem.ts';
import type { LinkedError } from './error-summary.tsx';
import { InlineError } from './inline-error.tsx';

/** The id of the field with a name; dots stay, since addresses and labels take them. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** Errors as the summary at the top of the page has them: each leads to its field. */
export function linkedErrors(errors: readonly Pick<FieldError, 'path' | 'message'>[]): LinkedError[] {
  return errors.map(({ path, message }) => ({ href: `#${fieldId(path)}`, message }));
}

interface FrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: Child;
}

function Frame({ id, label, hint, error, children }: FrameProps) {
  return (
    <div class={error === undefined ? 'form-group' : 'form-group form-group--error'}>
      <label class="label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p class="hint preserved" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      {children}
    </div>
  );
}

function describedBy({ id, hint, error }: Pick<FrameProps, 'id' | 'hint' | 'error'>): string | undefined {
  const ids = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error === undefined ? [] : [`${id}-error`])];
  return ids.length === 0 ? undefined : ids.join(' ');
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly class?: string;
  readonly readonly?: boolean;
  readonly type?: 'text' | 'password';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric';
  /** The id of a list of suggestions. */
  readonly list?: string | undefined;
}

export function LabelledInput({
  name,
  label,
  value,
  hint,
  error,
  class: name_ = '',
  readonly = false,
  type = 'text',
  ...attributes
}: TextFieldProps) {
  const id = fieldId(name);
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        class={`input ${name_}`.trim()}
        type={type}
        id={id}
        name={name}
        value={value}
        readonly={readonly}
        aria-describedby={describedBy({ id, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
        {...attributes}
      />
    </Frame>
  );
}

interface TextAreaProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error: string | undefined;
  /** How many lines are seen at once. */
  readonly rows?: number;
}

/** No limit of characters: a browser would cut what is pasted without a word, and the server names the limit and gives the text back. */
export function LabelledTextArea({ id, name, label, hint, value, error, rows = 4 }: TextAreaProps) {
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        class="textarea"
        id={id}
        name={name}
        rows={rows}
        aria-describedby={describedBy({ id, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        {`\n${value}`}
      </textarea>
    </Frame>
  );
}

interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly error?: string | undefined;
}

export function LabelledSelect({ name, label, hint, value, options, error }: SelectFieldProps) {
  const id = fieldId(name);
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select class="select" id={id} name={name} aria-describedby={describedBy({ id, hint, error })}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface FileFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly error?: string | undefined;
  /** Endings of the names of files. */
  readonly accept: string;
  /** Several may be chosen. */
  readonly multiple?: boolean;
}

export function LabelledFile({ name, label, hint, error, accept, multiple }: FileFieldProps) {
  const id = fieldId(name);
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        class="input"
        type="file"
        id={id}
        name={name}
        accept={accept}
        multiple={multiple}
        aria-describedby={describedBy({ id, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
    </Frame>
  );
}
