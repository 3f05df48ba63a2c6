/** A questionnaire to begin with, for who has none of last year: one row for each thing that most have. */

import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';

const options = (...labels: readonly string[]) => labels.map((label, index) => ({ key: `o${index + 1}`, label }));

const written = {
  id: 'chosa-mihon',
  version: 2025,
  title: '○○の実施状況調査（見本）',
  units: 'municipality',
  help: '令和○年○月○日現在の状況を記入してください。',
  sections: [
    {
      key: 'q1',
      label: '実施状況',
      questions: [
        {
          key: 'q2',
          number: '問1',
          kind: 'choice',
          label: '実施の有無',
          required: true,
          options: options('実施している', '実施していない'),
        },
        {
          key: 'q3',
          number: '問1の1',
          kind: 'text',
          label: '実施していない理由',
          when: 'q2 = "o2"',
          maxLength: 400,
          required: true,
        },
        {
          key: 'q4',
          number: '問2',
          kind: 'count',
          label: '利用者数',
          unit: '人',
          when: 'q2 = "o1"',
          required: true,
          overPeriod: true,
          max: 10_000,
        },
        {
          key: 'q5',
          number: '問3',
          kind: 'count',
          label: '決算額',
          unit: '千円',
          visibility: 'tally',
          overPeriod: true,
        },
        {
          key: 'q6',
          number: '問4',
          kind: 'computed',
          label: '利用者1人当たりの額',
          unit: '千円',
          places: 1,
          formula: 'q5 / q4',
          visibility: 'tally',
        },
        {
          key: 'q7',
          number: '問5',
          kind: 'counts',
          label: '職員数',
          unit: '人',
          rows: options('常勤', '非常勤'),
          columns: [
            { key: 'c1', label: '専従' },
            { key: 'c2', label: '兼務' },
          ],
        },
      ],
    },
    {
      key: 'q8',
      number: '問6',
      kind: 'list',
      label: '事業所',
      layout: 'table',
      maxEntries: 50,
      questions: [
        { key: 'q9', number: '問6の1', kind: 'text', label: '名称', maxLength: 80, required: true, visibility: 'open' },
        { key: 'q10', number: '問6の2', kind: 'count', label: '定員', unit: '人' },
      ],
    },
    {
      key: 'q11',
      label: '連絡先',
      visibility: 'internal',
      questions: [{ key: 'q12', kind: 'text', label: '担当者', maxLength: 60, required: true }],
    },
  ],
  rules: [
    {
      name: 'c1',
      at: 'q1.q4',
      severity: 'askReason',
      if: 'abrupt change(q4)',
      message: '前回から大きく変わっています。',
      readyMade: ['利用者が増加したため'],
    },
  ],
  measures: [
    {
      id: 'm1',
      label: '定員の合計',
      kind: 'total',
      measure: 'sum',
      of: 'sum(q8[q10 != null].q10)',
      unit: '人',
      per: ['municipality'],
    },
  ],
};

export function sampleDocument(): FormDocument {
  const read = readDocument(written);
  if (!('document' in read)) throw new Error('the sample of a questionnaire is none');
  return read.document;
}
