/**
 * A questionnaire that an officer wrote in a hurry and saved with LibreOffice, asked of municipalities with a welfare
 * office, its figures published as totals alone: from the file to the published report, counted here by hand.
 */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import { directoryFixture, exportRound, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'seikatsu-r7';
const place = (unit: string): string => `/api/rounds/S7/returns/${form}/${unit}`;
const cities = { kawagoe: '112011', kumagaya: '112020', kawaguchi: '112038' } as const;
/** 伊奈町 has no welfare office. */
const town = '113018';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
});
afterAll(() => system.stop());

it('is read as it was written, adopted and asked of who has a welfare office', async () => {
  const file = await readFile(new URL('../../fixtures/questionnaires/seikatsu-r7.xlsx', import.meta.url));
  const type = { 'content-type': contentTypeOf('.xlsx'), 'if-none-match': '*' };
  const saved = await system.prefecture.put(`/api/forms/${form}/2025/workbook`, new Uint8Array(file), type);
  expect(ok(saved).json().notices).toEqual([]);
  ok(await system.prefecture.post(`/api/forms/${form}/2025/adoption`));
  ok(await system.prefecture.put('/api/rounds/S7', openRound({ [form]: 2025 }, { asOf: {} })));
  const { returns } = ok(await system.prefecture.get('/api/rounds/S7/returns')).json();
  const units = returns.map(({ unit }: { unit: string }) => unit);
  expect(units).toContain(cities.kawagoe);
  expect(units).not.toContain(town);
  const refused = await system.municipality(town).put(place(town), { answers: {} }, { 'if-none-match': '*' });
  expect([403, 404]).toContain(refused.status);
});

it('is answered, with a reason where the rule asks for one, and accepted', async () => {
  const contact = { q13: '担当者名' };
  const answered = {
    [cities.kawagoe]: {
      q1: { q2: 'o1', q3: 'o2', q4: 120, q5: 4, q7: ['o1', 'other'], q7Other: '民生委員', q8: '人手が足りない。' },
      q9: [
        { id: 'a', q10: '2024-05-10', q11: 5 },
        { id: 'b', q10: '2024-06-10', q11: 3 },
      ],
      q12: contact,
    },
    [cities.kumagaya]: { q1: { q2: 'o2', q4: 30, q5: 0, q7: ['o1'] }, q9: [], q12: contact },
    [cities.kawaguchi]: {
      q1: { q2: 'o1', q3: 'o3', q4: 300, q5: 7, q7: ['o3'] },
      q9: [{ id: 'a', q10: '2024-05-11', q11: 10 }],
      q12: contact,
    },
  };
  for (const [unit, answers] of Object.entries(answered)) {
    const client = system.municipality(unit);
    const saved = ok(await client.put(place(unit), { answers }, { 'if-none-match': '*' }));
    const first = await client.post(`${place(unit)}/submission`);
    if (unit === cities.kumagaya) {
      expect(first.json().errors).toMatchObject([{ path: 'q1.q5', check: 'q1.q5.c1', message: '相談員がいません。' }]);
      const reasons = { 'q1.q5.c1': '兼務のため' };
      ok(await client.put(place(unit), { answers, reasons }, { 'if-match': saved.headers.get('etag') ?? '' }));
      ok(await client.post(`${place(unit)}/submission`));
    } else ok(first);
    ok(await system.prefecture.post(`${place(unit)}/decision`, { version: 1, decision: 'accept' }));
  }
});

it('comes to the figures of a hand count, of totals alone in public', async () => {
  const { exportId } = await exportRound(system, 'S7');
  const file = async (path: string): Promise<string> =>
    ok(await system.prefecture.get(`/api/rounds/S7/exports/${exportId}/files/${path}`)).text;
  const { rows, municipalities, councils } = JSON.parse(await file('public/summary.json'));
  expect([municipalities, councils]).toEqual([3, 0]);
  type Row = Readonly<Record<'question' | 'measure' | 'option' | 'value' | 'base', string>>;
  const of = (question: string): string[] =>
    rows
      .filter((row: Row) => row.question === question)
      .map(({ option, measure, value, base }: Row) => `${option ?? measure}=${value}/${base}`);
  expect(of('q1.q2')).toEqual(['o1=2/3', 'o2=1/3']);
  expect(of('q1.q3')).toEqual(['o1=0/2', 'o2=1/2', 'o3=1/2']);
  expect(of('q1.q4')).toEqual(['sum=450/3', 'mean=150/3']);
  // 120 by 4 and 300 by 7; nobody answers 30.
  expect(of('q1.q6')).toEqual(['mean=36.45/2']);
  expect(of('q1.q7')).toEqual(['o1=2/3', 'o2=0/3', 'o3=1/3', 'other=1/3']);
  expect(of('q9')).toEqual(['count=3/3']);
  expect(of('m1')).toEqual(['sum=18/3', 'perMunicipality=6/3']);
  expect(JSON.stringify(rows)).not.toContain(cities.kawagoe);

  const answers = await file(`public/${form}.csv`);
  expect(answers.split('\r\n')[0]).toBe('round,unit,unitName');
  const report = await file('public/report.html');
  expect(report).toContain('生活困窮者自立支援事業の実施状況調べの集計結果');
  expect(report).toContain('新規相談件数');
  for (const hidden of ['協議会', '人手が足りない', '民生委員', '担当者名', '兼務のため', '川越市'])
    expect(report, hidden).not.toContain(hidden);
  expect(await file(`internal/${form}.csv`)).toContain('人手が足りない');
});
