/** 庁内の共有: links by which colleagues fill in a return, or sections of it. A new link is shown once. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { dayInJapan, dayLength, endOf } from '../../../schemas/round.ts';
import { longestShareName, shareWanted } from '../../../schemas/share.ts';
import type { Share } from '../../../schemas/share.ts';
import { withParameters } from '../shared/address.ts';
import { httpStatusOf, refusalPage } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { InlineError } from '../shared/inline-error.tsx';
import { LabelledInput, LabelledSelect, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { Table } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { Trail, returnTitle } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';

const title = '庁内の他の担当と共有する';
const everySection = '*';
/** Days that a link may be good for, the one of today not counted. */
const days = [3, 7, 14, 30] as const;
const usualDays = '7';
/** A day ends at 23:59 where people read it. */
const minute = 60_000;

interface ShareForm {
  readonly name: string;
  readonly sections: readonly string[];
  readonly days: string;
}

interface Shown {
  readonly typed: ShareForm;
  readonly errors: readonly FieldError[];
  /** A link that was just made. */
  readonly made?: { readonly url: string; readonly share: Share };
}

const blank: Shown = { typed: { name: '', sections: [], days: usualDays }, errors: [] };

function labelOf({ form }: Opened, { sections }: Pick<Share, 'sections'>): string {
  if (sections === undefined) return 'すべて';
  const shared = form.sections.filter(({ key }) => sections.includes(key));
  return shared.map(({ definition }) => numberedLabel(definition)).join('、');
}

function NewLink({
  opened,
  made: { url, share },
}: {
  readonly opened: Opened;
  readonly made: NonNullable<Shown['made']>;
}) {
  return (
    <Notice kind="success" title={`「${share.name}」に伝えるリンクを作成しました。`}>
      <div class="form-group">
        <label class="label" for="new-link">
          リンク（{labelOf(opened, share)}）
        </label>
        <p class="hint" id="new-link-hint">
          今だけ表示しています。画面を閉じる前に、コピーして相手に伝えてください。
        </p>
        <input class="input" id="new-link" value={url} readonly aria-describedby="new-link-hint" />
      </div>
    </Notice>
  );
}

