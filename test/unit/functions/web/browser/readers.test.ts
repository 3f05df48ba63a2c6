import { describe, expect, it } from 'vitest';
import { countIn, readField, sumOf } from '../../../../../functions/web/browser/readers.ts';
import { isTyped, readTyped } from '../../../../../functions/web/posted/typed.ts';
import { codePoints } from '../../../../../schemas/values/text.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { readAttributes } from '../../../../../functions/web/fields/typed.tsx';

/** As the browser names `data-` attributes. */
function datasetOf(attributes: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.replace('data-', ''), value]));
}

describe('a field read in the browser', () => {
  const definitions = [municipalSurvey2024, councilReport2024, coordinationMeeting2024].flatMap(({ items }) => [...items.values()].map(({ definition }) => definition).filter(isTyped));
  const texts = ['', '12', '１２人', '1,234', '12,34', '-', '-3', '3.5', '約3', '4〜5回', '5~4', '月1回', '隔週', '令和6年9月30日', 'H32.4', '6.4.1', '令和3〜5年度', '十くらい'];

  it('says what the server says, for every question that is typed', () => {
    expect(new Set(definitions.map(({ kind }) => kind))).toEqual(new Set(['count', 'date', 'range', 'frequency', 'fiscalYears']));
    for (const definition of definitions)
      for (const text of texts) expect(readField(text, datasetOf(readAttributes(definition)))).toEqual(readTyped(definition, text));
  });

  it('counts the characters of a text as people do', () => {
    const read = (text: string) => readField(text, { reads: 'text', max: '3' });
    expect(codePoints('𠮷𠮷𠮷')).toBe(3);
    expect(read('𠮷𠮷𠮷')).toMatchObject({ ok: true });
    expect(read('一\r\n二')).toMatchObject({ ok: true });
    expect(read('一二三四')).toMatchObject({ ok: false, problem: { code: 'too-long', message: '文字数が上限を超えています。3文字以内で入力してください。' } });
  });

  it('is left alone where nothing says how it is read', () => {
    expect(readField('x', {})).toBeUndefined();
  });
});

describe('a running total', () => {
  it('adds what the server would store', () => {
    expect(sumOf(['12', '１２人', '1,234', ''], '人')).toBe(1258);
    expect(sumOf(['約3', '-', '12,34', '3.5', '-1', '2回'], '人')).toBe(0);
  });

  it('tells no count from 0', () => {
    expect([countIn('0', '人'), countIn('-', '人'), countIn('', '人'), countIn('三', '人')]).toEqual([0, undefined, undefined, undefined]);
  });
});
