/** A submitted version as a file to keep: a workbook, or a CSV for Excel. */

import type { Person } from '../domain/authorisation.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import { attachmentNamed } from '../domain/download-name.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { namesIn } from '../domain/print-answer.ts';
import { copySheet } from '../domain/fill-in/copy-sheet.ts';
import { copyColumns, copyRows, copyTitle } from '../domain/return-copy.ts';
import type { Copied } from '../domain/return-copy.ts';
import { excelText } from '../domain/spreadsheet.ts';
import { byteOrderMark, csvText } from '../platform/csv-text.ts';
import { writeFillInWorkbook } from '../platform/workbook/spreadsheet.ts';
import type { FoundReturn } from './access.ts';
import type { Service } from './service.ts';
import { isLate } from '../domain/due-date.ts';

const formats = { workbook: '.xlsx', csv: '.csv' } as const;
export type CopyFormat = keyof typeof formats;

export function isCopyFormat(text: string): text is CopyFormat {
  return Object.hasOwn(formats, text);
}

async function contentOf(copied: Copied, format: CopyFormat, author: string): Promise<Uint8Array | undefined> {
  if (format === 'csv') {
    const rows = [copyColumns, ...copyRows(copied)].map((row) => row.map(excelText));
    return new TextEncoder().encode(byteOrderMark + csvText(rows));
  }
  const at = new Date(copied.version.submittedAt);
  return writeFillInWorkbook({ author, at }, [copySheet(copied)]);
}

/** Refuses `not-found` for a version that there is not, and `busy`. The download is logged. */
export async function sendCopy(
  service: Service,
  person: Person,
  { form, round, unit, key }: FoundReturn,
  number: string,
  format: CopyFormat,
): Promise<Outcome<Response>> {
  const { store, returns } = service;
  const isNumber = /^[1-9]\d{0,3}$/.test(number);
  const [version, directory, draft] = await Promise.all([
    isNumber ? store.version(key, Number(number)) : undefined,
    store.directoryOfRound(round),
    returns.readDraft(key),
  ]);
  if (version === undefined) return refused('not-found');
  if (!draft.ok) return draft;
  const late = isLate(version, draft.value.standing);
  const copied = { form, round, unit, names: namesIn(directory), version: { ...version, late } };
  const bytes = await contentOf(copied, format, directory.prefecture.name);
  if (bytes === undefined) return refused('busy');
  const extension = formats[format];
  await service.recordAccess(round.id, {
    what: 'downloaded',
    actor: person.name,
    return: { form: key.form, unit: key.unit },
    path: `versions/${number}${extension}`,
  });
  return done(
    new Response(Buffer.from(bytes), {
      headers: {
        'content-type': contentTypeOf(extension),
        'content-disposition': attachmentNamed(
          `${copyTitle(copied)}${extension}`,
          `${form.id}-${unit.code}-${number}${extension}`,
        ),
        'cache-control': 'no-store',
      },
    }),
  );
}
