/**
 * The page of what is kept once for a round and may be written by several people: what was typed is given back after a
 * lost session, and beside what somebody else has saved meanwhile, for the officer to decide.
 */

import type { Child } from 'hono/jsx';
import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { Button } from './button.tsx';
import { CsrfField } from './csrf-field.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { linkedErrors } from './labelled-controls.tsx';
import { page } from './layout.tsx';
import { Notice } from './notice.tsx';
import { RecoveredNotice } from './recovered-notice.tsx';
import { RoundNav } from './round-nav.tsx';
import type { RoundPlace } from './round-nav.tsx';
import type { Visit, WebContext } from './visit.ts';

/** @param children what is saved now */
export function SavedMeanwhile({ children }: { readonly children: Child }) {
  return (
    <Notice kind="warning" title="表示後に他の人が保存しました。入力した内容はまだ保存されていません。">
      <p>下の内容でよければ、もう一度保存してください。保存されている次の内容と置き換わります。</p>
      {children}
    </Notice>
  );
}

interface SettingsForm {
  readonly title: string;
  readonly place: RoundPlace;
  readonly action: string;
  readonly back: string;
  /** Said when it was saved. */
  readonly saved: string;
  readonly introduction?: Child;
  readonly fields: Child;
  /** The revision of what the form was filled from. */
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** What somebody else has saved since. */
  readonly meanwhile?: Child | undefined;
}

export function settingsFormPage(
  c: WebContext,
  visit: Visit,
  round: Round,
  form: SettingsForm,
): Response | Promise<Response> {
  const { title, place, action, back, saved, introduction, fields, seen, errors, meanwhile } = form;
  const { paths, recovered } = visit;
  const hasErrors = errors.length > 0;
  const isUnsaved = hasErrors || meanwhile !== undefined || recovered !== undefined;
  return page(
    c,
    { title, status: hasErrors ? 422 : meanwhile === undefined ? 200 : 412, hasErrors, script: true },
    <>
      <RoundNav paths={paths} round={round} current={place} trail={[{ label: title }]} />
      <ErrorSummary errors={linkedErrors(errors)} />
      {recovered !== undefined && <RecoveredNotice />}
      {meanwhile !== undefined && <SavedMeanwhile>{meanwhile}</SavedMeanwhile>}
      {c.req.query('done') === 'saved' && <Notice kind="success" title={saved} />}
      <h1>{title}</h1>
      {introduction}
      <form method="post" action={action} data-warn data-unsaved={isUnsaved ? '' : undefined}>
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        {fields}
        <div class="button-row">
          <Button>保存する</Button>
          <a href={back}>保存せずに戻る</a>
        </div>
      </form>
    </>,
  );
}
