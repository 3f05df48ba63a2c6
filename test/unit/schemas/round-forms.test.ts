import { describe, expect, it } from 'vitest';
import { form } from '../../../schemas/form.ts';
import { choice, choices, count, counts, list, matrix, section, text } from '../../../schemas/kinds/question.ts';
import {
  documentForm,
  documentForms,
  formIn,
  keepDocument,
  knowsDocument,
  withCompareYear,
} from '../../../schemas/round-forms.ts';

describe('a text that depends on the round', () => {
  it('names the fiscal year that the round compares with', () => {
    expect(withCompareYear('活動（{compareYear}との比較）', { compareYear: 2022 })).toBe('活動（令和4年度との比較）');
    expect(withCompareYear('{compareYear}・{compareYear}', { compareYear: 2019 })).toBe('令和元年度・令和元年度');
  });

  it('names no year when the round names none', () => {
    expect(withCompareYear('{compareYear}との比較', {})).toBe('前回調査の年度との比較');
  });

  it('is otherwise the text', () => {
    expect(withCompareYear('協議事項', { compareYear: 2022 })).toBe('協議事項');
  });
});

describe('a form as it reads in a round', () => {
  const text2024 = { title: '年次調査票', units: 'municipality', help: '' } as const;
  const comparing = form('yearly', 2024, text2024, {
    main: section('{compareYear}から', {
      status: choice('{compareYear}との比較', { more: '増', other: 'その他' }),
      times: count('回数', '回')
        .when({ status: 'more' })
        .help('{compareYear}と比べてください。')
        .listed('{compareYear}比'),
      members: counts('委員', { new: '{compareYear}より後' }, '人'),
      rooms: list('部屋', 5, { name: text('{compareYear}の名称', 20).open() }),
    }),
  });
  const read = formIn(comparing, { compareYear: 2022 });

  it('names the year in labels, help and headings, of entries and of what is asked beside an option too', () => {
    const labels = [...read.items.values()].map(({ definition: { label } }) => label);
    expect(labels).toEqual([
      '令和4年度から',
      '令和4年度との比較',
      '令和4年度との比較（その他の内容）',
      '回数',
      '委員',
      '令和4年度より後',
      '部屋',
      '令和4年度の名称',
    ]);
    const times = read.items.get('main.times');
    expect(times?.definition).toMatchObject({ help: '令和4年度と比べてください。', listed: '令和4年度比' });
    // Conditions say what they ask for by its label.
    expect(times?.conditions[0]?.on).toBe(read.items.get('main.status'));
    expect(read.sections[0]?.children[0]).toBe(read.items.get('main.status'));
  });

  it('names the year in options too, also in those of each row of a matrix', () => {
    const options = { before: '{compareYear}より前', after: 'その後' };
    const asked = form('asked', 2024, text2024, {
      main: section('主', {
        since: choice('開始', options),
        years: choices('実施', options),
        table: matrix('区分ごと', { first: '一', second: '二' }, options, '計'),
      }),
    });
    const inRound = formIn(asked, { compareYear: 2022 });
    for (const id of ['main.since', 'main.years', 'main.table.first', 'main.table.second'])
      expect(inRound.items.get(id)?.kind.options).toEqual({ before: '令和4年度より前', after: 'その後' });
    for (const { definition } of inRound.items.values())
      if ('options' in definition) expect(definition.options).toHaveProperty('before', '令和4年度より前');
    expect(asked.items.get('main.since')?.kind.options).toEqual(options);
  });

  it('names the year in examples, units and the names of totals', () => {
    const asked = form('asked', 2024, text2024, {
      main: section('主', {
        growth: count('増加', '件（{compareYear}比）').example('{compareYear}の2倍'),
        table: matrix('区分ごと', { first: '一', second: '二' }, { more: '増' }, '{compareYear}からの計'),
      }),
    });
    const inRound = formIn(asked, { compareYear: 2022 });
    expect(inRound.items.get('main.growth')?.definition).toMatchObject({
      unit: '件（令和4年度比）',
      example: '令和4年度の2倍',
    });
    expect(inRound.items.get('main.table.first')?.kind.figures).toMatchObject({ totalLabel: '令和4年度からの計' });
  });

  it('is made once for each year, and is the form itself where no text names one', () => {
    expect(formIn(comparing, { compareYear: 2022 })).toBe(read);
    expect(formIn(comparing, { compareYear: 2019 }).items.get('main')?.definition.label).toBe('令和元年度から');
    expect(formIn(comparing, {}).items.get('main')?.definition.label).toBe('前回調査の年度から');
    const plain = form('plain', 2024, text2024, { main: section('主', { times: count('回数', '回') }) });
    expect(formIn(plain, { compareYear: 2022 })).toBe(plain);
  });
});

describe('a document that rounds pin', () => {
  it('is resolved once, when its form is first asked for, and nothing where it cannot be', () => {
    const asked: string[] = [];
    const text2024 = { title: '年次調査票', units: 'municipality', help: '' } as const;
    const known = form('known', 2024, text2024, { main: section('主', { times: count('回数', '回') }) });
    keepDocument('a', 'known', () => {
      asked.push('a');
      return known;
    });
    keepDocument('b', 'unreadable', () => {
      asked.push('b');
      return undefined;
    });
    expect([knowsDocument('a'), knowsDocument('b'), knowsDocument('c')]).toEqual([true, true, false]);
    expect(asked).toEqual([]);
    expect([documentForm('a'), documentForm('a'), documentForm('b'), documentForm('b')]).toEqual([
      known,
      known,
      undefined,
      undefined,
    ]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('that cannot be read is no hindrance to the documents of other forms', () => {
    keepDocument('damaged', 'damaged-form', () => {
      throw new Error('damaged');
    });
    expect(documentForms('sound-form')).toEqual([]);
    expect(() => documentForms('damaged-form')).toThrow('damaged');
  });
});
