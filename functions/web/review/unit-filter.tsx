/** The filter of the list of returns: a form whose fields are the address. */

import type { Form } from '../../../schemas/form.ts';
import type { ClassChoice } from '../../../schemas/unit-classes.ts';
import { latenesses, orders } from './tracked-units.ts';
import type { UnitQuery } from './tracked-units.ts';
import { FilterForm, FilterSearch, FilterSelect } from '../shared/filter-field.tsx';
import { shortStates } from './state-bar.tsx';

interface UnitFilterProps {
  readonly action: string;
  readonly query: UnitQuery;
  readonly forms: readonly Pick<Form, 'id' | 'title'>[];
  /** The kinds that occur in the round. */
  readonly kinds: readonly (readonly [string, string])[];
  /** Values of the classes (分類) of the round's directory. */
  readonly classes: readonly ClassChoice[];
}

export function UnitFilter({ action, query, forms, kinds, classes }: UnitFilterProps) {
  const all = 'すべて';
  return (
    <FilterForm action={action} label="回答の絞り込み">
      {query.isQueue && <input type="hidden" name="list" value="queue" />}
      {query.onlyChanged && <input type="hidden" name="only" value="changed" />}
      {!query.isQueue && (
        <FilterSelect
          name="state"
          label="状況"
          all={all}
          options={Object.entries(shortStates)}
          selected={query.state}
        />
      )}
      <FilterSelect name="kind" label="区分" all={all} options={kinds} selected={query.kind} />
      {classes.length > 0 && (
        <FilterSelect
          name="class"
          label="分類"
          all={all}
          options={classes.map(({ key, label }) => [key, label])}
          selected={query.class}
        />
      )}
      <FilterSelect
        name="form"
        label="調査票"
        all={all}
        options={forms.map(({ id, title }) => [id, title])}
        selected={query.form}
      />
      {!query.isQueue && (
        <FilterSelect
          name="late"
          label="期限・回答なし"
          all={all}
          options={Object.entries(latenesses)}
          selected={query.lateness}
        />
      )}
      <FilterSearch name="q" label="名称・コード" value={query.search} />
      <FilterSelect name="sort" label="並べ替え" options={Object.entries(orders)} selected={query.order} />
    </FilterForm>
  );
}
