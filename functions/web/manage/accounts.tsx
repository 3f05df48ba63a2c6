/** The people (利用者): who has an account, which units have none, and the whole as a spreadsheet. */

import type { Hono } from 'hono';
import { namesOfUnits } from '../../../schemas/directory.ts';
import type { AnsweringUnit, Directory } from '../../../schemas/directory.ts';
import { wholeOf } from '../../../schemas/directory-on-day.ts';
import { accountStateOf, accountStates, roleNames, unitsWithout } from '../../domain/accounts/account.ts';
import type { AccountState, StoredAccount } from '../../domain/accounts/account.ts';
import { textsOf } from '../../service/accounts/accounts.ts';
import { writeAccounts } from '../../service/accounts/write-accounts.ts';
import { withParameters } from '../shared/address.ts';
import { admitted } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { ButtonLink } from '../shared/button.tsx';
import { FilterForm, FilterSearch, FilterSelect } from '../shared/filter-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import type { Paths } from '../shared/paths.ts';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const accountsTitle = '利用者';
const perPage = 100;

export function AccountsTrail({ paths, below }: { readonly paths: Paths; readonly below?: string }) {
  return (
    <Breadcrumbs
      trail={[
        { label: '調査の一覧', href: paths.home },
        { label: accountsTitle, ...(below === undefined ? {} : { href: paths.accounts }) },
        ...(below === undefined ? [] : [{ label: below }]),
      ]}
    />
  );
}

/** For whom somebody acts, by name; what is not in the directory by its code. */
export function unitNames(units: string, directory: Directory | undefined): string {
  // An account may be left of a municipality that ended.
  const names = directory === undefined ? new Map<string, string>() : namesOfUnits(wholeOf(directory));
  return units
    .split(';')
    .filter((unit) => unit !== '')
    .map((unit) => {
      const [code = '', form] = unit.split(/-(.*)/s);
      return `${names.get(code) ?? code}${form === undefined ? '' : `（${form}）`}`;
    })
    .join('、');
}

interface Filter {
  readonly q: string;
  readonly role: string;
  readonly state: string;
}

interface Row {
  readonly account: StoredAccount;
  readonly role: keyof typeof roleNames;
  readonly units: string;
  readonly state: AccountState;
}

function rowOf(account: StoredAccount, directory: Directory | undefined): Row {
  const { role, units } = textsOf(account);
  return { account, role, units: unitNames(units, directory), state: accountStateOf(account) };
}

function isWanted({ account: { username, name, email }, role, units, state }: Row, filter: Filter): boolean {
  if (filter.role !== '' && role !== filter.role) return false;
  if (filter.state !== '' && state !== filter.state) return false;
  return filter.q === '' || [username, name, email, units].some((text) => text.includes(filter.q));
}

/** More stand folded in front of the list of those who have one; still more are counted alone. */
const [mostShown, mostListed] = [12, 200];

function Lacking({
  lacking,
  paths,
  canInvite,
}: {
  lacking: readonly AnsweringUnit[];
  paths: Paths;
  canInvite: boolean;
}) {
  if (lacking.length === 0) return <></>;
  return (
    <section aria-labelledby="lacking">
      <h2 id="lacking">利用者のいない市町村等（{lacking.length}）</h2>
      <details open={lacking.length <= mostShown}>
        <summary>{canInvite ? '団体を選んで登録する' : '団体の名称'}</summary>
        <ul class="columns">
          {lacking.slice(0, mostListed).map(({ code, name }) => (
            <li>
              {canInvite ? <a href={withParameters(paths.newAccount, { unit: code })}>{name}を登録する</a> : name}
            </li>
          ))}
        </ul>
        {lacking.length > mostListed && (
          <p>
            ほか{lacking.length - mostListed}
            団体。多数の利用者は、一覧のファイルでまとめて登録できます。1人ずつの登録では、団体の名称又はコードを入力します。
          </p>
        )}
      </details>
    </section>
  );
}

