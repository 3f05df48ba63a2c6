import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { directory as directorySchema } from '../../../../../../schemas/directory.ts';
import { importDirectory } from '../../../../../../functions/web/manage/directory/import.ts';

// Every file is read in a thread of its own, which takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const fixture = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../../../fixtures/spreadsheets/${name}.xlsx`, import.meta.url));

const current = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '111007', name: 'さいたま市', kind: 'city' }],
  councils: [{ id: 'omiya', name: '大宮協議会', members: ['111007'], lead: '111007', ward: '大宮区' }],
});

function csv(...rows: readonly string[]): Uint8Array {
  return new TextEncoder().encode(rows.join('\r\n'));
}

describe("a prefecture's own list of municipalities", () => {
  it('is read by its own headings; the hidden row is proposed, and marked', async () => {
    const imported = await importDirectory({ bytes: await fixture('hidden-row'), current, prefecture: '' });
    expect(imported).toMatchObject({
      ok: true,
      directory: {
        ...current,
        municipalities: [...current.municipalities, { code: '119997', name: '隠れ町', kind: 'town' }],
      },
      from: { hidden: new Set(['119997']) },
    });
  });

  it('is the sheet that shows, and the hidden one is named', async () => {
    const imported = await importDirectory({ bytes: await fixture('hidden-first-sheet'), current, prefecture: '' });
    expect(imported).toMatchObject({
      ok: true,
      directory: { municipalities: [{ code: '111007' }, { code: '112011', name: '川越市' }] },
      from: { sheet: { name: '名簿', leftAside: [{ name: '旧名簿', isHidden: true }] } },
    });
  });

  it.each(['団体コード,市町村名,区分,福祉事務所', '市町村コード,自治体名,団体区分,福祉事務所の有無'])(
    'may be headed %s',
    async (header) => {
      const bytes = csv(header, '111007,さいたま市,市,', '113018,伊奈町,町,設置');
      expect(await importDirectory({ bytes, current, prefecture: '' })).toMatchObject({
        ok: true,
        directory: { municipalities: [{ code: '111007' }, { code: '113018', welfareOffice: true }] },
      });
    },
  );

  it('says who is missing in it, and needs a directory to go with', async () => {
    const bytes = csv('団体コード,市町村名,区分,福祉事務所', '112011,川越市,市,');
    expect(await importDirectory({ bytes, current, prefecture: '' })).toMatchObject({
      ok: false,
      errors: [],
      listed: { gone: expect.arrayContaining([expect.objectContaining({ code: '111007' })]) },
    });
    expect(await importDirectory({ bytes, current: undefined, prefecture: '埼玉県' })).toMatchObject({
      ok: false,
      errors: [{ row: 0, message: expect.stringContaining('先に、総務省の一覧') }],
    });
  });
});
