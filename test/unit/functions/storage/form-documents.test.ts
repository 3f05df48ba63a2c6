import { describe, expect, it } from 'vitest';
import { formOfText } from '../../../../functions/storage/form-documents.ts';

const held = {
  key: 'held',
  kind: 'choice',
  label: '開催',
  options: [
    { key: 'yes', label: 'した' },
    { key: 'no', label: 'していない' },
  ],
};
const times = { key: 'times', kind: 'count', label: '回数', unit: '回' };
const rule = { name: 'many', at: 'q.times', severity: 'note', if: 'times > 50', message: '多くないですか。' };
const measure = { id: 'all', label: '計', kind: 'total', of: 'q.times', measure: 'sum', unit: '回' };

function kept(more: object, questions: object[] = [held, times]) {
  const sections = [{ key: 'q', label: '対応', questions }];
  return JSON.stringify({
    id: 'kept',
    version: 2025,
    title: '照会',
    units: 'municipality',
    sections,
    rules: [rule],
    measures: [measure],
    ...more,
  });
}

describe('a document that is kept', () => {
  it('is a form with its rules and measures', () => {
    const form = formOfText(kept({}));
    expect([form?.rules.length, form?.measures.length]).toEqual([1, 1]);
  });

  it.each([
    ['a later format', kept({ format: 2 })],
    ['a member that this release does not know', kept({ colours: 'blue' })],
    ['a kind that it does not know', kept({}, [held, times, { key: 'map', kind: 'geo', label: '位置' }])],
    ['a condition that it cannot read', kept({}, [held, { ...times, when: 'weekday(held) = "yes"' }])],
    ['a rule that it cannot read', kept({ rules: [{ ...rule, if: 'weekday(times) > 3' }] })],
    ['a measure that it cannot read', kept({ measures: [{ ...measure, of: 'median(q.times)' }] })],
  ])('is unreadable as a whole with %s', (_, text) => {
    expect(formOfText(text)).toBe(undefined);
  });
});
