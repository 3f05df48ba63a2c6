/** The units of one list of the directory as a table, filtered and paged. */

import { hasWelfareOffice, municipalityKinds } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Description } from '../../domain/directory-description.ts';
import { withParameters } from '../shared/address.ts';
import { FilterForm, FilterSearch, FilterSelect } from '../shared/filter-field.tsx';
import { Pager, pageOfList } from '../shared/pager.tsx';
import type { Paths } from '../shared/paths.ts';
import { Table } from '../shared/table.tsx';
import { someHaveDates, spanText } from './directory-days.tsx';

const rowsPerPage = 100;

export interface ListQuery {
  readonly list: 'municipality' | 'council' | 'unit';
  readonly search: string;
  /** Of other units, the id of their kind; empty for all. */
  readonly kind: string;
  readonly page: number;
  readonly on: string | undefined;
  /** A version by its number, also one that another replaced. */
  readonly version: number | undefined;
}

interface Row {
  readonly id: string;
  /** Of a unit of a kind that the prefecture has added. */
  readonly kind?: string;
  readonly name: string;
  readonly cells: readonly string[];
}

const usualHeadings = {
  municipality: ['名称', 'コード', '区分', '福祉事務所'],
  council: ['名称', '識別子', '事務局', '構成市町村', '行政区'],
  unit: ['名称', 'コード', '種類', '回答', '市町村'],
} as const;

/** Days, populations and classes have columns where there are any. */
function headingsOf(directory: Directory, list: ListQuery['list']): readonly string[] {
  const { classes = [] } = directory;
  const populations = list === 'municipality' && hasPopulations(directory) ? ['人口'] : [];
  const dates = someHaveDates(directory, list) ? ['有効期間'] : [];
  return [...usualHeadings[list], ...dates, ...populations, ...classes.map(({ label }) => label)];
}

function hasPopulations({ municipalities }: Directory): boolean {
  return municipalities.some(({ population }) => population !== undefined);
}

function rowsOf(directory: Directory, list: ListQuery['list']): Row[] {
  const { municipalities, councils, classes: definitions = [] } = directory;
  const ofClasses = ({ classes = {} }: Description): string[] => definitions.map(({ id }) => classes[id] ?? '');
  const names = new Map(municipalities.map(({ code, name }) => [code, name]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  const hasDates = someHaveDates(directory, list);
  if (list === 'council')
    return councils.map((each) => {
      const { id, name, members, lead, ward = '' } = each;
      const dates = hasDates ? [spanText(each)] : [];
      return {
        id,
        name,
        cells: [id, nameOf(lead), members.map(nameOf).join('、'), ward, ...dates, ...ofClasses(each)],
      };
    });
  const kinds = new Map(directory.kinds?.map(({ id, label }) => [id, label]));
  if (list === 'unit')
    return (directory.units ?? []).map(({ code, name, kind, municipality = '', answersItself, ...each }) => ({
      id: code,
      name,
      kind,
      cells: [
        code,
        kinds.get(kind) ?? kind,
        answersItself === true ? '自ら回答' : '市町村が回答',
        nameOf(municipality),
        ...(hasDates ? [spanText(each)] : []),
        ...ofClasses(each),
      ],
    }));
  const populations = hasPopulations(directory);
  return municipalities.map((each) => ({
    id: each.code,
    name: each.name,
    cells: [
      each.code,
      municipalityKinds[each.kind],
      hasWelfareOffice(each) ? '設置' : '未設置',
      ...(hasDates ? [spanText(each)] : []),
      ...(populations ? [each.population?.number.toLocaleString('ja') ?? ''] : []),
      ...ofClasses(each),
    ],
  }));
}

interface ListProps {
  /** As it stands on the day. */
  readonly directory: Directory;
  readonly query: ListQuery;
  readonly paths: Paths;
  readonly canEdit: boolean;
}

export function List({ directory, query, paths, canEdit }: ListProps) {
  const { list, search, kind, on, version } = query;
  const rows = rowsOf(directory, list).filter(
    ({ id, name, cells, kind: own }) =>
      (kind === '' || own === kind) && (search === '' || [id, name, ...cells].some((text) => text.includes(search))),
  );
  const { shown, page: number, pages } = pageOfList(rows, query.page, rowsPerPage);
  const here = withParameters(paths.directory, {
    list,
    on,
    version: version === undefined ? undefined : String(version),
    q: search === '' ? undefined : search,
    kind: kind === '' ? undefined : kind,
  });
  return (
    <>
      <Table
        caption={`${rows.length}件`}
        rows={shown}
        columns={headingsOf(directory, list).map((heading, index) => ({
          heading,
          isName: index === 0,
          cell: ({ id, name, cells }: Row) =>
            index > 0 ? (
              cells[index - 1]
            ) : canEdit ? (
              <a href={withParameters(paths.directory, { on, edit: `${list}/${id}` })}>{name}</a>
            ) : (
              name
            ),
        }))}
      />
      <Pager
        page={number}
        pages={pages}
        label="名簿のページ"
        hrefOf={(to) => withParameters(here, { page: String(to) })}
      />
    </>
  );
}

export function Search({ directory, query, paths }: Omit<ListProps, 'canEdit'>) {
  const { kinds = [] } = directory;
  return (
    <FilterForm
      action={paths.directory}
      label="名簿の絞り込み"
      reset={withParameters(paths.directory, { list: query.list, on: query.on })}
    >
      <input type="hidden" name="list" value={query.list} />
      {query.version !== undefined && <input type="hidden" name="version" value={String(query.version)} />}
      {query.on !== undefined && <input type="hidden" name="on" value={query.on} />}
      {query.list === 'unit' && kinds.length > 1 && (
        <FilterSelect
          name="kind"
          label="種類"
          all="すべて"
          options={kinds.map(({ id, label }) => [id, label] as const)}
          selected={query.kind}
        />
      )}
      <FilterSearch name="q" label="名称・コード" value={query.search} />
    </FilterForm>
  );
}
