/** 報告書の記載事項: what stands at the head of the reports of a round, as a form. */

import type { FieldError } from '../../../schemas/problem.ts';
import type { Round } from '../../../schemas/round.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit } from '../shared/visit.ts';
import { withParameters } from '../shared/address.ts';
import { reportFields, reportLabels, textsOf, typedTexts } from './report-form.ts';
import type { ReportField, ReportTexts } from './report-form.ts';
import { LabelledInput } from '../shared/labelled-controls.tsx';

/** Says that a post to the page of exports is this form's. */
export const reportFormName = 'report';

const hints: Readonly<Record<ReportField, string>> = {
  documentNumber: '例：資料５',
  meeting: '例：令和6年度第2回検討会議',
  date: '例：令和7年1月20日',
  division: '空欄の場合は、システムに設定された担当課名又は県名を記載します。',
};

export interface ReportForm {
  readonly texts: ReportTexts;
  readonly seen: string;
  readonly errors: readonly FieldError[];
  readonly meanwhile?: ReportTexts;
}

export function isUnsaved({ errors, meanwhile }: ReportForm): boolean {
  return errors.length > 0 || meanwhile !== undefined;
}

function ReportSettingsForm({ visit, round, form }: { visit: Visit; round: Round; form: ReportForm }) {
  const { texts, seen, errors } = form;
  return (
    <form
      method="post"
      action={withParameters(visit.paths.exports(round.id), { form: reportFormName })}
      data-warn
      data-unsaved={isUnsaved(form) || visit.recovered !== undefined ? '' : undefined}
    >
      <CsrfField visit={visit} />
      <input type="hidden" name="seen" value={seen} />
      {reportFields.map((name) => (
        <LabelledInput
          name={name}
          label={reportLabels[name]}
          hint={hints[name]}
          value={texts[name]}
          error={errors.find(({ path }) => path === name)?.message}
          {...(name === 'date' ? { class: 'input--date' } : name === 'documentNumber' ? { class: 'input--short' } : {})}
        />
      ))}
      <Button>記載事項を保存する</Button>
    </form>
  );
}

/** Both are shown, what is typed in the form and what is stored here, and the officer decides. */
export function SavedMeanwhile({ texts }: Pick<ReportForm, 'texts'>) {
  return (
    <Notice
      kind="warning"
      title="この画面を開いた後に、別に保存された内容があります。入力した内容は保存されていません。"
    >
      <p>
        保存されている内容は次のとおりです。「報告書の記載事項」の入力内容を確かめてから、もう一度保存してください。
      </p>
      <ReportSettingsList texts={texts} />
    </Notice>
  );
}

/** While an export runs the page comes anew every few seconds, and what is being typed would be lost. */
function ReportSettingsList({ texts }: Pick<ReportForm, 'texts'>) {
  return (
    <dl>
      {reportFields.map((name) => (
        <>
          <dt>{reportLabels[name]}</dt>
          <dd>{texts[name] === '' ? '（記載なし）' : texts[name]}</dd>
        </>
      ))}
    </dl>
  );
}

/** The form as the round's settings fill it, or as it was typed before the session ended. */
export async function storedReportForm({ service, recovered }: Visit, round: Round): Promise<ReportForm> {
  const { settings, revision } = await service.store.reportSettings(round.id);
  if (recovered === undefined) return { texts: textsOf(settings), seen: String(revision), errors: [] };
  return {
    texts: typedTexts((name) => recovered.get(name) ?? ''),
    seen: recovered.get('seen') ?? String(revision),
    errors: [],
  };
}

export function ReportSettingsSection({
  visit,
  round,
  form,
  isRunning,
}: {
  visit: Visit;
  round: Round;
  form: ReportForm;
  isRunning: boolean;
}) {
  const isBeingEdited = mayDo(visit, 'reportSettings.write') && (isUnsaved(form) || !isRunning);
  return (
    <section aria-labelledby="report-settings">
      <h2 id="report-settings">報告書の記載事項</h2>
      <p>報告書の冒頭に記載します。空欄の項目は記載しません。保存した後に始める出力から反映されます。</p>
      {mayDo(visit, 'reportSettings.write') && (
        <p>
          <a href={visit.paths.handout(round.id)}>報告書に載せる部分、課題と対応方針を決める</a>
        </p>
      )}
      {isBeingEdited ? (
        <ReportSettingsForm visit={visit} round={round} form={form} />
      ) : (
        <ReportSettingsList texts={form.texts} />
      )}
    </section>
  );
}
