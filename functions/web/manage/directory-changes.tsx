/** What another version of the directory changes, as a table. */

import { unseenDifference } from '../../../schemas/values/text.ts';
import type { DirectoryChange } from '../../domain/directory-changes.ts';
import { ScrollRegion } from '../shared/scroll-region.tsx';

/** More lines than these would not be read; the rest is counted. */
const shownLines = 300;

const kindLabels: Readonly<Record<DirectoryChange['kind'], string>> = {
  added: '追加',
  removed: '削除',
  renamed: '名称の変更',
  lead: '事務局の変更',
  members: '構成市町村の変更',
  kind: '区分の変更',
  welfareOffice: '福祉事務所の変更',
  ward: '行政区の変更',
};

const listLabels = { municipalities: '市町村', councils: '協議会' } as const;

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
      <ScrollRegion label="変更点の表">
        <table class="table--compact">
          <caption>変更点（{changes.length}件）</caption>
          <thead>
            <tr>
              <th scope="col">変更</th>
              <th scope="col">種別</th>
              <th scope="col">コード</th>
              <th scope="col">名称</th>
              <th scope="col">変更前</th>
              <th scope="col">変更後</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, shownLines).map(({ kind, list, id, name, before, after }) => (
              <tr>
                <td>{kindLabels[kind]}</td>
                <td>{listLabels[list]}</td>
                <td>{id}</td>
                <th scope="row">
                  {name}
                  {hidden?.has(id) === true && <span class="hint">非表示の行</span>}
                </th>
                <td>{before}</td>
                <td>
                  <Changed before={before} after={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {changes.length > shownLines && <p>ほか{changes.length - shownLines}件</p>}
    </>
  );
}
