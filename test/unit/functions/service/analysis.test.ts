import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../functions/service/analysis.ts';
import type { AnalysisRequest } from '../../../../functions/domain/analysis/request.ts';
import type { Service } from '../../../../functions/service/service.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { formWith } from '../../../../schemas/form.ts';
import type { Form } from '../../../../schemas/form.ts';
import { choice, count, list, municipalities, section } from '../../../../schemas/kinds/question.ts';
import type { Round } from '../../../../schemas/round.ts';
import { round as usual } from '../../schemas/forms/returns.ts';
import { servedRounds } from '../../support/served-rounds.ts';
import type { Returns } from '../../support/served-rounds.ts';

/** 川越市 and 熊谷市 became 川熊市 between the rounds; 所沢市 was divided. */
const directory: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city', validTo: '2025-03-31', successors: ['119016'] },
    { code: '112020', name: '熊谷市', kind: 'city', validTo: '2025-03-31', successors: ['119016'] },
    { code: '119016', name: '川熊市', kind: 'city', validFrom: '2025-04-01' },
    { code: '112089', name: '所沢市', kind: 'city', validTo: '2025-03-31', successors: ['119024', '119032'] },
    { code: '119024', name: '東所沢市', kind: 'city', validFrom: '2025-04-01' },
    { code: '119032', name: '西所沢市', kind: 'city', validFrom: '2025-04-01' },
  ],
  councils: [],
};
const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`o${index}`, `選択肢${index}`]));
const own: Form = formWith(
  'own',
  2024,
  { title: '票', units: 'municipality', help: '' },
  {
    s: section('状況', {
      visits: count('件数', '件'),
      status: choice('状況', { yes: '有', no: '無' }),
      many: choice('多数', many),
      why: choice('無い理由', { money: '予算', people: '人員' }).when({ 's.status': 'no' }),
      price: count('単価', '円'),
      partners: municipalities('相手市町村'),
      bodies: list('会議体', 9, {
        type: choice('種別', { whole: '全体会', part: '部会' }),
        open: choice('公開', { yes: '有', no: '無' }),
      }),
    }),
  },
  {},
);

function asked(id: string, referenceDate: string, fiscalYear: number): Round {
  return { ...usual, id, name: id, referenceDate, fiscalYear, forms: { own: 2024 } };
}

function serving(form: Form, given: readonly (readonly [Round, Returns])[]): Service {
  return servedRounds(
    directory,
    [form],
    given.map(([round, own]) => ({ round, returns: { own } })),
  );
}

const [before, now] = [asked('R6', '2024-09-30', 2024), asked('R7', '2025-09-30', 2025)];
const service = serving(own, [
  [
    before,
    {
      '111007': { s: { visits: 5, status: 'no' } },
      '112011': { s: { visits: 3, status: 'yes', bodies: [{ id: 'b', type: 'part' }] } },
      '112020': { s: { visits: 4, status: 'yes' } },
      '112089': { s: { visits: 6, status: 'no' } },
    },
  ],
  [
    now,
    {
      '111007': {
        s: {
          visits: 8,
          status: 'yes',
          partners: ['119016', '119024', '131016'],
          bodies: [
            { id: 'b1', type: 'whole', open: 'yes' },
            { id: 'b2', type: 'part', open: 'no' },
            { id: 'b3', type: 'part' },
          ],
        },
      },
      '119016': { s: { visits: 10, status: 'yes', bodies: [{ id: 'b1', type: 'whole', open: 'yes' }] } },
      '119024': { s: { visits: 1, status: 'no', partners: [], bodies: [] } },
    },
  ],
]);

async function tables(request: Pick<AnalysisRequest, 'kind' | 'question'> & Partial<AnalysisRequest>) {
  const outcome = await analyse(service, now, { form: 'own', share: 'column', per: 10_000, ...request });
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.value;
}

