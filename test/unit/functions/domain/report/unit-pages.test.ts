import { describe, expect, it } from 'vitest';
import { structureNodes, unitPages } from '../../../../../functions/domain/report/unit-pages.ts';
import type { Entry } from '../../../../../functions/domain/report/unit-pages.ts';
import { namesIn } from '../../../../../functions/domain/print-answer.ts';
import type { Structure } from '../../../../../functions/domain/report/document.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';
import { rowsOf } from './saitama.ts';

const kisarazu = fixture<Answers>('councils/kisarazu.json');
const yokohama = fixture<Answers>('councils/yokohama-ward.json');
const gunma = fixture<Record<string, Answers>>('gunma-h30/council-report.json');

function blocksOf(answers: Answers, members = ['甲市']) {
  const codes = members.map((_, index) => saitama.municipalities[index]?.code ?? '');
  const names = {
    ...namesIn(saitama),
    municipalities: new Map(members.map((name, index) => [codes[index] ?? '', name])),
  };
  const unit = { code: 'c', name: '協議会', kind: null, members: codes, editor: '' };
  return unitPages(councilReport2024, unit, answers, names);
}

/** Names with as many dots in front as they are deep. */
function treeOf(answers: Answers): string[] {
  const structure = blocksOf(answers).find((block): block is Structure => block.kind === 'structure');
  return (structure?.nodes ?? []).map(({ name, depth }) => `${'.'.repeat(depth)}${name}`);
}

const entry = (id: string, answers: Entry['answers'] = {}): Entry => ({ id, title: id, answers });
const kindOf = (): string => '';

describe('the organisation chart', () => {
  it('of 木更津市 hangs the subcommittees below the body they report to', () => {
    expect(treeOf(kisarazu)).toEqual([
      '全体会議（総会・臨時総会）',
      '.調整会議',
      '..個別支援会議',
      '..就労生活支援部会',
      '..こども部会',
      '..権利擁護部会',
      '..居住支援部会',
      '..安心安全部会',
      '..啓発交流部会',
    ]);
  });

  it('of a ward of 横浜市 begins with 代表者会議', () => {
    expect(treeOf(yokohama)[0]).toBe('代表者会議');
  });

  it('puts what names no parent below the only entry that stands at the top', () => {
    const nodes = structureNodes(
      [entry('a', { kind: 'x' }), entry('p', { kind: 'top' })],
      'parent',
      kindOf,
      ({ kind }) => kind === 'top',
    );
    expect(nodes.map(({ name, parent }) => [name, parent])).toEqual([
      ['p', undefined],
      ['a', 0],
    ]);
  });

  it('draws every body once, also below parents that are unknown or their own', () => {
    const nodes = structureNodes(
      [entry('a', { parent: 'b' }), entry('b', { parent: 'a' }), entry('c', { parent: 'x' })],
      'parent',
      kindOf,
    );
    expect(nodes.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('the tables of a council', () => {
  it('keep 該当なし, 0 and 未回答 apart', () => {
    const answers: Answers = {
      bodies: [
        { id: '1', name: '甲', kind: 'plenary', meetings: null, members: 0 },
        { id: '2', name: '乙', kind: 'subcommittee' },
      ],
    };
    expect(rowsOf(blocksOf(answers), '協議会：問10　会議体')).toEqual([
      ['甲', '全体会', '', '', '', '-', '0'],
      ['乙', '専門部会', '', '○', '', '未回答', '未回答'],
    ]);
  });

  it('name the members of a joint council', () => {
    expect(blocksOf(kisarazu, ['甲市', '乙町'])[0]).toMatchObject({ text: '協議会（甲市、乙町）' });
  });

  it('show the composition as in the report of 伊勢崎市, with its total', () => {
    const rows = rowsOf(blocksOf(gunma['isesaki'] ?? {}), '協議会：問10の12　委員構成');
    expect(rows[0]?.[0]).toBe('相談支援事業者');
    expect(rows.at(-1)?.slice(0, 2)).toEqual(['計', '17']);
  });

  it('show all eight functions once any body has answered which it has, and none before', () => {
    expect(rowsOf(blocksOf(yokohama), '協議会：問10の7　担う機能')).toHaveLength(8);
    expect(() => rowsOf(blocksOf(gunma['isesaki'] ?? {}), '協議会：問10の7　担う機能')).toThrow();
  });

  it('have a column for an optional choice only where an entry has made it', () => {
    const columns = (answers: Answers) =>
      blocksOf(answers).flatMap((block) =>
        block.kind === 'table' ? [block.columns.map(({ label }) => label)] : [],
      )[0];
    expect(columns({ bodies: [{ id: '1', name: '甲', kind: 'plenary', tier: 'city' }] })).toContain('層');
    expect(columns({ bodies: [{ id: '1', name: '甲', kind: 'plenary' }] })).not.toContain('層');
  });
});
