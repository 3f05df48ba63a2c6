/** Workbooks of a questionnaire that are wrong, as files: each is refused at its cells, soon, and nothing is stored. */

import type { Workbook } from '@cj-tech-master/excelts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { everyKindSheets } from '../../support/every-kind-questionnaire.ts';
import { questionnaireWorkbook } from '../../support/questionnaire-sheets.ts';
import { directoryFixture, ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const path = '/api/forms/zenshurui/2025';
/** Seconds until an answer: far below those after which a gateway gives up, on a machine that does much besides. */
const soon = 15_000;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
});
afterAll(() => system.stop());

const refusal = z.object({
  code: z.string(),
  errors: z.array(z.object({ cell: z.string().default(''), code: z.string(), message: z.string() })),
});

async function told(change: (workbook: Workbook) => void): Promise<string[]> {
  const bytes = await questionnaireWorkbook(everyKindSheets, change);
  const began = performance.now();
  const reply = await system.prefecture.put(`${path}/workbook`, bytes, {
    'content-type': contentTypeOf('.xlsx'),
    'if-none-match': '*',
  });
  expect(performance.now() - began).toBeLessThan(soon);
  expect(reply.status).toBe(422);
  const { errors } = refusal.parse(reply.json());
  expect((await system.prefecture.get(path)).status).toBe(404);
  return errors.map(({ cell, code }) => `${cell} ${code}`);
}

/** The cell of a row below a heading. */
function set(
  workbook: Workbook,
  sheet: string,
  row: number,
  heading: string,
  value: string | number | Date | object,
): void {
  const worksheet = workbook.getWorksheet(sheet);
  if (worksheet === undefined) throw new RangeError(sheet);
  for (let column = 1; column <= 40; column += 1)
    if (worksheet.getCell(1, column).text === heading) {
      Object.assign(worksheet.getCell(row, column), { value });
      return;
    }
  throw new RangeError(heading);
}

function addRows(workbook: Workbook, sheet: string, count: number): void {
  const worksheet = workbook.getWorksheet(sheet);
  for (let row = 0; row < count; row += 1) worksheet?.addRow(['数']);
}

const wrong: readonly (readonly [what: string, change: (workbook: Workbook) => void, told: readonly string[]])[] = [
  ['without a sheet', (workbook) => workbook.removeWorksheet('確認'), ['確認!A1 missing-sheet']],
  [
    'with a formula',
    (workbook) => set(workbook, '設問', 3, '設問', { formula: '1+1', result: 2 }),
    ['設問!B3 cell-formula'],
  ],
  ['with a date for a number', (workbook) => set(workbook, '設問', 3, '番号', new Date(0)), ['設問!E3 cell-date']],
  [
    'with merged cells',
    (workbook) => workbook.getWorksheet('選択肢')?.mergeCells('A2:A3'),
    ['選択肢!A2 cell-merged', '選択肢!A3 cell-merged'],
  ],
  [
    'with values that compute each other',
    (workbook) => set(workbook, '設問', 11, '式', '問5の2 + 1'),
    ['設問!R11 circular'],
  ],
  ['of 3,000 rows', (workbook) => addRows(workbook, '設問', 3000), ['設問!A2502 too-many-rows']],
];

describe('a workbook', () => {
  it.each(wrong)('%s is refused', async (_, change, codes) => {
    const found = await told(change);
    expect(found).toEqual(codes);
  });

  it('of more rows than any sheet may have is refused as a file, before it is read', async () => {
    const found = await told((workbook) => addRows(workbook, '選択肢', 20_001));
    expect(found).toEqual([' file-too-large']);
  });
});
