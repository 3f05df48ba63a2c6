/** The workbook in which a return is filled in: made of what is stored, and taken back into the draft. */

import { blankCheck, blankPath } from '../../schemas/kinds/edit-check.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { Reasons } from '../../schemas/return.ts';
import { startOf } from '../../schemas/round.ts';
import type { Person } from '../domain/authorisation.ts';
import { diff } from '../domain/diff.ts';
import type { Difference } from '../domain/diff.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import { attachmentNamed } from '../domain/download-name.ts';
import type { CellError } from '../domain/fill-in/given.ts';
import { readFillIn } from '../domain/fill-in/read.ts';
import type { ReadFillIn } from '../domain/fill-in/read.ts';
import { fillInSheets } from '../domain/fill-in/write.ts';
import type { FillIn } from '../domain/fill-in/writing.ts';
import { isEditable } from '../domain/life.ts';
import { normalForm } from '../domain/normal-form.ts';
import type { NewEntryId } from '../domain/normal-form.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { checkEtag, isConditional } from '../domain/revisions.ts';
import type { Precondition } from '../domain/revisions.ts';
import { answerAt, withAnswerAt } from '../domain/question-path.ts';
import { markWorkbook, readWorkbookSheets, writeFillInWorkbook } from '../platform/workbook/spreadsheet.ts';
import type { FoundReturn } from './access.ts';
import type { DraftView } from './drafts.ts';
import type { Service } from './service.ts';
import { dueDateOf } from '../domain/due-date.ts';

const whole = { kind: 'return' } as const;

async function fillInOf({ store }: Service, { form, round, unit }: FoundReturn, draft: DraftView): Promise<FillIn> {
  const [directory, previous] = await Promise.all([store.directoryOfRound(round), draft.previous()]);
  return {
    form,
    round: { ...round, dueAt: dueDateOf(round, draft.standing) },
    unit,
    answers: draft.answers,
    reasons: draft.reasons,
    previous: previous?.version.answers,
    municipalities: new Map(directory.municipalities.map(({ code, name }) => [code, name])),
  };
}

/** The return to fill in as an Excel file, under the ETag of the draft. Who takes it is logged. */
export async function sendFillIn(
  service: Service,
  person: Person,
  found: FoundReturn,
  newId: NewEntryId,
): Promise<Outcome<Response>> {
  const { form, round, unit, key } = found;
  const draft = await service.returns.readDraft(key);
  if (!draft.ok) return draft;
  const { savedAt } = draft.value;
  const { prefecture } = await service.store.directoryOfRound(round);
  const bytes = await writeFillInWorkbook(
    { author: prefecture.name, at: savedAt === undefined ? new Date(startOf(round.opensAt)) : new Date(savedAt) },
    fillInSheets(await fillInOf(service, found, draft.value), newId),
  );
  if (bytes === undefined) return refused('busy');
  await service.recordAccess(round.id, {
    what: 'downloaded',
    actor: person.name,
    return: { form: key.form, unit: key.unit },
    path: 'workbook',
  });
  return done(
    new Response(Buffer.from(bytes), {
      headers: {
        'content-type': contentTypeOf('.xlsx'),
        'content-disposition': attachmentNamed(`${form.title}（${unit.name}）.xlsx`, `${form.id}-${unit.code}.xlsx`),
        'cache-control': 'no-store',
        etag: draft.value.etag(whole),
      },
    }),
  );
}

export interface TakenIn {
  readonly kind: 'taken';
  /** The questions that were answered otherwise, or left blank with a reason; entries that came, went or moved. */
  readonly saved: readonly string[];
  /** What was saved, with what stood there before. */
  readonly differences: readonly Difference[];
  readonly before: Answers;
  readonly view: DraftView;
  readonly notices: readonly CellError[];
}

/** Somebody saved other answers after the file was made, and nobody has said which hold: nothing is saved. */
export interface UnsettledFile {
  readonly kind: 'unsettled';
  /** The answers to be chosen between, each with where it stands in the file. */
  readonly replaced: readonly CellError[];
  /** As the file would have them. */
  readonly answers: Answers;
  readonly view: DraftView;
}

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface TakingIn {
  /** Read one after the other, as if each had been sent alone, and saved together or not at all. */
  readonly files: readonly GivenFile[];
  /** What the caller has seen; absent where the cells alone tell what changed since. */
  readonly precondition?: Precondition;
  /** Which holds of an answer that somebody saved after the workbook was made: the file's, the one that is stored. */
  readonly sideOf: (path: string) => 'mine' | 'theirs' | undefined;
  readonly newId: NewEntryId;
}

function reasonsWith(reasons: Reasons, read: ReadFillIn['reasons']): Reasons {
  const given = [...read].flatMap(([key, reason]): [string, string][] => (reason === undefined ? [] : [[key, reason]]));
  return Object.fromEntries([...Object.entries(reasons).filter(([key]) => !read.has(key)), ...given]);
}

interface ReadFiles {
  readonly answers: Answers;
  readonly reasons: Reasons;
  /** The reasons that the files say something of. */
  readonly reasoned: readonly string[];
  readonly errors: readonly CellError[];
  readonly notices: readonly CellError[];
  readonly replaced: readonly CellError[];
  readonly cellOf: (path: string) => string | undefined;
}

