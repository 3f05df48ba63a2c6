import { describe, expect, it } from 'vitest';
import { inquiryDocument, inquiryName, inquiryRound, isInquiry } from '../../../../functions/domain/inquiry.ts';
import type { InquiryQuestion } from '../../../../functions/domain/inquiry.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import { phaseAt, roundDefinition } from '../../../../schemas/round.ts';

const morning = new Date('2025-02-10T09:00:00+09:00');
const blank: InquiryQuestion = { kind: 'text', label: '状況', options: '', unit: '', isRequired: false };
const name = { id: 'inquiry-20250210', version: 1 };

describe('the questionnaire of an inquiry', () => {
  it('is a document that can be adopted as it is', () => {
    const read = readDocument(
      inquiryDocument(
        {
          title: '大雪時の緊急照会',
          help: '至急回答してください。',
          units: 'municipality',
          questions: [
            {
              ...blank,
              kind: 'choice',
              label: '安否確認',
              options: '行った\n\n 行っていない \nその他',
              isRequired: true,
            },
            { ...blank, kind: 'count', label: '人数', unit: '人' },
            blank,
          ],
        },
        name,
      ),
    );
    expect(read).toEqual({
      document: {
        id: 'inquiry-20250210',
        version: 1,
        title: '大雪時の緊急照会',
        units: 'municipality',
        help: '至急回答してください。',
        sections: [
          {
            key: 'inquiry',
            label: '大雪時の緊急照会',
            questions: [
              {
                key: 'q1',
                number: '問1',
                kind: 'choice',
                label: '安否確認',
                required: true,
                options: [
                  { key: 'o1', label: '行った' },
                  { key: 'o2', label: '行っていない' },
                  { key: 'other', label: 'その他' },
                ],
              },
              { key: 'q2', number: '問2', kind: 'count', label: '人数', unit: '人' },
              { key: 'q3', number: '問3', kind: 'text', label: '状況', maxLength: 1000 },
            ],
          },
        ],
        rules: [],
        measures: [],
      },
    });
  });

  it('has a name that nothing has yet', () => {
    const taken = new Set(['inquiry-20250210', 'inquiry-20250210-2']);
    expect(inquiryName(morning, () => false)).toBe('inquiry-20250210');
    expect(inquiryName(morning, (id) => taken.has(id))).toBe('inquiry-20250210-3');
    // Half an hour past midnight in Japan.
    expect(inquiryName(new Date('2025-02-09T15:30:00Z'), () => false)).toBe('inquiry-20250210');
  });
});

describe('the round of an inquiry', () => {
  it('is open from the day it is made until the end of the due date', () => {
    const round = roundDefinition.parse(inquiryRound('大雪時の緊急照会', name, { dueAt: '2025-02-10' }, morning));
    expect(round.fiscalYear).toBe(2024);
    expect(round.forms).toEqual({ 'inquiry-20250210': 1 });
    expect(round).not.toHaveProperty('units');
    expect(isInquiry({ ...round, id: name.id })).toBe(true);
    expect(isInquiry({ ...round, id: 'R6' })).toBe(false);
    expect(phaseAt(round, morning)).toBe('open');
    expect(phaseAt(round, new Date('2025-02-10T23:59:59+09:00'))).toBe('open');
    expect(phaseAt(round, new Date('2025-02-11T00:00:00+09:00'))).toBe('late');
  });

  it('asks whom it names', () => {
    const terms = { dueAt: '2025-02-10', asked: ['112038'] };
    const round = roundDefinition.parse(inquiryRound('大雪時の緊急照会', name, terms, morning));
    expect(round.units).toEqual({ 'inquiry-20250210': ['112038'] });
  });
});
