/** Our own sign-in with a name and a password, and what becomes of a password: the first one, a forgotten one. */

import { Button, ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledInput } from '../shared/labelled-controls.tsx';
import type { PageOptions } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { WebContext } from '../shared/visit.ts';
import { ReasonNotice } from './pages.tsx';
import type { SignInReason } from './pages.tsx';
import { CodeField, messageFor, NewPasswordFields, stepPage } from './step-page.tsx';
import type { StepPage, StepProps } from './step-page.tsx';

/** An account that anybody may use, on a laptop. */
interface OpenAccount {
  readonly username: string;
  readonly name: string;
}

export interface OpenAccounts {
  readonly accounts: readonly OpenAccount[];
  /** The same for each: there is nothing behind it. */
  readonly password: string;
}

interface OpenAccountListProps {
  readonly open: OpenAccounts;
  readonly action: string;
  readonly csrf: string;
  readonly returnTo: string;
}

/** One press signs in: the same post as by hand. */
function OpenAccountList({ open, action, csrf, returnTo }: OpenAccountListProps) {
  return (
    <>
      <h2>試用の利用者</h2>
      <p>使用する利用者を選んでください。パスワードの入力は不要です。</p>
      <form method="post" action={action}>
        <CsrfField visit={{ csrf }} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <input type="hidden" name="password" value={open.password} />
        <ul class="open-accounts">
          {open.accounts.map(({ username, name }) => (
            <li>
              <button class="button button--secondary" name="username" value={username}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </>
  );
}

interface SignInNotice {
  readonly kind: 'success' | 'warning';
  readonly title: string;
  readonly text: string;
}

interface SignInFormProps extends StepProps {
  readonly username: string;
  readonly returnTo: string;
  readonly reason: SignInReason | undefined;
  /** Something that happened before: a new password was set, or the page stood open for too long. */
  readonly notice?: SignInNotice | undefined;
  readonly open?: OpenAccounts | undefined;
  readonly status?: PageOptions['status'];
}

export function passwordPage(c: WebContext, props: SignInFormProps): StepPage {
  const { csrf, error, status, username, returnTo, reason, notice, open } = props;
  const { prefectureName, paths } = c.get('shell');
  return stepPage(c, {
    title: 'サインイン',
    error,
    status,
    children: (
      <>
        <ReasonNotice reason={reason} />
        {notice === undefined ? (
          ''
        ) : (
          <Notice kind={notice.kind} title={notice.title}>
            <p>{notice.text}</p>
          </Notice>
        )}
        <p class="lead">{prefectureName}が行う調査に、市町村が回答するためのサイトです。</p>
        {open === undefined ? (
          ''
        ) : (
          <>
            <OpenAccountList open={open} action={paths.signIn} csrf={csrf} returnTo={returnTo} />
            <h2>利用者名とパスワードによるサインイン</h2>
          </>
        )}
        <form method="post" action={paths.signIn}>
          <CsrfField visit={{ csrf }} />
          <input type="hidden" name="returnTo" value={returnTo} />
          <LabelledInput
            name="username"
            label="利用者名"
            hint={`${prefectureName}から届いたメールに記載されています。`}
            autocomplete="username"
            value={username}
            error={messageFor(error, 'username')}
          />
          <LabelledInput
            name="password"
            label="パスワード"
            type="password"
            autocomplete="current-password"
            value=""
            error={messageFor(error, 'password')}
          />
          <div class="button-row">
            <Button>サインインする</Button>
          </div>
        </form>
        <h2>サインインできないとき</h2>
        <ul>
          <li>
            <a href={`${paths.forgottenPassword}?${new URLSearchParams({ returnTo })}`}>パスワードを忘れたとき</a>
          </li>
          <li>
            <a href={paths.lostAuthenticator}>認証アプリの端末をなくしたとき、機種変更をしたとき</a>
          </li>
        </ul>
        <p>
          仮のパスワードは、メールが届いてから7日間有効です。期限が過ぎた場合や、利用者名が分からない場合は、次にお問い合わせください。
        </p>
        <Contact shell={c.get('shell')} />
      </>
    ),
  });
}

export function newPasswordPage(c: WebContext, { csrf, error }: StepProps): StepPage {
  return stepPage(c, {
    title: '新しいパスワードの設定',
    error,
    children: (
      <>
        <p>
          仮のパスワードを、ご自分で決めたパスワードに変更します。他のサイトと同じパスワードは使用しないでください。
        </p>
        <form method="post">
          <CsrfField visit={{ csrf }} />
          <NewPasswordFields error={error} />
          <div class="button-row">
            <Button>設定して次へ進む</Button>
          </div>
        </form>
      </>
    ),
  });
}

export function forgottenPasswordPage(
  c: WebContext,
  { csrf, error, username, returnTo }: StepProps & { readonly username: string; readonly returnTo: string },
): StepPage {
  const { paths } = c.get('shell');
  return stepPage(c, {
    title: 'パスワードを忘れたとき',
    error,
    children: (
      <>
        <p>登録されたメールアドレスに、パスワードを設定し直すための確認コードを送ります。</p>
        <form method="post" action={paths.forgottenPassword}>
          <CsrfField visit={{ csrf }} />
          <input type="hidden" name="returnTo" value={returnTo} />
          <LabelledInput
            name="username"
            label="利用者名"
            autocomplete="username"
            value={username}
            error={messageFor(error, 'username')}
          />
          <div class="button-row">
            <Button>確認コードを送る</Button>
            <ButtonLink href={paths.signIn}>サインインに戻る</ButtonLink>
          </div>
        </form>
        <p>
          仮のパスワードがメールで届いていて、まだ使用していない方には、確認コードは送られません。仮のパスワードでサインインしてください。
        </p>
      </>
    ),
  });
}

export function resetPasswordPage(c: WebContext, { csrf, error }: StepProps): StepPage {
  const { paths } = c.get('shell');
  return stepPage(c, {
    title: 'パスワードの再設定',
    error,
    children: (
      <>
        <p>
          入力した利用者名が登録されている場合は、登録されたメールアドレスに確認コードを送りました。1時間以内に、メールに記載された6桁の数字と、新しいパスワードを入力してください。
        </p>
        <form method="post">
          <CsrfField visit={{ csrf }} />
          <CodeField error={error} hint="メールに記載されている6桁の数字です。" />
          <NewPasswordFields error={error} />
          <div class="button-row">
            <Button>パスワードを設定する</Button>
          </div>
        </form>
        <h2>メールが届かないとき</h2>
        <ul>
          <li>数分待ち、迷惑メールのフォルダーも確認してください。</li>
          <li>
            利用者名を確かめて、<a href={paths.forgottenPassword}>確認コードを送り直す</a>
            ことができます。短い時間に何度も送ることはできません。
          </li>
          <li>
            県が仮のパスワードを送り、まだ使用していない場合は、確認コードは送られません。仮のパスワードでサインインしてください。
          </li>
          <li>それでも届かない場合は、次にお問い合わせください。</li>
        </ul>
        <Contact shell={c.get('shell')} />
      </>
    ),
  });
}
