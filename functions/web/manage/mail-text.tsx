/** The words of one event's mails in a round, with what a municipality would read. */

import type { Hono } from 'hono';
import { errorsOf } from '../../../schemas/issues.ts';
import {
  longestBody,
  longestSubject,
  mailEvent,
  mailEvents,
  mailPlaceholders,
  mailText,
} from '../../../schemas/mail.ts';
import type { MailEvent, MailText } from '../../../schemas/mail.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { mailTextOf } from '../../domain/mail-texts.ts';
import type { DueMail } from '../../domain/mails.ts';
import { addressesOf, composeMail, exampleOf, mailDesk, mailSettingsEtag } from '../../service/mails.ts';
import type { MailDesk } from '../../service/mails.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

export const mailTextLabels = { subject: '件名', body: '本文' } as const;

interface FieldsProps {
  readonly text: MailText;
  readonly errors: readonly FieldError[];
}

export function MailTextFields({ text, errors }: FieldsProps) {
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  return (
    <>
      <LabelledInput
        name="subject"
        label="件名"
        value={text.subject}
        error={errorOf('subject')}
        hint={`${longestSubject}文字まで`}
      />
      <LabelledTextArea
        id={fieldId('body')}
        name="body"
        label="本文"
        hint={`${longestBody.toLocaleString('ja-JP')}文字まで。次の差し込みが使えます：${Object.entries(
          mailPlaceholders,
        )
          .map(([name, meaning]) => `{${name}}＝${meaning}`)
          .join('、')}`}
        value={text.body}
        error={errorOf('body')}
        rows={16}
      />
    </>
  );
}

/** What one municipality would read. */
export function Preview({ desk, visit, example, text }: PreviewProps) {
  if (example === undefined) return <></>;
  const { subject, body } = composeMail(desk, visit.service.mailSite, example, text);
  const to = addressesOf(desk.contactOf(example.municipality));
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{desk.nameOf(example.municipality)}に送る場合の例</h2>
      <p>宛先：{to.length === 0 ? '（連絡先が登録されていません）' : to.join('、')}</p>
      <p>件名：{subject}</p>
      <p class="preserved">{body}</p>
    </section>
  );
}

interface PreviewProps {
  readonly desk: MailDesk;
  readonly visit: Visit;
  readonly example: DueMail | undefined;
  readonly text: MailText;
}

interface Shown {
  readonly text: MailText;
  readonly seen: string;
  readonly errors?: readonly FieldError[];
  readonly isUnsaved?: boolean;
}

async function textPage(c: WebContext, visit: Visit, round: Round, event: MailEvent, shown: Shown): Promise<Response> {
  const { paths, service, recovered } = visit;
  const { text, seen, errors = [], isUnsaved = false } = shown;
  const desk = await mailDesk(service.mailSources, round);
  const title = `${mailEvents[event]}のメールの文面`;
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors, script: true },
    <>
      <RoundNav paths={paths} round={round} current="mails" trail={[{ label: title }]} />
      <ErrorSummary errors={linkedErrors(errors)} />
      {recovered !== undefined && <RecoveredNotice />}
      <h1>{title}</h1>
      <form
        method="post"
        action={paths.mailText(round.id, event)}
        data-warn
        data-unsaved={isUnsaved || hasErrors || recovered !== undefined ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        <MailTextFields text={text} errors={errors} />
        <div class="button-row">
          <Button name="action" value="save">
            保存する
          </Button>
          <Button kind="secondary" name="action" value="preview">
            例を表示する
          </Button>
          <Button kind="secondary" name="action" value="usual">
            標準の文面に戻す
          </Button>
          <a href={paths.mails(round.id)}>保存せずに戻る</a>
        </div>
      </form>
      {!hasErrors && <Preview desk={desk} visit={visit} example={exampleOf(desk, event)} text={text} />}
    </>,
  );
}

function withEvent(handle: (c: WebContext, visit: Visit, round: Round, event: MailEvent) => Promise<Response>) {
  return async (c: WebContext, visit: Visit, round: Round): Promise<Response> => {
    const event = mailEvent.safeParse(c.req.param('event'));
    return event.success ? handle(c, visit, round, event.data) : refusalPage(c, { code: 'not-found' });
  };
}

async function show(c: WebContext, visit: Visit, round: Round, event: MailEvent): Promise<Response> {
  const { settings, revision } = await visit.service.store.mailSettings(round.id);
  const { recovered } = visit;
  const text =
    recovered === undefined
      ? mailTextOf(settings, event)
      : { subject: recovered.get('subject') ?? '', body: recovered.get('body') ?? '' };
  return textPage(c, visit, round, event, { text, seen: recovered?.get('seen') ?? String(revision) });
}

async function save(c: WebContext, visit: Visit, round: Round, event: MailEvent): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const action = post.text('action');
  const typed = { subject: post.text('subject'), body: post.text('body') };
  const seen = post.text('seen');
  const parsed = mailText.safeParse(typed);
  if (action !== 'usual' && !parsed.success)
    return textPage(c, visit, round, event, { text: typed, seen, errors: errorsOf(parsed.error, typed, 20) });
  if (action === 'preview') return textPage(c, visit, round, event, { text: typed, seen, isUnsaved: true });
  const kept = await service.store.mailSettings(round.id);
  const { [event]: _before, ...others } = kept.settings.texts ?? {};
  const texts = action === 'usual' ? others : { ...others, [event]: typed };
  const ifMatch = mailSettingsEtag({ revision: Number(seen) });
  const saved = await service.saveMailSettings(round.id, { ...kept.settings, texts }, { ifMatch }, person.name);
  const done = action === 'usual' ? 'usual' : 'text';
  if (saved.ok) return c.redirect(withParameters(paths.mails(round.id), { done }), 303);
  if (saved.problem.code !== 'precondition-failed') return refusalPage(c, saved.problem);
  const message = '表示後に他の人がメールの設定を変更しました。内容を確かめて、もう一度保存してください。';
  const errors = [{ path: 'body', code: 'precondition-failed', message }];
  return textPage(c, visit, round, event, { text: typed, seen: String(kept.revision), errors });
}

export function mailTextPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/mails/texts/:event', roundAdmitted('mails.send', withEvent(show)));
  app.post('/rounds/:round/mails/texts/:event', roundAdmitted('mails.send', withEvent(save)));
}
