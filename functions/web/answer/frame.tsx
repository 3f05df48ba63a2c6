/** What the pages of one return share: where they lie, whose return it is, how it stands. */

import { onBehalfText } from '../../../schemas/return.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import type { Relation } from '../../domain/authorisation.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import type { Crumb } from '../shared/breadcrumbs.tsx';
import { Notice } from '../shared/notice.tsx';
import { fileHrefOf } from './opened.ts';
import type { Opened } from './opened.ts';
import type { Item } from '../../../schemas/form.ts';
import { answerBlocks } from '../../domain/answer-rows.ts';
import { withComputed } from '../../domain/computed.ts';
import { PagedAnswers } from '../shared/answers-view.tsx';

/** 年次調査票（玉村町） */
export function returnTitle({ form, unit }: Pick<Opened, 'form' | 'unit'>): string {
  return `${form.title}（${unit.name}）`;
}

export function Trail({ opened, below }: { readonly opened: Opened; readonly below: readonly Crumb[] }) {
  const { visit, key } = opened;
  const own: Crumb =
    below.length === 0 ? { label: returnTitle(opened) } : { label: returnTitle(opened), href: visit.paths.return(key) };
  const home = opened.relation === 'guest' ? [] : [{ label: '調査の一覧', href: visit.paths.home }];
  return (
    <>
      <Breadcrumbs trail={[...home, own, ...below]} />
      <ProxyNotice opened={opened} />
    </>
  );
}

/** On every page on which the prefecture answers for a unit. */
function ProxyNotice({ opened: { visit, key, draft, relation, unit } }: { readonly opened: Opened }) {
  const { proxy } = draft.standing;
  if (relation !== 'proxy' || proxy === undefined) return <></>;
  return (
    <Notice kind="warning" title={`${unit.name}の回答を県が代理で入力しています。`}>
      <p>
        {onBehalfText(proxy)}　<a href={visit.paths.onBehalf(key)}>代理入力の記録・終了</a>
      </p>
    </Notice>
  );
}

const uneditable = {
  submitted: '提出済みです。県が確認しています。内容を直すときは、先に提出を取り下げてください。',
  accepted: '県の確認が済んでいます。訂正が必要なときは県に連絡してください。',
} as const;

/** Who answers instead, as each reader knows them. */
const answeredBy: Readonly<Partial<Record<Relation, string>>> = {
  prefecture: '回答の入力と提出は、回答する市町村が行います。',
  member: '回答は事務局の市町村が行います。',
};

export function ReadOnlyNotice({ opened }: { readonly opened: Opened }) {
  const { relation, draft, canEdit } = opened;
  if (canEdit) return <></>;
  if (!isAllowed(relation, 'section.edit'))
    return <Notice kind="info" title={`閲覧のみできます。${answeredBy[relation] ?? ''}`} />;
  const { state } = draft.standing;
  if (state !== 'submitted' && state !== 'accepted') return <></>;
  return (
    <Notice kind="info" title={uneditable[state]}>
      {state === 'submitted' && (
        <p>
          <a href={opened.visit.paths.receipt(opened.key)}>提出の記録と取下げ</a>
        </p>
      )}
    </Notice>
  );
}

export function ClosedNotice({ opened }: { readonly opened: Opened }) {
  const { phase, isOver, canEdit } = opened;
  if (phase !== 'closed' || !canEdit) return <></>;
  if (isOver)
    return (
      <Notice kind="warning" title="受付は終了しました。提出はできません。提出が必要なときは県に連絡してください。" />
    );
  return <Notice kind="info" title="受付は終了しましたが、この回答は修正して再提出できます。" />;
}

/** What belongs to a section besides its questions: how they are answered, what is said of them, and asking about them. */
export function SectionLinks({ opened, section }: { readonly opened: Opened; readonly section: Item }) {
  const { visit, key, relation, comments } = opened;
  const count = comments.filter(({ path }) => path.split('.')[0] === section.key).length;
  return (
    <>
      {'　'}
      <a href={visit.paths.help(key)}>記入要領</a>
      {isAllowed(relation, 'question.ask') && (
        <>
          {'　'}
          <a href={visit.paths.questions(key, section.key)}>県に質問する</a>
        </>
      )}
      {isAllowed(relation, 'comment.write') && (
        <>
          {'　'}
          <a href={visit.paths.comments(key, section.key)}>庁内のコメント{count > 0 && `（${count}件）`}</a>
        </>
      )}
    </>
  );
}

/** Pressed by the Enter key, wherever it is pressed: what comes first in a form is what Enter does. */
export function EnterSaves() {
  return (
    <button class="visually-hidden" name="action" value="save" tabindex={-1} aria-hidden="true">
      一時保存する
    </button>
  );
}

interface SectionAnswersProps {
  readonly opened: Opened;
  readonly section: Item;
  readonly page: number;
  readonly hrefOf: (page: number) => string;
}

export function SectionAnswers({ opened, section, page, hrefOf }: SectionAnswersProps) {
  const { draft, names } = opened;
  const answers = withComputed(opened.form, draft.answers);
  const blocks = answerBlocks({ sections: [section], answers, names });
  return <PagedAnswers blocks={blocks} fileHref={fileHrefOf(opened)} page={page} hrefOf={hrefOf} />;
}
