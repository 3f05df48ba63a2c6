/** 分類, by which units are counted, filtered and chosen, and 種類 of units besides municipalities: put in, renamed and taken out. */

import type { Hono } from 'hono';
import { builtInClasses } from '../../../schemas/directory-classes.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import {
  identified,
  mergedClasses,
  typedClassField,
  withClasses,
  withKinds,
} from '../../domain/directory-class-edits.ts';
import type { TypedClass } from '../../domain/directory-class-edits.ts';
import type { EditedDirectory } from '../../domain/directory-edits.ts';
import { versionOn } from '../../domain/directory-calendar.ts';
import { editDated } from '../../domain/directory-dated-edit.ts';
import type { HeldDirectory } from '../../domain/directory-dated-edit.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { LabelledInput, LabelledTextArea, fieldId, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { readDay } from '../shared/posted-day.ts';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import type { Paths } from '../shared/paths.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { heldAfter, savedAddress } from './directory-edit.ts';
import { LaterVersions, wantedIn } from './directory-later-versions.tsx';

/** For how many new ones there is room on the page. */
const room = 2;
const mostClasses = 20;
const fromLabel = 'いつから変更しますか';

interface Shown {
  readonly typed: readonly TypedClass[];
  readonly from: string;
  /** The newest version when the page was opened, and the one that it showed. */
  readonly seen: string;
  readonly basis: string;
  /** What was chosen for the versions that come later. */
  readonly chosen: PostedForm['text'];
  readonly errors?: readonly FieldError[];
  readonly isStale?: boolean;
  readonly isRecovered?: boolean;
}

/** What the page is about, in its words. */
interface Defined {
  readonly title: string;
  readonly one: string;
  readonly introduction: string;
  readonly addressOf: (paths: Paths) => string;
  readonly typedOf: (directory: Directory) => TypedClass[];
  readonly stem: 'class' | 'kind';
  readonly apply: (directory: Directory, typed: readonly TypedClass[]) => EditedDirectory;
  readonly hasValues: boolean;
  readonly newHint: string;
  readonly removalHint: string;
  /** Where the directory shows what follows from it. */
  readonly list?: 'unit';
}

const ofClasses: Defined = {
  title: '名簿の分類',
  one: '分類',
  introduction: `集計、回答の一覧の絞り込み、メールの宛先、照会先を、分類ごとに分けられます。「${Object.values(builtInClasses).join('」「')}」は名簿から自動で分かれるため、ここにはありません。団体ごとの値は、名簿の各団体の画面か、名簿のCSVの「分類：」の列に入力します。実施中の調査では、その調査の設定で名簿の版を改めると使えます。`,
  addressOf: (paths) => paths.directoryClasses,
  typedOf: ({ classes = [] }) =>
    classes.map(({ id, label, values = [] }) => ({ id, label, values: values.join('\n') })),
  stem: 'class',
  apply: withClasses,
  hasValues: true,
  newHint: '例：圏域、政令市・中核市。空欄であれば追加しません。',
  removalHint: '空欄にすると、この分類と団体ごとの値を削除します。',
};

const ofKinds: Defined = {
  title: '回答単位の種類',
  one: '種類',
  introduction:
    '市町村・協議会のほかに回答を求める相手の種類です。調査票は、種類を選んで作成します。種類を登録すると、名簿の「その他の回答単位」に、その種類の団体を追加できます。',
  addressOf: (paths) => paths.directoryKinds,
  typedOf: ({ kinds = [] }) => kinds.map(({ id, label }) => ({ id, label, values: '' })),
  stem: 'kind',
  apply: withKinds,
  hasValues: false,
  newHint: '例：相談支援事業所、保健所、圏域。空欄であれば追加しません。',
  removalHint: '空欄にすると、この種類を削除します（この種類の団体がない場合に限ります）。',
  list: 'unit',
};

function postedIn(text: PostedForm['text']): Shown {
  return { typed: postedClasses(text), from: text('from'), seen: text('seen'), basis: text('basis'), chosen: text };
}

function postedClasses(text: PostedForm['text']): TypedClass[] {
  const count = Math.min(Number(text('count')) || 0, mostClasses + room);
  return Array.from({ length: count }, (_, index) => ({
    id: text(typedClassField(index, 'id')),
    label: text(typedClassField(index, 'label')),
    values: text(typedClassField(index, 'values')),
  }));
}

function printDefinition({ label, values }: TypedClass): string {
  return values === '' ? label : `${label}（${values.replaceAll('\n', '、')}）`;
}

function ClassFields({ typed, errors = [], about }: Shown & { readonly about: Defined }) {
  const errorAt = (name: string): string | undefined => errors.find(({ path }) => path === name)?.message;
  return (
    <>
      {typed.map(({ id, label, values }, index) => (
        <fieldset class="entry">
          <legend>{id === '' ? `新しい${about.one}` : `${about.one}${index + 1}`}</legend>
          <input type="hidden" name={typedClassField(index, 'id')} value={id} />
          <LabelledInput
            name={typedClassField(index, 'label')}
            label={`${about.one}の名称`}
            hint={id === '' ? about.newHint : about.removalHint}
            value={label}
            error={errorAt(typedClassField(index, 'label'))}
            class="input--date"
          />
          {about.hasValues && (
            <LabelledTextArea
              id={fieldId(typedClassField(index, 'values'))}
              name={typedClassField(index, 'values')}
              label="値"
              hint="1行に1つずつ、集計表に並べる順に入力してください。空欄であれば、団体ごとに自由に入力できます。"
              value={values}
              error={errorAt(typedClassField(index, 'values'))}
            />
          )}
        </fieldset>
      ))}
    </>
  );
}

