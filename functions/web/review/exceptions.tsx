/** Exceptions for one return: more time (期限の延長), and that it will not come (回答なし). */

import type { Hono } from 'hono';
import type * as z from 'zod';
import type { FieldError } from '../../../schemas/problem.ts';
import { absence as absenceSchema, extension as extensionSchema, onBehalfText } from '../../../schemas/return.ts';
import { dayInJapan, endOf } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { isAllowed } from '../../domain/authorisation.ts';
import { dueDateOf } from '../../domain/due-date.ts';
import { isCorrected, isEditable } from '../../domain/life.ts';
import type { Standing } from '../../domain/life.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { FoundReturn } from '../../service/access.ts';
import { refusalPage, returnAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { readDay } from '../shared/posted-day.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { SummaryList } from '../shared/summary-list.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { readUnitQuery, writeUnitQuery } from './tracked-units.ts';

export const exceptionLabels = {
  dueAt: '延長後の提出期限',
  reason: '延長の理由',
  absenceReason: '回答なしとする理由',
} as const;

const title = '期限の延長・回答なし';

interface ExceptionsProps {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly standing: Standing;
  readonly suffix: string;
}

/** On the page of the return: when it is due, what was decided, and where to. */
export function Exceptions({ visit, found, standing, suffix }: ExceptionsProps) {
  const { extension, absence, proxy } = standing;
  return (
    <>
      <SummaryList
        terms={[
          [
            '提出期限',
            <>
              <DateTime at={dueDateOf(found.round, standing)} />
              {extension !== undefined && `　延長（理由：${extension.reason}）`}
            </>,
          ],
          absence && ['回答なし', `記録済（理由：${absence.reason}）`],
          proxy && ['代理入力', `入力中。${onBehalfText(proxy)}`],
        ]}
      />
      {isCorrected(standing) && (
        <p class="no-print">
          <a href={visit.paths.correctionEffect(found.key) + suffix}>訂正を確認済にした場合の集計の変化</a>
        </p>
      )}
      {isAllowed(found.relation, 'return.onBehalf') && (
        <p class="no-print">
          {isEditable(standing) ? (
            <a href={visit.paths.onBehalf(found.key)}>代理で入力する</a>
          ) : (
            <a href={visit.paths.correction(found.key)}>職権で訂正する</a>
          )}
        </p>
      )}
      {isAllowed(found.relation, 'return.except') && (
        <p class="no-print">
          <a href={visit.paths.exceptions(found.key) + suffix}>{title}を記録する</a>
        </p>
      )}
    </>
  );
}

const twoWeeks = 14 * 86_400_000;

/** A day after the due date, to show how one is written. */
function laterDay(due: string): string {
  return printPartialDate(dayInJapan(new Date(endOf(due) - 1 + twoWeeks)));
}

interface FormsProps extends ExceptionsProps {
  readonly fields: Readonly<Record<keyof typeof exceptionLabels, string>>;
  readonly errors: readonly FieldError[];
}

function Forms({ visit, found, standing, suffix, fields, errors }: FormsProps) {
  const { extension, absence, state, acceptedVersion } = standing;
  const action = visit.paths.exceptions(found.key) + suffix;
  const errorAt = (name: string) => errors.find(({ path }) => path === name)?.message;
  const hasCome = state === 'submitted' || state === 'accepted' || acceptedVersion !== undefined;
  const reason = (name: 'reason' | 'absenceReason') => (
    <LabelledTextArea
      id={fieldId(name)}
      name={name}
      label={exceptionLabels[name]}
      hint="市町村の画面と履歴に表示されます。"
      value={fields[name]}
      error={errorAt(name)}
      rows={2}
    />
  );
  return (
    <>
      <section aria-labelledby="extension">
        <h2 id="extension">期限の延長</h2>
        <p>
          この回答だけの提出期限を定めます。その日までは期限内の提出となり、調査の受付が終了した後でも提出できます。
          {extension !== undefined && '現在の延長は、新しい内容に置き換えられます。'}
        </p>
        <form method="post" action={action}>
          <CsrfField visit={visit} />
          <LabelledInput
            name="dueAt"
            label={exceptionLabels.dueAt}
            hint={`この日の終わりまで受け付けます。例：${laterDay(dueDateOf(found.round, standing))}`}
            value={fields.dueAt}
            error={errorAt('dueAt')}
            class="input--date"
          />
          {reason('reason')}
          <div class="button-row">
            <Button name="action" value="extend">
              期限を延長する
            </Button>
            {extension !== undefined && (
              <Button kind="secondary" name="action" value="endExtension">
                延長を取り消す
              </Button>
            )}
          </div>
        </form>
      </section>
      <section aria-labelledby="absence">
        <h2 id="absence">回答なし</h2>
        {hasCome ? (
          <p>この回答は提出されているため、「回答なし」とはできません。</p>
        ) : (
          <form method="post" action={action}>
            <p>
              回答が見込めないことを記録します。対象の数には含め、回答なしとして別に数えます。市町村が提出すると、記録は自動的に取り消されます。
            </p>
            <CsrfField visit={visit} />
            {reason('absenceReason')}
            <div class="button-row">
              <Button name="action" value="absent">
                回答なしと記録する
              </Button>
              {absence !== undefined && (
                <Button kind="secondary" name="action" value="endAbsence">
                  回答なしを取り消す
                </Button>
              )}
            </div>
          </form>
        )}
      </section>
    </>
  );
}

function exceptionsPage(c: WebContext, props: FormsProps): Response | Promise<Response> {
  const { visit, found, standing, suffix, errors } = props;
  const { paths } = visit;
  const { unit, form, round, key } = found;
  return page(
    c,
    { title: `${unit.name}　${title}`, status: errors.length > 0 ? 422 : 200 },
    <>
      <RoundNav
        paths={paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: paths.review(key) + suffix }, { label: title }]}
      />
      <ErrorSummary errors={linkedErrors(errors)} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>
        {unit.name}　{form.title}
        <br />
        {title}
      </h1>
      <p>
        現在の提出期限 <DateTime at={dueDateOf(round, standing)} />
      </p>
      <Forms {...props} />
    </>,
  );
}

