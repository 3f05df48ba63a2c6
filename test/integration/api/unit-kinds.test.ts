/** Units of a kind that the prefecture has added: whom a form asks, who answers, and what is counted and written of them. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { TestBrowser, words } from '../support/browser.ts';
import { directoryFixture, exportRound, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, TestSystem } from '../support/system.ts';

const document = {
  id: 'offices',
  version: 2025,
  title: '相談支援事業所調査',
  units: 'office',
  sections: [
    {
      key: 'q',
      label: '体制',
      questions: [
        { key: 'staff', kind: 'count', label: '相談支援専門員', unit: '人', required: true, listed: true },
        {
          key: 'open',
          kind: 'choice',
          label: '休日の対応',
          options: [
            { key: 'yes', label: 'あり' },
            { key: 'no', label: 'なし' },
          ],
        },
      ],
    },
  ],
  rules: [],
  measures: [],
};
const units = [
  { kind: 'office', code: '1130100001', name: '事業所甲', municipality: '112038', answersItself: true },
  { kind: 'office', code: '1130100002', name: '事業所乙', municipality: '112038' },
  { kind: 'office', code: '1130100003', name: '事業所丙', answersItself: true },
] as const;

let system: TestSystem;

function path(unit: string): string {
  return `/api/rounds/R6/returns/offices/${unit}`;
}

function save(client: Client, unit: string, staff: number) {
  return client.put(path(unit), { answers: { q: { staff, open: 'yes' } }, reasons: {} }, { 'if-none-match': '*' });
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'office', name: '事業所甲', groups: ['unit-1130100001'] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  ok(await system.prefecture.put('/api/forms/offices/2025', document, { 'if-none-match': '*' }));
});
afterAll(() => system.stop());

describe('units of a kind of the directory', () => {
  it('are asked only where the directory has their kind', async () => {
    const adopt = () => system.prefecture.post('/api/forms/offices/2025/adoption', {});
    expect((await adopt()).json()).toMatchObject({
      code: 'invalid-form',
      errors: [{ path: 'units', code: 'unknown-kind', message: expect.stringContaining('相談支援事業所調査') }],
    });
    const directory = {
      ...(await directoryFixture('saitama-r6')),
      kinds: [{ id: 'office', label: '相談支援事業所' }],
      units,
    };
    const wrong = await system.prefecture.put('/api/directory', {
      ...directory,
      units: [{ ...units[0], kind: 'shop' }],
    });
    expect(wrong.json()).toMatchObject({
      code: 'invalid-directory',
      errors: [{ path: 'units.0.kind', code: 'unknown-kind' }],
    });
    const before = { ...openRound({ offices: 2025 }, { asOf: undefined }), directoryVersion: 1 };
    ok(await system.prefecture.put('/api/directory', directory));
    ok(await adopt());
    expect((await system.prefecture.put('/api/rounds/R6', before)).json()).toMatchObject({
      code: 'invalid-round',
      errors: [{ path: 'forms.offices', code: 'unknown-kind' }],
    });
    ok(await system.prefecture.put('/api/rounds/R6', { ...before, directoryVersion: 2 }));
    const { returns } = ok(await system.prefecture.get('/api/rounds/R6/returns')).json();
    expect(returns.map(({ unitName }: { unitName: string }) => unitName)).toEqual(['事業所甲', '事業所乙', '事業所丙']);
  });

  it('answer themselves, each its own return alone, or by their municipality', async () => {
    const [own, city] = [system.municipality('1130100001'), system.municipality('112038')];
    ok(await save(own, '1130100001', 3));
    ok(await save(city, '1130100002', 5));
    for (const [client, unit] of [
      [own, '1130100002'],
      [own, '1130100003'],
      [city, '1130100001'],
      [city, '1130100003'],
      [system.municipality('112011'), '1130100002'],
    ] as const) {
      expect([unit, (await save(client, unit, 9)).status]).toEqual([unit, 403]);
      expect([unit, (await client.get(path(unit))).status]).toEqual([unit, 403]);
    }
    const seen = async (client: Client) =>
      ok(await client.get('/api/rounds/R6/returns'))
        .json()
        .returns.map(({ unit }: { unit: string }) => unit);
    expect([await seen(own), await seen(city)]).toEqual([['1130100001'], ['1130100002']]);
    expect((await own.get('/api/rounds/R6/summary')).status).toBe(403);
    ok(await own.post(`${path('1130100001')}/submission`, {}));
    ok(await city.post(`${path('1130100002')}/submission`, {}));
    const contact = { division: '相談課', person: '甲', telephone: '048-000-0000', email: 'a@office.example.jp' };
    ok(await own.put('/api/contacts/1130100001', { main: contact }, { 'if-match': '"0"' }));
    expect((await own.put('/api/contacts/1130100003', { main: contact }, { 'if-match': '"0"' })).status).toBe(403);
    const mail = { event: 'notice', text: { subject: 'x', body: '{市町村} 様' } };
    const queued = ok(await system.prefecture.post('/api/rounds/R6/mails', mail)).json();
    expect(queued).toEqual({ queued: 1, skipped: 0, withoutAddress: ['112038', '1130100003'] });
  });

  it('are counted, and written with the municipality they are in', async () => {
    const summary = ok(await system.prefecture.get('/api/rounds/R6/summary')).json();
    expect(summary).toMatchObject({ municipalities: 0, councils: 0, units: { office: 2 } });
    expect(summary.rows).toContainEqual(
      expect.objectContaining({
        question: 'q.open',
        option: 'yes',
        value: 2,
        unit: '団体',
        units: ['1130100001', '1130100002'],
      }),
    );
    const byKind = ok(await system.prefecture.get('/api/rounds/R6/summary?by=kind')).json();
    expect(byKind.rows).toContainEqual(
      expect.objectContaining({ question: 'q.staff', measure: 'sum', value: 8, classValue: '市' }),
    );
    const { exportId, record } = await exportRound(system, 'R6');
    expect(record).toMatchObject({ status: 'done', total: 2 });
    const file = async (name: string) =>
      ok(await system.prefecture.get(`/api/rounds/R6/exports/${exportId}/files/${name}`)).bytes;
    expect(String(await file('internal/directory.csv'))).toContain('\r\n1130100003,事業所丙,office,\r\n');
    expect(String(await file('internal/directory.members.csv'))).toContain('1130100001,事業所甲,112038,川口市');
    expect(String(await file('internal/report.html'))).toContain('参考資料2　相談支援事業所別一覧');
    const folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
    try {
      const { files } = ok(await system.prefecture.get(`/api/rounds/R6/exports/${exportId}`)).json().manifest;
      for (const name of ['manifest.json', ...files.map((each: { path: string }) => each.path)]) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), await file(name));
      }
      expect((await verifyFolder(folder, forms)).disagreements).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the pages', () => {
  it('are those of a unit that answers itself, and call it by its kind for the prefecture', async () => {
    const officer = new TestBrowser(system.url);
    await officer.signIn('prefecture');
    expect(words(await officer.open('/rounds/R6?kind=office'))).toMatch(
      /事業所甲 相談支援事業所 相談支援事業所調査 提出済/,
    );
    expect(words(await officer.open('/rounds/R6/summary'))).toContain('相談支援事業所 2');
    const own = new TestBrowser(system.url);
    await own.signIn('office');
    const home = words(await own.open('/'));
    expect([home.includes('相談支援事業所調査'), home.includes('相談課')]).toEqual([true, true]);
  });
});
