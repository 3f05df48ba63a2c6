/** What a municipality sees while the site is open to the prefecture alone. */

import { Contact } from './contact.tsx';
import { Notice } from './notice.tsx';
import { page } from './layout.tsx';
import type { WebContext } from './visit.ts';

/** What became of the form that was posted; nothing was, where a page was asked for. */
type PostedForm = 'kept' | 'too-large' | undefined;

function Posted({ form }: { readonly form: NonNullable<PostedForm> }) {
  return form === 'kept' ? (
    <Notice kind="warning" title="いまの入力内容はまだ保存されていません">
      <p>
        入力内容は24時間預かっています。その間に再開した場合は、同じ端末で元の画面を開くと入力内容が表示されますので、もう一度保存してください。
        24時間を超えて停止することもありますので、ブラウザーの「戻る」で前の画面に戻り、入力内容を控えておいてください。
      </p>
    </Notice>
  ) : (
    <Notice kind="warning" title="いまの入力内容を保存できませんでした">
      <p>
        入力内容が大きいため、預かることができませんでした。ブラウザーの「戻る」で前の画面に戻り、入力内容を控えてください。
      </p>
    </Notice>
  );
}

export function closedPage(c: WebContext, form: PostedForm): ReturnType<typeof page> {
  const { prefectureName } = c.get('shell');
  return page(
    c,
    { title: '現在利用できません', status: 503 },
    <>
      <h1>現在利用できません</h1>
      <p class="lead">現在、このサイトは{prefectureName}の担当者のみ利用できます。</p>
      {form === undefined ? '' : <Posted form={form} />}
      <p>
        これまでに保存又は提出された回答は失われていません。再開の時期や提出期限については、次にお問い合わせください。
      </p>
      <Contact shell={c.get('shell')} />
    </>,
  );
}
