/** The second step of our own sign-in: setting up an authenticator, its code, and a lost one. */

import { Button, ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import type { WebContext } from '../shared/visit.ts';
import { QrCode } from './qr-code.tsx';
import { CodeField, stepPage } from './step-page.tsx';
import type { StepPage, StepProps } from './step-page.tsx';

interface AuthenticatorProps extends StepProps {
  readonly username: string;
  readonly secret: string;
}

/** As authenticators read it (Google's key URI format, which the others follow). */
function keyAddress(issuer: string, username: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

export function authenticatorPage(c: WebContext, { csrf, error, username, secret }: AuthenticatorProps): StepPage {
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

export function codePage(c: WebContext, { csrf, error }: StepProps): StepPage {
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

export function lostAuthenticatorPage(c: WebContext): StepPage {
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
