/**
 * An uploaded spreadsheet as rows of text: Excel's .xlsx, or CSV in UTF-8 or in the Shift_JIS that Excel writes. It is read
 * in a worker thread that is ended when it takes too long or too much memory, whatever the file claims to hold.
 */

// oxlint-disable unicorn/require-post-message-target-origin -- messages between threads, not windows
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { WrittenSheet } from '../../domain/fill-in/sheet.ts';
import type { GivenSheet } from '../../domain/given-sheet.ts';
import type { WrittenSheet as QuestionnaireSheet } from '../../domain/questionnaire/write.ts';

const sheetRow = z.object({
  /** The row's number as the spreadsheet shows it, the first being 1. */
  number: z.number(),
  cells: z.array(z.string()),
  isHidden: z.boolean(),
  /** Cells that show no value of their own: errors, and formulas that were never calculated. */
  faults: z.array(z.object({ column: z.number(), message: z.string() })),
});
export type SheetRow = z.infer<typeof sheetRow>;

const sheetNames = z.object({
  /** The sheet that was read: the first that is shown. */
  name: z.string(),
  leftAside: z.array(z.object({ name: z.string(), isHidden: z.boolean() })),
});
export type SheetNames = z.infer<typeof sheetNames>;

const spreadsheet = z.object({
  rows: z.array(sheetRow),
  sheet: sheetNames.optional(),
  /** Positions of the columns that are hidden, the first being 0. */
  hiddenColumns: z.array(z.number()),
});
export type Spreadsheet = z.infer<typeof spreadsheet>;

const refusal = z.object({
  /** Stays the same when the words change. */
  code: z.enum([
    'file-unreadable',
    'file-encrypted',
    'file-with-macros',
    'file-too-large',
    'file-too-slow',
    'file-without-sheet',
    'csv-damaged',
  ]),
  message: z.string(),
  /** Absent where it is about the whole file. */
  row: z.number().optional(),
});
export type SpreadsheetRefusal = z.infer<typeof refusal>;

const readSheet = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: spreadsheet }),
  z.object({ ok: z.literal(false), refusal }),
]);
export type ReadSheet = z.infer<typeof readSheet>;

