/** Ending a round now (受付終了), and taking it up again (再開). */

import type { Hono } from 'hono';
import type { FieldError } from '../../../schemas/problem.ts';
import { phaseAt } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { readDay } from '../shared/posted-day.ts';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const label = '新しい受付終了の日';

interface ClosingProps {
  readonly visit: Visit;
  readonly round: Round;
  readonly typed: string;
  readonly errors: readonly FieldError[];
}

function Closing({ visit, round }: Pick<ClosingProps, 'visit' | 'round'>) {
  return (
    <form method="post" action={visit.paths.roundClosing(round.id)}>
      <CsrfField visit={visit} />
      <p>
        今すぐ受付を終了します。提出期限の前に終了するときは、提出期限も今になります。差し戻した回答と、期限を延長した回答は、終了後も提出できます。
      </p>
      <div class="button-row">
        <Button kind="danger" name="action" value="close">
          受付を終了する
        </Button>
        <a href={visit.paths.roundSettings(round.id)}>終了せずに戻る</a>
      </div>
    </form>
  );
}

function Reopening({ visit, round, typed, errors }: ClosingProps) {
  return (
    <form method="post" action={visit.paths.roundClosing(round.id)}>
      <CsrfField visit={visit} />
      <p>受付を再開します。提出期限は変わらず、期限を過ぎた提出は期限後の提出になります。</p>
      <LabelledInput
        name="closesAt"
        label={label}
        hint="この日の終わりまで受け付けます。終えない場合は空欄にしてください。例：令和6年12月20日"
        value={typed}
        error={errors[0]?.message}
        class="input--date"
      />
      <div class="button-row">
        <Button name="action" value="reopen">
          受付を再開する
        </Button>
        <a href={visit.paths.roundSettings(round.id)}>再開せずに戻る</a>
      </div>
    </form>
  );
}

function closingPage(c: WebContext, props: ClosingProps): Response | Promise<Response> {
  const { visit, round, errors } = props;
  const phase = phaseAt(round, visit.now);
  const title = phase === 'closed' ? '受付を再開する' : '受付を終了する';
  return page(
    c,
    { title, status: errors.length > 0 ? 422 : 200 },
    <>
      <RoundNav paths={visit.paths} round={round} current="roundSettings" trail={[{ label: title }]} />
      <ErrorSummary errors={errors.map(({ message }) => ({ href: `#${fieldId('closesAt')}`, message }))} />
      <h1>{title}</h1>
      <SummaryList
        terms={[
          ['調査の名称', round.name],
          ['提出期限', <DateTime at={round.dueAt} />],
          ['受付終了', round.closesAt === undefined ? '定めていません' : <DateTime at={round.closesAt} />],
        ]}
      />
      {phase === 'closed' ? (
        <Reopening {...props} />
      ) : phase === 'draft' || phase === 'notOpen' ? (
        <Notice kind="info" title="受付はまだ始まっていません。" />
      ) : (
        <Closing {...props} />
      )}
    </>,
  );
}

async function change(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const { text } = await postedForm(c);
  const typed = text('closesAt');
  const isReopening = text('action') === 'reopen';
  const day = isReopening && typed !== '' ? readDay(typed, 'closesAt', label) : undefined;
  if (day !== undefined && 'error' in day) return closingPage(c, { visit, round, typed, errors: [day.error] });
  const wanted = isReopening
    ? ({ kind: 'reopen', ...(day === undefined ? {} : { closesAt: day.day }) } as const)
    : ({ kind: 'close' } as const);
  const changed = await service.changeClosing(round, wanted, person.name);
  if (changed.ok) return c.redirect(paths.round(round.id), 303);
  const { errors = [] } = changed.problem;
  if (isReopening && errors.length > 0) return closingPage(c, { visit, round, typed, errors });
  return refusalPage(c, changed.problem, { href: paths.roundClosing(round.id), label: '受付の終了・再開へ戻る' });
}

export function roundClosingPages(app: Hono<WebEnv>): void {
  app.get(
    '/rounds/:round/closing',
    roundAdmitted('rounds.write', (c, visit, round) => closingPage(c, { visit, round, typed: '', errors: [] })),
  );
  app.post('/rounds/:round/closing', roundAdmitted('rounds.write', change));
}
