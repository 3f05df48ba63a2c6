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

  it('is refused while councils have a member that it no longer lists, each by its name, with the way on', async () => {
    const gone = current.councils.find(({ members }) => members.length > 1)?.members[0] ?? '';
    const concerned = current.councils.filter(({ members }) => members.includes(gone));
    const without = current.municipalities.filter(({ code }) => code !== gone);
    const imported = await importDirectory({ bytes: csv(rowsOf(without)), current, prefecture: '' });
    const errors = imported.ok ? [] : imported.errors;
    expect(errors.map(({ council }) => council?.id)).toEqual(concerned.map(({ id }) => id));
    for (const { council, message } of errors) {
      expect(message).toContain(`協議会「${council?.name}」の構成市町村のうち、`);
      expect(message).toContain(gone);
      expect(message).toContain('合併後の市町村を追加し');
    }
  });
});
