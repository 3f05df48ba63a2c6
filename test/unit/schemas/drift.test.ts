import { describe, expect, it } from 'vitest';
import { drift } from '../../../schemas/drift.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import type { Catalogue } from '../../../schemas/form.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { ranking } from '../../../schemas/kinds/ranking.ts';
import {
  choice,
  choices,
  count,
  counts,
  countsTable,
  list,
  range,
  section,
  text,
  texts,
} from '../../../schemas/kinds/question.ts';
import type { Fields } from '../../../schemas/kinds/question.ts';

const version = <const F extends Fields>(number: number, fields: F) =>
  form(
    'scratch',
    number,
    { title: '様式', units: 'municipality', help: '記入要領' },
    { section: section('区分', fields) },
  );

const incompatible = (from: Fields, to: Fields) => drift(version(2024, from), version(2026, to)).incompatible;

describe('drift', () => {
  it('is nothing between a form and itself', () => {
    const same = version(2024, { n: count('数', '人'), c: choice('選択', { a: 'A', b: 'B' }) });
    expect(drift(same, same)).toEqual({
      added: [],
      retired: [],
      moved: [],
      relabelled: [],
      options: [],
      incompatible: [],
    });
  });

  it('lists what was added, retired and relabelled, options included', () => {
    const before = version(2024, { n: count('数', '人'), c: choice('選択', { a: 'A', b: 'B', c: 'C' }) });
    const after = version(2026, { t: text('文', 10), c: choice('選ぶ', { a: 'A', b: 'ビー', d: 'D' }) });
    expect(drift(before, after)).toEqual({
      added: ['section.t'],
      retired: ['section.n'],
      moved: [],
      relabelled: [{ id: 'section.c', from: '選択', to: '選ぶ' }],
      options: [{ id: 'section.c', added: ['d'], retired: ['c'], relabelled: [{ id: 'b', from: 'B', to: 'ビー' }] }],
      incompatible: [],
    });
  });

  it('finds a changed kind', () => {
    expect(incompatible({ q: choice('問', { a: 'A' }) }, { q: choices('問', { a: 'A' }) })).toEqual([
      { id: 'section.q', what: '種類：選択 → 複数選択' },
    ]);
    expect(
      incompatible({ q: list('問', 5, { n: count('数', '人') }) }, { q: texts('問', { entries: 5, length: 10 }) }),
    ).toEqual([{ id: 'section.q', what: '種類：繰返し → 文章の一覧' }]);
  });

  it('finds a changed unit', () => {
    expect(incompatible({ q: count('数', '人') }, { q: count('数', '回') })).toEqual([
      { id: 'section.q', what: '単位：人 → 回' },
    ]);
    expect(incompatible({ q: range('幅', '分') }, { q: range('幅', '件') })).toEqual([
      { id: 'section.q', what: '単位：分 → 件' },
    ]);
  });

  it('finds a changed row or column of a table, and a changed number of places', () => {
    const rows = { full: '常勤', part: '非常勤' };
    const table = (columns: Record<string, string>): Fields => ({ q: countsTable('職員', rows, columns, '人') });
    expect(incompatible(table({ only: '専従' }), table({ only: '専ら' }))).toEqual([]);
    expect(incompatible(table({ only: '専従' }), table({ only: '専従', also: '兼務' }))).toEqual([
      { id: 'section.q', what: '列：専従 → 専従・兼務' },
    ]);
    expect(incompatible({ q: counts('職員', rows, '人') }, { q: counts('職員', { full: '常勤' }, '人') })).toEqual([
      { id: 'section.q', what: '行：常勤・非常勤 → 常勤' },
    ]);
    expect(incompatible({ q: ranking('順位', rows, 1) }, { q: ranking('順位', rows, 2) })).toEqual([
      { id: 'section.q', what: '順位：1位まで → 2位まで' },
    ]);
  });

  it('finds a changed way of counting', () => {
    expect(incompatible({ q: count('数', '回') }, { q: count('数', '回').overPeriod() })).toEqual([
      { id: 'section.q', what: '数え方：基準日現在 → 対象期間' },
    ]);
  });
});

describe('the versions of a form', () => {
  /** What each version makes incompatible with the one before it. */
  const broken = (all: Catalogue): string[] =>
    [...all].flatMap(([name, versions]) => {
      const inOrder = [...versions.values()].toSorted((a, b) => a.version - b.version);
      return inOrder.flatMap((later, index) => {
        const earlier = inOrder[index - 1] ?? later;
        return drift(earlier, later).incompatible.map(({ id, what }) => `${name} ${later.version} ${id}: ${what}`);
      });
    });

  it('would be found incompatible', () => {
    const scratch = catalogue([version(2026, { q: count('数', '回') }), version(2024, { q: count('数', '人') })]);
    expect(broken(scratch)).toEqual(['scratch 2026 section.q: 単位：人 → 回']);
  });

  it('of the catalogue keep every id comparable', () => {
    expect(forms.size).toBe(3);
    expect(broken(forms)).toEqual([]);
  });
});
