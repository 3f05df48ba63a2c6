/**
 * `errata.csv` (正誤表) of an edition: what is published otherwise than in the edition before. It follows from the files
 * of the two editions alone, so that whoever finishes a publication finds the same one.
 */

import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { publishedEdition, summary } from '../../schemas/export.ts';
import type { ExportedFile } from '../../schemas/export.ts';
import { figureCorrections, returnCorrections } from '../domain/errata.ts';
import type { Correction, PublishedReturn } from '../domain/errata.ts';
import type { Bucket } from '../storage/bucket.ts';
import { publishedFileKey } from '../storage/bucket-keys.ts';
import { csvText } from './files/csv.ts';

export const errataPath = 'errata.csv';

export interface Errata {
  readonly file: ExportedFile;
  readonly text: string;
}

const subjects: Readonly<Record<Correction['subject'], string>> = { figure: '集計', return: '回答' };
const changes: Readonly<Record<Correction['change'], string>> = { added: '追加', removed: '削除', changed: '訂正' };

const columns: readonly (readonly [name: string, cell: (correction: Correction) => string | number | null | undefined])[] = [
  ['subject', ({ subject }) => subjects[subject]],
  ['change', ({ change }) => changes[change]],
  ['form', ({ form }) => form],
  ['unit', ({ unit }) => unit],
  ['unitName', ({ unitName }) => unitName],
  ['question', ({ question }) => question],
  ['label', ({ label }) => label],
  ['option', ({ option }) => option],
  ['optionLabel', ({ optionLabel }) => optionLabel],
  ['measure', ({ measure }) => measure],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['measureUnit', ({ measureUnit }) => measureUnit],
];

/** What a line of `<form>.json` begins with. */
const publishedLine = z.object({ unit: z.string() });

/** The returns of a form in one folder, by code: names from the CSV, fingerprints from the JSON, a line at a time. */
async function returnsIn(bucket: Bucket, keyOf: (path: string) => string, form: string): Promise<Map<string, PublishedReturn>> {
  const names = new Map<string, string>();
  const csv = Readable.from(await bucket.readStream(keyOf(`${form}.csv`))).pipe(parse({ columns: true }));
  const named = z.object({ unit: z.string(), unitName: z.string() });
  for await (const record of csv) {
    const { unit, unitName } = named.parse(record);
    names.set(unit, unitName);
  }
  const returns = new Map<string, PublishedReturn>();
  const lines = createInterface({ input: Readable.from(await bucket.readStream(keyOf(`${form}.json`))) });
  for await (const line of lines) {
    if (!line.startsWith('{')) continue;
    const text = line.replace(/,$/, '');
    const { unit } = publishedLine.parse(JSON.parse(text));
    returns.set(unit, { name: names.get(unit) ?? '', fingerprint: createHash('sha256').update(text).digest('hex') });
  }
  return returns;
}

function formsIn(files: readonly ExportedFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const form = /^(.+)\.json$/.exec(path)?.[1];
    return form !== undefined && paths.has(`${form}.csv`) && form !== 'summary' ? [form] : [];
  });
}

/**
 * The corrections of an edition whose files are copied, or none for the first.
 *
 * @param files those copied, by their paths in the edition
 */
export async function errataOf(
  bucket: Bucket,
  round: string,
  edition: number,
  files: readonly ExportedFile[],
): Promise<Errata | undefined> {
  if (edition === 1) return undefined;
  const keyNow = (path: string): string => publishedFileKey(round, edition, path);
  const keyBefore = (path: string): string => publishedFileKey(round, edition - 1, path);
  const previous = publishedEdition.parse(JSON.parse(await bucket.readText(keyBefore('manifest.json'))));
  const summaryAt = async (key: string) => summary.parse(JSON.parse(await bucket.readText(key))).rows;
  const figures = figureCorrections(await summaryAt(keyBefore('summary.json')), await summaryAt(keyNow('summary.json')));
  const [formsBefore, formsNow] = [formsIn(previous.files), formsIn(files)];
  const returns: Correction[] = [];
  for (const form of new Set([...formsNow, ...formsBefore])) {
    const before = formsBefore.includes(form) ? await returnsIn(bucket, keyBefore, form) : new Map();
    const now = formsNow.includes(form) ? await returnsIn(bucket, keyNow, form) : new Map();
    returns.push(...returnCorrections(form, before, now));
  }
  const corrections = [...figures, ...returns];
  const rows = corrections.map((correction) => columns.map(([, cell]) => String(cell(correction) ?? '')));
  const text = csvText([columns.map(([name]) => name), ...rows]);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { text, file: { path: errataPath, rows: rows.length, bytes: Buffer.byteLength(text), sha256 } };
}
