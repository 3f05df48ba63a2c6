import { describe, expect, it } from 'vitest';
import { postedInquiry, readInquiry } from '../../../../../functions/web/questionnaires/inquiry-form.ts';

const name = { id: 'inquiry-20250401', version: 2025 };
const now = new Date('2025-04-01T03:00:00Z');

function errorsOf(fields: Readonly<Record<string, string>>): (readonly [path: string, message: string])[] {
  const post = { text: (field: string) => fields[field] ?? '', all: () => [] };
  const read = readInquiry(postedInquiry(post), name, now);
  return read.ok ? [] : read.errors.map(({ path, message }) => [path, message]);
}

const one = { title: '照会', dueAt: '令和7年4月10日', 'questions.0.label': '状況', 'questions.0.kind': 'date' };

describe('an urgent inquiry as it is posted', () => {
  it('is read, on its last day too, whatever its words look like', () => {
    expect(errorsOf(one)).toEqual([]);
    expect(errorsOf({ ...one, title: '𠮷川', 'questions.0.label': '=HYPERLINK("http://x")' })).toEqual([]);
    expect(errorsOf({ ...one, dueAt: '２０２５／４／１' })).toEqual([]);
  });

  it('has all its errors said at once, one a field, in the order of the page', () => {
    const errors = errorsOf({
      ...one,
      count: '2',
      title: '長'.repeat(100_000),
      dueAt: '令和元年5月1日',
      'questions.0.kind': 'choice',
      'questions.0.options': '同じ\n同じ',
      'questions.1.kind': 'count',
      'questions.1.label': '',
    });
    expect(errors.map(([path]) => path)).toEqual([
      'title',
      'dueAt',
      'questions.0.options',
      'questions.1.label',
      'questions.1.unit',
    ]);
    expect(errors[2]?.[1]).toContain('問1：選択肢「同じ」が重複しています');
  });
});