const givenSheet = z.object({
  name: z.string(),
  isHidden: z.boolean(),
  rows: z.array(
    z.object({
      number: z.number(),
      isHidden: z.literal(true).optional(),
      cells: z.array(
        z.object({
          column: z.number(),
          text: z.string(),
          fault: z.enum(['date', 'error', 'formula', 'merged', 'other']).optional(),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<GivenSheet>;

const readSheets = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.array(givenSheet) }),
  z.object({ ok: z.literal(false), refusal }),
]);
export type ReadSheets =
  | { readonly ok: true; readonly value: readonly GivenSheet[] }
  | { readonly ok: false; readonly refusal: SpreadsheetRefusal };

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const readTask = z.object({ as: z.enum(['table', 'sheets']), bytes });
const writeTask = z.object({
  as: z.literal('fill-in'),
  author: z.string(),
  at: z.date(),
  sheets: z.custom<readonly WrittenSheet[]>((value) => Array.isArray(value)),
});
const questionnaireTask = z.object({
  as: z.literal('questionnaire'),
  author: z.string(),
  at: z.date(),
  sheets: z.custom<readonly QuestionnaireSheet[]>((value) => Array.isArray(value)),
});
const marks = z.array(z.object({ cell: z.string(), message: z.string() }));
const markTask = z.object({ as: z.literal('mark'), bytes, marks });
/** What the thread is asked for: the rows of one sheet, every sheet, a workbook to fill in, that of a questionnaire, or a file with marks. */
export const threadTask = z.discriminatedUnion('as', [readTask, writeTask, questionnaireTask, markTask]);
type ThreadTask = z.infer<typeof threadTask>;

/** What a file may have at most; the largest list, that of the whole country, has a quarter of it. */
export const mostFileBytes = 1024 * 1024;

/** The worker's memory, in MB: with the bytes outside of its heap it stays below 256. */
const heap = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 24 };

const tooSlow: SpreadsheetRefusal = {
  code: 'file-too-slow',
  message:
    'ファイルの内容が多すぎるか複雑すぎるため、読み取りを中止しました。必要な表だけを新しいファイルに写して、保存し直してください。',
};

/** Beside this module as it is written, or beside the bundle that it is in. */
function workerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  return new URL(`./spreadsheet-worker.${extension}`, import.meta.url);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** For loading the code of the thread, in milliseconds. */
const startLimit = 60_000;

async function nextMessage(worker: Worker, milliseconds: number): Promise<unknown> {
  const [message] = await once(worker, 'message', { signal: AbortSignal.timeout(milliseconds) });
  return message;
}

/** A thread that has read a file and can read another: loading its code takes longer than reading most files. */
let idle: Worker | undefined;

/** It needs no flag of this process, and nothing of its environment. */
function startWorker(): Worker {
  const worker = new Worker(workerUrl(), { resourceLimits: heap, execArgv: [], env: {} });
  worker.once('exit', () => {
    if (idle === worker) idle = undefined;
  });
  return worker;
}

function takeWorker(): Worker {
  const worker = idle ?? startWorker();
  idle = undefined;
  worker.ref();
  return worker;
}

/** Of several that become idle one is kept, and that keeps no process running. */
async function giveBack(worker: Worker): Promise<void> {
  if (idle !== undefined) return void (await worker.terminate());
  idle = worker;
  worker.unref();
}

type Refused = { readonly ok: false; readonly refusal: SpreadsheetRefusal };

async function inThread<T>(task: ThreadTask, schema: z.ZodType<T>, milliseconds: number): Promise<T | Refused> {
  if ('bytes' in task && task.bytes.length > mostFileBytes)
    return { ok: false, refusal: { code: 'file-too-large', message: 'ファイルは1MBまでです。' } };
  const worker = takeWorker();
  try {
    worker.postMessage(task);
    await nextMessage(worker, startLimit);
    worker.postMessage('read');
    const read = schema.parse(await nextMessage(worker, milliseconds));
    await giveBack(worker);
    return read;
  } catch (error) {
    await worker.terminate();
    const isTimeout = error instanceof Error && error.name === 'AbortError';
    if (isTimeout || isOutOfMemory(error)) return { ok: false, refusal: tooSlow };
    throw error;
  }
}

/** How long a file is read before that is given up, in milliseconds. */
const readLimit = 10_000;

/** The first sheet that is shown, or a CSV file, as rows of text. */
export function readSpreadsheet(bytes: Uint8Array, milliseconds = readLimit): Promise<ReadSheet> {
  return inThread({ bytes, as: 'table' }, readSheet, milliseconds);
}

/** Every sheet of a workbook (.xlsx), cell by cell. */
export function readWorkbookSheets(bytes: Uint8Array, milliseconds = readLimit): Promise<ReadSheets> {
  return inThread({ bytes, as: 'sheets' }, readSheets, milliseconds);
}

/**
 * A workbook to fill in; nothing where it would take too long. Written in the thread too: what starts it does without the
 * library, which is a third of what would be loaded otherwise.
 */
export async function writeFillInWorkbook(
  properties: { readonly author: string; readonly at: Date },
  sheets: readonly WrittenSheet[],
): Promise<Uint8Array | undefined> {
  const written = await inThread({ as: 'fill-in', ...properties, sheets }, bytes, readLimit);
  return written instanceof Uint8Array ? written : undefined;
}

/** A copy of a file in which these cells are coloured and say what is wrong with them; nothing where it would take too long. */
export async function markWorkbook(
  given: Uint8Array,
  wrong: readonly z.infer<typeof marks>[number][],
): Promise<Uint8Array | undefined> {
  const told = wrong.map(({ cell, message }) => ({ cell, message }));
  const written = await inThread({ as: 'mark', bytes: given, marks: told }, bytes, readLimit);
  return written instanceof Uint8Array ? written : undefined;
}

/** The workbook of a questionnaire; nothing where it would take too long. */
export async function writeQuestionnaireFile(
  properties: { readonly author: string; readonly at: Date },
  sheets: readonly QuestionnaireSheet[],
): Promise<Uint8Array | undefined> {
  const written = await inThread({ as: 'questionnaire', ...properties, sheets }, bytes, readLimit);
  return written instanceof Uint8Array ? written : undefined;
}
