/** What was typed and can neither be saved nor kept: shown once more, to be copied. */

import type { Catalogue, Form } from '../../../schemas/form.ts';
import { blankPath } from '../../../schemas/kinds/edit-check.ts';
import { documentForms, formIn } from '../../../schemas/round-forms.ts';
import { isBlank } from '../../../schemas/values/text.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { printAnswer, withEntries } from '../../domain/print-answer.ts';
import { firstOf, keptWhyMark, posted, valuesOf, whyMark } from '../../domain/posted/posted.ts';
import { isUnconfirmed } from '../../domain/posted/prefilled.ts';
import { namesBelow } from '../../domain/question-path.ts';
import { readPosted } from '../../domain/posted/read.ts';
import { Contact } from '../shared/contact.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { labelledTexts, UnsavedTexts } from '../shared/unsaved-texts.tsx';
import type { UnsavedText } from '../shared/unsaved-texts.tsx';
import type { WebContext } from '../shared/visit.ts';
import { changedSince } from './conflict.ts';
import { placeOf } from './place.ts';
import { reasonName } from './reason-field.tsx';

const reasons = {
  rights: {
    status: 403,
    title: 'この回答を編集する権限がなくなったため、保存できませんでした',
    text: '入力中に、名簿又は利用者の設定の変更等により、この回答を編集できる市町村が変わりました。',
    line: 'この回答を編集する権限がなくなりました',
  },
  share: {
    status: 410,
    title: '共有のリンクが使えなくなったため、保存できませんでした',
    text: '入力中に、共有の期限が過ぎたか、共有が取り消されたか、回答が提出されました。次の内容を控えて、リンクを送った担当者に伝えてください。',
    line: '共有のリンクが使えなくなりました',
  },
  stopped: {
    status: 403,
    title: '利用が停止されたため、保存できませんでした',
    text: '入力中に、異動等により、県がこの利用者の利用を停止しました。サインインし直すことはできません。次の内容を控えて、後任の方に伝えてください。',
    line: '県がこの利用者の利用を停止しました',
  },
  session: {
    status: 401,
    title: 'サインインを確認できないため、保存できませんでした',
    text: 'サインインの情報が失われたため、誰が入力した内容かを確認できず、預かることもできませんでした。サインインし直してから、入力し直してください。',
    line: 'サインインを確認できません。入力した内容を預かることもできません',
  },
  person: {
    status: 403,
    title: '画面を開いた後にサインインが変わったため、保存できませんでした',
    text: 'この画面を開いた後に、同じブラウザーで別の方がサインインしたか、サインインし直しました。入力した方がサインインし直してから、入力し直してください。',
    line: 'この画面を開いた後に、同じブラウザーで別の方がサインインしています',
  },
} as const;

export type WhyLost = keyof typeof reasons;

/** For the script that saves while somebody types: what pressing its form's button leads to. */
export function lostTextLine(why: WhyLost): string {
  return `${reasons[why].line}。「一時保存する」を押すと入力した内容が表示されますので、控えてください`;
}

/** What is typed besides answers. */
function ownTexts(typed: URLSearchParams, labels: ReadonlyMap<string, string>): UnsavedText[] {
  return [...typed].flatMap(([name, text]) =>
    labelledTexts([[name, text]], name.startsWith(reasonName('')) ? new Map([[name, '確認事項への理由']]) : labels),
  );
}

const sectionPage = new URLPattern({
  pathname: '*/rounds/:round/returns/:form/:unit/sections/:section{/entries/:entry}?',
});

/**
 * The answers that are others than those that the page was opened with, by the marks that it posts: who may not edit any more
 * learns nothing of what is stored. Which round's version of the form it was is told by how many marks there are. Why an
 * answer is not known is posted as it was kept, too.
 */
function typedAnswers(forms: Catalogue, url: string, typed: URLSearchParams): UnsavedText[] {
  const at = sectionPage.exec(url);
  const { form: id = '', section = '', entry } = at?.pathname.groups ?? {};
  const versions = [...(forms.get(id)?.values() ?? []), ...documentForms(id)].toSorted((a, b) => b.version - a.version);
  const post = posted(typed);
  const read = (form: Form) => {
    const place = placeOf(formIn(form, {}), section, entry, new URL(url).searchParams.get('at') ?? undefined);
    if (place === undefined) return undefined;
    const { items, base } = place;
    const { value, problems, reasons: unknown } = readPosted(items, post, base, {}, true);
    const { isOfPage, changed } = changedSince(items, value, base, typed.get('opened') ?? undefined);
    const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };
    const labelled = (path: string, text: string): UnsavedText[] => {
      const label = placeLabel({ form: { sections: items } }, value, (namesBelow(base, path) ?? []).join('.'));
      return text === '' ? [] : [{ label, text }];
    };
    const answers = changed.flatMap(({ item, path, answer }) =>
      answer === undefined ? [] : labelled(path, printAnswer(item, answer, withEntries(names, item, answer))),
    );
    const unread = [...problems.keys()].flatMap((path) =>
      isUnconfirmed(post, path) ? [] : labelled(path, valuesOf(post, path).join('\n')),
    );
    const unanswered = new Set([...[...unknown.keys()].flatMap((key) => blankPath(key) ?? []), ...problems.keys()]);
    const whys = [...unanswered].flatMap((path) => {
      const why = firstOf(post, whyMark(path)) ?? '';
      return isBlank(why) || why === firstOf(post, keptWhyMark(path))
        ? []
        : labelled(path, why).map(({ label, text }) => ({ label: `${label}：不明の理由`, text }));
    });
    const texts = [...answers, ...unread, ...whys];
    return { isOfPage, texts };
  };
  const all = versions.flatMap((form) => read(form) ?? []);
  return (all.find(({ isOfPage }) => isOfPage) ?? all[0])?.texts ?? [];
}

/** What of a return's page was typed, under the labels of its questions. */
export function lostTexts(
  c: WebContext,
  forms: Catalogue,
  typed: URLSearchParams,
  labels: ReadonlyMap<string, string> = new Map(),
): UnsavedText[] {
  return [...typedAnswers(forms, c.req.url, typed), ...ownTexts(typed, labels)];
}

/** Several times what the largest page has: anybody can post here, and each field takes its time. */
const mostFields = 2000;

/**
 * `undefined` where nothing was typed.
 *
 * @param labels what stands beside the fields of the prefecture's forms, by their names
 */
export function lostTextPage(
  c: WebContext,
  why: WhyLost,
  forms: Catalogue,
  typed: URLSearchParams,
  labels?: ReadonlyMap<string, string>,
): Response | Promise<Response> | undefined {
  if (typed.size > mostFields) return failurePage(c, 'tooLarge');
  const texts = lostTexts(c, forms, typed, labels);
  if (texts.length === 0) return undefined;
  const { status, title, text } = reasons[why];
  const { paths } = c.get('shell');
  return page(
    c,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>{text}</p>
      <UnsavedTexts texts={texts} />
      <Contact shell={c.get('shell')} />
      <p>
        <a href={paths.home}>調査の一覧へ</a>
      </p>
    </>,
  );
}
