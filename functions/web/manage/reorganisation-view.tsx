/** The first page of a merger, a division or a new city: what happens to which municipalities, on what day. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { withParameters } from '../shared/address.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledInput, LabelledSelect } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { reorganisationKinds, roomFor } from './directory/reorganisation-plan.ts';
import type { ReorganisationKind } from './directory/reorganisation-plan.ts';
import { Errors, Trail } from './reorganisation-frame.tsx';

const labels = {
  day: '合併等の日',
  ending: '対象の市町村',
  existing: '合併後の市町村（既にある市町村に合併する場合）',
} as const;

const newLabels = { code: '団体コード', name: '名称', kind: '区分', office: '福祉事務所' } as const;

/** What stands beside each field of the first page. */
export const reorganisationLabels: ReadonlyMap<string, string> = new Map([
  ...Object.entries(labels),
  ...Array.from({ length: roomFor.division }, (_, row) =>
    Object.entries(newLabels).map(([field, label]): [string, string] => [
      `begun.${row}.${field}`,
      `新しい市町村${row + 1}の${label}`,
    ]),
  ).flat(),
]);

interface PlanProps {
  readonly visit: Visit;
  readonly kind: ReorganisationKind;
  readonly directory: Directory;
  readonly text: PostedForm['text'];
  readonly errors: readonly FieldError[];
  readonly isRecovered?: boolean;
}

const hints: Readonly<Record<ReorganisationKind, string>> = {
  merger: 'なくなる市町村を、名称又はコードを「、」で区切って入力してください。例：〇〇市、△△町',
  division: '分割されてなくなる市町村の名称又はコードを入力してください。',
  city: '市（町）になる市町村の、今の名称又はコードを入力してください。',
};

function NewRows({ kind, text, errors }: Pick<PlanProps, 'kind' | 'text' | 'errors'>) {
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  const legend = (row: number): string =>
    kind === 'division'
      ? `分割後の市町村（${row + 1}）`
      : kind === 'city'
        ? '市制施行（町制施行）後の市町村'
        : '合併後の市町村（新しい市町村をつくる場合）';
  return (
    <>
      {Array.from({ length: roomFor[kind] }, (_, row) => {
        const field = (name: keyof typeof newLabels) => ({
          name: `begun.${row}.${name}`,
          label: newLabels[name],
          value: text(`begun.${row}.${name}`),
          error: errorOf(`begun.${row}.${name}`),
        });
        return (
          <fieldset>
            <legend class="label">{legend(row)}</legend>
            <LabelledInput {...field('code')} hint="検査数字を含む6桁" class="input--short" inputmode="numeric" />
            <LabelledInput {...field('name')} class="input--date" />
            <LabelledSelect
              {...field('kind')}
              options={['', '区', '市', '町', '村'].map((each) => [each, each || '選んでください'])}
            />
            <LabelledSelect
              {...field('office')}
              options={[
                ['', '区分のとおり（市・区は設置、町・村は未設置）'],
                ['設置', '設置'],
                ['未設置', '未設置'],
              ]}
            />
          </fieldset>
        );
      })}
    </>
  );
}

export function planPage(c: WebContext, props: PlanProps): Response | Promise<Response> {
  const { visit, kind, directory, text, errors, isRecovered = false } = props;
  const { paths } = visit;
  const title = '市町村の合併・分割・市制施行';
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  const hasErrors = errors.length > 0;
  const kinds: ReorganisationKind[] = ['merger', 'division', 'city'];
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors, script: true },
    <>
      <Trail paths={paths} title={title} />
      <Errors errors={errors} known={new Set(reorganisationLabels.keys())} />
      <h1>{title}</h1>
      {isRecovered && <RecoveredNotice />}
      <nav class="round-nav" aria-label="種類">
        <ul>
          {kinds.map((each) => (
            <li>
              <a
                href={withParameters(paths.reorganisation, { what: each })}
                aria-current={each === kind ? 'page' : undefined}
              >
                {reorganisationKinds[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p>
        なくなる市町村は、前日を有効終了の日として名簿に残り、その日から回答の対象でなくなります。次の画面で協議会をどうするかを選び、変更点を確かめてから保存します。コードの変わらない名称の変更は、名簿の市町村の画面で行ってください。
      </p>
      <form
        method="post"
        action={withParameters(paths.reorganisation, { what: kind })}
        id="plan"
        data-warn
        data-unsaved={hasErrors || isRecovered ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="what" value={kind} />
        <LabelledInput
          name="day"
          label={labels.day}
          hint="新しい市町村になる最初の日。例：令和7年4月1日"
          value={text('day')}
          error={errorOf('day')}
          class="input--date"
        />
        <LabelledInput
          name="ending"
          label={labels.ending}
          hint={hints[kind]}
          value={text('ending')}
          error={errorOf('ending')}
        />
        {kind === 'merger' && (
          <LabelledSelect
            name="existing"
            label={labels.existing}
            hint="編入合併のほか、新設合併でも団体コードが前と同じ場合は、ここで選んでください。"
            value={text('existing')}
            options={[
              ['', '新しい市町村をつくる'],
              ...directory.municipalities.map(({ code, name }) => [code, name] as const),
            ]}
            error={errorOf('existing')}
          />
        )}
        <NewRows kind={kind} text={text} errors={errors} />
        <div class="button-row">
          <Button>次へ（協議会を確かめる）</Button>
          <a href={paths.directory}>変更せずに戻る</a>
        </div>
      </form>
    </>,
  );
}