function SectionBoxes({ opened, shown: { typed, errors } }: { readonly opened: Opened; readonly shown: Shown }) {
  const id = fieldId('sections');
  const error = errors.find(({ path }) => path.startsWith('sections'))?.message;
  const boxes = [
    [everySection, '調査票の全体'] as const,
    ...opened.form.sections.map(({ key, definition }) => [key, numberedLabel(definition)] as const),
  ];
  return (
    <fieldset
      class={error === undefined ? 'form-group' : 'form-group form-group--error'}
      id={id}
      tabindex={-1}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend>共有する区分</legend>
      {error !== undefined && <InlineError id={`${id}-error`} message={error} />}
      {boxes.map(([key, label]) => (
        <label class="choice">
          <input type="checkbox" name="sections" value={key} checked={typed.sections.includes(key)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}

function ShareForm({ opened, shown }: { readonly opened: Opened; readonly shown: Shown }) {
  const { visit, key } = opened;
  const { typed, errors } = shown;
  const messageOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  return (
    <form method="post" action={visit.paths.shares(key)}>
      <CsrfField visit={visit} />
      <LabelledInput
        name="name"
        label="誰に伝えるリンクか"
        hint={`${longestShareName}文字まで。例：障害福祉課 山田`}
        value={typed.name}
        error={messageOf('name')}
        autocomplete="off"
      />
      <SectionBoxes opened={opened} shown={shown} />
      <LabelledSelect
        name="days"
        label="使える期間"
        value={typed.days}
        error={messageOf('expiresAt')}
        options={days.map((count) => [String(count), `${count}日後の終わりまで`] as const)}
      />
      <div class="button-row">
        <Button name="action" value="make">
          リンクを作成する
        </Button>
        <a href={visit.paths.return(key)}>回答する項目に戻る</a>
      </div>
    </form>
  );
}

function endOfLink({ share, isOpen }: { readonly share: Share; readonly isOpen: boolean }) {
  if (share.endedAt !== undefined)
    return (
      <>
        <DateTime at={new Date(share.endedAt)} /> {share.endedBy}が取り消しました
      </>
    );
  return (
    <>
      <DateTime at={new Date(share.expiresAt)} />
      {isOpen ? 'まで' : '（使えません）'}
    </>
  );
}

async function view(c: WebContext, opened: Opened, shown: Shown, status: 200 | 409 | 422 = 200): Promise<Response> {
  const { visit, key } = opened;
  const shares = await visit.service.shares.shares(key);
  const { errors, made } = shown;
  return page(
    c,
    { title, status, hasErrors: errors.length > 0 },
    <>
      <Trail opened={opened} below={[{ label: title }]} />
      <ErrorSummary
        errors={errors.map(({ path, message }) => ({
          href: `#${fieldId(path === 'expiresAt' ? 'days' : path)}`,
          message,
        }))}
      />
      {made !== undefined && <NewLink opened={opened} made={made} />}
      {c.req.query('done') === 'ended' && <Notice kind="success" title="リンクを取り消しました。" />}
      <h1>{title}</h1>
      <p>
        「{returnTitle(opened)}
        」の入力を、利用者名のない担当者に依頼できます。リンクを開いた人は、選んだ区分の入力と保存だけができ、提出や他の回答の閲覧はできません。保存には、その人が入力した名前が付きます。
      </p>
      <p>
        リンクを知っている人は誰でも入力できます。相手だけに伝えてください。提出すると、リンクは使えなくなります。県が利用できるネットワークを限っている場合、その外からは開けません。
      </p>
      {opened.canEdit && !opened.isOver ? (
        <ShareForm opened={opened} shown={shown} />
      ) : (
        <Notice kind="info" title="今は入力を受け付けていないため、リンクを作成できません。" />
      )}
      {shares.length > 0 && (
        <form method="post" action={visit.paths.shares(key)}>
          <CsrfField visit={visit} />
          <Table
            caption="作成したリンク"
            label="作成したリンク"
            isRoomy
            rows={shares}
            columns={[
              { heading: '伝える相手', cell: ({ share }) => share.name, isName: true },
              { heading: '区分', cell: ({ share }) => labelOf(opened, share) },
              { heading: '作成した人', cell: ({ share }) => share.createdBy },
              { heading: '使える期間', cell: endOfLink },
              {
                heading: '取消し',
                cell: ({ share, isOpen }) =>
                  isOpen ? (
                    <button class="button button--text" name="end" value={share.id}>
                      取り消す
                      <span class="visually-hidden">：{share.name}</span>
                    </button>
                  ) : (
                    ''
                  ),
              },
            ]}
          />
        </form>
      )}
    </>,
  );
}

async function make(c: WebContext, opened: Opened, typed: ShareForm): Promise<Response> {
  const { visit, key } = opened;
  const { service, person, now, paths } = visit;
  const isWhole = typed.sections.includes(everySection);
  const last = endOf(dayInJapan(new Date(now.getTime() + Number(typed.days) * dayLength)));
  const wanted = {
    name: typed.name,
    ...(isWhole ? {} : { sections: typed.sections }),
    expiresAt: days.some((each) => String(each) === typed.days) ? new Date(last - minute).toISOString() : '',
  };
  const parsed = shareWanted.safeParse(wanted);
  if (!parsed.success) return view(c, opened, { typed, errors: errorsOf(parsed.error, wanted, days.length) }, 422);
  const made = await service.shares.createShare(key, parsed.data, person);
  if (made.ok) {
    const url = new URL(paths.shared(key, made.value.secret), c.get('shell').origin).href;
    return view(c, opened, { ...blank, made: { url, share: made.value.share } });
  }
  const { code, errors = [{ path: 'name', code, message: problems[code].title }] } = made.problem;
  return view(c, opened, { typed, errors }, httpStatusOf(made.problem) === 409 ? 409 : 422);
}

async function post(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.share');
  if (opened instanceof Response) return opened;
  const { service, person, paths } = opened.visit;
  const form = await postedForm(c);
  const id = form.text('end');
  if (id === '')
    return make(c, opened, { name: form.text('name'), sections: form.all('sections'), days: form.text('days') });
  const ended = await service.shares.endShares(opened.key, id, person.name);
  const back = paths.shares(opened.key);
  return ended.ok
    ? c.redirect(withParameters(back, { done: 'ended' }), 303)
    : refusalPage(c, ended.problem, { href: back, label: title });
}

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.share');
  return opened instanceof Response ? opened : view(c, opened, blank);
}

export function sharesPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/shares', (c) => show(c));
  app.post('/rounds/:round/returns/:form/:unit/shares', (c) => post(c));
}
