import { describe, expect, it } from 'vitest';
import { form } from '../../../../schemas/form.ts';
import type { Json, JsonObject } from '../../../../schemas/values/json.ts';
import { choice, count, list, text } from '../../../../schemas/kinds/question.ts';
import { entryTitle, printAnswer } from '../../../../functions/domain/print-answer.ts';
import type { Names } from '../../../../schemas/kinds/printing.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const names: Names = {
  municipalities: new Map([['112038', '川口市']]),
  entries: new Map([['u1', '第一課']]),
};

function print(id: string, answer: Json | undefined): string {
  const item = scratchForm.items.get(id);
  if (item === undefined) throw new Error(`no question ${id}`);
  return printAnswer(item, answer, names);
}

describe('printing an answer', () => {
  it('keeps unanswered, does not apply, none and zero apart', () => {
    expect(print('first.visitors', undefined)).toBe('未回答');
    expect(print('first.visitors', null)).toBe('-');
    expect(print('first.visitors', 0)).toBe('0人');
    expect(print('first.functions', [])).toBe('該当するものはない');
    expect(print('first.goals', [])).toBe('なし');
    expect(print('units', [])).toBe('なし');
  });

  it.each([
    ['first.status', 'yes', 'あり'],
    ['first.functions', ['x', 'other'], '甲\nその他'],
    ['first.partners', ['112038', '112020'], '川口市、112020'],
    ['first.visitors', 1234, '1,234人'],
    ['first.since', '2024-09', '令和6年9月'],
    ['first.cases', { min: 4, max: 5 }, '4〜5件'],
    ['first.planned', { per: 'year', times: { min: 2, max: 2 }, asNeeded: true }, '年2回＋随時'],
    ['first.term', { from: 2021, to: 2023 }, '令和3年度〜令和5年度'],
    ['first.goals', ['一', '二'], '1. 一\n2. 二'],
    ['units.parent', 'u1', '第一課'],
  ] satisfies [string, Json, string][])('prints %s as people read it', (id, answer, printed) => {
    expect(print(id, answer)).toBe(printed);
  });

  it('prints the entries of a list with the labels of their questions', () => {
    expect(print('units.steps', [{ id: 's1', title: '初回', times: 3 }])).toBe('［1］\n　題：初回\n　回数：3回');
  });

  it('shows what does not fit its question as it is', () => {
    expect(print('first.status', 'gone')).toBe('gone');
    expect(print('first.visitors', 'たくさん')).toBe('たくさん');
    expect(print('first.since', '2024-99')).toBe('2024-99');
    expect(print('first.cases', { min: 5, max: 4 })).toBe('{"min":5,"max":4}');
  });
});

describe('the title of an entry', () => {
  const { items } = form(
    'titles',
    2024,
    { title: '', units: 'municipality', help: '' },
    {
      bodies: list('会議体', 5, { name: text('名称', 200), size: count('人数', '人') }),
      items: list('内容', 5, { kind: choice('区分', { agenda: '議題' }), text: text('内容', 1000) }),
    },
  );
  const titled = (id: string, entry: JsonObject, index: number): string => {
    const item = items.get(id);
    if (item === undefined) throw new RangeError(id);
    return entryTitle(item, entry, index);
  };

  it('is what its first question says where that is a text, or its position', () => {
    expect(titled('bodies', { name: 'こども部会' }, 4)).toBe('こども部会');
    expect(titled('bodies', { name: '' }, 4)).toBe('5件目');
    expect(titled('bodies', {}, 4)).toBe('5件目');
    expect(titled('items', { text: '計画の検証' }, 0)).toBe('1件目');
  });

  it('is cut where it is longer than any form takes, between characters', () => {
    expect(titled('bodies', { name: '会'.repeat(200) }, 0)).toBe('会'.repeat(200));
    expect(titled('bodies', { name: `会${'𠮷'.repeat(200)}` }, 0)).toBe(`会${'𠮷'.repeat(99)}…`);
  });
});
