/** The directory: its municipalities and councils, each with a form to change it, and the whole as a spreadsheet. */

import type { Hono } from 'hono';
import type { Directory } from '../../../schemas/directory.ts';
import { standingOn } from '../../../schemas/directory-on-day.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { firstCharacters } from '../../../schemas/values/text.ts';
import { readDay, startsOf, versionOn } from '../../domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../domain/directory-calendar.ts';
import { csvFile } from '../shared/csv-file.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { ButtonLink } from '../shared/button.tsx';
import { Notice } from '../shared/notice.tsx';
import { DateTime } from '../shared/time.tsx';
import { writeDirectoryCsv } from './directory/directory-csv.ts';
import { page } from '../shared/layout.tsx';
import type { Paths } from '../shared/paths.ts';
import { withParameters } from '../shared/address.ts';
import { admitted } from '../shared/admission.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { DayForm, OtherUnits } from './directory-days.tsx';
import { List, Search } from './directory-units.tsx';
import type { ListQuery } from './directory-units.tsx';
import { editedNames } from './directory-edit-view.tsx';
import { editPage, saveEdit } from './directory-edit.ts';

const lists = ['municipality', 'council', 'unit'] as const;

function queryOf(c: WebContext): ListQuery {
  return {
    list: lists.find((each) => each === c.req.query('list')) ?? 'municipality',
    search: firstCharacters((c.req.query('q') ?? '').trim(), 100),
    kind: (c.req.query('kind') ?? '').slice(0, 32),
    page: pageWanted(c.req.query('page')),
    on: readDay(c.req.query('on') ?? ''),
    version: /^[1-9]\d{0,5}$/.test(c.req.query('version') ?? '') ? Number(c.req.query('version')) : undefined,
  };
}

