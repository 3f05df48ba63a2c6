/** Opening a round to municipalities (公開): until then it is a draft that the prefecture alone sees. */

import type { Hono } from 'hono';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { seenOf } from './round-form.ts';

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  // A second press of the button finds it open.
  if (round.draft === undefined) return c.redirect(paths.roundSettings(round.id), 303);
  const { settings: texts } = await service.store.roundTexts(round.id);
  const title = '調査を公開する';
  return page(
    c,
    { title },
    <>
      <RoundNav paths={paths} round={round} current="roundSettings" trail={[{ label: title }]} />
      <h1>{title}</h1>
      <p>次の調査を市町村に公開します。公開すると、対象の市町村の画面に表示されます。</p>
      <SummaryList
        terms={[
          ['調査の名称', round.name],
          [
            '調査票',
            formsOf(service.forms, round)
              .map((form) => form.title)
              .join('、'),
          ],
          ['受付開始', <DateTime at={round.opensAt} />],
          ['提出期限', <DateTime at={round.dueAt} />],
          ['依頼文', texts.request === undefined ? '書かれていません' : 'あります'],
          ['記入要領', texts.instructions === undefined ? '書かれていません' : 'あります'],
        ]}
      />
      <form method="post" action={paths.roundOpening(round.id)}>
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seenOf(round)} />
        <div class="button-row">
          <Button>公開する</Button>
          <a href={paths.roundSettings(round.id)}>公開せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function open(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const opened = withParameters(paths.roundSettings(round.id), { done: 'opened' });
  const seen = (await postedForm(c)).text('seen');
  if (round.draft === undefined) return c.redirect(opened, 303);
  const { id, directoryVersion: _pinned, documents: _documents, draft: _draft, ...definition } = round;
  const defined = await service.defineRound(id, definition, person.name, {
    isAsSeen: (before) => seenOf(before) === seen,
  });
  if (defined.ok) return c.redirect(opened, 303);
  return refusalPage(c, defined.problem, { href: paths.roundOpening(id), label: '公開する画面へ戻る' });
}

export function roundOpeningPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/opening', roundAdmitted('rounds.write', show));
  app.post('/rounds/:round/opening', roundAdmitted('rounds.write', open));
}
