/** One municipality or council of the directory as a form. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { Notice } from '../shared/notice.tsx';
import { applyEdit, editFieldsOf, newOne, readEdited, removeFrom } from './directory/edits.ts';
import type { Edited, EditFields } from './directory/edits.ts';
import { newestDirectory } from './directory/newest.ts';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { refusalPage } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RescuedNotice } from '../shared/rescued-notice.tsx';
import { SelectField, TextField, fieldId } from '../shared/text-field.tsx';
import type { Visit, WebContext } from '../shared/visit.ts';

interface Known {
  readonly version: number;
  readonly directory: Directory;
}

interface EditProps {
  readonly visit: Visit;
  readonly edited: Edited;
  readonly fields: EditFields;
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** The fields are what was typed before the session ended. */
  readonly isRescued?: boolean;
  /** As it stands now, when somebody has changed the directory since it was shown; `gone` when it was removed. */
  readonly meanwhile?: EditFields | 'gone' | undefined;
}

const kinds = ['区', '市', '町', '村'] as const;

function Fields({ edited: { list, id }, fields, errors }: EditProps) {
  const errorOf = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  const isNew = id === newOne;
  if (list === 'council')
    return (
      <>
        <TextField
          name="id"
          label="識別子"
          hint={isNew ? '半角英数字とハイフン。後から変更できません。' : '変更できません。'}
          value={fields.id}
          readonly={!isNew}
          error={errorOf('id')}
          class="input--date"
        />
        <TextField name="name" label="名称" value={fields.name} error={errorOf('name')} />
        <TextField
          name="members"
          label="構成市町村"
          hint="名称又はコードを「、」で区切って入力してください。"
          value={fields.members}
          error={errorOf('members')}
        />
        <TextField
          name="lead"
          label="事務局（回答する市町村）"
          hint="構成市町村のうち1つの名称又はコードです。"
          value={fields.lead}
          error={errorOf('lead')}
          class="input--date"
        />
        <TextField
          name="ward"
          label="行政区"
          hint="指定都市の区の協議会の場合に入力してください。"
          value={fields.ward}
          error={errorOf('ward')}
          class="input--date"
        />
      </>
    );
  return (
    <>
      <TextField
        name="id"
        label="団体コード"
        hint={isNew ? '検査数字を含む6桁' : '変更できません。'}
        value={fields.id}
        readonly={!isNew}
        error={errorOf('id')}
        class="input--short"
      />
      <TextField name="name" label="名称" value={fields.name} error={errorOf('name')} class="input--date" />
      <SelectField
        name="kind"
        label="区分"
        value={fields.kind}
        options={[['', '選んでください'], ...kinds.map((kind): [string, string] => [kind, kind])]}
        error={errorOf('kind')}
      />
      <SelectField
        name="welfareOffice"
        label="福祉事務所"
        value={fields.welfareOffice}
        options={[
          ['', '区分のとおり（市・区は設置、町・村は未設置）'],
          ['設置', '設置'],
          ['未設置', '未設置'],
        ]}
        error={errorOf('welfareOffice')}
      />
    </>
  );
}

const fieldLabels: Readonly<Record<keyof EditFields, string>> = {
  id: '識別子・団体コード',
  name: '名称',
  kind: '区分',
  welfareOffice: '福祉事務所',
  members: '構成市町村',
  lead: '事務局',
  ward: '行政区',
};

/** That the directory is another one by now, and where it says something else than was typed. */
function Meanwhile({ fields, meanwhile }: Pick<EditProps, 'fields' | 'meanwhile'>) {
  if (meanwhile === undefined) return <></>;
  const keys = ['name', 'kind', 'welfareOffice', 'members', 'lead', 'ward'] as const;
  const differing = meanwhile === 'gone' ? [] : keys.filter((key) => meanwhile[key] !== fields[key]);
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
      {differing.length > 0 && meanwhile !== 'gone' && (
        <dl class="summary-list">
          {differing.map((key) => (
            <div>
              <dt>最新の名簿の{fieldLabels[key]}</dt>
              <dd>{meanwhile[key] === '' ? '（空欄）' : meanwhile[key]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Notice>
  );
}

function show(c: WebContext, props: EditProps): Response | Promise<Response> {
  const { visit, edited, fields, seen, errors, isRescued = false, meanwhile } = props;
  const { paths } = visit;
  const edit = `${edited.list}/${edited.id}`;
  const what = edited.list === 'council' ? '協議会' : '市町村';
  const title = edited.id === newOne ? `${what}を追加する` : `${fields.name}を編集する`;
  const known = new Set(['id', 'name', 'kind', 'welfareOffice', 'members', 'lead', 'ward']);
  const hasErrors = errors.length > 0;
  const isUnsaved = hasErrors || isRescued || meanwhile !== undefined;
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
            href: `#${fieldId(known.has(path) ? path : 'name')}`,
            message,
          }))}
        />
      )}
      <h1>{title}</h1>
      <Meanwhile fields={fields} meanwhile={meanwhile} />
      {isRescued && <RescuedNotice />}
      <form
        method="post"
        action={withParameters(paths.directory, { edit })}
        data-warn
        data-unsaved={isUnsaved ? '' : undefined}
      >
        <CsrfField visit={visit} />
        <input type="hidden" name="edit" value={edit} />
        <input type="hidden" name="seen" value={seen} />
        <Fields {...props} />
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

