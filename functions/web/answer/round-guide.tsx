/** What the prefecture tells about a round, to be read or printed: 依頼文 and 記入要領. */

import type { Hono } from 'hono';
import type { Round } from '../../../schemas/round.ts';
import { roundAdmitted } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Contact } from '../shared/contact.tsx';
import { page } from '../shared/layout.tsx';
import { publishedAnswers } from '../../domain/asked-questions.ts';
import { PublishedAnswers } from '../shared/published-answers.tsx';
import { RoundTextsView } from '../shared/round-texts-view.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service } = visit;
  const [{ settings: texts }, asked] = await Promise.all([
    service.store.roundTexts(round.id),
    service.questions.asked({ round: round.id }),
  ]);
  const isEmpty = texts.request === undefined && texts.instructions === undefined;
  const title = '依頼文・記入要領';
  return page(
    c,
    { title: `${round.name} ${title}` },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: visit.paths.home }, { label: title }]} />
      <h1>{round.name}</h1>
      <p>
        提出期限 <DateTime at={round.dueAt} />
      </p>
      {isEmpty ? (
        <p>この調査の依頼文・記入要領はありません。調査票ごとの記入要領は、各調査票の画面から開けます。</p>
      ) : (
        <p class="no-print hint">ブラウザーの印刷機能で印刷できます。</p>
      )}
      <RoundTextsView texts={texts} />
      <PublishedAnswers forms={service.forms} round={round} answers={publishedAnswers(asked)} />
      <h2>お問い合わせ先</h2>
      <Contact shell={c.get('shell')} />
    </>,
  );
}

export function roundGuidePages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/guide', roundAdmitted('rounds.read', show));
}
