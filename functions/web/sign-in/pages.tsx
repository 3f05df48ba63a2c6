/** What somebody sees who is not signed in, or not yet allowed in. */

import * as z from 'zod';
import { ButtonLink } from '../shared/button.tsx';
import { Contact } from '../shared/contact.tsx';
import { Notice } from '../shared/notice.tsx';
import { page } from '../shared/layout.tsx';
import type { WebContext } from '../shared/visit.ts';

type Rendered = ReturnType<typeof page>;

export const signInReason = z.enum(['expired', 'kept', 'too-large']);
export type SignInReason = z.output<typeof signInReason>;

const reasons: Readonly<Record<SignInReason, { title: string; text: string }>> = {
  expired: {
    title: '自動的にサインアウトしました',
    text: '安全のため、60分間操作がない場合、サインインから10時間が経過した場合、県の担当が利用者の設定を変更した場合は、自動的にサインアウトします。',
  },
  kept: {
    title: '入力内容はまだ保存されていません',
    text: '自動的にサインアウトしました。入力内容は一時的に預かっています。同じ利用者でサインインし直すと、元の画面に入力内容が表示されますので、もう一度保存してください。',
  },
  'too-large': {
    title: '入力内容を保存できませんでした',
    text: '自動的にサインアウトしました。入力内容が大きいため、預かることができませんでした。ブラウザーの「戻る」で前の画面に戻り、入力内容を控えてからサインインし直してください。',
  },
};

/** Why somebody is asked to sign in who was in. */
export function ReasonNotice({ reason }: { readonly reason: SignInReason | undefined }) {
  if (reason === undefined) return <></>;
  const { title, text } = reasons[reason];
  return (
    <Notice kind="warning" title={title}>
      <p>{text}</p>
    </Notice>
  );
}

export function signInPage(
  c: WebContext,
  { start, reason }: { start: string; reason: SignInReason | undefined },
): Rendered {
  const { prefectureName } = c.get('shell');
  return page(
    c,
    { title: 'サインイン' },
    <>
      <h1>サインイン</h1>
      <ReasonNotice reason={reason} />
      <p class="lead">{prefectureName}が行う調査に、市町村が回答するためのサイトです。</p>
      <p>サインインには、{prefectureName}から案内された利用者名とパスワードを使用します。</p>
      <div class="button-row">
        <ButtonLink kind="primary" href={start}>
          サインインする
        </ButtonLink>
      </div>
      <h2>サインインできないとき</h2>
      <p>利用者名やパスワードが分からない場合は、次にお問い合わせください。</p>
      <Contact shell={c.get('shell')} />
    </>,
  );
}

/** Nobody came in, for a reason that passes: the way back to the sign-in, and whom to ask where it does not. */
function notSignedInPage(c: WebContext, status: 400 | 409, why: string): Rendered {
  const title = 'サインインできませんでした';
  return page(
    c,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>{why}</p>
      <div class="button-row">
        <ButtonLink kind="primary" href={c.get('shell').paths.signIn}>
          サインインに戻る
        </ButtonLink>
      </div>
      <p>繰り返し表示される場合は、次にお問い合わせください。</p>
      <Contact shell={c.get('shell')} />
    </>,
  );
}

export function signInAgainPage(c: WebContext): Rendered {
  return notSignedInPage(
    c,
    400,
    'サインインの途中で時間が経過したか、別の画面で操作が行われました。もう一度サインインしてください。',
  );
}

/** Somebody comes in about the second in which an administrator changes the account. */
export function justChangedPage(c: WebContext): Rendered {
  return notSignedInPage(
    c,
    409,
    '利用者の設定が変更されている途中か、変更された直後です。入力された内容の誤りではありません。しばらくしてから、もう一度サインインしてください。',
  );
}

export function noRolePage(c: WebContext): Rendered {
  const { paths } = c.get('shell');
  return page(
    c,
    { title: '利用する権限がありません', status: 403 },
    <>
      <h1>利用する権限がありません</h1>
      <p>
        サインインはできましたが、この利用者名には、回答する市町村も県の担当も割り当てられていません。
        次の担当に利用者名を伝えて、権限の設定を依頼してください。
      </p>
      <Contact shell={c.get('shell')} />
      <p>設定が終わったら、もう一度サインインしてください。</p>
      <div class="button-row">
        <ButtonLink href={paths.signIn}>サインインに戻る</ButtonLink>
      </div>
    </>,
  );
}

export function signedOutPage(c: WebContext): Rendered {
  return page(
    c,
    { title: 'サインアウトしました' },
    <>
      <h1>サインアウトしました</h1>
      <p>共用の端末では、ブラウザーを閉じてください。</p>
      <div class="button-row">
        <ButtonLink href={c.get('shell').paths.signIn}>もう一度サインインする</ButtonLink>
      </div>
    </>,
  );
}
