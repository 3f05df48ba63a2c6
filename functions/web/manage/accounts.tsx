/** The people (利用者): who has an account, which units have none, and the whole as a spreadsheet. */

import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { answeringUnits } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { wholeOf } from '../../../schemas/directory-on-day.ts';
import { firstCharacters } from '../../../schemas/values/text.ts';
import { accountStateOf, accountStates, roleNames, textsOf, unitNames } from '../../domain/accounts/account.ts';
import type { StoredAccount } from '../../domain/accounts/account.ts';
import { attachmentNamed } from '../../domain/download-name.ts';
import { streamOf } from '../../platform/byte-stream.ts';
import type { AccountsService } from '../../service/accounts/accounts.ts';
import type { AccountSearch, FoundAccounts } from '../../service/accounts/find-accounts.ts';
import { accountHeading, accountLines } from '../../service/accounts/write-accounts.ts';
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
import { Ways } from '../shared/ways.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const accountsTitle = '利用者';
/** What each may do is one call of the pool. */
const perPage = 60;
/** Likewise, units whose people are asked for. */
const unitsPerPage = 50;
const lackingPerPage = 200;

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

/** The units for which people may act, by code. An account may be left of one that ended. */
export function actingNames(directory: Directory | undefined): ReadonlyMap<string, string> {
  const units = directory === undefined ? [] : answeringUnits(wholeOf(directory));
  return new Map(units.map(({ code, name }) => [code, name]));
}

interface ListProps {
  readonly found: FoundAccounts;
  readonly shown: readonly StoredAccount[];
  readonly names: ReadonlyMap<string, string>;
  readonly ways: Child;
}

function List({ found, shown, names, ways, paths }: ListProps & { readonly paths: Paths }) {
  const { people, isLong, isCut, next } = found;
  const isPart = isLong && (next !== undefined || isCut);
  return (
    <>
      {isCut && <p>多数の利用者が見つかりました。一部だけを表示しています。条件を詳しくしてください。</p>}
      {shown.length === 0 ? (
        <p>{next === undefined ? '条件に合う利用者はいません。' : 'ここまでに、条件に合う利用者はいません。'}</p>
      ) : (
        <Table
          caption={isPart ? `このページに${shown.length}人` : `${people.length}人`}
          rows={shown}
          columns={[
            {
              heading: '氏名',
              isName: true,
              cell: ({ id, name, username }) => <a href={paths.account(id)}>{name === '' ? username : name}</a>,
            },
            { heading: '区分', cell: (account) => roleNames[textsOf(account).role] },
            { heading: '市町村等', cell: (account) => unitNames(textsOf(account).units, names) },
            { heading: '状態', cell: (account) => accountStates[accountStateOf(account)] },
            { heading: 'メールアドレス', cell: ({ email }) => email },
            { heading: '利用者名', cell: ({ username }) => username },
          ]}
        />
      )}
      {ways}
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

function spreadsheet(accounts: AccountsService): Response {
  const encoder = new TextEncoder();
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield encoder.encode(accountHeading);
    for await (const some of accounts.everybody()) yield encoder.encode(accountLines(some));
  }
  return new Response(streamOf(lines()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachmentNamed('利用者の一覧.csv', 'accounts.csv'),
    },
  });
}

function keyIn<T extends object>(names: T, text: string): keyof T | undefined {
  return Object.keys(names).find((name): name is keyof T & string => name === text && Object.hasOwn(names, name));
}

function searchIn(c: WebContext): AccountSearch {
  const text = (name: string): string => (c.req.query(name) ?? '').trim();
  const cursor = text('cursor');
  return {
    q: firstCharacters(text('q'), 100),
    role: keyIn(roleNames, text('role')),
    state: keyIn(accountStates, text('state')),
    cursor: cursor === '' ? undefined : cursor,
  };
}

