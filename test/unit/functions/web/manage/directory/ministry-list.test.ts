import { describe, expect, it, vi } from 'vitest';
import { directory as directorySchema } from '../../../../../../schemas/directory.ts';
import { xlsx } from '../../../../../support/xlsx.ts';
import { importDirectory } from '../../../../../../functions/web/manage/directory/import.ts';
import saitama from '../../../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

// Every file is read in a thread of its own, which takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const current = directorySchema.parse(saitama);
const headings = [
  '団体コード',
  '都道府県名\n（漢字）',
  '市区町村名\n（漢字）',
  '都道府県名\n（カナ）',
  '市区町村名\n（カナ）',
];

function rowsOf(municipalities: readonly { readonly code: string; readonly name: string }[]): string[][] {
  return [
    headings,
    ['010006', '北海道', '', 'ホッカイドウ', ''],
    ['011002', '北海道', '札幌市', 'ホッカイドウ', 'サッポロシ'],
    ['110001', '埼玉県', '', 'サイタマケン', ''],
    ...municipalities.map(({ code, name }) => [code, '埼玉県', name, 'サイタマケン', '']),
    ['111015', '埼玉県', 'さいたま市西区', 'サイタマケン', 'サイタマシニシク'],
  ];
}

function csv(rows: readonly (readonly string[])[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n'));
}

describe("the Ministry's list", () => {
  it('gives the municipalities of one prefecture, and neither its wards nor other prefectures', async () => {
    const bytes = csv(rowsOf(current.municipalities));
    expect(await importDirectory({ bytes, current, prefecture: '' })).toMatchObject({ ok: true, directory: current });
  });

  it('is read as the Excel file that the Ministry publishes', async () => {
    const bytes = await xlsx({ 一覧: rowsOf(current.municipalities) });
    expect(await importDirectory({ bytes, current, prefecture: '' })).toMatchObject({
      ok: true,
      directory: current,
    });
  });

  it('begins a directory where there is none yet', async () => {
    const bytes = csv(rowsOf(current.municipalities));
    const imported = await importDirectory({
      bytes,
      current: undefined,
      prefecture: '埼玉県',
      validFrom: '2025-04-01',
    });
    expect(imported).toMatchObject({
      ok: true,
      directory: { prefecture: { code: '110001', name: '埼玉県' }, councils: [], validFrom: '2025-04-01' },
    });
  });

  it('says when the prefecture is not in it', async () => {
    const imported = await importDirectory({ bytes: csv(rowsOf([])), current: undefined, prefecture: '群馬県' });
    expect(imported.ok ? '' : imported.errors[0]?.message).toBe(
      '「群馬県」の行がありません。都道府県名を確かめてください。',
    );
  });

  it('takes nobody out: it says who is missing, new and has another name, so that it is asked who comes after whom', async () => {
    const [first, second, ...rest] = current.municipalities;
    const listed = [{ code: '119024', name: '新市' }, { code: second?.code ?? '', name: '改称市' }, ...rest];
    const imported = await importDirectory({ bytes: csv(rowsOf(listed)), current, prefecture: '' });
    expect(imported).toMatchObject({
      ok: false,
      errors: [],
      listed: {
        gone: [first],
        begun: [{ code: '119024', name: '新市', kind: 'city' }],
        changed: [{ code: second?.code, name: '改称市' }],
      },
    });
  });

  it('keeps who ended, and is refused where it still has them', async () => {
    const [first, ...rest] = current.municipalities;
    const gone = first?.code ?? '';
    const ended = {
      ...current,
      municipalities: [{ ...first, validTo: '2025-03-31', successors: [rest[0]?.code] }, ...rest],
      councils: current.councils.filter(({ members }) => !members.includes(gone)),
    };
    const before = directorySchema.parse(ended);
    const read = (list: readonly { code: string; name: string }[]) =>
      importDirectory({ bytes: csv(rowsOf(list)), current: before, prefecture: '', validFrom: '2025-04-01' });
    const imported = await read(rest);
    const kept = imported.ok ? imported.directory.municipalities : [];
    expect(kept).toHaveLength(63);
    expect(kept.at(-1)).toMatchObject({ code: gone, validTo: '2025-03-31' });
    expect(await read(current.municipalities)).toMatchObject({
      ok: false,
      errors: [{ message: expect.stringContaining('終わっています') }],
    });
  });
});
