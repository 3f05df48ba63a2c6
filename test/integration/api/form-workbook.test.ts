/** A questionnaire as a workbook over HTTP: out of its document, and back as the draft of its version. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { xlsx } from '../../support/xlsx.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const type = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const path = '/api/forms/kunren/2025';

const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '112011', name: '川越市', kind: 'city' }],
  councils: [],
});

/** As an officer writes it: no more columns than needed, no IDs. */
const sheets = {
  調査票: [
    ['項目', '内容'],
    ['識別子', 'kunren'],
    ['版', 2025],
    ['名称', '訓練の実施状況に関する照会'],
    ['回答者', '市町村'],
  ],
  設問: [
    ['種類', '番号', '設問', '選択肢', '単位', '必須', '上限'],
    ['区分', '', '訓練'],
    ['選択', '問1', '訓練の実施', '実施した\n実施していない', '', '○'],
    ['数', '問2', '実施回数', '', '回'],
    ['文章', '', '備考', '', '', '', 400],
  ],
  選択肢: [['一覧', '選択肢', 'ID']],
  確認: [['対象', '種別', '式', 'メッセージ']],
  集計: [['名称', '方法', '式']],
};

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024 }));
});

afterAll(() => system.stop());

function put(bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return system.prefecture.put(`${path}/workbook`, bytes, { ...type, ...headers });
}

describe('the workbook of a questionnaire', () => {
  it('that is wrong is refused with every error at its cell, and nothing is stored', async () => {
    const [head = [], section = [], ...rows] = sheets.設問;
    const wrong = await xlsx({ ...sheets, 設問: [head, section, ['選択', '問1', '', '実施の別'], ...rows.slice(1)] });
    const reply = await put(wrong);
    expect(reply.status).toBe(422);
    expect(reply.json()).toMatchObject({
      code: 'invalid-form',
      errors: [
        { cell: '設問!C3', code: 'required', message: '「設問」を記入してください。' },
        { cell: '設問!D3', code: 'unknown-list' },
      ],
    });
    const csv = await put(Buffer.from('種類,設問'));
    expect(csv.json()).toMatchObject({ code: 'invalid-form', errors: [{ code: 'file-unreadable' }] });
    expect((await system.prefecture.get(path)).status).toBe(404);
  });

  it('is saved as a draft with IDs, downloaded with them, and taken back as the same', async () => {
    const saved = await put(await xlsx(sheets));
    expect(saved.json()).toMatchObject({ form: 'kunren', version: 2025, state: 'draft', notices: [] });
    expect(saved.status).toBe(201);
    const { document } = ok(await system.prefecture.get(path)).json();
    expect(document).toMatchObject({
      sections: [{ key: 'q1', questions: [{ key: 'q2' }, { key: 'q3' }, { key: 'q4' }] }],
    });

    const file = ok(await system.prefecture.get(`${path}/workbook`));
    expect(file.headers.get('content-disposition')).toContain('filename="kunren-2025.xlsx"');
    const etag = file.headers.get('etag') ?? '';
    expect((await put(file.bytes)).json()).toMatchObject({ code: 'precondition-required' });
    const again = await put(file.bytes, { 'if-match': etag });
    expect(again.status).toBe(200);
    expect(again.json()['sha256']).toBe(saved.json()['sha256']);
  });

  it('goes to its own address only, and comes from the prefecture only', async () => {
    const elsewhere = await system.prefecture.put('/api/forms/kunren/2026/workbook', await xlsx(sheets), type);
    expect(elsewhere.json()).toMatchObject({
      code: 'invalid-form',
      errors: [{ cell: '調査票!B3', code: 'other-version' }],
    });
    const other = await system.municipality('112011').put(`${path}/workbook`, await xlsx(sheets), type);
    expect(other.status).toBe(403);
  });
});
