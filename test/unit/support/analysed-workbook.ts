/** The workbook of an export of served rounds, as a spreadsheet reads it. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { installChartSupport } from '@cj-tech-master/excelts/chart';
import type { SeriesRound } from '../../../functions/domain/analysis/time-series.ts';
import type { Audience } from '../../../functions/domain/summary.ts';
import { codebookFile } from '../../../functions/export/files/codebook-file.ts';
import { returnTables } from '../../../functions/export/files/return-tables.ts';
import { workbook } from '../../../functions/export/files/workbook.ts';
import { readSnapshot } from '../../../functions/export/snapshot.ts';
import { writeFiles } from '../../../functions/export/write-files.ts';
import { earlierFigures } from '../../../functions/service/series-rounds.ts';
import type { Service } from '../../../functions/service/service.ts';

/** What a cell shows. */
export function valueOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('formula' in value)) return value ?? '';
  return 'result' in value ? (value.result ?? '') : '';
}

export async function analysedWorkbook(
  { store, forms, exports, readExportFile }: Service,
  round: string,
  audience: Audience = 'internal',
): Promise<Workbook> {
  installChartSupport();
  const snapshot = await readSnapshot({ store, forms }, round);
  const earlier = new Map<string, SeriesRound[]>();
  for (const { form } of snapshot.forms)
    earlier.set(form.id, await earlierFigures({ store, forms, exports, readExportFile }, snapshot.round, form.id));
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  try {
    const formats = { returns: [returnTables], documents: [codebookFile, workbook] };
    await writeFiles({ store }, { ...snapshot, earlier }, folder, () => Promise.resolve(), formats);
    const book = new Workbook();
    await book.xlsx.load(await readFile(join(folder, audience, `${round}.xlsx`)));
    return book;
  } finally {
    await rm(folder, { recursive: true });
  }
}
