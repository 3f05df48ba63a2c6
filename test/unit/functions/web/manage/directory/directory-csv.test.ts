import { describe, expect, it, vi } from 'vitest';
import { directory as directorySchema } from '../../../../../../schemas/directory.ts';
import { writeDirectoryCsv } from '../../../../../../functions/web/manage/directory/directory-csv.ts';
import { importDirectory } from '../../../../../../functions/web/manage/directory/import.ts';
import { unstorableText } from '../../../../../../schemas/values/text.ts';
import gunma from '../../../../../fixtures/gunma-h30/directory.json' with { type: 'json' };
import saitama from '../../../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

// Every file is read in a thread of its own, which takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const header = '種別,コード,名称,区分,福祉事務所,構成市町村,事務局,行政区\r\n';
const prefecture = '都道府県,110001,埼玉県,,,,,\r\n';

function read(csv: string, current?: ReturnType<typeof directorySchema.parse>) {
  return importDirectory({ bytes: new TextEncoder().encode(csv), current, prefecture: '' });
}

describe('the directory as a spreadsheet of our own', () => {
  it.each([saitama, gunma])('reads back as it was written', async (fixture) => {
    const directory = directorySchema.parse(fixture);
    expect(await read(writeDirectoryCsv(directory))).toMatchObject({ ok: true, directory });
  });

  it('has a column for each class, the population and the short name', async () => {
    const directory = directorySchema.parse({
      ...saitama,
      classes: [{ id: 'area', label: '圏域', values: ['南部', '西部'] }],
      municipalities: saitama.municipalities.map((each, index) =>
        index === 0
          ? { ...each, shortName: '市', population: { number: 1_000, on: '2024-10-01' }, classes: { area: '南部' } }
          : each,
      ),
      councils: saitama.councils.map((each, index) => (index === 0 ? { ...each, classes: { area: '西部' } } : each)),
    });
    const csv = writeDirectoryCsv(directory);
    expect(csv).toContain('行政区,有効開始,有効終了,後の団体,略称,人口,人口の基準日,分類：圏域\r\n');
    expect(await read(csv, directory)).toMatchObject({ ok: true, directory });
    // Over a directory that does not have the class, it becomes one whose values are free.
    expect(await read(csv, directorySchema.parse(saitama))).toMatchObject({
      directory: {
        classes: [{ id: 'class1', label: '圏域' }],
        municipalities: expect.arrayContaining([expect.objectContaining({ classes: { class1: '南部' } })]),
      },
    });
    // What a file has no column for stays.
    const older = writeDirectoryCsv(directorySchema.parse(saitama)).replaceAll(/,略称.*|,,,\r/gu, (end) =>
      end.startsWith(',略称') ? '' : '\r',
    );
    const kept = await read(older, directory);
    expect(kept.ok ? kept.directory : kept.errors).toEqual(directory);
    expect(await read(csv.replace(',南部', ',東部'), directory)).toMatchObject({
      ok: false,
      errors: [{ row: 3, message: expect.stringContaining('圏域「東部」') }],
    });
  });

  it('says from when until when each unit is in force and who comes after it, and reads that back', async () => {
    const [first, second, ...rest] = directorySchema.parse(saitama).municipalities;
    const directory = directorySchema.parse({
      ...saitama,
      municipalities: [
        { ...first, validTo: '2025-03-31', successors: [second?.code] },
        { ...second, validFrom: '2025-04-01' },
        ...rest,
      ],
      councils: [
        {
          id: 'old',
          name: '旧協議会',
          members: [first?.code],
          lead: first?.code,
          validTo: '2025-03-31',
          successors: ['new'],
        },
        { id: 'new', name: '新協議会', members: [second?.code], lead: second?.code },
      ],
    });
    const csv = writeDirectoryCsv(directory);
    expect(csv).toContain(`,'令和7年3月31日,${second?.code},`);
    expect(await read(csv, undefined)).toMatchObject({ ok: true, directory });
    const wrong = await read(csv.replace('令和7年3月31日', '令和7年3月'), undefined);
    expect(wrong).toMatchObject({ ok: false, errors: [{ message: expect.stringContaining('有効終了') }] });
    // A file of before these columns takes nobody away who ended.
    const lines = csv.split('\r\n').filter((line) => !line.includes('令和7年3月31日'));
    const older = lines.map((line) => line.split(',').toSpliced(8, 3).join(',')).join('\r\n');
    const kept = await read(older, directory);
    const keptCodes = kept.ok ? kept.directory.municipalities.map(({ code }) => code) : [];
    expect(keptCodes).toContain(first?.code);
    expect(kept.ok && kept.directory.councils.find(({ id }) => id === 'old')).toMatchObject({ successors: ['new'] });
  });

  it('takes municipalities by their names, and gives a council without an id that of its name or a new one', async () => {
    const { prefecture, municipalities } = directorySchema.parse(saitama);
    const directory = directorySchema.parse({
      prefecture,
      municipalities,
      councils: [{ id: 'known', name: '川越協議会', members: ['112011'], lead: '112011' }],
    });
    const head = '種別,コード,名称,区分,福祉事務所,構成市町村,事務局,行政区';
    const towns = municipalities.map(({ code, name }) => `市町村,${code},${name},${name.slice(-1)},,,,`);
    const file = (...councils: string[]): string => [head, ...towns, ...councils].join('\r\n');
    const named = await read(
      file('協議会,,川越協議会,,,川越市、112038,川越市,', '協議会,,川口協議会,,,川口市,川口市,'),
      directory,
    );
    expect(named.ok ? named.directory.councils : named.errors).toEqual([
      { id: 'known', name: '川越協議会', members: ['112011', '112038'], lead: '112011' },
      { id: 'council-112038', name: '川口協議会', members: ['112038'], lead: '112038' },
    ]);
    expect(await read(file('協議会,,無名協議会,,,無名市,無名市,'), directory)).toMatchObject({ ok: false });
  });

  it('has a row for each unit of another kind, which its first row makes', async () => {
    const directory = directorySchema.parse({
      ...saitama,
      kinds: [{ id: 'kind1', label: '相談支援事業所' }],
      units: [
        { kind: 'kind1', code: '1130100001', name: '甲', municipality: '112038', answersItself: true },
        { kind: 'kind1', code: '1130100002', name: '乙', municipality: '112038', shortName: '略' },
        { kind: 'kind1', code: '1130100003', name: '丙', answersItself: true },
      ],
    });
    const csv = writeDirectoryCsv(directory);
    expect(csv).toContain('種類：相談支援事業所,1130100001,甲,,,112038,自ら回答,,');
    const before = directorySchema.parse(saitama);
    for (const current of [directory, before]) expect(await read(csv, current)).toMatchObject({ ok: true, directory });
    // A file that says nothing of them leaves them as they are.
    const older = await read(writeDirectoryCsv(before), directory);
    expect(older.ok ? older.directory : older.errors).toEqual(directory);
    const wrong = await read(csv.replace('甲,,,112038,自ら回答', '甲,,,112038,'), directory);
    expect(wrong).toMatchObject({ errors: [{ message: expect.stringContaining('自ら回答') }] });
  });

  it('has no cell that runs as a formula, and reads back what it made safe', async () => {
    const base = directorySchema.parse(saitama);
    const names = ['=1+1', '+81', '@x', "'一重", '令和6年'];
    const councils = names.map((name, index) => ({
      id: `c${index}`,
      name,
      members: ['112038', '112011'],
      lead: '112038',
      ward: '-1',
    }));
    const directory = directorySchema.parse({ ...base, councils });
    const csv = writeDirectoryCsv(directory);
    const cells = csv.split('\r\n').flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    expect(csv).toContain("協議会,c0,'=1+1,,,112038、112011,112038,'-1");
    expect(await read(csv)).toMatchObject({ ok: true, directory });
  });

  it('keeps whether a town has a welfare office', async () => {
    const town = '市町村,113018,伊奈町,町,設置,,,\r\n';
    const imported = await read(header + prefecture + town);
    expect(imported).toMatchObject({
      ok: true,
      directory: { municipalities: [{ name: '伊奈町', welfareOffice: true }] },
    });
  });

  it('takes codes as spreadsheets leave them, and any of the usual separators', async () => {
    const rows =
      '市町村,11203,川口市,市,,,,\r\n市町村,112011,川越市,市,,,,\r\n協議会,joint,合同,,,"112038、112011",112011,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported).toMatchObject({
      ok: true,
      directory: {
        municipalities: [{ code: '112038' }, { code: '112011' }],
        councils: [{ members: ['112038', '112011'], lead: '112011' }],
      },
    });
  });

  it('says what is wrong by the row it stands in', async () => {
    const rows = '市町村,112038,川口市,郡,,,,\r\n市町村,112010,川越市,市,,,,\r\n会議,x,y,,,,,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported.ok ? [] : imported.errors.map(({ row }) => row)).toEqual([3, 4, 5]);
  });

  it('is refused in our own words where it has headings alone, and where a name has two lines', async () => {
    const nothing = await read(header + prefecture);
    expect(nothing.ok ? [] : nothing.errors).toEqual([{ row: 0, message: '市町村が1つもありません。' }]);
    const twoLines = await read(`${header}${prefecture}市町村,112011,"川越\n市",市,,,,\r\n`);
    expect(twoLines.ok ? [] : twoLines.errors).toEqual([
      { row: 3, message: '名称に改行が含まれています。取り除いて入力し直してください。' },
    ]);
  });

  it('is held against the rules of directories, by row too', async () => {
    const rows = '市町村,112038,川口市,市,,,,\r\n協議会,a,甲,,,112038,112011,\r\n協議会,b,乙,,,112011,112011,\r\n';
    const imported = await read(header + prefecture + rows);
    expect(imported.ok ? [] : imported.errors).toEqual([
      { row: 4, message: '協議会「甲」の事務局 112011 は構成市町村に含まれていません。' },
      { row: 5, message: '協議会「乙」の構成市町村 112011 は名簿にありません。' },
    ]);
    const control = await read(
      `${header}${prefecture.replace('埼玉', '埼\u000B玉')}市町村,112038,川\u000B口市,市,,,,\r\n協議会,a,甲,,,112038,112038,大\u001B宮区\r\n`,
    );
    expect(control.ok ? [] : control.errors).toEqual([2, 3, 4].map((row) => ({ row, message: unstorableText })));
  });

  it('is read in the Shift_JIS that Excel in Japan saves, with the characters that only CP932 has', async () => {
    const rows = '市町村,112038,川口市,市,,,,\r\n協議会,a,髙﨑①㈱～,,,112038,112038,\r\n';
    const utf8 = await read(header + prefecture + rows);
    expect(utf8).toMatchObject({ ok: true, directory: { councils: [{ name: '髙﨑①㈱～' }] } });
    const saved = Buffer.from(
      [
        '8eed95ca2c8352815b83682c96bc8fcc2c8be695aa2c959f8e838e9696b18f8a2c8d5c90ac8e7392ac91ba2c8e9696b18bc72c8d7390ad8be60d0a93',
        '7393b9957b8ca72c3131303030312c8de98bca8ca72c2c2c2c2c0d0a8e7392ac91ba2c3131323033382c90ec8cfb8e732c8e732c2c2c2c0d0a8ba68b',
        '6389ef2c612ceee0ed958740878a81602c2c2c3131323033382c3131323033382c0d0a',
      ].join(''),
      'hex',
    );
    expect(await importDirectory({ bytes: saved, current: undefined, prefecture: '' })).toEqual(utf8);
  });

  it.each([
    ['a zip that is no workbook', [0x50, 0x4b, 1, 2]],
    ['UTF-16', [0xff, 0xfe, 0x2e, 0x7a]],
    ['characters that are in neither', [0x8e, 0xed, 0x85, 0x40]],
  ])('is refused, and said how to save it, where it is %s', async (_, bytes) => {
    const imported = await importDirectory({ bytes: Uint8Array.from(bytes), current: undefined, prefecture: '' });
    expect(imported).toEqual({
      ok: false,
      errors: [{ row: 0, message: expect.stringMatching(/ファイルを読み取れません.*「CSV UTF-8（コンマ区切り）」/) }],
    });
  });

  it('is refused by the row of a stray quote', async () => {
    const stray = '市町村,112038,川口"市,市,,,,\r\n';
    expect(await read(`${header}${prefecture}\r\n${stray}`)).toEqual({
      ok: false,
      errors: [{ row: 4, message: expect.stringContaining('引用符（"）') }],
    });
  });
});
