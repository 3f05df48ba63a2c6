/** What was done with people and the directory, which belong to no round: who, when, and of directories every version. */

import type { Hono } from 'hono';
import { describeRecord } from '../../domain/accounts/account-log.ts';
import { withParameters } from '../shared/address.ts';
import { admitted } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { page } from '../shared/layout.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const title = '利用者と名簿の変更の記録';
const perPage = 100;

async function People({ c, visit: { service, paths } }: { readonly c: WebContext; readonly visit: Visit }) {
  const given = c.req.query('before') ?? '';
  const before = /^\d{4}-[0-9T:.-]+Z$/.test(given) ? given : undefined;
  const { records, more } = await service.accounts.log.newest(perPage, before);
  const oldest = records.at(-1)?.at;
  return (
    <section aria-labelledby="people">
      <h2 id="people">利用者</h2>
      {records.length === 0 ? (
        <p>記録はありません。</p>
      ) : (
        <Table
          label="利用者の変更の表"
          rows={records}
          columns={[
            { heading: '日時', class: 'nowrap', cell: ({ at }) => <DateTime at={new Date(at)} /> },
            { heading: 'だれが', cell: ({ actor }) => actor },
            { heading: '利用者名', isName: true, cell: ({ username }) => username },
            { heading: 'できごと', cell: describeRecord },
          ]}
        />
      )}
      {more && oldest !== undefined && (
        <p>
          <a href={withParameters(paths.officeLog, { before: oldest })}>これより古い利用者の記録</a>
        </p>
      )}
    </section>
  );
}

async function officeLogPage(c: WebContext, visit: Visit): Promise<Response> {
  const { service, paths } = visit;
  const history = await service.store.directoryHistory();
  const { shown, page: number, pages } = pageOfList(history.toReversed(), pageWanted(c.req.query('page')), perPage);
  const people = mayDo(visit, 'accounts.manage') ? await People({ c, visit }) : '';
  return page(
    c,
    { title, wide: true },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: title }]} />
      <h1>{title}</h1>
      {people}
      <section aria-labelledby="directory">
        <h2 id="directory">名簿</h2>
        {shown.length === 0 ? (
          <p>記録はありません。</p>
        ) : (
          <Table
            rows={shown}
            columns={[
              { heading: '日時', class: 'nowrap', cell: ({ savedAt }) => <DateTime at={new Date(savedAt)} /> },
              { heading: 'だれが', cell: ({ savedBy }) => savedBy },
              {
                heading: 'できごと',
                isName: true,
                cell: ({ version }) => (
                  <a href={withParameters(paths.directory, { version: String(version) })}>第{version}版を保存した</a>
                ),
              },
            ]}
          />
        )}
        <Pager
          page={number}
          pages={pages}
          label="名簿の記録のページ"
          hrefOf={(to) => withParameters(paths.officeLog, { page: String(to) })}
        />
      </section>
    </>,
  );
}

export function officeLogPages(app: Hono<WebEnv>): void {
  app.get('/office-log', admitted('prefecture.read', officeLogPage));
}
