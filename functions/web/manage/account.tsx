/** One person's account: registered, and changed, stopped, given a new password or freed of a lost authenticator. */

import type { Hono } from 'hono';
import type { Problem } from '../../../schemas/problem.ts';
import { accountStateOf, accountStates, roleNames, textsOf, unitNames } from '../../domain/accounts/account.ts';
import type { StoredAccount } from '../../domain/accounts/account.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, httpStatusOf, refusalPage } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledInput } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import {
  AccountErrors,
  AccountFields,
  emptyAccount,
  recoveredAccount,
  typedAccount,
  withUnitCode,
} from './account-form.tsx';
import type { TypedAccount } from './account-form.tsx';
import { AccountsTrail, actingNames } from './accounts.tsx';

interface FormProps {
  readonly typed?: TypedAccount;
  readonly problem?: Problem | undefined;
}

async function newPage(
  c: WebContext,
  visit: Visit,
  { typed = emptyAccount, problem }: FormProps = {},
): Promise<Response> {
  const { service, paths } = visit;
  if (service.accounts.heldBy === 'provider')
    return refusalPage(c, { code: 'held-by-provider' }, { href: paths.accounts, label: '利用者の一覧へ戻る' });
  const directory = (await service.store.currentDirectory())?.directory;
  const title = '利用者を登録する';
  const errors = problem?.errors ?? [];
  return page(
    c,
    { title, status: problem === undefined ? 200 : httpStatusOf(problem), hasErrors: problem !== undefined },
    <>
      <AccountsTrail paths={paths} below={title} />
      <AccountErrors problem={problem} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>{title}</h1>
      <p>登録すると、仮のパスワードがメールで本人に送られます。利用者名とパスワードは1人に1つです。</p>
      <form method="post" action={paths.newAccount}>
        <CsrfField visit={visit} />
        <LabelledInput
          name="username"
          label="利用者名"
          hint="サインインに使います。半角の英数字で始まる3文字以上（英数字、ピリオド、ハイフン、下線）。例：kawagoe-01"
          value={typed.username}
          error={errors.find(({ path }) => path === 'username')?.message}
          autocomplete="off"
        />
        <AccountFields typed={typed} errors={errors} directory={directory} isPersonHere />
        <div class="button-row">
          <Button>登録して招待のメールを送る</Button>
          <a href={paths.accounts}>登録せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function showNew(c: WebContext, visit: Visit): Promise<Response> {
  const usual = { ...emptyAccount, units: (c.req.query('unit') ?? '').slice(0, 32) };
  return newPage(c, visit, { typed: recoveredAccount(visit) ?? usual });
}

async function invite(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const typed = typedAccount(await postedForm(c));
  const named = withUnitCode(typed, (await service.store.currentDirectory())?.directory);
  if ('problem' in named) return newPage(c, visit, { typed, problem: named.problem });
  const invited = await service.accounts.invite(person, named.typed);
  if (!invited.ok) return newPage(c, visit, { typed, problem: invited.problem });
  const made = await service.accounts.account('username', typed.username.toLowerCase());
  const here = made === undefined ? paths.accounts : paths.account(made.id);
  return c.redirect(withParameters(here, { done: 'invited' }), 303);
}

const outcomes: Readonly<Record<string, string>> = {
  invited: '登録し、招待のメールを送りました。',
  changed: '変更しました。権限を変えた場合、本人は新しくサインインします。',
  stopped: '利用を停止しました。本人が開いている画面からも、以後の操作はできません。',
  resumed: '利用を再開しました。',
  renewed: '仮のパスワードをメールで送りました。これまでのパスワードは使えません。',
  removed: '認証アプリの登録を外しました。次のサインインで、新しい認証アプリを設定します。',
};

interface ActionProps {
  readonly visit: Visit;
  readonly account: StoredAccount;
  readonly action: string;
  readonly label: string;
  readonly hint: string;
  readonly kind?: 'danger' | 'secondary';
}

function Action({ visit, account, action, label, hint, kind = 'secondary' }: ActionProps) {
  return (
    <form class="action" method="post" action={visit.paths.account(account.id)}>
      <CsrfField visit={visit} />
      <p>{hint}</p>
      <div class="button-row">
        <Button kind={kind} name="action" value={action}>
          {label}
        </Button>
      </div>
    </form>
  );
}

function Actions({ visit, account }: { readonly visit: Visit; readonly account: StoredAccount }) {
  const common = { visit, account };
  if (!account.isEnabled)
    return (
      <Action
        {...common}
        action="resume"
        label="利用を再開する"
        hint="再開すると、以前のパスワードでサインインできます。後任の人には、新しい利用者名を登録してください。"
      />
    );
  return (
    <>
      <Action
        {...common}
        action="renew"
        label={account.isInvited ? '招待のメールをもう一度送る' : 'パスワードを再発行する'}
        hint="仮のパスワード（7日間有効）を本人にメールで送ります。これまでのパスワードは使えなくなります。"
      />
      {!account.isInvited && (
        <Action
          {...common}
          action="authenticator"
          label="認証アプリの登録を外す"
          hint="携帯電話をなくした、又は機種を変えたときに使います。電話等で本人であることを確かめてから行ってください。"
        />
      )}
      {account.id !== visit.person.id && (
        <Action
          {...common}
          kind="danger"
          action="stop"
          label="利用を停止する"
          hint="異動や退職のときに停止します。ただちにサインアウトされ、以後サインインできません。入力途中の内容は本人の画面に残ります。"
        />
      )}
    </>
  );
}

async function accountPage(
  c: WebContext,
  visit: Visit,
  { typed = recoveredAccount(visit), problem }: FormProps = {},
): Promise<Response> {
  const { service, paths } = visit;
  const id = c.req.param('id') ?? '';
  const [account, current] = await Promise.all([service.accounts.account('sub', id), service.store.currentDirectory()]);
  if (account === undefined)
    return refusalPage(c, { code: 'not-found' }, { href: paths.accounts, label: '利用者の一覧へ戻る' });
  const directory = current?.directory;
  const texts = textsOf(account);
  const title = account.name === '' ? account.username : account.name;
  const done = outcomes[c.req.query('done') ?? ''];
  const isPersonHere = service.accounts.heldBy === 'pool';
  return page(
    c,
    { title, status: problem === undefined ? 200 : httpStatusOf(problem), hasErrors: problem !== undefined },
    <>
      <AccountsTrail paths={paths} below={title} />
      <AccountErrors problem={problem} />
      {recoveredAccount(visit) !== undefined && <RecoveredNotice />}
      {done !== undefined && problem === undefined && <Notice kind="success" title={done} />}
      <h1>{title}</h1>
      {accountStateOf(account) === 'interrupted' && (
        <Notice kind="warning" title="前回の変更が途中で止まっています。">
          <p>本人は今、何もできません。下の内容を確かめて「変更する」を押すと、続きを行います。</p>
        </Notice>
      )}
      <SummaryList
        terms={[
          ['利用者名', account.username],
          ['状態', accountStates[accountStateOf(account)]],
          ['区分', roleNames[texts.role]],
          texts.units === '' ? undefined : ['市町村等', unitNames(texts.units, actingNames(directory))],
        ]}
      />
      {(account.isEnabled || !isPersonHere) && (
        <section aria-labelledby="change">
          <h2 id="change">変更（異動等）</h2>
          <form method="post" action={paths.account(id)}>
            <CsrfField visit={visit} />
            <AccountFields
              typed={typed ?? { ...texts, username: account.username }}
              errors={problem?.errors ?? []}
              directory={directory}
              isPersonHere={isPersonHere}
            />
            <div class="button-row">
              <Button>変更する</Button>
              <a href={paths.accounts}>利用者の一覧に戻る</a>
            </div>
          </form>
        </section>
      )}
      {isPersonHere && (
        <section aria-labelledby="actions">
          <h2 id="actions">{account.isEnabled ? 'パスワード・認証アプリ・利用の停止' : '利用の再開'}</h2>
          <Actions visit={visit} account={account} />
        </section>
      )}
    </>,
  );
}

async function change(c: WebContext, visit: Visit): Promise<Response> {
  const {
    service: { accounts, store },
    person,
    paths,
  } = visit;
  const id = c.req.param('id') ?? '';
  const post = await postedForm(c);
  const typed = typedAccount(post);
  const asked = post.text('action');
  const named = withUnitCode(typed, (await store.currentDirectory())?.directory);
  if (asked === '' && 'problem' in named) return accountPage(c, visit, { problem: named.problem, typed });
  const { name, email, role, units } = 'typed' in named ? named.typed : typed;
  const given = accounts.heldBy === 'pool' ? { name, email, role, units } : { role, units };
  const actions: Readonly<Record<string, readonly [done: string, act: () => Promise<Outcome<undefined>>]>> = {
    stop: ['stopped', () => accounts.change(person, id, { active: false })],
    resume: ['resumed', () => accounts.change(person, id, { active: true })],
    renew: ['renewed', () => accounts.renewPassword(person, id)],
    authenticator: ['removed', () => accounts.removeAuthenticator(person, id)],
  };
  const [done, act] = actions[asked] ?? ['changed', () => accounts.change(person, id, given)];
  const outcome = await act();
  if (outcome.ok) return c.redirect(withParameters(paths.account(id), { done }), 303);
  const { problem } = outcome;
  if (problem.code === 'not-found')
    return refusalPage(c, problem, { href: paths.accounts, label: '利用者の一覧へ戻る' });
  return accountPage(c, visit, { problem, ...(asked === '' ? { typed } : {}) });
}

export function accountPages(app: Hono<WebEnv>): void {
  app.get('/accounts/new', admitted('accounts.manage', showNew));
  app.post('/accounts/new', admitted('accounts.manage', invite));
  app.get(
    '/accounts/:id',
    admitted('accounts.manage', (c, visit) => accountPage(c, visit)),
  );
  app.post('/accounts/:id', admitted('accounts.manage', change));
}
