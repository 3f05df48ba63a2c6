/** One municipality or council of the directory as a form. */

import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { Breadcrumbs } from '../components/breadcrumbs.tsx';
import { Button } from '../components/button.tsx';
import { CsrfField } from '../components/csrf-field.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { applyEdit, editFieldsOf, newOne, readEdited, removeFrom } from '../directory/edits.ts';
import type { Edited, EditFields } from '../directory/edits.ts';
import { newestDirectory } from '../directory/newest.ts';
import { page } from '../layout.tsx';
import { withParameters } from '../reviewing/address.ts';
import { refusalPage } from '../reviewing/admission.tsx';
import { postedForm } from '../reviewing/posted-form.ts';
import type { PostedForm } from '../reviewing/posted-form.ts';
import { SelectField, TextField, fieldId } from '../reviewing/text-field.tsx';
import type { Visit, WebContext } from '../visit.ts';

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
        <TextField name="members" label="構成市町村" hint="名称又はコードを「、」で区切って入力してください。" value={fields.members} error={errorOf('members')} />
        <TextField name="lead" label="事務局（回答する市町村）" hint="構成市町村のうち1つの名称又はコードです。" value={fields.lead} error={errorOf('lead')} class="input--date" />
        <TextField name="ward" label="行政区" hint="指定都市の区の協議会の場合に入力してください。" value={fields.ward} error={errorOf('ward')} class="input--date" />
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
      <SelectField name="kind" label="区分" value={fields.kind} options={[['', '選んでください'], ...kinds.map((kind): [string, string] => [kind, kind])]} error={errorOf('kind')} />
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

function show(c: WebContext, props: EditProps): Response | Promise<Response> {
  const { visit, edited, fields, seen, errors } = props;
  const { paths } = visit;
  const what = edited.list === 'council' ? '協議会' : '市町村';
  const title = edited.id === newOne ? `${what}を追加する` : `${fields.name}を編集する`;
  const known = new Set(['id', 'name', 'kind', 'welfareOffice', 'members', 'lead', 'ward']);
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors },
    <>
      <Breadcrumbs trail={[{ label: 'トップ', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]} />
      {hasErrors && <ErrorSummary errors={errors.map(({ path, message }) => ({ href: `#${fieldId(known.has(path) ? path : 'name')}`, message }))} />}
      <h1>{title}</h1>
      <form method="post" action={paths.directory}>
        <CsrfField visit={visit} />
        <input type="hidden" name="edit" value={`${edited.list}/${edited.id}`} />
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

/** The form, filled in as the directory stands. */
export function editPage(c: WebContext, visit: Visit, { version, directory }: Known, edit: string): Response | Promise<Response> {
  const edited = readEdited(edit);
  const fields = edited === undefined ? undefined : editFieldsOf(directory, edited);
  if (edited === undefined || fields === undefined) return refusalPage(c, { code: 'not-found' });
  return show(c, { visit, edited, fields, seen: String(version), errors: [] });
}

function fieldsIn(post: PostedForm): EditFields {
  const { text } = post;
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
  const fields = fieldsIn(post);
  const seen = post.text('seen');
  const isRemoval = post.text('do') === 'remove';
  const changed = isRemoval ? removeFrom(directory, edited) : applyEdit(directory, edited, fields);
  if (!changed.ok) return show(c, { visit, edited, fields, seen, errors: changed.errors });
  const done = withParameters(paths.directory, { list: edited.list, done: isRemoval ? 'removed' : 'saved' });
  // A second press of the button finds its change made.
  if (sameAnswers(changed.directory, directory)) return c.redirect(done, 303);
  const saved = await service.store.saveDirectory(changed.directory, person.name, Number(seen));
  if (saved.ok) return c.redirect(done, 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem);
  return refusalPage(
    c,
    { code: 'precondition-failed', detail: '入力した内容は保存されていません。' },
    { href: withParameters(paths.directory, { edit: `${edited.list}/${edited.id}` }), label: '最新の名簿で編集し直す' },
  );
}
