import { describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../../../schemas/directory.ts';
import { writeDirectoryCsv } from '../../../../../functions/web/directory/directory-csv.ts';
import { importDirectory } from '../../../../../functions/web/directory/import.ts';
import gunma from '../../../../fixtures/gunma-h30/directory.json' with { type: 'json' };
import saitama from '../../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

const header = '種別,コード,名称,区分,福祉事務所,構成市町村,事務局,行政区\r\n';
const prefecture = '都道府県,110001,埼玉県,,,,,\r\n';

function read(csv: string, current?: ReturnType<typeof directorySchema.parse>) {
  return importDirectory({ bytes: new TextEncoder().encode(csv), current, prefecture: '' });
}

describe('the directory as a spreadsheet of our own', () => {
  it.each([saitama, gunma])('reads back as it was written', async (fixture) => {
    const directory = directorySchema.parse(fixture);
    expect(await read(writeDirectoryCsv(directory))).toEqual({ ok: true, directory });
  });

  it('has no cell that runs as a formula, and reads back what it made safe', async () => {
    const base = directorySchema.parse(saitama);
    const names = ['=1+1', '+81', '@x', "'一重", '令和6年'];
    const councils = names.map((name, index) => ({ id: `c${index}`, name, members: ['112038', '112011'], lead: '112038', ward: '-1' }));
    const directory = directorySchema.parse({ ...base, councils });
    const csv = writeDirectoryCsv(directory);
    const cells = csv.split('\r\n').flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(csv).toContain("協議会,c0,'=1+1,,,112038、112011,112038,'-1");
    expect(await read(csv)).toEqual({ ok: true, directory });
  });

  it('keeps whether a town has a welfare office', async () => {
    const town = '市町村,113018,伊奈町,町,設置,,,\r\n';
    const imported = await read(header + prefecture + town);
    expect(imported).toMatchObject({ ok: true, directory: { municipalities: [{ name: '伊奈町', welfareOffice: true }] } });
  });

  it('takes codes as spreadsheets leave them, and any of the usual separators', async () => {
    const rows = '市町村,11203,川口市,市,,,,\r\n市町村,112011,川越市,市,,,,\r\n協議会,joint,合同,,,"112038、112011",112011,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported).toMatchObject({
      ok: true,
      directory: { municipalities: [{ code: '112038' }, { code: '112011' }], councils: [{ members: ['112038', '112011'], lead: '112011' }] },
    });
  });

  it('says what is wrong by the row it stands in', async () => {
    const rows = '市町村,112038,川口市,郡,,,,\r\n市町村,112010,川越市,市,,,,\r\n会議,x,y,,,,,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported.ok ? [] : imported.errors.map(({ row }) => row)).toEqual([3, 4, 5]);
  });

  it('is held against the rules of directories, by row too', async () => {
    const rows = '市町村,112038,川口市,市,,,,\r\n協議会,a,甲,,,112038,112011,\r\n協議会,b,乙,,,112011,112011,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported.ok ? [] : imported.errors).toEqual([
      { row: 4, message: '事務局 112011 は構成市町村に含まれていません。' },
      { row: 5, message: '構成市町村 112011 は名簿にありません。' },
    ]);
  });

  it('is read in Shift_JIS too, and refused when it is something else', async () => {
    // 種別 in Shift_JIS is not UTF-8; a file of that alone has no known headings.
    const sjis = await importDirectory({ bytes: Uint8Array.from([0x8e, 0xed, 0x95, 0xca]), current: undefined, prefecture: '' });
    expect(sjis.ok ? '' : sjis.errors[0]?.message).toContain('見出しの行が見つかりません');
    const broken = await importDirectory({ bytes: Uint8Array.from([0x50, 0x4b, 1, 2]), current: undefined, prefecture: '' });
    expect(broken.ok ? '' : broken.errors[0]?.message).toContain('ファイルを読み取れません');
  });
});
