/** Trying a questionnaire: its pages as a municipality will see them, with answers that are stored nowhere. */

import type { Hono } from 'hono';
import type { Form } from '../../../schemas/form.ts';
import { formIn } from '../../../schemas/round-forms.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { fiscalYearOf } from '../../../schemas/values/partial-date.ts';
import type { FoundForm } from '../../service/forms.ts';
import { posted } from '../../domain/posted/posted.ts';
import { newEntryId } from '../answer/save.ts';
import { beginWorkingCopy, continueWorkingCopy } from '../answer/working-copy.ts';
import type { WorkingCopy } from '../answer/working-copy.ts';
import { refusalPage } from '../shared/admission.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FormTrail, formAdmitted } from './questionnaires.tsx';
import { TrialView } from './trial-view.tsx';

/** A round by which it might be held: over the fiscal year before the one of its version, as of that one's first day. */
function triedRound({ id, version, title }: Form, now: Date): Round {
  const today = dayInJapan(now);
  const year = version > 2000 ? version : fiscalYearOf(today);
  return {
    id: 'trial',
    name: title,
    fiscalYear: year,
    compareYear: year - 1,
    referenceDate: `${year}-04-01`,
    period: { from: `${year - 1}-04`, to: `${year}-03` },
    forms: { [id]: version },
    opensAt: today,
    dueAt: today,
    directoryVersion: 0,
  };
}

/** @param answered gives what has been answered of the form as it reads in such a round */
async function trialPage(
  c: WebContext,
  visit: Visit,
  found: FoundForm,
  answered: (tried: Form) => WorkingCopy,
): Promise<Response> {
  const { service, paths, now } = visit;
  const held = await service.store.currentDirectory();
  if (held === undefined) return refusalPage(c, { code: 'no-directory' }, { href: paths.directory, label: '名簿へ' });
  const { definition, form, version } = found;
  const round = triedRound(definition, now);
  const tried = formIn(definition, round);
  const title = '試しに回答する';
  return page(
    c,
    { title: `${found.title}：${title}`, script: true },
    <>
      <FormTrail paths={paths} found={found} below={title} />
      <h1>
        {found.title}：{title}
      </h1>
      <Notice kind="info" title="市町村の画面と同じ項目です。ここで入力した回答は、どこにも保存されません。">
        <p>基準日（「◯年◯月◯日現在」）と対象期間は仮のものです。調査を作成するときに決めます。</p>
      </Notice>
      <TrialView
        visit={visit}
        form={tried}
        trial={answered(tried)}
        directory={held.directory}
        round={round}
        action={paths.formTrial(form, version)}
      />
    </>,
  );
}

export function trialPages(app: Hono<WebEnv>): void {
  app.get(
    '/forms/:form/:version/trial',
    formAdmitted((c, visit, found) => trialPage(c, visit, found, beginWorkingCopy)),
  );
  app.post(
    '/forms/:form/:version/trial',
    formAdmitted(async (c, visit, found) => {
      const post = posted(new URLSearchParams(await c.req.text()));
      return trialPage(c, visit, found, (tried) => continueWorkingCopy(tried, post, newEntryId));
    }),
  );
}
