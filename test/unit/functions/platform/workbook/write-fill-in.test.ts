/** The workbook to fill in as bytes: what a spreadsheet makes of it, and that it is read again as it was written. */

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readFillIn } from '../../../../../functions/domain/fill-in/read.ts';
import { unzip } from '../../../../../functions/platform/unzip.ts';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { writeFillIn } from '../../../../../functions/platform/workbook/write-fill-in.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { packageProblems } from '../../../../support/package.ts';
import { fillInOf, sheetsOf } from '../../../support/fill-in.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const answers: Answers = {
  first: { status: 'yes', more: 3, functions: ['x'], note: '  =1+1 𠮷\n_x0041_ ', goals: ['一'], since: '2024-04' },
  units: [
    { id: 'a', name: '本部', steps: [{ id: 's', title: '準備' }] },
    { id: 'b', parent: 'a' },
  ],
};
const fillIn = fillInOf(scratchForm, answers, { first: { more: 2 } });

let bytes: Uint8Array;
let parts: Map<string, Buffer>;

function part(name: string): string {
  return parts.get(name)?.toString('utf8') ?? '';
}

beforeAll(async () => {
  bytes = await writeFillIn({ author: '埼玉県', at: new Date('2024-10-01T00:00:00Z') }, sheetsOf(fillIn));
  parts = unzip(Buffer.from(bytes));
});

describe('the workbook to fill in', () => {
  it('is a package that opens', () => {
    const xml = new Map([...parts].filter(([name]) => /\.(?:xml|rels)$/u.test(name)));
    expect(packageProblems(xml)).toEqual([]);
  });

  it('is read again as it was written', async () => {
    const sheets = await readWorkbookSheets(bytes, 60_000);
    if (!sheets.ok) throw new Error(sheets.refusal.message);
    const read = readFillIn(fillIn, sheets.value, () => 'new');
    expect(read.errors).toEqual([]);
    expect(read.answers).toEqual(answers);
    const over = readFillIn(fillInOf(scratchForm, { units: answers['units'] }), sheets.value, () => 'new');
    expect(over.answers, 'nothing of it was typed').toEqual({ units: answers['units'] });
  });

  it('names the cell of every answer after its question', () => {
    expect(part('xl/workbook.xml')).toMatch(
      /<definedName name="first\.more"[^>]*>&apos;第1&apos;!\$E\$\d+<\/definedName>/u,
    );
    expect(part('xl/workbook.xml')).toContain('name="first.functions.x"');
  });

  it('offers options by a range on the same sheet, so that a sheet alone keeps them', () => {
    const formulas = [...part('xl/worksheets/sheet2.xml').matchAll(/<formula1>([^<]*)<\/formula1>/gu)].map(
      ([, formula]) => formula,
    );
    expect(formulas).toContain('$I$3:$I$4');
    expect(formulas.filter((formula) => formula?.includes('!'))).toEqual([]);
  });

  it('is protected but for the answers, which are text', () => {
    const sheet = part('xl/worksheets/sheet2.xml');
    expect(sheet).toMatch(/<sheetProtection [^>]*sheet="1"/u);
    const [, style] = /<c r="E6" s="(\d+)"/u.exec(sheet) ?? [];
    const formats = part('xl/styles.xml').split('<cellXfs')[1]?.split('<xf ') ?? [];
    const format = formats[Number(style) + 1];
    expect(format).toContain('numFmtId="49"');
    expect(format).toMatch(/<protection locked="(?:0|false)"/u);
  });

  it('keeps from sight what is for programs', () => {
    const sheet = part('xl/worksheets/sheet2.xml');
    expect(sheet).toMatch(/<row r="1"[^>]*hidden="1"/u);
    expect(sheet).toMatch(/<row r="2"[^>]*hidden="1"/u);
    expect(sheet).toMatch(/<col min="1" max="[12]"[^>]*hidden="1"/u);
  });
});
