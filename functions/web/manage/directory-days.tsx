/** The days of the directory: in force from when until when, who is not on the day shown, and the choice of another day. */

import type { Council, Directory, Municipality } from '../../../schemas/directory.ts';
import { wholeOf } from '../../../schemas/directory-on-day.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { Button } from '../shared/button.tsx';
import { LabelledInput } from '../shared/labelled-controls.tsx';
import type { Paths } from '../shared/paths.ts';
import { Table } from '../shared/table.tsx';

type Listed = 'municipality' | 'council' | 'unit';

/** 有効開始・終了, where a unit has either. */
export function spanText({ validFrom, validTo }: Municipality | Council): string {
  const [from, to] = [validFrom, validTo].map((day) => (day === undefined ? '' : printPartialDate(day)));
  return from === '' && to === '' ? '' : `${from}～${to}`;
}

export function someHaveDates({ municipalities, councils }: Directory, list: Listed): boolean {
  const units: readonly (Municipality | Council)[] = list === 'council' ? councils : municipalities;
  return list !== 'unit' && units.some((each) => spanText(each) !== '');
}

/** Units of the version that are not in force on the day shown: who ended, and who is still to begin. */
export function OtherUnits({ directory, list }: { readonly directory: Directory; readonly list: Listed }) {
  const whole = wholeOf(directory);
  const names = new Map([
    ...whole.municipalities.map(({ code, name }) => [code, name] as const),
    ...whole.councils.map(({ id, name }) => [id, name] as const),
  ]);
  const standing: ReadonlySet<Municipality | Council> = new Set([...directory.municipalities, ...directory.councils]);
  const units: readonly (Municipality | Council)[] = list === 'council' ? whole.councils : whole.municipalities;
  const others = units.filter((each) => !standing.has(each));
  if (others.length === 0 || list === 'unit') return <></>;
  return (
    <details>
      <summary>
        この日には有効でない{list === 'council' ? '協議会' : '市町村'}（{others.length}件）
      </summary>
      <Table
        label="この日には有効でない団体の表"
        rows={others}
        columns={[
          { heading: '名称', isName: true, cell: ({ name }) => name },
          { heading: 'コード', cell: (each) => ('code' in each ? each.code : each.id) },
          { heading: '有効期間', cell: spanText },
          {
            heading: '後の団体',
            cell: ({ successors = [] }) => successors.map((code) => names.get(code) ?? code).join('、'),
          },
        ]}
      />
    </details>
  );
}

/** Another day to show the directory of. */
export function DayForm({ list, day, paths }: { readonly list: Listed; readonly day: string; readonly paths: Paths }) {
  return (
    <form class="filter no-print" method="get" action={paths.directory} aria-label="表示する日">
      <input type="hidden" name="list" value={list} />
      <LabelledInput
        name="on"
        label="この日の名簿を表示"
        hint="例：令和7年4月1日"
        value={printPartialDate(day)}
        class="input--date"
      />
      <Button kind="secondary">表示する</Button>
    </form>
  );
}
