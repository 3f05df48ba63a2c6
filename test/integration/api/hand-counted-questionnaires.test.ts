/**
 * Two questionnaires by people who had seen none before: one without IDs, with titles above the headings, line breaks,
 * full-width figures and notes beside; one saved by another spreadsheet program. Six municipalities answer each; what
 * they come to is counted by hand.
 */

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../functions/domain/content-types.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { directoryFixture, exportedFile, exportRound, ok, openRound } from '../support/fixtures.ts';
import { summaryCsv } from '../../../functions/export/files/summary-files.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const units = ['112011', '112020', '112038', '112062', '112071', '112089'];

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ formats: { returns: [], documents: [summaryCsv] } });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
});
afterAll(() => system.stop());

/** Figures by question, option and measure, as `value/base`. */
type FiguresOf = (question: string) => string[];

async function figuresOf(round: string, form: string): Promise<FiguresOf> {
  const { exportId } = await exportRound(system, round);
  const text = await exportedFile(system, round, exportId, 'internal/summary.csv');
  const rows = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
    // Of all units, not by a class of theirs.
    .filter(([each, ...rest]) => each === form && rest.at(-2) === '');
  return (question) =>
    rows
      .filter(([, id]) => id === question)
      .map(([, , , option, , measure, value, , base]) => `${option || measure}=${value}/${base}`);
}

interface Given {
  readonly answers: Answers;
  readonly reasons?: Readonly<Record<string, string>>;
}

/** From the workbook to the figures. */
async function held(form: string, round: string, returns: readonly Given[]): Promise<FiguresOf> {
  const address = `/api/forms/${form}/2025`;
  const bytes = await readFile(new URL(`../../fixtures/questionnaires/${form}.xlsx`, import.meta.url));
  const headers = { 'content-type': contentTypeOf('.xlsx'), 'if-none-match': '*' };
  ok(await system.prefecture.put(`${address}/workbook`, bytes, headers));
  const { headers: saved } = ok(await system.prefecture.get(address));
  ok(await system.prefecture.post(`${address}/adoption`, undefined, { 'if-match': saved.get('etag') ?? '' }));
  ok(await system.prefecture.put(`/api/rounds/${round}`, openRound({ [form]: 2025 }, { asOf: {} })));
  for (const [index, { answers, reasons = {} }] of returns.entries()) {
    const unit = units[index] ?? '';
    const path = `/api/rounds/${round}/returns/${form}/${unit}`;
    ok(await system.municipality(unit).put(path, { answers, reasons }, { 'if-none-match': '*' }));
    ok(await system.municipality(unit).post(`${path}/submission`));
    ok(await system.prefecture.post(`${path}/decision`, { version: 1, decision: 'accept' }));
  }
  return figuresOf(round, form);
}

describe('通報と認定の件数', () => {
  const cases = (...counts: readonly (readonly [number, number])[]): Json =>
    Object.fromEntries(counts.map(([o4, o5], index) => [`o${index + 1}`, { o4, o5 }]));
  const abuse = (o1: number, o2: number, o3: number, ...more: readonly number[]): Json =>
    Object.fromEntries([o1, o2, o3, ...more].map((value, index) => [`o${index + 1}`, value]));
  const returns: readonly Given[] = [
    {
      answers: {
        q1: { q2: 'o1', q3: 'o1', q4: '2012-10' },
        q5: { q6: cases([10, 3], [4, 1], [1, 0]), q8: abuse(2, 0, 1, 1, 0), q9: 5, q10: '人員が不足。' },
      },
    },
    {
      answers: {
        q1: { q2: 'o1', q3: 'other', q3Other: '広域連合', q4: '2013-04-01' },
        q5: { q6: cases([0, 0], [0, 0], [0, 0]), q9: 0 },
      },
    },
    { answers: { q1: { q2: 'o2' }, q5: { q6: cases([33, 12], [8, 2], [3, 3]), q8: abuse(5, 1, 8), q9: 12 } } },
    {
      answers: { q1: { q2: 'o3' }, q5: { q6: cases([7, 1], [2, 2], [0, 0]), q8: abuse(1, 0, 0, 1, 1) } },
      reasons: { 'q5.q9.blank': '集計していないため' },
    },
    {
      answers: {
        q1: { q2: 'o1', q3: 'o2', q4: '2012' },
        q5: { q6: cases([6, 2], [1, 0], [0, 0]), q8: abuse(1, 0, 0, 1, 0), q9: 1 },
      },
    },
    {
      answers: {
        q1: { q2: 'o1', q3: 'o1' },
        q5: { q6: cases([15, 5], [3, 2], [1, 1]), q8: abuse(4, 1, 2, 1, 1), q9: 1200 },
      },
      reasons: { 'q5.q9.limits': '一斉保護のため' },
    },
  ];

  it('come to what a hand count gives', async () => {
    const of = await held('gyakutai', 'G7', returns);
    expect(of('q1.q2')).toEqual(['o1=4/6', 'o2=1/6', 'o3=1/6']);
    expect(of('q1.q3')).toEqual(['o1=2/4', 'o2=1/4', 'other=1/4']);
    expect(of('q5.q6.o1.o4')).toEqual(['sum=71/6', 'mean=11.833333333333334/6', 'median=8.5/6', 'min=0/6', 'max=33/6']);
    // Of each column, of a row and of the table: 71 + 18 + 5 reported, 23 + 7 + 4 found.
    expect(['q5.q6.o4', 'q5.q6.o5', 'q5.q6.o1', 'q5.q6'].map((id) => of(id)[0])).toEqual([
      'sum=94/6',
      'sum=34/6',
      'sum=94/6',
      'sum=128/6',
    ]);
    // 26.7, 38.6, 33.3, 28.6 and 42.1 %; where nothing was reported there is none.
    expect(of('q5.q7')).toEqual(['mean=33.86/5', 'median=33.3/5', 'min=26.7/5', 'max=42.1/5']);
    expect(['o1', 'o2', 'o3', 'o4', 'o5'].map((row) => of(`q5.q8.${row}`)[0])).toEqual([
      'sum=13/5',
      'sum=2/5',
      'sum=11/5',
      'sum=4/4',
      'sum=2/4',
    ]);
    expect(of('q5.q8')).toEqual(['sum=32/5', 'mean=6.4/5', 'median=4/5', 'min=2/5', 'max=14/5']);
    expect(of('q5.q9')).toEqual(['sum=1218/5', 'mean=243.6/5', 'median=5/5', 'min=0/5', 'max=1200/5']);
    expect(of('m1')).toEqual(['sum=1218/6', 'perMunicipality=203/6']);
  });
});

