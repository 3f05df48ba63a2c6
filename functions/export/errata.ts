/**
 * The list of corrections (正誤表) of an edition: what is published otherwise than in the edition before, the figures in
 * `errata.csv` and the answers in `errata.returns.csv`. It follows from the files of the two editions and from what the
 * round pinned at the edition's log number, so that whoever finishes a publication finds the same one.
 */

import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { publishedEdition, summary } from '../../schemas/export.ts';
import type { ExportedFile, Manifest } from '../../schemas/export.ts';
import type { Answers } from '../../schemas/return.ts';
import { isObject } from '../domain/answers.ts';
import { answerCorrections, figureCorrections } from '../domain/errata.ts';
import type { CorrectionKind, FigureCorrection, ReturnCorrection } from '../domain/errata.ts';
import { labelOf } from '../domain/labels.ts';
import { namesIn } from '../domain/print-answer.ts';
import type { Names } from '../domain/print-answer.ts';
import type { Bucket } from '../storage/bucket.ts';
import { publishedFileKey } from '../storage/bucket-keys.ts';
import type { PublishDeps } from './deps.ts';
import { csvText } from './files/csv.ts';
import { notAnswered, textField } from './files/table-schema.ts';
import type { FieldSchema } from './files/table-schema.ts';

export interface Errata {
  readonly file: ExportedFile;
  readonly text: string;
}

const changes: Readonly<Record<CorrectionKind, string>> = { added: '追加', removed: '削除', changed: '訂正' };

interface ErrataColumn<Row> {
  readonly field: FieldSchema;
  readonly cell: (row: Row) => string | number | null | undefined;
}

const number = (name: string, title: string, type: 'number' | 'integer'): FieldSchema => ({ name, title, type, missingValues: [notAnswered] });

const figureColumns: readonly ErrataColumn<FigureCorrection>[] = [
  { field: textField('change', '区分'), cell: ({ change }) => changes[change] },
  { field: textField('form', '調査票'), cell: ({ form }) => form },
  { field: textField('question', '設問の識別子'), cell: ({ question }) => question },
  { field: textField('label', '項目名'), cell: ({ label }) => label },
  { field: textField('option', '選択肢の符号'), cell: ({ option }) => option },
  { field: textField('optionLabel', '選択肢'), cell: ({ optionLabel }) => optionLabel },
  { field: textField('measure', '集計の種類'), cell: ({ measure }) => measure },
  { field: number('before', '誤', 'number'), cell: ({ before }) => before?.value },
  { field: number('after', '正', 'number'), cell: ({ after }) => after?.value },
  { field: textField('measureUnit', '単位'), cell: ({ measureUnit }) => measureUnit },
  { field: number('baseBefore', '母数（誤）', 'integer'), cell: ({ before }) => before?.base },
  { field: number('baseAfter', '母数（正）', 'integer'), cell: ({ after }) => after?.base },
  { field: textField('kindsBefore', '市町村の種別（誤）'), cell: ({ before }) => before?.kinds },
  { field: textField('kindsAfter', '市町村の種別（正）'), cell: ({ after }) => after?.kinds },
];

const returnColumns: readonly ErrataColumn<ReturnCorrection>[] = [
  { field: textField('change', '区分'), cell: ({ change }) => changes[change] },
  { field: textField('form', '調査票'), cell: ({ form }) => form },
  { field: textField('unit', '回答単位のコード'), cell: ({ unit }) => unit },
  { field: textField('unitName', '回答単位の名称'), cell: ({ unitName }) => unitName },
  { field: textField('question', '設問の識別子'), cell: ({ question }) => question },
  { field: textField('label', '項目名'), cell: ({ label }) => label },
  { field: textField('entry', '行の名称'), cell: ({ entry }) => entry },
  { field: textField('before', '誤'), cell: ({ before }) => before },
  { field: textField('after', '正'), cell: ({ after }) => after },
];

/** The columns of each file, as a table schema has them. */
export const errataFields: Readonly<Record<string, readonly FieldSchema[]>> = {
  'errata.csv': figureColumns.map(({ field }) => field),
  'errata.returns.csv': returnColumns.map(({ field }) => field),
};

function errataFile<Row>(path: string, columns: readonly ErrataColumn<Row>[], corrections: readonly Row[]): Errata {
  const rows = corrections.map((row) => columns.map(({ cell }) => String(cell(row) ?? '')));
  const text = csvText([columns.map(({ field }) => field.name), ...rows]);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { text, file: { path, rows: rows.length, bytes: Buffer.byteLength(text), sha256 } };
}

/** A published return: its name, and a fingerprint of its public answers. */
interface PublishedReturn {
  readonly name: string;
  readonly fingerprint: string;
}

/** A line of `<form>.json`. */
const publishedLine = z.object({ unit: z.string(), answers: z.custom<Answers>(isObject) });

/** One of the two editions. */
interface Edition {
  readonly bucket: Bucket;
  readonly forms: readonly string[];
  readonly keyOf: (path: string) => string;
}

async function* linesOf({ bucket, keyOf }: Edition, form: string): AsyncGenerator<{ unit: string; answers: Answers; text: string }> {
  const lines = createInterface({ input: Readable.from(await bucket.readStream(keyOf(`${form}.json`))) });
  for await (const line of lines) {
    if (!line.startsWith('{')) continue;
    const text = line.replace(/,$/, '');
    yield { ...publishedLine.parse(JSON.parse(text)), text };
  }
}

