/** The filter of the list of returns: a form whose fields are the address. */

import type { Form } from '../../../schemas/form.ts';
import { returnStates } from '../../../schemas/return.ts';
import { Button } from '../shared/button.tsx';
import { kindsOfUnit, latenesses, orders } from './tracked-units.ts';
import type { KindOfUnit, UnitQuery } from './tracked-units.ts';

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly selected: string | undefined;
  /** The option that filters nothing. */
  readonly all?: string;
}

function Select({ name, label, options, selected, all }: SelectProps) {
  return (
    <div class="filter__field">
      <label class="label" for={`filter-${name}`}>
        {label}
      </label>
      <select class="select" id={`filter-${name}`} name={name}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map(([value, text]) => (
          <option value={value} selected={value === selected}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface UnitFilterProps {
  readonly action: string;
  readonly query: UnitQuery;
  readonly forms: readonly Pick<Form, 'id' | 'title'>[];
  /** The kinds that occur in the round. */
  readonly kinds: ReadonlySet<KindOfUnit>;
}

export function UnitFilter({ action, query, forms, kinds }: UnitFilterProps) {
  const all = 'すべて';
  return (
    <form class="filter no-print" method="get" action={action} role="search" aria-label="回答の絞り込み">
      <Select name="state" label="状況" all={all} options={Object.entries(returnStates)} selected={query.state} />
      <Select
        name="kind"
        label="区分"
        all={all}
        options={Object.entries(kindsOfUnit).filter(([kind]) => [...kinds].some((each) => each === kind))}
        selected={query.kind}
      />
      <Select
        name="form"
        label="調査票"
        all={all}
        options={forms.map(({ id, title }) => [id, title])}
        selected={query.form}
      />
      <Select name="late" label="期限" all={all} options={Object.entries(latenesses)} selected={query.lateness} />
      <div class="filter__field">
        <label class="label" for="filter-q">
          名称・コード
        </label>
        <input class="input" type="search" id="filter-q" name="q" value={query.search} />
      </div>
      <Select name="sort" label="並べ替え" options={Object.entries(orders)} selected={query.order} />
      <div class="filter__field filter__field--button">
        <Button kind="secondary">絞り込む</Button>
        <a href={action}>条件を解除</a>
      </div>
    </form>
  );
}
