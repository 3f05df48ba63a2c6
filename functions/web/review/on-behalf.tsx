/** What the prefecture enters for a unit (代理入力): how it came and why, and from there the pages on which the unit answers. */

import type { Hono } from 'hono';
import type { FieldError } from '../../../schemas/problem.ts';
import { onBehalfText, proxyEntry, proxySources } from '../../../schemas/return.ts';
import { isEditable } from '../../domain/life.ts';
import type { Standing } from '../../domain/life.ts';
import type { FoundReturn } from '../../service/access.ts';
import { refusalPage, returnAdmitted } from '../shared/admission.tsx';
import { Button, ButtonLink } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledSelect, LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

export const onBehalfLabels = { source: '回答の受け方', proxyReason: '代理入力の理由' } as const;

const title = '代理入力';

interface PageProps {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly standing: Standing;
  readonly fields: { readonly source: string; readonly proxyReason: string };
  readonly errors: readonly FieldError[];
}

/** While it goes on: where it is done, and its end. */
function Entering({ visit, found: { key }, standing }: PageProps) {
  const { paths } = visit;
  if (standing.proxy === undefined) return <></>;
  return (
    <section aria-labelledby="entering">
      <h2 id="entering">入力中の代理入力</h2>
      <p>{onBehalfText(standing.proxy)}</p>
      <div class="button-row">
        <ButtonLink kind="primary" href={paths.return(key)}>
          回答の入力・提出へ進む
        </ButtonLink>
      </div>
      <form method="post" action={paths.onBehalf(key)}>
        <CsrfField visit={visit} />
        <p>やめると、保存した内容を残して、市町村だけが入力できる状態に戻ります。</p>
        <Button kind="secondary" name="action" value="end">
          代理入力をやめる
        </Button>
      </form>
    </section>
  );
}

function Beginning({ visit, found, standing, fields, errors }: PageProps) {
  const errorAt = (name: string) => errors.find(({ path }) => path === name)?.message;
  return (
    <section aria-labelledby="beginning">
      <h2 id="beginning">{standing.proxy === undefined ? '代理入力を始める' : '受け方・理由を改める'}</h2>
      <p>
        電話等で受けた回答を、{found.unit.name}に代わって県が入力し、提出します。
        {standing.state !== 'notStarted' && '市町村が保存した内容に続けて入力します。'}
        受け方と理由は、市町村の画面、履歴及び庁内用の出力に表示されます。提出期限の扱いは、市町村が提出する場合と同じです。
      </p>
      <form method="post" action={visit.paths.onBehalf(found.key)}>
        <CsrfField visit={visit} />
        <LabelledSelect
          name="source"
          label={onBehalfLabels.source}
          value={fields.source}
          options={[['', '選んでください'], ...Object.entries(proxySources)]}
          error={errorAt('source')}
        />
        <LabelledTextArea
          id={fieldId('proxyReason')}
          name="proxyReason"
          label={onBehalfLabels.proxyReason}
          hint="例：庁内の通信障害のため、12月2日に電話で聞き取り"
          value={fields.proxyReason}
          error={errorAt('proxyReason')}
          rows={2}
        />
        <Button kind={standing.proxy === undefined ? 'primary' : 'secondary'} name="action" value="begin">
          {standing.proxy === undefined ? '代理入力を始める' : '改める'}
        </Button>
      </form>
    </section>
  );
}

function onBehalfPage(c: WebContext, props: PageProps): Response | Promise<Response> {
  const { visit, found, standing, errors } = props;
  const { unit, form, round, key } = found;
  return page(
    c,
    { title: `${unit.name}　${title}`, status: errors.length > 0 ? 422 : 200 },
    <>
      <RoundNav
        paths={visit.paths}
        round={round}
        current="round"
        trail={[{ label: `${unit.name} ${form.title}`, href: visit.paths.review(key) }, { label: title }]}
      />
      <ErrorSummary errors={linkedErrors(errors)} />
      {visit.recovered !== undefined && <RecoveredNotice />}
      <h1>
        {unit.name}　{form.title}
        <br />
        {title}
      </h1>
      {isEditable(standing) ? (
        <>
          <Entering {...props} />
          <Beginning {...props} />
        </>
      ) : (
        <p>この回答は提出されているため、代理で入力することはできません。</p>
      )}
    </>,
  );
}

async function show(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const draft = await visit.service.returns.readDraft(found.key);
  if (!draft.ok) return refusalPage(c, draft.problem);
  const { standing } = draft.value;
  const { proxy } = standing;
  const { recovered } = visit;
  const fields = {
    source: recovered?.get('source') ?? proxy?.source ?? '',
    proxyReason: recovered?.get('proxyReason') ?? proxy?.reason ?? '',
  };
  return onBehalfPage(c, { visit, found, standing, fields, errors: [] });
}

async function change(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const { service, person, paths } = visit;
  const { key } = found;
  const { text } = await postedForm(c);
  const back = { href: paths.onBehalf(key), label: `${title}へ戻る` };
  if (text('action') === 'end') {
    const ended = await service.returns.endProxy(key, person.name);
    return ended.ok ? c.redirect(paths.review(key), 303) : refusalPage(c, ended.problem, back);
  }
  const fields = { source: text('source'), proxyReason: text('proxyReason') };
  const parsed = proxyEntry.safeParse({ source: fields.source, reason: fields.proxyReason });
  if (parsed.success) {
    const begun = await service.returns.beginProxy(key, parsed.data, person.name);
    return begun.ok ? c.redirect(paths.return(key), 303) : refusalPage(c, begun.problem, back);
  }
  const draft = await service.returns.readDraft(key);
  if (!draft.ok) return refusalPage(c, draft.problem);
  const errors = parsed.error.issues.map(({ path, message }) => ({
    path: path[0] === 'source' ? 'source' : 'proxyReason',
    code: 'invalid-on-behalf',
    message,
  }));
  return onBehalfPage(c, { visit, found, standing: draft.value.standing, fields, errors });
}

export function onBehalfPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/on-behalf', returnAdmitted('return.onBehalf', show));
  app.post('/rounds/:round/returns/:form/:unit/on-behalf', returnAdmitted('return.onBehalf', change));
}