function Tabs({ directory, query, paths, canEdit }: Pick<WholeProps, 'directory' | 'query' | 'paths' | 'canEdit'>) {
  const { units = [], kinds = [] } = directory;
  const hasOthers = canEdit || units.length > 0 || kinds.length > 0;
  const tabs = [
    ['municipality', `市町村（${directory.municipalities.length}）`],
    ['council', `協議会（${directory.councils.length}）`],
    ...(hasOthers ? [['unit', `その他の回答単位（${units.length}）`] as const] : []),
  ] as const;
  return (
    <nav class="round-nav" aria-label="名簿の種類">
      <ul>
        {tabs.map(([list, label]) => (
          <li>
            <a
              href={withParameters(paths.directory, { list, on: query.on, version: query.version?.toString() })}
              aria-current={list === query.list ? 'page' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Which versions hold from which day, when there is more than one. */
function Versions({ calendar, version, today, paths }: Omit<WholeProps, 'directory' | 'day' | 'query' | 'canEdit'>) {
  const starts = startsOf(calendar);
  if (calendar.newest < 2) return <></>;
  const current = versionOn(calendar, today);
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">名簿の版</h2>
      <ul>
        {starts.map((start) => (
          <li>
            <a
              href={withParameters(paths.directory, { on: start.version === current ? undefined : start.day })}
              aria-current={start.version === version ? 'true' : undefined}
            >
              <DateTime at={start.day} />
              から　第{start.version}版
            </a>
            {start.version === current ? '（現在有効）' : start.day > today ? '（予定）' : ''}
            {start.version === version && '　表示中'}
          </li>
        ))}
      </ul>
      {calendar.newest > starts.length && (
        <details>
          <summary>置き換えられた版も開く（第1版～第{calendar.newest}版）</summary>
          <ul>
            {Array.from({ length: calendar.newest }, (_, index) => calendar.newest - index).map((number) => (
              <li>
                <a href={withParameters(paths.directory, { version: String(number) })}>第{number}版</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface WholeProps {
  readonly calendar: DirectoryCalendar;
  readonly version: number;
  /** As it stands on the day. */
  readonly directory: Directory;
  readonly day: string;
  readonly today: string;
  readonly query: ListQuery;
  readonly paths: Paths;
  readonly canEdit: boolean;
}

function Whole({ calendar, version, directory, day, today, query, paths, canEdit }: WholeProps) {
  return (
    <>
      <p>
        {directory.prefecture.name}　第{version}版
        {directory.validFrom !== undefined && (
          <>
            {'　'}
            <DateTime at={directory.validFrom} />
            から有効
          </>
        )}
      </p>
      <p>
        変更は、いつから有効かを付けて新しい版として保存されます。回答できる市町村（協議会の事務局）は、今日有効な版で決まります。実施中の調査の対象は、その調査の設定で版を改めない限り変わりません。
      </p>
      <DayForm list={query.list} day={day} paths={paths} />
      <Versions calendar={calendar} version={version} today={today} paths={paths} />
      <div class="button-row">
        {canEdit && (
          <>
            {(query.list !== 'unit' || directory.kinds !== undefined) && (
              <ButtonLink href={withParameters(paths.directory, { on: query.on, edit: `${query.list}/new` })}>
                {editedNames[query.list]}を追加する
              </ButtonLink>
            )}
            {query.list === 'unit' && <ButtonLink href={paths.directoryKinds}>回答単位の種類を編集する</ButtonLink>}
            <ButtonLink href={paths.reorganisation}>合併・分割・市制施行</ButtonLink>
            <ButtonLink href={paths.directoryImport}>名簿を取り込む</ButtonLink>
            <a href={paths.directoryClasses}>分類を編集する</a>
          </>
        )}
        <a
          href={withParameters(paths.directory, { on: query.on, version: query.version?.toString(), as: 'csv' })}
          download
        >
          名簿をCSVで保存する
        </a>
        <a href={paths.officeLog}>名簿の変更の記録</a>
      </div>
      <Tabs directory={directory} query={query} paths={paths} canEdit={canEdit} />
      {query.list === 'unit' && canEdit && (
        <p class="hint">
          {directory.kinds === undefined
            ? '市町村・協議会のほかに回答を求める相手（相談支援事業所、保健所、圏域など）は、はじめに種類を登録し、その後に1件ずつ追加します。'
            : ''}
          多数をまとめて追加・変更するときは、名簿のCSVの「種類：」で始まる行に入力して取り込みます（事務局の列に、回答する市町村のコードか「自ら回答」）。
        </p>
      )}
      <Search directory={directory} query={query} paths={paths} />
      <List directory={directory} query={query} paths={paths} canEdit={canEdit} />
      <OtherUnits directory={directory} list={query.list} paths={paths} canEdit={canEdit} />
    </>
  );
}

function NoDirectory({ paths, canEdit }: Pick<WholeProps, 'paths' | 'canEdit'>) {
  if (!canEdit) return <p>名簿はまだ登録されていません。</p>;
  return (
    <>
      <p>
        名簿はまだ登録されていません。総務省の全国地方公共団体コードの一覧、又はこのシステムの名簿のCSVを取り込んでください。
      </p>
      <ButtonLink href={paths.directoryImport}>名簿を取り込む</ButtonLink>
    </>
  );
}

const outcomes: Readonly<Record<string, string>> = {
  saved: '名簿を保存しました。',
  removed: '名簿から削除しました。',
  imported: '名簿を取り込みました。',
  reorganised: '合併等を名簿に反映しました。',
};

function spreadsheet(directory: Directory): Response {
  return csvFile(writeDirectoryCsv(directory), `名簿_${directory.prefecture.name}.csv`, 'directory.csv');
}

async function directoryPage(c: WebContext, visit: Visit): Promise<Response> {
  const { service, paths } = visit;
  const query = queryOf(c);
  const calendar = await service.store.directoryCalendar();
  const today = dayInJapan(visit.now);
  const day = query.on ?? today;
  const edit = c.req.query('edit');
  const old = query.version !== undefined && query.version <= calendar.newest ? query.version : undefined;
  const current = versionOn(calendar, today);
  const version = old ?? versionOn(calendar, day);
  // What is changed is what holds on a day; a version that was replaced is only read.
  const canEdit = old === undefined && mayDo(visit, 'directory.write');
  if (version !== undefined && edit !== undefined && canEdit) return editPage(c, visit, { day, calendar, edit });
  const document = version === undefined ? undefined : await service.store.directoryDocument(version);
  if (document !== undefined && c.req.query('as') === 'csv') return spreadsheet(document);
  const directory = document && standingOn(document, day);
  const done = outcomes[c.req.query('done') ?? ''];
  return page(
    c,
    { title: '名簿', wide: true },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿' }]} />
      {done !== undefined && (
        <Notice kind="success" title={done}>
          {current === undefined || version === current ? undefined : (
            <p>
              <DateTime at={day} />
              の名簿を表示しています。今日有効な名簿は第{current}版です。
            </p>
          )}
        </Notice>
      )}
      <h1>名簿</h1>
      {version === undefined || directory === undefined ? (
        <NoDirectory paths={paths} canEdit={canEdit} />
      ) : (
        <Whole {...{ calendar, version, directory, day, today, query, paths, canEdit }} />
      )}
    </>,
  );
}

export function directoryPages(app: Hono<WebEnv>): void {
  app.get('/directory', admitted('prefecture.read', directoryPage));
  app.post('/directory', admitted('directory.write', saveEdit));
}
