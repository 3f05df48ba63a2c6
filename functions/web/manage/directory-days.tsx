/** The days of the directory: in force from when until when, who is not on the day shown, and the choice of another day. */

import { namesOfUnits } from '../../../schemas/directory.ts';
import type { Council, Directory, Municipality, OtherUnit } from '../../../schemas/directory.ts';
import type { Spanned } from '../../../schemas/directory-spans.ts';
import { wholeOf } from '../../../schemas/directory-on-day.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { withParameters } from '../shared/address.ts';
import { Button } from '../shared/button.tsx';
import { LabelledInput } from '../shared/labelled-controls.tsx';
import type { Paths } from '../shared/paths.ts';
import { Table } from '../shared/table.tsx';
import { editedNames } from './directory-edit-view.tsx';

type Listed = 'municipality' | 'council' | 'unit';
type Unit = Municipality | Council | OtherUnit;

function unitsOf({ municipalities, councils, units = [] }: Directory, list: Listed): readonly Unit[] {
  return list === 'council' ? councils : list === 'unit' ? units : municipalities;
}

/** 有効開始・終了, where a unit has either. */
export function spanText({ validFrom, validTo }: Spanned): string {
  const [from, to] = [validFrom, validTo].map((day) => (day === undefined ? '' : printPartialDate(day)));
  return from === '' && to === '' ? '' : `${from}～${to}`;
}

export function someHaveDates(directory: Directory, list: Listed): boolean {
  return unitsOf(directory, list).some((each) => spanText(each) !== '');
}

/** Units of the version that are not in force on the day shown: who ended, and who is still to begin. */
export function OtherUnits({
  directory,
  list,
  paths,
  canEdit,
}: {
  readonly directory: Directory;
  readonly list: Listed;
  readonly paths: Paths;
  readonly canEdit: boolean;
}) {
  const whole = wholeOf(directory);
  const names = namesOfUnits(whole);
  const standing = new Set(unitsOf(directory, list));
  const others = unitsOf(whole, list).filter((each) => !standing.has(each));
  if (others.length === 0) return <></>;
  const codeOf = (each: Unit): string => ('code' in each ? each.code : each.id);
  return (
    <details>
      <summary>
        この日には有効でない{editedNames[list]}（{others.length}件）
      </summary>
      <Table
        label="この日には有効でない団体の表"
        rows={others}
        columns={[
          {
            heading: '名称',
            isName: true,
            cell: (each) =>
              canEdit ? (
                <a href={withParameters(paths.directory, { edit: `${list}/${codeOf(each)}` })}>{each.name}</a>
              ) : (
                each.name
              ),
          },
          { heading: 'コード', cell: codeOf },
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