describe('整備の状況と構成機関', () => {
  const contact = { q19: '障害福祉課', q20: '048-000-0000', q21: 'a@example.lg.jp' };
  const body = (id: string, q14: string, q15: string, q16?: number): Json => ({
    id,
    q14,
    q15,
    ...(q16 === undefined ? {} : { q16 }),
    ...(q15 === 'other' ? { q15Other: '基幹センター' } : {}),
  });
  const given = (q1: Answers, q9: Answers, q13: Json[], reasons: Record<string, string> = {}): Given => ({
    answers: { q1, q9, q13, q18: contact },
    reasons,
  });
  const everywhere = { o1: 'o9', o2: 'o9', o3: 'o9', o4: 'o9', o5: 'o9' };
  const returns: readonly Given[] = [
    given(
      { q2: 'o1', q4: '2020-04', q5: 'o1', q6: { o1: 'o6', o2: 'o7' }, q7: ['o1', 'o2'], q8: ['o1', 'o2', 'o3'] },
      { q10: 3, q11: 2.75 },
      [body('a', 'あおぞら', 'o2', 12), body('b', 'ひだまり', 'o1'), body('c', '𠮷川園', 'o2', 6)],
    ),
    given(
      { q2: 'o2', q3: ['112011', '112038'], q5: 'o3', q6: everywhere, q7: ['o3'], q8: ['o5', 'o1'] },
      { q10: 1, q11: 0.5 },
      [body('a', '共同センター', 'other', 0)],
    ),
    given({ q2: 'o3', q7: ['o1', 'o4', 'other'], q7Other: '部署' }, { q10: 0, q12: { from: 2026, to: 2027 } }, [
      body('a', '準備室', 'o3', 99),
    ]),
    given({ q2: 'o4', q6: { o1: 'o6' }, q7: [], q8: ['o2'] }, { q10: 0 }, [body('a', '未定', 'o1')]),
    given(
      { q2: 'o1', q4: '2019', q5: 'o2', q6: { o3: 'o8' }, q7: ['o5'], q8: ['o4', 'o5', 'o1'] },
      { q10: 2, q11: 1.25 },
      [body('a', '甲', 'o2', 20), body('b', '乙', 'o3', 8)],
    ),
    given(
      { q2: 'o2', q3: ['112071'], q5: 'o3', q6: { o2: 'o6', o5: 'o8' }, q7: ['o2', 'o1'], q8: ['o1'] },
      { q10: 4, q11: 4 },
      [body('a', '丙', 'o2', 150)],
      { 'q13.a.q16.c4': '県立施設のため' },
    ),
  ];

  it('come to what a hand count gives', async () => {
    const of = await held('kyoten-seibi', 'K7', returns);
    expect(of('q1.q2')).toEqual(['o1=2/6', 'o2=2/6', 'o3=1/6', 'o4=1/6']);
    expect(of('q1.q5')).toEqual(['o1=1/4', 'o2=1/4', 'o3=2/4']);
    expect(of('q1.q6.o1')).toEqual(['o6=2/6', 'o7=0/6', 'o8=0/6', 'o9=1/6', 'any=3/6']);
    expect(of('q1.q7')).toEqual(['o1=3/6', 'o2=2/6', 'o3=1/6', 'o4=1/6', 'o5=1/6', 'other=1/6']);
    expect(
      of('q1.q8')
        .filter((figure) => /^(?:\d\.)?o1=/.test(figure))
        .toSorted(),
    ).toEqual(['1.o1=2/5', '2.o1=1/5', '3.o1=1/5', 'o1=4/5']);
    expect(of('q9.q10')[0]).toBe('sum=10/6');
    expect(of('q9.q11')).toEqual(['sum=8.5/4', 'mean=2.125/4', 'median=2/4', 'min=0.5/4', 'max=4/4']);
    expect(of('q13')).toEqual(['count=9/6']);
    expect(of('q13.q15')).toEqual(['o1=2/9', 'o2=4/9', 'o3=2/9', 'other=1/9']);
    expect(of('q13.q16')[0]).toBe('sum=295/7');
    // 12, 6, 20 and 150 of short stays.
    expect(of('m1')[0]).toBe('sum=188/6');
    expect(of('m2')).toEqual(['o1=1/6', 'o2=5/6']);
  });
});
