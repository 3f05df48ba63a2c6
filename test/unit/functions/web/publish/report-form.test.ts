import { describe, expect, it } from 'vitest';
import { readReport, textsOf, typedTexts } from '../../../../../functions/web/publish/report-form.ts';

const typed = (texts: Partial<Record<string, string>>) => readReport(typedTexts((name) => texts[name] ?? ''));

describe('the form of what stands at the head of the report', () => {
  it('reads dates as people write them, and leaves out what is empty', () => {
    expect(typed({ documentNumber: '資料５', date: '令和7年1月20日' })).toEqual({
      ok: true,
      settings: { documentNumber: '資料５', date: '2025-01-20' },
    });
    expect(typed({ date: '2025/1/20', meeting: '　' })).toEqual({ ok: true, settings: { date: '2025-01-20' } });
    expect(typed({})).toEqual({ ok: true, settings: {} });
  });

  it('prints them for people', () => {
    expect(textsOf({ meeting: '県協議会', date: '2025-01-20' })).toEqual({
      documentNumber: '',
      meeting: '県協議会',
      date: '令和7年1月20日',
      division: '',
    });
  });

  it.each([
    [{ date: '来月' }, 'date'],
    [{ date: '令和7年1月' }, 'date'],
    [{ date: '令和7年2月30日' }, 'date'],
    [{ documentNumber: '資'.repeat(31) }, 'documentNumber'],
    [{ meeting: '協議\u0007会' }, 'meeting'],
  ])('tells what is wrong once, at its field: %j', (texts, path) => {
    const read = typed(texts);
    expect(read.ok ? [] : read.errors.map((error) => error.path)).toEqual([path]);
  });

  it('tells all that is wrong at once', () => {
    const read = typed({ date: '来月', division: '課'.repeat(101) });
    expect(read.ok ? [] : read.errors.map(({ path }) => path).toSorted()).toEqual(['date', 'division']);
  });
});
