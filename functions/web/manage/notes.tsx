/** 引継メモ: what the prefecture decided about a round, a questionnaire or a unit, and why, for whoever comes after. */

import type { Hono } from 'hono';
import { noteKinds, notedAt, noteSubjects, noteText } from '../../../schemas/note.ts';
import type { Note } from '../../../schemas/note.ts';
import { noteSubjectsOf } from '../../service/notes.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { FilterForm, FilterSelect } from '../shared/filter-field.tsx';
import { fieldId, LabelledSelect, LabelledTextArea, linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import { DateTime } from '../shared/time.tsx';
import { mayDo } from '../shared/visit.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

/** By `<kind>/<id>`, what may be written about and what it is called. */
type Subjects = ReadonlyMap<string, string>;

async function subjectsOf({ service }: Visit): Promise<Subjects> {
  const named = await noteSubjectsOf(service);
  return new Map(
    noteKinds.flatMap((kind) =>
      named[kind].map(([id, name]): [string, string] => [`${kind}/${id}`, `${noteSubjects[kind]}：${name}`]),
    ),
  );
}

function subjectOf({ kind, about }: Pick<Note, 'kind' | 'about'>): string {
  return `${kind}/${about}`;
}

interface NotesProps {
  readonly visit: Visit;
  readonly subjects: Subjects;
  readonly about: string;
  readonly text: string;
  readonly errors: readonly { readonly path: 'about' | 'text'; readonly message: string }[];
}

function Writing({ visit, subjects, about, text, errors }: NotesProps) {
  const error = (path: string): string | undefined => errors.find((each) => each.path === path)?.message;
  return (
    <section aria-labelledby="write">
      <h2 id="write">メモを書く</h2>
      {visit.recovered !== undefined && <RecoveredNotice />}
      <form method="post" action={visit.paths.notes} data-warn>
        <CsrfField visit={visit} />
        <LabelledSelect
          name="about"
          label="何について"
          value={about}
          options={[['', '選んでください'], ...subjects]}
          error={error('about')}
        />
        <LabelledTextArea
          id={fieldId('text')}
          name="text"
          label="メモ"
          hint="決めたことと、その理由を書きます。市町村には見えず、出力にも含まれません。"
          value={text}
          error={error('text')}
        />
        <Button>メモを残す</Button>
      </form>
    </section>
  );
}

function OneNote({ note, visit, subjects }: { note: Note; visit: Visit; subjects: Subjects }) {
  const name = subjects.get(subjectOf(note)) ?? `${noteSubjects[note.kind]}：${note.about}`;
  return (
    <section class="card" aria-label={name}>
      <h3 class="card__title">{note.kind === 'round' ? <a href={visit.paths.round(note.about)}>{name}</a> : name}</h3>
      <p class="preserved">{note.text}</p>
      <p class="hint">
        <DateTime at={notedAt(note)} />　{note.by}
      </p>
      {mayDo(visit, 'notes.write') && (
        <details>
          <summary>このメモを削除する</summary>
          <form method="post" action={visit.paths.notes}>
            <CsrfField visit={visit} />
            <input type="hidden" name="about" value={subjectOf(note)} />
            <Button kind="danger" name="remove" value={note.id}>
              削除する
            </Button>
          </form>
        </details>
      )}
    </section>
  );
}

async function notesPage(c: WebContext, props: NotesProps, wanted: string): Promise<Response> {
  const { visit, subjects, errors } = props;
  const { paths, service } = visit;
  const all = (await service.store.notes()).toReversed();
  const shown = all.filter((note) => wanted === '' || subjectOf(note) === wanted || note.kind === wanted);
  const done = c.req.query('done');
  return page(
    c,
    { title: '引継メモ', status: errors.length > 0 ? 422 : 200, hasErrors: errors.length > 0, script: true },
    <>
      <Breadcrumbs trail={[{ label: '調査の一覧', href: paths.home }, { label: '引継メモ' }]} />
      <ErrorSummary errors={linkedErrors(errors)} />
      {done === 'saved' && <Notice kind="success" title="メモを残しました。" />}
      {done === 'removed' && <Notice kind="success" title="メモを削除しました。" />}
      <h1>引継メモ</h1>
      <p>調査・調査票・団体について、県の中で残すメモです。</p>
      <FilterForm action={paths.notes} label="メモの絞り込み">
        <FilterSelect
          name="about"
          label="何について"
          all="すべて"
          options={[
            ...Object.entries(noteSubjects).map(([kind, name]) => [kind, `すべての${name}`] as const),
            ...[...subjects].filter(([subject]) => all.some((note) => subjectOf(note) === subject)),
          ]}
          selected={wanted}
        />
      </FilterForm>
      <section aria-labelledby="notes">
        <h2 id="notes">メモ（{shown.length}件）</h2>
        {shown.length === 0 && <p>メモはまだありません。</p>}
        {shown.map((note) => (
          <OneNote note={note} visit={visit} subjects={subjects} />
        ))}
      </section>
      {mayDo(visit, 'notes.write') && <Writing {...props} />}
    </>,
  );
}

async function show(c: WebContext, visit: Visit): Promise<Response> {
  const wanted = c.req.query('about') ?? '';
  const about = visit.recovered?.get('about') ?? wanted;
  const text = visit.recovered?.get('text') ?? '';
  return notesPage(c, { visit, subjects: await subjectsOf(visit), about, text, errors: [] }, wanted);
}

async function save(c: WebContext, visit: Visit): Promise<Response> {
  const { service, paths, person } = visit;
  const post = await postedForm(c);
  const remove = post.text('remove');
  const about = post.text('about');
  if (remove !== '') {
    await service.removeNote(remove);
    return c.redirect(withParameters(paths.notes, { done: 'removed', about }), 303);
  }
  const subjects = await subjectsOf(visit);
  const text = noteText.safeParse(post.text('text'));
  const kind = noteKinds.find((each) => about.startsWith(`${each}/`));
  const isKnown = kind !== undefined && subjects.has(about);
  if (!isKnown || !text.success) {
    const errors = [
      ...(isKnown ? [] : [{ path: 'about' as const, message: '何についてのメモかを選んでください。' }]),
      ...(text.success ? [] : [{ path: 'text' as const, message: text.error.issues[0]?.message ?? '' }]),
    ];
    return notesPage(c, { visit, subjects, about, text: post.text('text'), errors }, '');
  }
  const subject = about.slice(kind.length + 1);
  const added = await service.addNote({ kind, about: subject, text: text.data, by: person.name });
  if (!added.ok) return refusalPage(c, added.problem, { href: paths.notes, label: '引継メモへ戻る' });
  return c.redirect(withParameters(paths.notes, { done: 'saved', about }), 303);
}

export function notesPages(app: Hono<WebEnv>): void {
  app.get('/notes', admitted('notes.read', show));
  app.post('/notes', admitted('notes.write', save));
}