async function accountsPage(c: WebContext, { service, paths }: Visit): Promise<Response> {
  const { accounts } = service;
  if (c.req.query('as') === 'csv') return spreadsheet(accounts);
  const names = actingNames((await service.store.currentDirectory())?.directory);
  const search = searchIn(c);
  const found = await accounts.find(search, names);
  const { shown, page: number, pages } = pageOfList(found.people, pageWanted(c.req.query('page')), perPage);
  const asked = { q: search.q, role: search.role ?? '', state: search.state ?? '' };
  const hrefOf = (more: Readonly<Record<string, string>>): string =>
    withParameters(paths.accounts, { ...asked, ...more });
  const label = '利用者のページ';
  const isOwn = accounts.heldBy === 'pool';
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
        <a href={paths.accountsLacking}>利用者のいない市町村等</a>
        <a href={withParameters(paths.accounts, { as: 'csv' })} download>
          利用者の一覧をCSVで保存する
        </a>
        <a href={paths.officeLog}>利用者と名簿の変更の記録</a>
      </div>
      <h2>利用者の一覧</h2>
      <FilterForm
        action={paths.accounts}
        label="利用者の絞り込み"
        hint={
          found.isLong && (
            <p class="hint">
              利用者が多いため、氏名、メールアドレス及び利用者名は先頭の文字から、市町村等は名称の一部又はコードから探します。
            </p>
          )
        }
      >
        <FilterSearch name="q" label="氏名・市町村等" value={search.q} />
        <FilterSelect
          name="role"
          label="区分"
          all="すべて"
          options={Object.entries(roleNames)}
          selected={search.role}
        />
        <FilterSelect
          name="state"
          label="状態"
          all="すべて"
          options={Object.entries(accountStates)}
          selected={search.state}
        />
      </FilterForm>
      <List
        found={found}
        shown={await accounts.told(shown)}
        names={names}
        paths={paths}
        ways={
          found.next === undefined ? (
            <Pager page={number} pages={pages} label={label} hrefOf={(to) => hrefOf({ page: String(to) })} />
          ) : (
            <Ways label={label} next={{ href: hrefOf({ cursor: found.next }), label: '次のページ' }}>
              {search.cursor !== undefined && <a href={hrefOf({})}>最初のページ</a>}
            </Ways>
          )
        }
      />
    </>,
  );
}

async function lackingPage(c: WebContext, { service, paths }: Visit): Promise<Response> {
  const directory = (await service.store.currentDirectory())?.directory;
  const all = directory === undefined ? [] : answeringUnits(directory);
  const wanted = pageWanted(c.req.query('page'));
  const asked = pageOfList(all, wanted, unitsPerPage);
  const { units, isOfAll } = await service.accounts.unitsWithout({ all, shown: asked.shown });
  const {
    shown,
    page: number,
    pages,
  } = isOfAll ? pageOfList(units, wanted, lackingPerPage) : { ...asked, shown: units };
  const isOwn = service.accounts.heldBy === 'pool';
  const title = '利用者のいない市町村等';
  const from = (number - 1) * unitsPerPage;
  return page(
    c,
    { title },
    <>
      <AccountsTrail paths={paths} below={title} />
      <h1>{title}</h1>
      {!isOfAll && (
        <p>
          名簿の{all.length}団体のうち、{from + 1}番目から{from + asked.shown.length}番目までを調べました。
        </p>
      )}
      {shown.length === 0 ? (
        <p>利用者のいない団体はありません。</p>
      ) : (
        <>
          <h2>
            {units.length}団体{isOwn && '：団体を選んで登録する'}
          </h2>
          <ul class="columns">
            {shown.map(({ code, name }) => (
              <li>{isOwn ? <a href={withParameters(paths.newAccount, { unit: code })}>{name}を登録する</a> : name}</li>
            ))}
          </ul>
          {isOwn && (
            <p>
              多数の利用者は、<a href={paths.accountsImport}>一覧のファイル</a>でまとめて登録できます。
            </p>
          )}
        </>
      )}
      <Pager
        page={number}
        pages={pages}
        label="団体のページ"
        hrefOf={(to) => withParameters(paths.accountsLacking, { page: String(to) })}
      />
    </>,
  );
}

export function accountsPages(app: Hono<WebEnv>): void {
  app.get('/accounts', admitted('accounts.manage', accountsPage));
  app.get('/accounts/lacking', admitted('accounts.manage', lackingPage));
}
