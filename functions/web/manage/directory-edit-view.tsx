/** The form for one unit of the directory. */

import type { FieldError } from '../../../schemas/problem.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { alsoIn } from '../../domain/directory-dated-edit.ts';
import type { HeldDirectory } from '../../domain/directory-dated-edit.ts';
import { editFieldsOf, editKeys, newOne } from '../../domain/directory-edits.ts';
import type { Edited, EditFields } from '../../domain/directory-edits.ts';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { LabelledSelect, LabelledInput, fieldId } from '../shared/labelled-controls.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import type { Term } from '../shared/summary-list.tsx';
import type { Directory } from '../../../schemas/directory.ts';
import { descriptionFieldsOf, followsMembers, isKnownField, usualDescription } from './directory-description-fields.ts';
import type { DirectoryField } from './directory-description-fields.ts';
import { LaterVersions } from './directory-later-versions.tsx';

/** From when an edit holds, and what the form that asked for it had seen. */
export interface Dated {
  readonly from: string;
  readonly seen: string;
  readonly basis: string;
  /** The versions that come into force after that day, each of which is asked about. */
  readonly later: readonly HeldDirectory[];
  /** What was chosen for each of them, by the name of its field. */
  readonly chosen: PostedForm['text'];
}

export interface EditProps {
  readonly visit: Visit;
  readonly edited: Edited;
  /** That is shown: which classes and kinds there are. */
  readonly directory: Directory;
  readonly fields: EditFields;
  readonly dated: Dated;
  readonly errors: readonly FieldError[];
  readonly isRecovered?: boolean;
  /** Typed before, and not saved yet. */
  readonly isTyped?: boolean;
  /** As it stands now, when somebody has changed the directory since it was shown; `gone` when it was removed. */
  readonly meanwhile?: EditFields | 'gone' | undefined;
}

/** What one of a list is called. */
export const editedNames = { municipality: '市町村', council: '協議会', unit: '回答単位' } as const;

const startLabel = 'いつから変更しますか';

const usualFields: Readonly<Record<Edited['list'], readonly DirectoryField[]>> = {
  council: [
    {
      name: 'id',
      label: '識別子',
      hint: '半角英数字とハイフン。空欄にすると自動で付けます。後から変更できません。',
      class: 'input--date',
    },
    { name: 'name', label: '名称' },
    { name: 'members', label: '構成市町村', hint: '名称又はコードを「、」で区切って入力してください。' },
    {
      name: 'lead',
      label: '事務局',
      hint: '回答する市町村です。構成市町村のうち1つの名称又はコードを入力してください。',
      class: 'input--date',
    },
    { name: 'ward', label: '行政区', hint: '指定都市の区の協議会の場合に入力してください。', class: 'input--date' },
  ],
  municipality: [
    { name: 'id', label: '団体コード', hint: '検査数字を含む6桁', class: 'input--short' },
    { name: 'name', label: '名称', class: 'input--date' },
    {
      name: 'kind',
      label: '区分',
      options: ['', '区', '市', '町', '村'].map((kind) => [kind, kind || '選んでください']),
    },
    {
      name: 'welfareOffice',
      label: '福祉事務所',
      options: [
        ['', '区分のとおり（市・区は設置、町・村は未設置）'],
        ['設置', '設置'],
        ['未設置', '未設置'],
      ],
    },
  ],
  unit: [
    {
      name: 'id',
      label: 'コード',
      hint: '半角英数字（数字のみの場合は7桁以上）。事業所番号など、後から変わらないものを付けてください。',
      class: 'input--date',
    },
    { name: 'name', label: '名称' },
    { name: 'kind', label: '種類', options: [] },
    { name: 'members', label: '所在する市町村', hint: '名称又はコードを入力してください。', class: 'input--date' },
    {
      name: 'answering',
      label: '回答する者',
      hint: '「自ら回答」とした団体には、その団体の利用者を登録してください。',
      options: [
        ['', '所在する市町村が回答'],
        ['itself', '自ら回答'],
      ],
    },
  ],
};

const spanFields: readonly DirectoryField[] = [
  {
    name: 'validFrom',
    label: '有効開始',
    hint: '設置や開設の日です。以前からある場合は空欄で構いません。例：令和7年4月1日',
    class: 'input--date',
  },
  {
    name: 'validTo',
    label: '有効終了',
    hint: '廃止等の前日（最後の日）です。その翌日から、調査の対象になりません。',
    class: 'input--date',
  },
  {
    name: 'successors',
    label: '後の団体',
    hint: '終了の後に回答を引き継ぐ団体があるときだけ、名称又はコードを「、」で区切って入力してください。市町村の合併・分割は、「合併・分割・市制施行」の画面で、協議会と同時に変更できます。',
  },
];

/** The kinds of a directory are chosen by their labels. */
function fieldsOf({ list }: Edited, { classes = [], kinds = [] }: Directory): readonly DirectoryField[] {
  const usual = usualFields[list].map((field): DirectoryField => {
    if (list !== 'unit' || field.name !== 'kind') return field;
    return { ...field, options: [['', '選んでください'], ...kinds.map(({ id, label }) => [id, label] as const)] };
  });
  return [...usual, ...descriptionFieldsOf(list, classes), ...spanFields];
}