function List({ rows, filter, at, paths }: { rows: readonly Row[]; filter: Filter; at: number; paths: Paths }) {
  const { shown, page: number, pages } = pageOfList(rows, at, perPage);
  if (rows.length === 0) return <p>条件に合う利用者はいません。</p>;
  return (
    <>
      <Table
        caption={`${rows.length}人`}
        rows={shown}
        columns={[
          {
            heading: '氏名',
            isName: true,
            cell: ({ account: { id, name, username } }) => (
              <a href={paths.account(id)}>{name === '' ? username : name}</a>
            ),
          },
          { heading: '区分', cell: ({ role }) => roleNames[role] },
          { heading: '市町村等', cell: ({ units }) => units },
          { heading: '状態', cell: ({ state }) => accountStates[state] },
          { heading: 'メールアドレス', cell: ({ account: { email } }) => email },
          { heading: '利用者名', cell: ({ account: { username } }) => username },
        ]}
      />
      <Pager
        page={number}
        pages={pages}
        label="利用者のページ"
        hrefOf={(to) => withParameters(paths.accounts, { ...filter, page: String(to) })}
      />
    </>
  );
}

/** What the prefecture's own provider holds, of which nothing can be changed here. */
function HeldElsewhere() {
  return (
    <Notice kind="info" title="氏名、パスワード及び認証アプリは、県の認証基盤で管理しています。">
      <p>
        ここで変更できるのは、権限（区分と担当する市町村）だけです。はじめてサインインした人は権限のない利用者として一覧に加わります。登録、利用の停止、パスワードの再発行は、県の認証基盤の担当に依頼してください。
      </p>
    </Notice>
  );
}

function spreadsheet(accounts: readonly StoredAccount[]): Response {
  return new Response(writeAccounts(accounts), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="accounts.csv"',
    },
  });
}

async function accountsPage(c: WebContext, { service, paths }: Visit): Promise<Response> {
  const [accounts, current] = await Promise.all([service.accounts.all(), service.store.currentDirectory()]);
  if (c.req.query('as') === 'csv') return spreadsheet(accounts);
  const directory = current?.directory;
  const text = (name: string): string => (c.req.query(name) ?? '').trim().slice(0, 100);
  const filter: Filter = { q: text('q'), role: text('role'), state: text('state') };
  const rows = accounts
    .map((account) => rowOf(account, directory))
    .filter((row) => isWanted(row, filter))
    .toSorted((a, b) => (a.account.username < b.account.username ? -1 : 1));
  const isOwn = service.accounts.heldBy === 'pool';
  return page(
    c,
    { title: accountsTitle, wide: true },
    <>
      <AccountsTrail paths={paths} />
      <h1>{accountsTitle}</h1>
      {isOwn ? '' : <HeldElsewhere />}
      <div class="button-row">
        {isOwn && <ButtonLink href={paths.newAccount}>利用者を登録する</ButtonLink>}
        {isOwn && <ButtonLink href={paths.accountsImport}>一覧のファイルで登録・変更する</ButtonLink>}
        <a href={withParameters(paths.accounts, { as: 'csv' })} download>
          利用者の一覧をCSVで保存する
        </a>
        <a href={paths.officeLog}>利用者と名簿の変更の記録</a>
      </div>
      {directory !== undefined && (
        <Lacking lacking={unitsWithout(directory, accounts)} paths={paths} canInvite={isOwn} />
      )}
      <h2>利用者の一覧</h2>
      <FilterForm action={paths.accounts} label="利用者の絞り込み">
        <FilterSearch name="q" label="氏名・市町村等" value={filter.q} />
        <FilterSelect
          name="role"
          label="区分"
          all="すべて"
          options={Object.entries(roleNames)}
          selected={filter.role}
        />
        <FilterSelect
          name="state"
          label="状態"
          all="すべて"
          options={Object.entries(accountStates)}
          selected={filter.state}
        />
      </FilterForm>
      <List rows={rows} filter={filter} at={pageWanted(c.req.query('page'))} paths={paths} />
    </>,
  );
}

export function accountsPages(app: Hono<WebEnv>): void {
  app.get('/accounts', admitted('accounts.manage', accountsPage));
}
