/** Removing a round (調査の削除) that nobody has answered. */

import type { Hono } from 'hono';
import type { Round } from '../../../schemas/round.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const state = await service.store.roundState(round.id);
  const returns = [...(state?.returns.values() ?? [])].filter((each) => each.state !== 'notStarted').length;
  const title = '調査を削除する';
  return page(
    c,
    { title },
    <>
      <RoundNav paths={paths} round={round} current="roundSettings" trail={[{ label: title }]} />
      <h1>{title}</h1>
      {returns > 0 ? (
        <Notice kind="warning" title={`作成中又は提出済みの回答が${returns}件あるため、この調査は削除できません。`}>
          <p>受付を終えるときは、調査の設定で受付終了の日を入力してください。</p>
        </Notice>
      ) : (
        <>
          <p>「{round.name}」を削除します。まだ回答はありません。</p>
          <Notice kind="warning" title="削除した調査は元に戻せません。">
            <p>
              調査の設定、依頼文・記入要領、出力したファイルもなくなります。削除した人と日付は「調査の一覧」に残ります。同じ識別子（
              {round.id}）の調査は作成できなくなります。
            </p>
          </Notice>
          <form method="post" action={paths.roundRemoval(round.id)}>
            <CsrfField visit={visit} />
            <div class="button-row">
              <Button kind="danger">削除する</Button>
              <a href={paths.roundSettings(round.id)}>削除せずに戻る</a>
            </div>
          </form>
        </>
      )}
    </>,
  );
}

async function remove(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const removed = await service.removeRound(round.id, person.name);
  if (removed.ok) return c.redirect(paths.home, 303);
  return refusalPage(c, removed.problem, { href: paths.roundSettings(round.id), label: '調査の設定に戻る' });
}

export function roundRemovalPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/removal', roundAdmitted('rounds.write', show));
  app.post('/rounds/:round/removal', roundAdmitted('rounds.write', remove));
}
