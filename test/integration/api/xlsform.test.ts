/** An XLSForm over HTTP: from the file as ODK writes it to a round that asks it, and an answer that stands. */

import type { CellValue } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { xlsx } from '../../support/xlsx.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { Reply, TestSystem } from '../support/system.ts';

const type = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const path = '/api/forms/bousai/2025';

const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [{ code: '112011', name: '川越市', kind: 'city' }],
  councils: [],
});

type Rows = CellValue[][];

const survey: Rows = [
  [
    'type',
    'name',
    'label::English (en)',
    'label::日本語 (ja)',
    'hint::日本語 (ja)',
    'required',
    'relevant',
    'constraint',
    'constraint_message',
  ],
  ['start', 'start', '', ''],
  ['begin group', 'drills', 'Drills', '訓練'],
  ['select_one yes_no', 'drill_held', 'Was a drill held?', '訓練の実施', '年度内の実施', true],
  ['integer', 'drill_count', 'How many?', '実施回数（回）', '', 'yes', "${drill_held} = 'yes'", '. >= 1 and . <= 50'],
  [
    'integer',
    'drill_night',
    'Of these at night',
    'うち夜間（回）',
    '',
    '',
    "${drill_held} = 'yes'",
    '. <= ${drill_count}',
    '実施回数より多くなっています。',
  ],
  ['geopoint', 'drill_place', 'Where?', '場所'],
  ['end group', '', '', ''],
];
const choices: Rows = [
  ['list_name', 'name', 'label::English (en)', 'label::日本語 (ja)'],
  ['yes_no', 'yes', 'Yes', '実施した'],
  ['yes_no', 'no', 'No', '実施していない'],
];
const settings: Rows = [
  ['form_title', 'form_id', 'version'],
  ['防災訓練の調査', 'bousai_kunren', '2025040101'],
];

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024 }));
});

afterAll(() => system.stop());

async function put(sheets: Parameters<typeof xlsx>[0]): Promise<Reply> {
  return system.prefecture.put(`${path}/workbook`, await xlsx(sheets), type);
}

describe('an XLSForm', () => {
  it.each<[string, Parameters<typeof xlsx>[0], object]>([
    ['lacks an end', { survey: survey.slice(0, -1), choices }, { cell: 'survey!A3', code: 'not-ended' }],
    ['lacks its choices', { survey }, { cell: 'survey!A4', code: 'unknown-list' }],
    [
      'has a formula where a name is read',
      {
        survey: survey.map((row, index) => (index === 3 ? ['select_one yes_no', { formula: 'A1', result: 'x' }] : row)),
        choices,
      },
      { cell: 'survey!B4', code: 'cell-formula' },
    ],
  ])('that %s is refused by cell, and nothing is stored', async (_, sheets, error) => {
    const reply = await put(sheets);
    expect(reply.status).toBe(422);
    expect(reply.json()).toMatchObject({ code: 'invalid-form', errors: [error] });
    expect((await system.prefecture.get(path)).status).toBe(404);
  });

  it('of 100,000 rows is refused', async () => {
    const long = await xlsx({ survey, choices }, (sheet) => {
      sheet.getCell('A100000').value = 'text';
    });
    const reply = await system.prefecture.put(`${path}/workbook`, long, type);
    expect(reply.json()).toMatchObject({ code: 'invalid-form', errors: [{ code: 'file-too-large' }] });
  });

  it('is saved as a draft with a list of what does not map, adopted, asked and answered', async () => {
    const saved = await put({ survey, choices, settings });
    expect(saved.status).toBe(201);
    const { notices, ...rest } = saved.json();
    expect(rest).toMatchObject({ form: 'bousai', version: 2025, state: 'draft' });
    expect(notices[0]).toMatchObject({ cell: 'survey!A7', code: 'question-left-out' });
    expect(notices).toContainEqual(expect.objectContaining({ cell: 'survey!A2', code: 'not-mapped' }));
    expect(notices).toContainEqual(expect.objectContaining({ cell: 'survey!B5', code: 'key-made' }));

    ok(await system.prefecture.post(`${path}/adoption`));
    ok(
      await system.prefecture.put('/api/rounds/R7', openRound({ bousai: 2025 }, { asOf: {} }), {
        'if-none-match': '*',
      }),
    );
    const address = '/api/rounds/R7/returns/bousai/112011';
    const kawagoe = system.municipality('112011');
    const drills = { drillHeld: 'yes', drillCount: 3, drillNight: 4 };
    ok(await kawagoe.put(address, { answers: { drills } }, { 'if-none-match': '*' }));
    const refused = await kawagoe.post(`${address}/submission`);
    expect(refused.status).toBe(422);
    expect(refused.json().errors).toEqual([
      expect.objectContaining({ path: 'drills.drillNight', message: '実施回数より多くなっています。' }),
    ]);
    const change = async (drillCount: number): Promise<void> => {
      const etag = ok(await kawagoe.get(address)).headers.get('etag') ?? '';
      ok(
        await kawagoe.put(
          address,
          { answers: { drills: { ...drills, drillCount, drillNight: 1 } } },
          { 'if-match': etag },
        ),
      );
    };
    await change(51);
    const beyond = await kawagoe.post(`${address}/submission`);
    expect(beyond.json()).toMatchObject({ code: 'invalid-return', errors: [{ path: 'drills.drillCount' }] });
    await change(50);
    ok(await kawagoe.post(`${address}/submission`));
    expect(ok(await system.prefecture.get(address)).json()).toMatchObject({ state: 'submitted' });
  });
});