/** What stands beside each field of the forms. */
export const directoryLabels: ReadonlyMap<string, string> = new Map([
  ...[...Object.values(usualFields), usualDescription, spanFields].flatMap((fields) =>
    fields.map(({ name, label }) => [name, label] as const),
  ),
  ['from', startLabel],
]);

function Fields({ edited, directory, fields, errors }: EditProps) {
  const { list, id } = edited;
  return (
    <>
      {fieldsOf(edited, directory).map(({ options, hint, ...field }) => {
        const { name } = field;
        const shown = { ...field, value: fields[name] ?? '', error: errors.find(({ path }) => path === name)?.message };
        if (options !== undefined) return <LabelledSelect {...shown} hint={hint} options={options} />;
        const isFixed = name === 'id' && id !== newOne;
        return <LabelledInput {...shown} hint={isFixed ? '変更できません。' : hint} readonly={isFixed} />;
      })}
      {list === 'council' && directory.classes !== undefined && <p class="hint">{followsMembers}</p>}
    </>
  );
}

type Differing = Pick<EditProps, 'edited' | 'directory' | 'fields'>;

/** What stands elsewhere in the fields that differ. */
function differences({ edited, directory, fields }: Differing, other: EditFields): [label: string, value: string][] {
  const differing = fieldsOf(edited, directory).filter(({ name }) => (other[name] ?? '') !== (fields[name] ?? ''));
  return differing.map(({ name, label, options = [] }) => {
    const value = other[name] ?? '';
    const chosen = options.find(([option]) => option === value && value !== '')?.[1] ?? value;
    return [label, chosen === '' ? '（空欄）' : chosen];
  });
}

function differencesOfVersion(shown: Differing, directory: Directory): string {
  const later = editFieldsOf(directory, shown.edited);
  if (later === undefined) return 'この版にはありません。';
  return differences(shown, later)
    .map(([label, value]) => `${label}：${value}`)
    .join('　');
}

/** From which day the edit holds, and whether it is to be made in the versions that come into force later. */
export function DatedFields(props: Differing & Pick<EditProps, 'dated' | 'errors'>) {
  const { edited, dated, errors } = props;
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  return (
    <>
      <input type="hidden" name="seen" value={dated.seen} />
      <input type="hidden" name="basis" value={dated.basis} />
      <LabelledInput
        name="from"
        label={startLabel}
        hint="この日から有効な名簿として保存します。以前からの誤りを直す場合は、正しい内容が有効であるべき最初の日を入力してください。例：令和7年4月1日"
        value={dated.from}
        error={errorOf('from')}
        class="input--date"
      />
      <LaterVersions
        later={dated.later}
        chosen={dated.chosen}
        differing={({ directory }) => (edited.id === newOne ? '' : differencesOfVersion(props, directory))}
        errors={errors}
      />
    </>
  );
}

function Meanwhile(props: Differing & Pick<EditProps, 'meanwhile'>) {
  const { meanwhile } = props;
  if (meanwhile === undefined) return <></>;
  const differing = meanwhile === 'gone' ? [] : differences(props, meanwhile);
  return (
    <Notice
      kind="warning"
      title="この画面を開いた後に、他の人が名簿を変更しました。入力した内容はまだ保存されていません。"
    >
      {meanwhile === 'gone' ? (
        <p>最新の名簿からは削除されています。保存すると、名簿に追加し直します。</p>
      ) : (
        <p>下の内容でよければ、もう一度保存してください。最新の名簿と異なる項目は、入力した内容に置き換わります。</p>
      )}
      {differing.length > 0 && (
        <SummaryList terms={differing.map(([label, value]): Term => [`最新の名簿の${label}`, value])} />
      )}
    </Notice>
  );
}

export function editView(c: WebContext, props: EditProps): Response | Promise<Response> {
  const { visit, edited, fields, dated, errors, isRecovered = false, isTyped = false, meanwhile } = props;
  const { paths } = visit;
  const edit = `${edited.list}/${edited.id}`;
  const title = edited.id === newOne ? `${editedNames[edited.list]}を追加する` : `${fields.name}を編集する`;
  const known = new Set<string>([...editKeys, 'from', ...dated.later.map(({ day }) => alsoIn(day))]);
  const hasErrors = errors.length > 0;
  const isUnsaved = hasErrors || isRecovered || isTyped || meanwhile !== undefined;
  return page(
    c,
    { title, status: hasErrors ? 422 : meanwhile === undefined ? 200 : 412, hasErrors, script: true },
    <>
      <Breadcrumbs
        trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
      />
      {hasErrors && (
        <ErrorSummary
          errors={errors.map(({ path, message }) => ({
            href: `#${fieldId(isKnownField(path, known) ? path : 'name')}`,
            message,
          }))}
        />
      )}
      <h1>{title}</h1>
      <Meanwhile {...props} />
      {isRecovered && <RecoveredNotice />}
      <form
        method="post"
        action={withParameters(paths.directory, { edit })}
        data-warn
        data-unsaved={isUnsaved ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="edit" value={edit} />
        <Fields {...props} />
        <DatedFields {...props} />
        <div class="button-row">
          <Button name="do" value="save">
            保存する
          </Button>
          {edited.id !== newOne && (
            <Button kind="danger" name="do" value="remove">
              名簿から削除する
            </Button>
          )}
          <a href={withParameters(paths.directory, { list: edited.list })}>保存せずに戻る</a>
        </div>
      </form>
    </>,
  );
}
