/** Our own sign-in pages, from the name and password to the way in. */

import type { Child } from 'hono/jsx';
import { shortestPassword } from '../../domain/password.ts';
import { Button, ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId, LabelledInput } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import type { PageOptions } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { WebContext } from '../shared/visit.ts';
import { ReasonNotice } from './pages.tsx';
import type { SignInReason } from './pages.tsx';
import { QrCode } from './qr-code.tsx';

type Rendered = ReturnType<typeof page>;

/** A field that has to be corrected. */
export interface FieldError {
  readonly field: 'username' | 'password' | 'repeated' | 'code';
  readonly message: string;
  readonly status: NonNullable<PageOptions['status']>;
}

interface StepProps {
  /** What every form of the browser's sign-in posts back. */
  readonly csrf: string;
  readonly error?: FieldError | undefined;
}

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

function messageFor(error: FieldError | undefined, field: FieldError['field']): string | undefined {
  return error?.field === field ? error.message : undefined;
}

interface StepPageProps extends Pick<StepProps, 'error'> {
  readonly title: string;
  readonly status?: PageOptions['status'];
  readonly children: Child;
}

/** A page of the sign-in: what is wrong, its title, and what it asks. */
function stepPage(c: WebContext, { title, error, status = error?.status ?? 200, children }: StepPageProps): Rendered {
  const errors = error === undefined ? [] : [{ href: `#${fieldId(error.field)}`, message: error.message }];
  return page(
    c,
    { title, hasErrors: error !== undefined, status },
    <>
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      {children}
    </>,
  );
}

const passwordHint = `${shortestPassword}文字以上で、英大文字、英小文字、数字、記号をすべて含めてください。`;

function NewPasswordFields({ error }: Pick<StepProps, 'error'>) {
  return (
    <>
      <LabelledInput
        name="password"
        label="新しいパスワード"
        hint={passwordHint}
        type="password"
        autocomplete="new-password"
        value=""
        error={messageFor(error, 'password')}
      />
      <LabelledInput
        name="repeated"
        label="新しいパスワード（確認）"
        hint="同じパスワードをもう一度入力してください。"
        type="password"
        autocomplete="new-password"
        value=""
        error={messageFor(error, 'repeated')}
      />
    </>
  );
}

function CodeField({ error, hint }: Pick<StepProps, 'error'> & { readonly hint: string }) {
  return (
    <LabelledInput
      name="code"
      label="確認コード"
      hint={hint}
      class="input--short"
      autocomplete="one-time-code"
      inputmode="numeric"
      value=""
      error={messageFor(error, 'code')}
    />
  );
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

export function passwordPage(c: WebContext, props: SignInFormProps): Rendered {
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

export function newPasswordPage(c: WebContext, { csrf, error }: StepProps): Rendered {
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

interface AuthenticatorProps extends StepProps {
  readonly username: string;
  readonly secret: string;
}

/** As authenticators read it (Google's key URI format, which the others follow). */
function keyAddress(issuer: string, username: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

export function authenticatorPage(c: WebContext, { csrf, error, username, secret }: AuthenticatorProps): Rendered {
  const address = keyAddress(`寄合 ${c.get('shell').prefectureName}`, username, secret);
  const groups = secret.match(/.{1,4}/g) ?? [];
  return stepPage(c, {
    title: '認証アプリの設定',
    error,
    children: (
      <>
        <p>
          サインインには、パスワードのほかに、認証アプリに表示される6桁の数字（確認コード）を使用します。15分以内に次の手順で設定してください。
        </p>
        <ol>
          <li>
            スマートフォン等に認証アプリを用意します。Microsoft Authenticator、Google Authenticator
            など、時刻による確認コード（TOTP）に対応したものを使用できます。
          </li>
          <li>
            認証アプリでアカウントを追加し、次のQRコードを読み取ります。
            <QrCode
              text={address}
              label="認証アプリで読み取るQRコード。読み取れない場合は、次の設定キーを入力します。"
            />
            <details>
              <summary>QRコードを読み取れない場合</summary>
              <p>
                認証アプリで「設定キーを入力」を選び、アカウント名に利用者名「{username}
                」を、キーに次の文字を入力してください。空白は入力しなくても構いません。
              </p>
              <p class="setup-key">{groups.join(' ')}</p>
              <p>
                この端末に認証アプリがある場合は、<a href={address}>認証アプリを開いて追加</a>することもできます。
              </p>
            </details>
          </li>
          <li>認証アプリに表示された6桁の数字を入力します。</li>
        </ol>
        <form method="post">
          <CsrfField visit={{ csrf }} />
          <CodeField error={error} hint="認証アプリに表示されている6桁の数字です。30秒ごとに変わります。" />
          <div class="button-row">
            <Button>設定を終えてサインインする</Button>
          </div>
        </form>
        <Notice kind="info" title="設定キーは、パスワードと同じように扱ってください。">
          <p>QRコードと設定キーは、この画面だけに表示されます。写真や印刷で残さないでください。</p>
        </Notice>
      </>
    ),
  });
}

export function codePage(c: WebContext, { csrf, error }: StepProps): Rendered {
  const { paths } = c.get('shell');
  return stepPage(c, {
    title: '確認コードの入力',
    error,
    children: (
      <>
        <p>認証アプリを開き、表示されている6桁の数字を入力してください。</p>
        <form method="post">
          <CsrfField visit={{ csrf }} />
          <CodeField error={error} hint="数字は30秒ごとに変わります。" />
          <div class="button-row">
            <Button>サインインする</Button>
          </div>
        </form>
        <p>
          <a href={paths.lostAuthenticator}>認証アプリの端末をなくしたとき、機種変更をしたとき</a>
        </p>
        <p>
          正しい数字を入力しても進めない場合は、認証アプリの端末の時計が合っているか（日付と時刻の自動設定）を確認してください。
        </p>
      </>
    ),
  });
}

export function lostAuthenticatorPage(c: WebContext): Rendered {
  const { paths } = c.get('shell');
  return stepPage(c, {
    title: '認証アプリの端末をなくしたとき',
    children: (
      <>
        <p>
          端末をなくした場合や、認証アプリを引き継がずに機種変更をした場合は、次にご連絡ください。本人であることを確認したうえで、県の担当が認証アプリの登録を解除します。
        </p>
        <Contact shell={c.get('shell')} />
        <ul>
          <li>ご連絡の際は、所属、氏名、利用者名をお知らせください。パスワードは伝えないでください。</li>
          <li>
            解除の連絡を受けたら、すぐに今の利用者名とパスワードでサインインし、認証アプリを設定し直してください。
          </li>
          <li>利用者名とパスワードは変わりません。これまでの回答と履歴も、そのまま残ります。</li>
        </ul>
        <div class="button-row">
          <ButtonLink href={paths.signIn}>サインインに戻る</ButtonLink>
        </div>
      </>
    ),
  });
}

export function forgottenPasswordPage(
  c: WebContext,
  { csrf, error, username, returnTo }: StepProps & { readonly username: string; readonly returnTo: string },
): Rendered {
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
        <p>まだ一度もサインインしていない方は、メールで届いた仮のパスワードを使用してください。</p>
      </>
    ),
  });
}

export function resetPasswordPage(c: WebContext, { csrf, error }: StepProps): Rendered {
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
          <li>それでも届かない場合は、次にお問い合わせください。</li>
        </ul>
        <Contact shell={c.get('shell')} />
      </>
    ),
  });
}