/** Of several files each cell is told with the name of its file. */
async function readFiles(fillIn: FillIn, files: readonly GivenFile[], newId: NewEntryId): Promise<ReadFiles> {
  let { answers, reasons } = fillIn;
  const all: ReadFillIn[] = [];
  const errors: CellError[] = [];
  for (const { name, bytes } of files) {
    const within = ({ cell, ...error }: CellError): CellError => ({
      ...error,
      cell: files.length === 1 ? cell : `${name}：${cell}`,
    });
    const sheets = await readWorkbookSheets(bytes);
    if (!sheets.ok) {
      errors.push(within({ path: '', cell: '', ...sheets.refusal }));
      continue;
    }
    const read = readFillIn({ ...fillIn, answers, reasons }, sheets.value, newId);
    errors.push(...read.errors.map(within));
    all.push({ ...read, notices: read.notices.map(within), replaced: read.replaced.map(within) });
    answers = normalForm(fillIn.form.sections, read.answers, newId);
    reasons = reasonsWith(reasons, read.reasons);
  }
  return {
    answers,
    reasons,
    reasoned: all.flatMap((read) => [...read.reasons.keys()]),
    errors,
    notices: all.flatMap(({ notices }) => notices),
    replaced: all.flatMap(({ replaced }) => replaced),
    cellOf: (path) => all.map((read) => read.cellOf(path)).find((cell) => cell !== undefined),
  };
}

/** What was read, with the stored answers, and why they are left blank, at these paths. */
function withStored(
  { form }: FillIn,
  { answers, reasons }: Pick<ReadFiles, 'answers' | 'reasons'>,
  view: DraftView,
  paths: readonly string[],
): { readonly answers: Answers; readonly reasons: Reasons } {
  const blanks = new Set(paths.map((path) => `${path}.${blankCheck}`));
  const isBlank = ([key]: readonly [string, string]): boolean => blanks.has(key);
  return {
    answers: paths.reduce((kept: Answers, path) => {
      const names = path.split('.');
      return withAnswerAt(form.sections, names, kept, () => answerAt(form.sections, names, view.answers));
    }, answers),
    reasons: Object.fromEntries([
      ...Object.entries(reasons).filter((each) => !isBlank(each)),
      ...Object.entries(view.reasons).filter(isBlank),
    ]),
  };
}

/** A file with what is wrong in it marked at its cells; nothing of it is saved. Refuses `invalid-workbook` and `busy`. */
export async function markFillIn(
  service: Service,
  found: FoundReturn,
  { name, bytes }: GivenFile,
  newId: NewEntryId,
): Promise<Outcome<Response>> {
  const draft = await service.returns.readDraft(found.key);
  if (!draft.ok) return draft;
  const sheets = await readWorkbookSheets(bytes);
  if (!sheets.ok) return invalid([{ path: '', cell: '', ...sheets.refusal }]);
  const { errors } = readFillIn(await fillInOf(service, found, draft.value), sheets.value, newId);
  const marked = await markWorkbook(bytes, errors);
  if (marked === undefined) return refused('busy');
  const title = name.replace(/\.xlsx$/i, '');
  return done(
    new Response(Buffer.from(marked), {
      headers: {
        'content-type': contentTypeOf('.xlsx'),
        'content-disposition': attachmentNamed(`${title}（要修正）.xlsx`, `${found.form.id}-${found.unit.code}.xlsx`),
        'cache-control': 'no-store',
      },
    }),
  );
}

function invalid(errors: readonly FieldError[]): ReturnType<typeof refused> {
  return refused('invalid-workbook', { errors });
}

/**
 * Reads a workbook into the draft: all of it, or nothing with every error at its cell (`invalid-workbook`). Refuses
 * besides what saving a draft refuses.
 */
export async function takeFillIn(
  service: Service,
  { name, id }: Person,
  found: FoundReturn,
  { files, precondition, sideOf, newId }: TakingIn,
): Promise<Outcome<TakenIn | UnsettledFile>> {
  const { form, key } = found;
  if (precondition !== undefined && !isConditional(precondition)) return refused('precondition-required');
  const draft = await service.returns.readDraft(key);
  if (!draft.ok) return draft;
  const view = draft.value;
  if (!isEditable(view.standing)) return refused('not-editable');
  const proxy = found.relation === 'proxy' ? view.standing.proxy : undefined;
  const etag = view.etag(whole);
  const met = checkEtag(etag, precondition ?? { ifMatch: etag });
  if (!met.ok) return met;

  const fillIn = await fillInOf(service, found, view);
  const read = await readFiles(fillIn, files, newId);
  if (read.errors.length > 0) return invalid(read.errors);
  const { replaced } = read;
  if (replaced.some(({ path }) => sideOf(path) === undefined))
    return done({ kind: 'unsettled', replaced, answers: read.answers, view });

  const isStored = ({ path }: CellError): boolean => sideOf(path) === 'theirs';
  const stored = replaced.filter(isStored).map(({ path }) => path);
  const { answers, reasons } = withStored(fillIn, read, view, stored);
  const differences = diff(form, view.answers, answers);
  const reasoned = read.reasoned.filter((reason) => view.reasons[reason] !== reasons[reason]);
  const of = {
    kind: 'taken' as const,
    saved: [
      ...new Set([...differences.map(({ path }) => path), ...reasoned.map((reason) => blankPath(reason) ?? reason)]),
    ],
    differences,
    before: view.answers,
    notices: [...read.notices, ...replaced.filter((each) => !isStored(each))],
  };
  if (of.saved.length === 0) return done({ ...of, view });
  const saved = await service.returns.saveDraft(key, whole, { answers, reasons }, { ifMatch: etag }, name, id, proxy);
  if (saved.ok) return done({ ...of, view: saved.value.view });
  if (saved.problem.code !== 'wrong-shape') return saved;
  return invalid((saved.problem.errors ?? []).map((error) => ({ ...error, cell: read.cellOf(error.path) ?? '' })));
}
