/** The fields of a form that filters a list, and the buttons at its end. */

import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';

interface FieldProps {
  readonly name: string;
  readonly label: string;
}

export function filterId(name: string): string {
  return `filter-${name}`;
}

export function FilterField({
  name,
  label,
  isWrong = false,
  children,
}: FieldProps & { readonly isWrong?: boolean; readonly children: Child }) {
  return (
    <div class={isWrong ? 'filter__field form-group--error' : 'filter__field'}>
      <label class="label" for={filterId(name)}>
        {label}
      </label>
      {children}
    </div>
  );
}

export function FilterSearch({ value, ...field }: FieldProps & { readonly value: string }) {
  return (
    <FilterField {...field}>
      <input class="input" type="search" id={filterId(field.name)} name={field.name} value={value} />
    </FilterField>
  );
}

interface SelectProps extends FieldProps {
  readonly options: readonly (readonly [string, string])[];
  /** Below the options, each under a heading. */
  readonly groups?: readonly { readonly label: string; readonly options: readonly (readonly [string, string])[] }[];
  readonly selected: string | undefined;
  /** The option that filters nothing. */
  readonly all?: string;
}

export function FilterSelect({ options, groups = [], selected, all, ...field }: SelectProps) {
  const option = ([value, text]: readonly [string, string]) => (
    <option value={value} selected={value === selected}>
      {text}
    </option>
  );
  return (
    <FilterField {...field}>
      <select class="select" id={filterId(field.name)} name={field.name}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map(option)}
        {groups.map(({ label, options }) => (
          <optgroup label={label}>{options.map(option)}</optgroup>
        ))}
      </select>
    </FilterField>
  );
}

interface FilterFormProps {
  readonly action: string;
  /** 履歴の絞り込み */
  readonly label: string;
  /** The list without a filter. */
  readonly reset?: string;
  /** What the button does. */
  readonly submit?: string;
  readonly children: Child;
  /** What is said below the buttons. */
  readonly hint?: Child;
}

export function FilterForm({ action, label, reset = action, submit = '絞り込む', children, hint }: FilterFormProps) {
  return (
    <form class="filter no-print" method="get" action={action} role="search" aria-label={label}>
      {children}
      <div class="filter__field filter__field--button">
        <Button kind="secondary">{submit}</Button>
        <a href={reset}>条件を解除</a>
      </div>
      {hint}
    </form>
  );
}
