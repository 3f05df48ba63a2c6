/** What another version of the directory changes, as a table. */

import { unseenDifference } from '../../../schemas/values/text.ts';
import type { DirectoryChange } from '../../domain/directory-changes.ts';
import { Table } from '../shared/table.tsx';

/** More lines than these would not be read; the rest is counted. */
export const shownLines = 300;

const kindLabels: Readonly<Record<DirectoryChange['kind'], string>> = {
  added: '追加',
  removed: '削除',
  ended: '終了',
  renamed: '名称の変更',
  lead: '事務局の変更',
  members: '構成市町村の変更',
  kind: '区分の変更',
  welfareOffice: '福祉事務所の変更',
  ward: '行政区の変更',
  shortName: '略称の変更',
  population: '人口の変更',
  classes: '分類の変更',
  validFrom: '有効開始の変更',
  validTo: '有効終了の変更',
  successors: '後の団体の変更',
};

/** An office is in a municipality, or municipalities, and answered by one; it has no members and no lead. */
const officeLabels: Partial<Record<DirectoryChange['kind'], string>> = {
  lead: '回答する市町村の変更',
  members: '所在する市町村の変更',
};

const listLabels = {
  municipalities: '市町村',
  councils: '協議会',
  units: 'その他の回答単位',
  classes: '分類',
} as const;

/** What the eye cannot tell apart is told by its characters. */
function Changed({ before, after }: Pick<DirectoryChange, 'before' | 'after'>) {
  const difference = unseenDifference(before, after);
  return (
    <>
      {after}
      {difference !== undefined && <span class="hint">見た目は同じですが、文字が異なります（{difference}）。</span>}
    </>
  );
}

interface Props {
  readonly changes: readonly DirectoryChange[];
  /** Codes and ids of units that stand in hidden rows of the file. */
  readonly hidden?: ReadonlySet<string>;
}

export function DirectoryChanges({ changes, hidden }: Props) {
  return (
    <>
      <Table
        label="変更点の表"
        caption={`変更点（${changes.length}件）`}
        rows={changes.slice(0, shownLines)}
        columns={[
          { heading: '変更', cell: ({ kind, list }) => (list === 'units' && officeLabels[kind]) || kindLabels[kind] },
          { heading: '種別', cell: ({ list }) => listLabels[list] },
          { heading: 'コード', cell: ({ id }) => id },
          {
            heading: '名称',
            isName: true,
            cell: ({ id, name }) => (
              <>
                {name}
                {hidden?.has(id) === true && <span class="hint">非表示の行</span>}
              </>
            ),
          },
          { heading: '変更前', cell: ({ before }) => before },
          { heading: '変更後', cell: (change) => <Changed {...change} /> },
        ]}
      />
      {changes.length > shownLines && <p>ほか{changes.length - shownLines}件</p>}
    </>
  );
}