interface RemovalProps extends Pick<EditProps, 'visit' | 'edited' | 'errors'> {
  readonly name: string;
  readonly seen: string;
  /** Somebody has changed the directory since it was shown. */
  readonly isStale: boolean;
}

/** Asks once more before something is taken out of the directory. */
function confirmRemoval(
  c: WebContext,
  { visit, edited, errors, name, seen, isStale }: RemovalProps,
): Response | Promise<Response> {
  const { paths } = visit;
  const edit = `${edited.list}/${edited.id}`;
  const title = `${name}を名簿から削除しますか`;
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title, status: hasErrors ? 422 : isStale ? 412 : 200, hasErrors },
    <>
      <Breadcrumbs
        trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
      />
      {hasErrors && <ErrorSummary errors={errors.map(({ message }) => ({ href: '#remove', message }))} />}
      <h1>{title}</h1>
      {isStale && (
        <Notice kind="warning" title="この画面を開いた後に、他の人が名簿を変更しました。まだ削除されていません。" />
      )}
      <p>削除は今後の調査に反映されます。すでに名簿を固定した調査の回答は変わりません。</p>
      <form method="post" action={paths.directory} id="remove">
        <CsrfField visit={visit} />
        <input type="hidden" name="edit" value={edit} />
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="confirmed" value="yes" />
        <div class="button-row">
          <Button kind="danger" name="do" value="remove">
            削除する
          </Button>
          <a href={withParameters(paths.directory, { edit })}>削除せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

/** The form, filled in as the directory stands. */
export function editPage(
  c: WebContext,
  visit: Visit,
  { version, directory }: Known,
  edit: string,
): Response | Promise<Response> {
  const edited = readEdited(edit);
  const fields = edited === undefined ? undefined : editFieldsOf(directory, edited);
  if (edited === undefined || fields === undefined) return refusalPage(c, { code: 'not-found' });
  const { rescued } = visit;
  if (rescued?.has('name') !== true) return show(c, { visit, edited, fields, seen: String(version), errors: [] });
  const typed = fieldsIn((name) => rescued.get(name) ?? '');
  return show(c, { visit, edited, fields: typed, seen: rescued.get('seen') ?? '', errors: [], isRescued: true });
}

function fieldsIn(text: PostedForm['text']): EditFields {
  return {
    id: text('id'),
    name: text('name'),
    kind: text('kind'),
    welfareOffice: text('welfareOffice'),
    members: text('members'),
    lead: text('lead'),
    ward: text('ward'),
  };
}

/** Saves or removes what the form says, unless somebody else has changed the directory since it was shown. */
export async function saveEdit(c: WebContext, visit: Visit): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const edited = readEdited(post.text('edit'));
  const { directory } = await newestDirectory(service);
  if (edited === undefined || directory === undefined) return refusalPage(c, { code: 'not-found' });
  const fields = fieldsIn(post.text);
  const seen = post.text('seen');
  const isRemoval = post.text('do') === 'remove';
  const name = editFieldsOf(directory, edited)?.name;
  const removal = { visit, edited, name: name ?? '', seen };
  // What is gone already needs no second question.
  if (isRemoval && name !== undefined && post.text('confirmed') === '')
    return confirmRemoval(c, { ...removal, errors: [], isStale: false });
  const changed = isRemoval ? removeFrom(directory, edited) : applyEdit(directory, edited, fields);
  if (!changed.ok && isRemoval) return confirmRemoval(c, { ...removal, errors: changed.errors, isStale: false });
  if (!changed.ok) return show(c, { visit, edited, fields, seen, errors: changed.errors });
  const done = withParameters(paths.directory, { list: edited.list, done: isRemoval ? 'removed' : 'saved' });
  // A second press of the button finds its change made.
  if (sameAnswers(changed.directory, directory)) return c.redirect(done, 303);
  const saved = await service.store.saveDirectory(changed.directory, person.name, Number(seen));
  if (saved.ok) return c.redirect(done, 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem);
  const newest = await newestDirectory(service);
  const now = String(newest.version);
  if (isRemoval) return confirmRemoval(c, { ...removal, seen: now, errors: [], isStale: true });
  const isNew = edited.id === newOne;
  const meanwhile =
    isNew || newest.directory === undefined ? fields : (editFieldsOf(newest.directory, edited) ?? 'gone');
  return show(c, { visit, edited, fields, seen: now, errors: [], meanwhile });
}