function definitionsPage(
  about: Defined,
  c: WebContext,
  visit: Visit,
  later: readonly HeldDirectory[],
  shown: Shown,
): Response | Promise<Response> {
  const { typed, from, seen, basis, chosen, errors = [], isStale = false, isRecovered = false } = shown;
  const { paths } = visit;
  const { title } = about;
  const hasErrors = errors.length > 0;
  const news = typed.filter(({ id }) => id === '').length;
  const rows = [
    ...typed,
    ...Array.from({ length: Math.max(0, Math.min(room - news, mostClasses - typed.length)) }, () => ({
      id: '',
      label: '',
      values: '',
    })),
  ];
  return page(
    c,
    { title, hasErrors, status: hasErrors ? 422 : isStale ? 412 : 200, script: true },
    <>
      <Breadcrumbs
        trail={[{ label: '調査の一覧', href: paths.home }, { label: '名簿', href: paths.directory }, { label: title }]}
      />
      <ErrorSummary errors={linkedErrors(errors)} />
      <h1>{title}</h1>
      {isStale && (
        <Notice
          kind="warning"
          title="この画面を開いた後に、他の人が名簿を変更しました。入力した内容はまだ保存されていません。"
        >
          <p>下の内容でよければ、もう一度保存してください。</p>
        </Notice>
      )}
      {isRecovered && <RecoveredNotice />}
      <p>{about.introduction}</p>
      <form method="post" action={about.addressOf(paths)} data-warn>
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        <input type="hidden" name="basis" value={basis} />
        <input type="hidden" name="count" value={String(rows.length)} />
        <ClassFields {...shown} typed={rows} about={about} />
        <LabelledInput
          name="from"
          label={fromLabel}
          hint="この日に有効な名簿を変更し、この日から有効な名簿として保存します。例：令和7年4月1日"
          value={from}
          error={errors.find(({ path }) => path === 'from')?.message}
          class="input--date"
        />
        <LaterVersions
          later={later}
          chosen={chosen}
          differing={({ directory }) => {
            const own = about.typedOf(directory).map(printDefinition).join('、');
            return own ===
              typed
                .filter(({ id }) => id !== '')
                .map(printDefinition)
                .join('、')
              ? ''
              : own || 'なし';
          }}
          errors={errors}
        />
        <div class="button-row">
          <Button>{about.one}を保存する</Button>
          <a href={withParameters(paths.directory, { list: about.list })}>保存せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function show(about: Defined, c: WebContext, visit: Visit): Promise<Response> {
  const { service, now, recovered } = visit;
  const calendar = await service.store.directoryCalendar();
  const today = dayInJapan(now);
  const basis = versionOn(calendar, today);
  if (basis === undefined) return refusalPage(c, { code: 'no-directory' });
  if (recovered?.has('count') === true) {
    const text = (name: string): string => recovered.get(name) ?? '';
    const read = readDay(text('from'), 'from', fromLabel);
    const later = await heldAfter(visit, calendar, 'day' in read ? read.day : today);
    return definitionsPage(about, c, visit, later, { ...postedIn(text), isRecovered: true });
  }
  return definitionsPage(about, c, visit, await heldAfter(visit, calendar, today), {
    typed: about.typedOf(await service.store.directoryDocument(basis)),
    from: printPartialDate(today),
    seen: String(calendar.newest),
    basis: String(basis),
    chosen: () => '',
  });
}

async function save(about: Defined, c: WebContext, visit: Visit): Promise<Response> {
  const { service, person } = visit;
  const { text } = await postedForm(c);
  const calendar = await service.store.directoryCalendar();
  const shown = postedIn(text);
  const read = readDay(shown.from, 'from', fromLabel);
  const later = await heldAfter(visit, calendar, 'day' in read ? read.day : dayInJapan(visit.now));
  const again = (rest: Partial<Shown>): Response | Promise<Response> =>
    definitionsPage(about, c, visit, later, { ...shown, ...rest });
  if ('error' in read) return again({ errors: [read.error] });
  const { day } = read;
  const version = versionOn(calendar, day);
  if (version === undefined) return refusalPage(c, { code: 'no-directory' });
  const inForce = await service.store.directoryDocument(version);
  const basis = Number(shown.basis);
  const isKnown = Number.isInteger(basis) && basis > 0 && basis <= calendar.newest;
  const before = about.typedOf(isKnown ? await service.store.directoryDocument(basis) : inForce);
  const versions = [inForce, ...later.map(({ directory }) => directory)].map(about.typedOf);
  const typed = identified(about.stem, shown.typed, versions);
  const made = editDated({ day, inForce, later, isWanted: wantedIn(text) }, (directory) =>
    about.apply(directory, mergedClasses(about.typedOf(directory), before, typed)),
  );
  if (!made.ok) return again({ errors: made.errors });
  const done = savedAddress(visit, { list: about.list, done: 'saved', day });
  if (made.versions.length === 0) return c.redirect(done, 303);
  const wanted = made.versions.map(({ after }) => after);
  const saved = await service.saveDirectories(wanted, person.name, Number(shown.seen));
  if (saved.ok) return c.redirect(done, 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem);
  return again({ seen: String(calendar.newest), isStale: true });
}

export function directoryClassesPages(app: Hono<WebEnv>): void {
  app.get(
    '/directory/classes',
    admitted('directory.write', (c, visit) => show(ofClasses, c, visit)),
  );
  app.post(
    '/directory/classes',
    admitted('directory.write', (c, visit) => save(ofClasses, c, visit)),
  );
  app.get(
    '/directory/kinds',
    admitted('directory.write', (c, visit) => show(ofKinds, c, visit)),
  );
  app.post(
    '/directory/kinds',
    admitted('directory.write', (c, visit) => save(ofKinds, c, visit)),
  );
}