function suffixOf(c: WebContext): string {
  return writeUnitQuery(readUnitQuery(c.req.query()));
}

async function show(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const draft = await visit.service.returns.readDraft(found.key);
  if (!draft.ok) return refusalPage(c, draft.problem);
  const { standing } = draft.value;
  const kept = (name: keyof typeof exceptionLabels): string => visit.recovered?.get(name) ?? '';
  const fields = { dueAt: kept('dueAt'), reason: kept('reason'), absenceReason: kept('absenceReason') };
  return exceptionsPage(c, { visit, found, standing, suffix: suffixOf(c), fields, errors: [] });
}

function wrongReason({ error }: z.ZodSafeParseResult<unknown>, field: string): FieldError[] {
  const issue = error?.issues.find(({ path }) => path[0] === 'reason');
  return issue === undefined ? [] : [{ path: field, code: 'invalid-reason', message: issue.message }];
}

type Read = { readonly errors: readonly FieldError[] } | { readonly change: () => Promise<Outcome<Standing>> };

function readExceptions({ service, person }: Visit, { key }: FoundReturn, { text }: PostedForm): Read | undefined {
  const { returns } = service;
  switch (text('action')) {
    case 'extend': {
      const day = readDay(text('dueAt'), 'dueAt', exceptionLabels.dueAt);
      const parsed = extensionSchema.safeParse({ dueAt: 'day' in day ? day.day : '', reason: text('reason') });
      const wrong = wrongReason(parsed, 'reason');
      if ('error' in day) return { errors: [day.error, ...wrong] };
      if (!parsed.success) return { errors: wrong };
      return { change: () => returns.extend(key, parsed.data, person.name) };
    }
    case 'absent': {
      const parsed = absenceSchema.safeParse({ reason: text('absenceReason') });
      if (!parsed.success) return { errors: wrongReason(parsed, 'absenceReason') };
      return { change: () => returns.markAbsent(key, parsed.data, person.name) };
    }
    case 'endExtension':
      return { change: () => returns.endExtension(key, person.name) };
    case 'endAbsence':
      return { change: () => returns.endAbsence(key, person.name) };
    default:
      return undefined;
  }
}

async function note(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const posted = await postedForm(c);
  const read = readExceptions(visit, found, posted);
  if (read === undefined) return refusalPage(c, { code: 'malformed-request' });
  const changed = 'change' in read ? await read.change() : undefined;
  const back = { href: visit.paths.exceptions(found.key) + suffixOf(c), label: `${title}へ戻る` };
  if (changed?.ok === true) return c.redirect(visit.paths.review(found.key) + suffixOf(c), 303);
  const errors = 'errors' in read ? read.errors : (changed?.problem.errors ?? []);
  const draft = await visit.service.returns.readDraft(found.key);
  if (errors.length === 0 || !draft.ok) return refusalPage(c, changed?.problem ?? { code: 'not-found' }, back);
  const { text } = posted;
  const fields = { dueAt: text('dueAt'), reason: text('reason'), absenceReason: text('absenceReason') };
  return exceptionsPage(c, { visit, found, standing: draft.value.standing, suffix: suffixOf(c), fields, errors });
}

export function exceptionPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/exceptions', returnAdmitted('return.except', show));
  app.post('/rounds/:round/returns/:form/:unit/exceptions', returnAdmitted('return.except', note));
}
