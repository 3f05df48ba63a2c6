/** Sending mails by hand, or copying to whom and what they say: chosen, looked at, then sent. */

import { createHash, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { errorsOf } from '../../../schemas/issues.ts';
import { mailEvent, mailEvents, mailRequest } from '../../../schemas/mail.ts';
import type { MailEvent, MailText } from '../../../schemas/mail.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { classChoices, classKey } from '../../../schemas/unit-classes.ts';
import { mailTextOf, unwritten } from '../../domain/mail-texts.ts';
import { addressesOf, mailDesk, receiversOf, requestedMail } from '../../service/mails.ts';
import type { MailDesk } from '../../service/mails.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledSelect, LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { MailTextFields, Preview } from './mail-text.tsx';

const filters = {
  all: ['全ての市町村', {}],
  unsubmitted: ['未提出の回答がある市町村', { states: ['notStarted', 'draft'] }],
  overdue: ['提出期限を過ぎて未提出の回答がある市町村', { overdue: true }],
  returned: ['差戻し中の回答がある市町村', { states: ['returned'] }],
  accepted: ['確認済の回答がある市町村', { states: ['accepted'] }],
} as const;
type FilterName = keyof typeof filters;

function isFilter(name: string): name is FilterName {
  return Object.hasOwn(filters, name);
}

interface Typed {
  readonly event: MailEvent;
  readonly filter: FilterName;
  /** The key of one value of a class (分類); empty for all. */
  readonly class: string;
  readonly text: MailText;
}

function typedIn(post: Pick<PostedForm, 'text'>, desk: MailDesk): Typed {
  const event = mailEvent.catch('notice').parse(post.text('event'));
  const filter = post.text('filter');
  const usual = mailTextOf(desk.settings, 'notice');
  return {
    event,
    filter: isFilter(filter) ? filter : 'all',
    class: post.text('class'),
    text: { subject: post.text('subject') || usual.subject, body: post.text('body') || usual.body },
  };
}

/** Nothing that is known any more is no municipality's, as a class that the directory had when the page was opened. */
function whom(desk: MailDesk, { filter, class: key }: Typed): object {
  const of = desk.classes.flatMap((each) => each.values.map((value) => ({ id: each.id, value })));
  const chosen = of.find((each) => classKey(each, each.value) === key);
  if (key === '') return filters[filter][1];
  return { ...filters[filter][1], ...(chosen === undefined ? { units: [] } : { class: chosen }) };
}

function requestOf(desk: MailDesk, typed: Typed, id: string): object {
  const { event, text } = typed;
  return { event, id, ...whom(desk, typed), ...(event === 'notice' ? { text } : {}) };
}

interface Shown {
  readonly typed: Typed;
  readonly errors?: readonly FieldError[];
  /** Once it was looked at: what makes the request one. */
  readonly id?: string;
  /** Changed after it was looked at. */
  readonly isChanged?: boolean;
}

/** Of what was looked at: to whom, and in which words. */
function seal({ event, filter, class: key, text }: Typed): string {
  return createHash('sha256')
    .update(JSON.stringify([event, filter, key, text.subject, text.body]))
    .digest('hex');
}

function receiversNow(visit: Visit, desk: MailDesk, typed: Typed): ReturnType<typeof receiversOf> {
  // Whom it goes to is read alike for every event; the text belongs to a notice alone.
  const filter = mailRequest.parse({ event: 'opened', ...whom(desk, typed) });
  return receiversOf(desk, { ...filter, event: typed.event }, visit.now);
}

interface ReceiversProps {
  readonly desk: MailDesk;
  /** Codes of municipalities. */
  readonly receivers: readonly string[];
}

function Receivers({ desk, receivers }: ReceiversProps) {
  const addresses = [...new Set(receivers.flatMap((each) => addressesOf(desk.contactOf(each))))];
  const without = receivers.filter((each) => desk.contactOf(each) === undefined);
  return (
    <section aria-labelledby="receivers">
      <h2 id="receivers">宛先（{receivers.length}団体）</h2>
      <p>
        {receivers.length === 0
          ? '条件に合う市町村はありません。'
          : receivers.map((each) => desk.nameOf(each)).join('、')}
      </p>
      {without.length > 0 && (
        <Notice kind="warning" title={`連絡先がないため送れません（${without.length}団体）。`}>
          <p>{without.map((each) => desk.nameOf(each)).join('、')}</p>
        </Notice>
      )}
      <details>
        <summary>県のメールで送る場合（アドレスを写す）</summary>
        <div>
          <LabelledTextArea
            id="addresses"
            name="addresses"
            label="アドレスの一覧"
            hint="互いに見えないよう、BCC に入れてください。"
            value={addresses.join('\n')}
            error={undefined}
            rows={6}
          />
        </div>
      </details>
    </section>
  );
}

async function requestPage(c: WebContext, visit: Visit, round: Round, desk: MailDesk, shown: Shown): Promise<Response> {
  const { paths, service } = visit;
  const { typed, errors = [], id, isChanged = false } = shown;
  const title = 'メールを送る';
  const hasErrors = errors.length > 0;
  const isLookedAt = id !== undefined && !hasErrors;
  const returns = isLookedAt ? receiversNow(visit, desk, typed) : new Map<string, never>();
  const receivers = [...returns.keys()].toSorted();
  const reached = receivers.find((each) => addressesOf(desk.contactOf(each)).length > 0);
  const first = reached ?? receivers[0];
  const example =
    first === undefined ? undefined : requestedMail(desk, typed.event, first, returns.get(first) ?? [], id ?? '');
  const text = typed.event === 'notice' ? typed.text : mailTextOf(desk.settings, typed.event);
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors },
    <>
      <RoundNav paths={paths} round={round} current="mails" trail={[{ label: title }]} />
      <ErrorSummary
        errors={errors.map(({ path, message }) => ({ href: `#${fieldId(path.replace(/^text\./, ''))}`, message }))}
      />
      {visit.recovered !== undefined && <RecoveredNotice />}
      {isChanged && (
        <Notice kind="warning" title="確かめた後に宛先又は文面が変わったため、まだ送信していません。">
          <p>下の宛先と文面を確かめて、もう一度「この内容で送信する」を押してください。</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <form method="post" action={paths.newMail(round.id)}>
        <CsrfField visit={visit} />
        {id !== undefined && <input type="hidden" name="id" value={id} />}
        {id !== undefined && <input type="hidden" name="seen" value={seal(typed)} />}
        <LabelledSelect
          name="event"
          label="メールの種類"
          value={typed.event}
          options={Object.entries(mailEvents)}
          hint="「個別のお知らせ」では、下の件名と本文を送ります。ほかの種類では、その種類の文面を、内容が当てはまる回答のある市町村だけに送ります（例：提出期限の前日は、未提出の回答がある市町村）。"
        />
        <LabelledSelect
          name="filter"
          label="宛先"
          value={typed.filter}
          options={Object.entries(filters).map(([name, [label]]) => [name, label])}
        />
        <LabelledSelect
          name="class"
          label="宛先の分類"
          value={typed.class}
          options={[['', '全ての分類'], ...classChoices(desk.classes).map(({ key, label }) => [key, label] as const)]}
        />
        <MailTextFields
          text={typed.text}
          errors={errors.map((each) => ({ ...each, path: each.path.replace(/^text\./, '') }))}
        />
        <div class="button-row">
          <Button kind={isLookedAt ? 'secondary' : 'primary'} name="action" value="look">
            宛先と文面を確かめる
          </Button>
          {reached !== undefined && service.mailSite.isSending && (
            <Button name="action" value="send">
              この内容で送信する
            </Button>
          )}
          <a href={paths.mails(round.id)}>送らずに戻る</a>
        </div>
      </form>
      {isLookedAt && <Receivers desk={desk} receivers={receivers} />}
      {isLookedAt && <Preview desk={desk} visit={visit} example={example} text={text} />}
    </>,
  );
}

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const desk = await mailDesk(visit.service.mailSources, round);
  const kept = (name: string): string => visit.recovered?.get(name) ?? '';
  return requestPage(c, visit, round, desk, { typed: typedIn({ text: kept }, desk) });
}

