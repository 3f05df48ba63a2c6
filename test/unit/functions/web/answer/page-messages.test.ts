import { describe, expect, it } from 'vitest';
import { remarksOf } from '../../../../../functions/web/answer/page-messages.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, section } from '../../../../../schemas/kinds/question.ts';

const survey = form(
  'survey',
  1,
  { title: '', units: 'municipality', help: '' },
  { s: section('区分', { hours: count('時間', '時間') }) },
);

describe('what a page remarks at a question', () => {
  const many = {
    severity: 'askReason' as const,
    readyMade: [],
    path: 's.hours',
    key: 's.hours.many',
    name: 'many',
    message: '2日を超えています。理由を記入してください。',
  };
  const remarks = (reasons: Record<string, string>): string[] | undefined =>
    remarksOf(survey, reasons, { asked: [many], notes: [] }).get('s.hours');

  it('says where the reason is given, and asks for it once', () => {
    expect(remarks({})).toEqual([
      '確認事項：2日を超えています。理由を記入してください。理由は「確認と提出」の画面で記入します。',
    ]);
  });

  it('says the reason where it is given already', () => {
    expect(remarks({ 's.hours.many': '停電のため' })).toEqual([
      '確認事項：2日を超えています。理由を記入してください。記入済みの理由：停電のため',
    ]);
  });
});
