/** 提出前の承認: a second person looks at the draft and approves it, where the municipality wants that before submission. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { ApprovalState } from '../../service/approvals.ts';
import { isEditable } from '../../domain/life.ts';
import { isOwnSave } from '../../domain/revisions.ts';
import { isSavedByLinkOf } from '../../domain/sharing.ts';
import { refusalPage } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '提出前の承認';
const whole = { kind: 'return' } as const;

/** How the approval stands; nothing where none is wanted, or the prefecture submitted what nobody approved. */
export function ApprovalNotice({ opened, state }: { readonly opened: Opened; readonly state: ApprovalState }) {
  const { visit, key, draft } = opened;
  const { isDemanded, approval } = state;
  const isOpen = isEditable(draft.standing);
  if (!isDemanded || (!isOpen && approval === undefined)) return <></>;
  if (approval === undefined)
    return (
      <Notice kind="warning" title="提出の前に、他の担当者の承認が必要です。まだ承認されていません。">
        <p>
          内容を保存した後に、最後に保存した人とは別の担当者が
          <a href={visit.paths.approval(key)}>{title}</a>
          の画面で承認します。承認の後に保存すると、承認は無効になります。
        </p>
      </Notice>
    );
  return (
    <Notice kind="info" title={`${approval.approvedBy}が承認しました。`}>
      <p>
        <DateTime at={new Date(approval.approvedAt)} />
        {isOpen
          ? '　この後に保存すると、承認は無効になります。'
          : `　承認された内容を、第${draft.standing.version}版として提出しました。`}
      </p>
    </Notice>
  );
}

/** The same in a line of the return's own page, where an approval is wanted. */
export function ApprovalFact({ opened, approval }: { readonly opened: Opened } & Pick<ApprovalState, 'approval'>) {
  const { visit, key, draft } = opened;
  const page = visit.paths.approval(key);
  if (approval === undefined)
    return isEditable(draft.standing) ? (
      <a href={page}>まだ承認されていません</a>
    ) : (
      <a href={page}>承認の記録はありません</a>
    );
  return (
    <>
      <a href={page}>{approval.approvedBy}が承認しました</a>（<DateTime at={new Date(approval.approvedAt)} />）
    </>
  );
}

function ApproveForm({ opened }: { readonly opened: Opened }) {
  const { visit, key, draft } = opened;
  if (isOwnSave(visit.person, draft))
    return <p>最後に保存したのはあなたです。別の担当者が、この画面を開いて承認してください。</p>;
  if (isSavedByLinkOf(visit.person, draft))
    return (
      <p>
        最後に保存されたのは、あなたが作成した共有のリンクからです（{draft.savedBy}
        ）。別の担当者が、この画面を開いて承認してください。
      </p>
    );
  return (
    <form method="post" action={visit.paths.approval(key)}>
      <CsrfField visit={visit} />
      <input type="hidden" name="etag" value={draft.etag(whole)} />
      <p>
        先に<a href={visit.paths.check(key)}>回答の内容</a>を確認してください。
      </p>
      <div class="button-row">
        <Button name="action" value="approve">
          この内容を承認する
        </Button>
      </div>
    </form>
  );
}

function Setting({ opened, isDemanded }: { readonly opened: Opened; readonly isDemanded: boolean }) {
  const { visit, key, unit } = opened;
  return (
    <section aria-labelledby="setting">
      <h2 id="setting">承認を必要とするかどうか</h2>
      <p>
        今は、提出の前に他の担当者の承認を
        {isDemanded ? '必要としています。' : '必要としていません。'}
        この設定は、{unit.name}の全ての調査票に適用し、変更は履歴に残ります。
      </p>
      <form method="post" action={visit.paths.approval(key)}>
        <CsrfField visit={visit} />
        <Button kind="secondary" name="action" value={isDemanded ? 'release' : 'demand'}>
          {isDemanded ? '承認を必要としないことにする' : '承認を必要とすることにする'}
        </Button>
      </form>
    </section>
  );
}

async function view(c: WebContext, opened: Opened, message?: string): Promise<Response> {
  const { visit, key, draft } = opened;
  const state = await visit.service.approvals.approvalOf(key);
  if (!state.ok) return refusalPage(c, state.problem);
  const { isDemanded, approval } = state.value;
  const mayApprove = isDemanded && approval === undefined && draft.savedAt !== undefined && isEditable(draft.standing);
  return page(
    c,
    { title, status: message === undefined ? 200 : 409 },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      {message !== undefined && <Notice kind="warning" title={message} />}
      <h1>{title}</h1>
      <ApprovalNotice opened={opened} state={state.value} />
      {mayApprove && <ApproveForm opened={opened} />}
      <Setting opened={opened} isDemanded={isDemanded} />
      <p>
        <a href={visit.paths.return(key)}>回答する項目に戻る</a>
      </p>
    </>,
  );
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.approve');
  return opened instanceof Response ? opened : view(c, opened);
}

async function post(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.approve');
  if (opened instanceof Response) return opened;
  const { visit, key } = opened;
  const { service, person, paths } = visit;
  const form = await postedForm(c);
  const action = form.text('action');
  if (action === 'approve') {
    const seen = { ifMatch: form.text('etag'), ifNoneMatch: undefined };
    const approved = await service.approvals.approve(key, seen, person);
    if (approved.ok) return c.redirect(paths.approval(key), 303);
    return view(c, opened, problems[approved.problem.code].title);
  }
  if (action !== 'demand' && action !== 'release') return view(c, opened);
  const settled = await service.approvals.demandApproval(key, action === 'demand', person.name);
  if (!settled.ok) return refusalPage(c, settled.problem);
  return c.redirect(paths.approval(key), 303);
}

export function approvalPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/approval', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/approval', (c) => post(c));
}