async function send(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const desk = await mailDesk(service.mailSources, round);
  const typed = typedIn(post, desk);
  const id = post.text('id') || randomUUID();
  const wanted = requestOf(desk, typed, id);
  const parsed = mailRequest.safeParse(wanted);
  if (!parsed.success) return requestPage(c, visit, round, desk, { typed, errors: errorsOf(parsed.error, wanted, 20) });
  if (typed.event === 'notice' && typed.text.body.includes(unwritten)) {
    const message = `本文の「${unwritten}」を、お知らせする内容に書き換えてください。`;
    return requestPage(c, visit, round, desk, { typed, errors: [{ path: 'body', code: 'required', message }] });
  }
  if (post.text('action') !== 'send') return requestPage(c, visit, round, desk, { typed, id });
  // What was changed since it was looked at is looked at first.
  if (post.text('seen') !== seal(typed)) return requestPage(c, visit, round, desk, { typed, id, isChanged: true });
  const queued = await service.requestMails(round, parsed.data, person.name);
  if (!queued.ok) return refusalPage(c, queued.problem, { href: paths.mails(round.id), label: 'メールへ戻る' });
  const done = queued.value.queued > 0 ? 'queued' : 'none';
  return c.redirect(withParameters(paths.mails(round.id), { done }), 303);
}

export function mailRequestPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/mails/new', roundAdmitted('mails.send', show));
  app.post('/rounds/:round/mails/new', roundAdmitted('mails.send', send));
}
