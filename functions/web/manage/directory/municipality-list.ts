/**
 * A list of municipalities as prefectures keep it: code, name, kind and welfare office. The prefecture itself and the
 * councils are not in it and stay as they are.
 */

import { prefectureOf } from '../../../../schemas/values/municipality-code.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';
import { RowReader } from './directory-csv.ts';
import type { ReadDirectory } from './directory-csv.ts';
import { listedOver } from './listed.ts';
import type { ListedIn } from './listed.ts';

export const listColumns = ['コード', '名称', '区分', '福祉事務所'] as const;

/** How prefectures head these columns. */
export const listSynonyms = {
  コード: ['団体コード', '市町村コード', '市区町村コード', '全国地方公共団体コード', '地方公共団体コード'],
  名称: ['市町村名', '市区町村名', '区市町村名', '自治体名', '団体名', '市町村'],
  区分: ['市町村区分', '団体区分', '市区町村区分'],
  福祉事務所: ['福祉事務所設置', '福祉事務所の設置', '福祉事務所の有無'],
} as const satisfies Record<(typeof listColumns)[number], readonly string[]>;

export function readMunicipalityList({ rows }: SheetTable, { current, day }: ListedIn): ReadDirectory {
  const reader = new RowReader(current && prefectureOf(current.prefecture.code));
  const listed = rows.map(({ number, cell }) => ({ row: number, ...reader.municipality(number, cell) }));
  if (current !== undefined) return listedOver(current, day, listed, reader.errors);
  reader.fail(
    0,
    'この一覧には都道府県と協議会がありません。先に、総務省の一覧又はこのシステムの名簿のCSVを取り込んでください。',
  );
  return { candidate: undefined, errors: reader.errors, rows: { municipalities: [], councils: [] } };
}