describe('an analysis', () => {
  it('compares what was merged with its sum, and names what was divided', async () => {
    const [changes, others] = (await tables({ kind: 'changes', question: 's.visits' })).tables;
    expect(changes?.rows.map(({ cells }) => cells)).toEqual([
      ['さいたま市', 5, 8, 3, ''],
      ['川熊市', 7, 10, 3, '前回は川越市・熊谷市の合計'],
      ['計', 12, 18, 6, ''],
    ]);
    expect(changes?.notes[1]).toContain('前回 18、今回 19');
    expect(others?.rows.map(({ cells }) => cells)).toEqual([
      ['東所沢市', null, 1, '分割された団体の後身のため比較不可'],
      ['西所沢市', null, null, '今回は未提出'],
      ['所沢市', 6, null, '今回の対象外'],
    ]);
  });

  it('tells who moved, and compares no choices of units that were merged', async () => {
    const [counts, moves, others] = (await tables({ kind: 'changes', question: 's.status' })).tables;
    expect(counts?.rows.map(({ cells }) => cells)).toEqual([
      ['有', 0, 1, 1],
      ['無', 1, 0, -1],
    ]);
    expect(moves?.rows.map(({ cells }) => cells)).toEqual([['無', '有', 1, 'さいたま市']]);
    expect(others?.rows[0]?.cells).toEqual(['川熊市', '', '有', '合併した団体の回答は合計できないため比較不可']);
  });

  it('compares with the newest round that somebody answered, as exports do', async () => {
    const [unanswered, answers] = [asked('R7-0', '2025-06-30', 2025), { '111007': { s: { visits: 8 } } }];
    const all = serving(own, [
      [before, { '111007': { s: { visits: 5 } } }],
      [unanswered, {}],
      [now, answers],
    ]);
    const request = { kind: 'changes', form: 'own', question: 's.visits', share: 'column', per: 10_000 } as const;
    const found = await analyse(all, now, request);
    expect(found.ok && found.value.notes[0]).toBe('前回は「R6」です。');
    expect(found.ok && found.value.tables[0]?.rows[0]?.cells).toEqual(['さいたま市', 5, 8, 3, '']);
    const first = await analyse(all, unanswered, request);
    expect(first.ok && first.value.notes[0]).toBe('前回は「R6」です。');
  });

  it('makes no table that is too large, and says which', async () => {
    const { notes, tables: none } = await tables({ kind: 'cross', question: 's.many', with: 's.many' });
    expect(none).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('101行×101列')]);
  });

  it('tells who was not asked from who did not answer', async () => {
    const [counts, shares] = (await tables({ kind: 'cross', question: 's.why', with: 's.status' })).tables;
    expect(counts?.rows.map(({ cells }) => cells)).toEqual([
      ['予算', 0, 0, 0],
      ['人員', 0, 0, 0],
      ['回答なし', 0, 1, 1],
      ['設問の対象外', 2, 0, 2],
      ['計', 2, 1, 3],
    ]);
    expect(shares?.rows.map(({ cells }) => cells)).toEqual([
      ['予算', null, null],
      ['人員', null, null],
    ]);
  });

  it('counts the rows of a list: by two of its questions, and by unit', async () => {
    const [counts, shares] = (await tables({ kind: 'cross', question: 's.bodies.type', with: 's.bodies.open' })).tables;
    expect(counts?.title).toBe('「会議体：種別」×「会議体：公開」：回答数');
    expect(counts?.notes).toEqual(['一覧の行を数えています。']);
    expect(counts?.rows.map(({ cells }) => cells)).toEqual([
      ['全体会', 2, 0, 0, 2],
      ['部会', 0, 1, 1, 2],
      ['計', 2, 1, 1, 4],
    ]);
    expect(shares?.notes).toEqual([expect.stringContaining('回答した行に対する')]);
    const [byUnit] = (await tables({ kind: 'cross', question: 's.bodies.type', with: 'unit' })).tables;
    expect(byUnit?.rows.map(({ cells }) => cells)).toEqual([
      ['さいたま市', 1, 2, 3],
      ['川熊市', 1, 0, 1],
      ['計', 2, 2, 4],
    ]);
    for (const [question, other] of [
      ['s.bodies.type', 's.status'],
      ['s.status', 's.bodies.type'],
    ] as const) {
      const { notes, tables: none } = await tables({ kind: 'cross', question, with: other });
      expect([notes, none]).toEqual([[expect.stringContaining('同じ一覧の設問')], []]);
    }
  });

  it('crosses the municipalities that are named, by their names', async () => {
    const [named] = (await tables({ kind: 'cross', question: 's.partners', with: 's.status' })).tables;
    expect(named?.rows.map(({ cells }) => cells)).toEqual([
      ['川熊市', 1, 0, 1],
      ['東所沢市', 1, 0, 1],
      ['名簿にない市町村', 1, 0, 1],
      ['該当するものはない', 0, 1, 1],
      ['回答なし', 1, 0, 1],
      ['計', 2, 1, 3],
    ]);
    const [byUnit] = (await tables({ kind: 'cross', question: 's.partners', with: 'unit' })).tables;
    expect(byUnit?.rows[0]?.cells).toEqual(['さいたま市', 1, 1, 1, 0, 0, 1]);
  });

  it('goes back over the rounds with the rows of a list', async () => {
    const [shares, counts] = (await tables({ kind: 'series', question: 's.bodies.type' })).tables;
    expect(counts?.rows.map(({ cells }) => cells.slice(0, 4))).toEqual([
      ['令和6年度', 0, 1, 1],
      ['令和7年度', 2, 2, 4],
    ]);
    expect(shares?.notes[0]).toContain('回答した行に対する');
    const outcome = await analyse(service, now, {
      form: 'own',
      share: 'column',
      per: 10_000,
      kind: 'changes',
      question: 's.bodies.type',
    });
    expect(outcome.ok).toBe(false);
  });

  it('has no price of so many people', async () => {
    const request = { form: 'own', question: 's.price', share: 'column', per: 10_000 } as const;
    expect((await analyse(service, now, { ...request, kind: 'ranking' })).ok).toBe(true);
    expect((await analyse(service, now, { ...request, kind: 'population' })).ok).toBe(false);
  });

  it('puts numbers into bands and leaves out those that nobody has', async () => {
    const [counts] = (await tables({ kind: 'cross', question: 's.visits', with: 's.status' })).tables;
    expect(counts?.rows.map(({ cells }) => cells)).toEqual([
      ['1〜4', 0, 1, 1],
      ['5〜9', 1, 0, 1],
      ['10〜49', 1, 0, 1],
      ['計', 2, 1, 3],
    ]);
  });
});
