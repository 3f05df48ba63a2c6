import { describe, expect, it } from 'vitest';
import { reportSettings } from '../../../schemas/report-settings.ts';

describe('what the prefecture says about a report', () => {
  it('is each setting that is there, and may be nothing', () => {
    const all = {
      documentNumber: '資料５',
      meeting: '令和6年度第2回県自立支援協議会',
      date: '2025-01-20',
      division: '障害者支援課',
    };
    expect(reportSettings.parse(all)).toEqual(all);
    expect(reportSettings.parse({})).toEqual({});
    expect(reportSettings.parse({ meeting: '𠮷'.repeat(100) }).meeting).toHaveLength(200);
  });

  it.each([
    ['an empty text', { meeting: '' }],
    ['blanks around', { meeting: ' 協議会' }],
    ['a line break', { meeting: '協議\n会' }],
    ['a control character', { documentNumber: '資料\u0007' }],
    ['a change of the direction of writing', { division: '\u202E課' }],
    ['a lone surrogate', { division: '\uD842' }],
    ['too long a text', { documentNumber: '資'.repeat(31) }],
    ['a day that is none', { date: '2025-02-30' }],
    ['a month alone', { date: '2025-01' }],
    ['another setting', { corrections: ['x'] }],
    ['null', { meeting: null }],
  ])('is not %s', (_, settings) => {
    expect(reportSettings.safeParse(settings).success).toBe(false);
  });
});
