/** The question who comes after the municipalities that a list no longer has. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledInput } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit, WebContext } from '../shared/visit.ts';
import { afterField, packList, suggestedAfter } from './directory/listed.ts';
import type { WaitingList } from './directory/listed.ts';
import { Errors, Trail } from './reorganisation-frame.tsx';

interface Props {
  readonly visit: Visit;
  readonly list: WaitingList;
  /** As it stands on the day. */
  readonly directory: Directory;
  /** As typed; none before anything was. */
  readonly text?: PostedForm['text'];
  readonly errors: readonly FieldError[];
}

export function listPlanPage(
  c: WebContext,
  { visit, list, directory, text, errors }: Props,
): Response | Promise<Response> {
  const { paths } = visit;
  const title = '一覧にない市町村';
  const hasErrors = errors.length > 0;
  const gone = directory.municipalities.filter(({ code }) => list.gone.includes(code));
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors },
    <>
      <Trail paths={paths} title={title} />
      <Errors errors={errors} known={new Set(gone.map(({ code }) => afterField(code)))} />
      <h1>{title}</h1>
      {visit.recovered !== undefined && <RecoveredNotice />}
      <p>
        名簿にある次の{gone.length}
        市町村が、取り込む一覧にありません。合併・分割・市制施行として反映するため、後の市町村を入力してください。一覧が途中までのものである場合は、取り込まずに戻ってください。名簿はまだ変更されていません。
      </p>
      <ul>
        <li>合併等の日：{printPartialDate(list.day)}</li>
        <li>
          一覧に新しくある市町村：
          {list.begun.length === 0 ? 'なし' : list.begun.map(({ name, code }) => `${name}（${code}）`).join('、')}
        </li>
        {list.changed.length > 0 && (
          <li>名称又は区分の変わる市町村：{list.changed.map(({ name }) => name).join('、')}</li>
        )}
      </ul>
      <form method="post" action={paths.reorganisation} id="plan">
        <CsrfField visit={visit} />
        <input type="hidden" name="list" value={packList(list)} />
        {gone.map((each) => (
          <LabelledInput
            name={afterField(each.code)}
            label={`${each.name}（${each.code}）の後の市町村`}
            hint="名称又はコードを入力してください。分割の場合は「、」で区切ってください。"
            value={text?.(afterField(each.code)) ?? suggestedAfter(each, list.begun)}
            error={errors.find(({ path }) => path === afterField(each.code))?.message}
          />
        ))}
        <div class="button-row">
          <Button>次へ（協議会を確かめる）</Button>
          <a href={paths.directoryImport}>取り込まずに戻る</a>
        </div>
      </form>
    </>,
  );
}