/** The returns of a form by code: names from the CSV, fingerprints from the JSON, a line at a time. */
async function returnsIn(edition: Edition, form: string): Promise<Map<string, PublishedReturn>> {
  const returns = new Map<string, PublishedReturn>();
  if (!edition.forms.includes(form)) return returns;
  const names = new Map<string, string>();
  const csv = Readable.from(await edition.bucket.readStream(edition.keyOf(`${form}.csv`))).pipe(parse({ columns: true }));
  const named = z.object({ unit: z.string(), unitName: z.string() });
  for await (const record of csv) {
    const { unit, unitName } = named.parse(record);
    names.set(unit, unitName);
  }
  for await (const { unit, text } of linesOf(edition, form))
    returns.set(unit, { name: names.get(unit) ?? '', fingerprint: createHash('sha256').update(text).digest('hex') });
  return returns;
}

/** The answers of some returns; of all of them they would be too many. */
async function answersOf(edition: Edition, form: string, units: ReadonlySet<string>): Promise<Map<string, Answers>> {
  const found = new Map<string, Answers>();
  if (units.size > 0) for await (const { unit, answers } of linesOf(edition, form)) if (units.has(unit)) found.set(unit, answers);
  return found;
}

function formsIn(files: readonly ExportedFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const form = /^(.+)\.json$/.exec(path)?.[1];
    return form !== undefined && paths.has(`${form}.csv`) && form !== 'summary' ? [form] : [];
  });
}

interface Lookup {
  readonly forms: PublishDeps['forms'];
  readonly formVersions: Readonly<Record<string, number>>;
  readonly names: Names;
  readonly label: (label: string) => string;
}

async function returnCorrections(id: string, before: Edition, now: Edition, { forms, formVersions, names, label }: Lookup): Promise<ReturnCorrection[]> {
  const [old, present] = [await returnsIn(before, id), await returnsIn(now, id)];
  const form = forms.get(id)?.get(formVersions[id] ?? 0);
  const changed = new Set([...present].flatMap(([unit, { fingerprint }]) => (old.has(unit) && old.get(unit)?.fingerprint !== fingerprint ? [unit] : [])));
  const answersBefore = await answersOf(before, id, changed);
  const answersNow = await answersOf(now, id, changed);
  const lines = [...present].flatMap(([unit, { name }]): ReturnCorrection[] => {
    const of = { form: id, unit, unitName: name };
    const was = old.get(unit);
    if (was === undefined) return [{ ...of, change: 'added' }];
    const renamed: ReturnCorrection[] = was.name === name ? [] : [{ ...of, change: 'changed', label: '回答単位の名称', before: was.name, after: name }];
    if (!changed.has(unit)) return renamed;
    const differences = form === undefined ? [] : answerCorrections(form, answersBefore.get(unit) ?? {}, answersNow.get(unit) ?? {}, names);
    const answers = differences.map((each): ReturnCorrection => ({ ...of, change: 'changed', ...each, label: label(each.label ?? '') }));
    return [...renamed, ...(answers.length === 0 ? [{ ...of, change: 'changed' } as const] : answers)];
  });
  const gone = [...old].filter(([unit]) => !present.has(unit));
  return [...lines, ...gone.map(([unit, { name }]): ReturnCorrection => ({ form: id, unit, unitName: name, change: 'removed' }))];
}

async function lookupFor({ store, forms }: PublishDeps, { round: id, asOf, formVersions = {} }: Manifest): Promise<Lookup> {
  const state = await store.roundState(id, asOf.seq);
  if (state?.definition === undefined) throw new Error(`no round ${id} at ${asOf.seq}`);
  const { definition } = state;
  const names = namesIn(await store.directoryVersion(state.directoryVersion));
  return { forms, formVersions, names, label: (label) => labelOf(label, definition) };
}

/**
 * The corrections of an edition whose files are copied; none for the first.
 *
 * @param files those copied, by their paths in the edition
 */
export async function errataOf(deps: PublishDeps, manifest: Manifest, edition: number, files: readonly ExportedFile[]): Promise<readonly Errata[]> {
  if (edition === 1) return [];
  const { bucket } = deps;
  const { round } = manifest;
  const keyNow = (path: string): string => publishedFileKey(round, edition, path);
  const keyBefore = (path: string): string => publishedFileKey(round, edition - 1, path);
  const previous = publishedEdition.parse(JSON.parse(await bucket.readText(keyBefore('manifest.json'))));
  const summaryAt = async (key: string) => summary.parse(JSON.parse(await bucket.readText(key))).rows;
  const figures = figureCorrections(await summaryAt(keyBefore('summary.json')), await summaryAt(keyNow('summary.json')));
  const before: Edition = { bucket, forms: formsIn(previous.files), keyOf: keyBefore };
  const now: Edition = { bucket, forms: formsIn(files), keyOf: keyNow };
  const lookup = await lookupFor(deps, manifest);
  const returns: ReturnCorrection[] = [];
  for (const form of new Set([...now.forms, ...before.forms])) returns.push(...(await returnCorrections(form, before, now, lookup)));
  return [errataFile('errata.csv', figureColumns, figures), errataFile('errata.returns.csv', returnColumns, returns)];
}
