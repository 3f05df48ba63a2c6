/** What was typed and can neither be saved nor kept: shown once more, to be copied. */

import { Contact } from './contact.tsx';
import { page } from './layout.tsx';
import { Notice } from './notice.tsx';
import type { WebContext } from './visit.ts';

const reasons = {
  rights: {
    status: 403,
    title: 'この回答を編集する権限がなくなったため、保存できませんでした',
    text: '入力中に、名簿の変更等により、この回答を編集できる市町村が変わりました。',
  },
  session: {
    status: 401,
    title: 'サインインを確認できないため、保存できませんでした',
    text: 'サインインの情報が失われたため、誰が入力した内容かを確認できず、預かることもできませんでした。サインインし直してから、入力し直してください。',
  },
} as const;

/** Answers have a dot in their names; what stands behind a colon is a mark of the page. */
function typedTexts(typed: URLSearchParams): string[] {
  const own = new Set(['comment', 'reason', 'name']);
  return [...typed].flatMap(([name, value]) =>
    value.trim() !== '' && (own.has(name) || name.startsWith('reason:') || /^[^:]+\.[^:]+$/.test(name)) ? [value] : [],
  );
}

/** `undefined` where nothing was typed. */
export function lostTextPage(
  c: WebContext,
  why: keyof typeof reasons,
  typed: URLSearchParams,
): Response | Promise<Response> | undefined {
  const texts = typedTexts(typed);
  if (texts.length === 0) return undefined;
  const { status, title, text } = reasons[why];
  const { paths } = c.get('shell');
  return page(
    c,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      <Notice kind="warning" title="入力された内容は保存されていません。必要なものは、次の欄から控えてください。" />
      {texts.map((each, index) => (
        <div class="form-group">
          <label class="label" for={`typed-${index}`}>
            入力された内容 {index + 1}
          </label>
          <textarea class="textarea" rows={2} readonly id={`typed-${index}`}>
            {`\n${each}`}
          </textarea>
        </div>
      ))}
      <Contact shell={c.get('shell')} />
      <p>
        <a href={paths.home}>調査の一覧へ</a>
      </p>
    </>,
  );
}
