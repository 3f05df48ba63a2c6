import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../../schemas/document/of-form.ts';
import { formOfDocument } from '../../../../schemas/document/form.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../../schemas/document/form-document.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Json } from '../../../../schemas/values/json.ts';
import { formIn } from '../../../../schemas/round-forms.ts';

function documentFrom(value: Json): FormDocument {
  const read = readDocument(value);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

function formFrom(value: Json): Form {
  const built = formOfDocument(documentFrom(value));
  if ('errors' in built) throw new Error(JSON.stringify(built.errors));
  return built.form;
}

const options = [
  { key: 'a', label: '甲' },
  { key: 'other', label: 'その他' },
];

/** A question of every kind that needs no expression. */
const questions: Json[] = [
  { key: 'one', number: '問1', kind: 'choice', label: '単一', options, required: true, reasonIfBlank: true },
  { key: 'many', kind: 'choices', label: '複数', options, atMost: 1, help: '説明', example: '甲' },
  { key: 'best', kind: 'ranking', label: '順位', options, places: 2 },
  { key: 'where', kind: 'municipalities', label: '市町村', visibility: 'tally' },
  { key: 'times', kind: 'count', label: '回数', unit: '回', min: 1, max: 9, overPeriod: true, listed: '回' },
  { key: 'rate', kind: 'decimal', label: '割合', unit: '％', places: 1, max: 100, nullable: true },
  { key: 'text', kind: 'text', label: '文章', maxLength: 200, format: 'email', visibility: 'open' },
  { key: 'texts', kind: 'texts', label: '文章の一覧', maxEntries: 5, maxLength: 100 },
  { key: 'day', kind: 'date', label: '日付', was: 'p.day' },
  { key: 'range', kind: 'range', label: '範囲', unit: '分' },
  { key: 'often', kind: 'frequency', label: '頻度' },
  { key: 'term', kind: 'fiscalYears', label: '任期' },
  { key: 'paper', kind: 'file', label: '要綱', maxFiles: 2 },
  { key: 'wider', kind: 'matrix', label: '課題', rows: options, options, totalLabel: '計', emptyLabel: '自市町村' },
  { key: 'staff', kind: 'counts', label: '職員', rows: options, unit: '人', required: true },
  { key: 'inner', kind: 'group', label: '組', questions: [{ key: 'note', kind: 'text', label: '注', maxLength: 50 }] },
];

const everything = {
  id: 'everything',
  version: 2025,
  title: '全種類の調査票',
  units: 'municipality',
  help: '記入要領',
  sections: [
    { key: 'q', label: '設問', questions },
    {
      key: 'bodies',
      kind: 'list',
      label: '会議体',
      maxEntries: 60,
      layout: 'table',
      questions: [
        { key: 'name', kind: 'text', label: '名称', maxLength: 100 },
        { key: 'parent', kind: 'reference', label: '上位' },
      ],
    },
  ],
  rules: [],
  measures: [],
  report: {
    title: '結果',
    headings: [{ title: '概要', sections: ['q'], parts: [{ kind: 'inline', question: 'q.one' }] }],
  },
};

describe('a document', () => {
  it('says the form that is asked, question by question', () => {
    const { items, help, report } = formFrom(everything);
    expect(help).toBe('記入要領');
    expect(items.get('q.one')?.definition).toMatchObject({ kind: 'choice', options: { a: '甲', other: 'その他' } });
    expect(items.get('q.oneOther')?.visibility).toBe('internal');
    expect(items.get('q.text')?.visibility).toBe('open');
    expect(items.get('q.texts')?.visibility).toBe('internal');
    expect(items.get('q.day')?.definition.was).toBe('p.day');
    expect(items.get('q.staff.a')?.definition.required).toBe(true);
    expect(items.get('bodies')?.kind.layout).toBe('table');
    expect(report?.headings?.[0]?.parts).toEqual([
      { kind: 'inline', question: 'q.one', style: 'circle', title: '問1　単一' },
    ]);
  });

  it('of the form that it says is the same', () => {
    // A part without a title of its own has that of its question: it is said from then on.
    const plain = { ...everything, report: { title: '結果' } };
    expect(documentOf(formFrom(plain))).toEqual(documentFrom(plain));
  });

  it('tells every expression that is wrong, by its place, and stores the others in one spelling', () => {
    const asking = (when: string, rule: string): Json => ({
      ...everything,
      sections: [
        {
          key: 'q',
          label: '設問',
          questions: [
            { key: 'held', kind: 'choice', label: '実施', options, visibility: 'tally' },
            { key: 'times', kind: 'count', label: '回数', unit: '回', when },
          ],
        },
      ],
      rules: [{ name: 'many', at: 'q.times', severity: 'askReason', if: rule, message: '確認' }],
      measures: [{ id: 'all', label: '計', kind: 'total', measure: 'sum', of: 'q.times' }],
      report: {},
    });
    const wrong = formOfDocument(documentFrom(asking('held = "b"', 'timse > 3')));
    expect('errors' in wrong ? wrong.errors.map(({ path }) => path) : []).toEqual([
      'sections.0.questions.1.when',
      'rules.0.if',
    ]);
    const right = formOfDocument(documentFrom(asking('q.held　＝ "a"', 'times>3')));
    if ('errors' in right) throw new Error(JSON.stringify(right.errors));
    expect(right.document.sections[0]?.questions[1]).toMatchObject({ when: 'held = "a"' });
    expect(right.document.rules[0]?.if).toBe('times > 3');
    expect(right.form.items.get('q.times')?.visibility).toBe('tally');
    expect(right.form.measures.map(({ visibility }) => visibility)).toEqual(['tally']);
    expect(right.notices).toMatchObject([{ path: 'sections.0.questions.1.visibility', code: 'less-public' }]);
  });

  it('keeps its rules where its labels name the year that a round compares with', () => {
    const named = {
      ...everything,
      sections: [
        {
          key: 'q',
          label: '{compareYear}との比較',
          questions: [{ key: 'times', kind: 'count', label: '回数', unit: '回' }],
        },
      ],
      rules: [{ name: 'many', at: 'q.times', severity: 'note', if: 'times > 3', message: '確認' }],
      measures: [{ id: 'all', label: '計', kind: 'total', measure: 'sum', of: 'q.times', visibility: 'internal' }],
      report: {},
    };
    const { rules, measures } = formIn(formFrom(named), { compareYear: 2022 });
    expect(rules.map(({ rule }) => rule.name)).toEqual(['many']);
    expect(measures.map(({ visibility }) => visibility)).toEqual(['internal']);
  });

  it('lists by unit nothing that is not public, whatever hides it', () => {
    const hidden = {
      ...everything,
      sections: [
        {
          key: 'q',
          label: '連絡先',
          visibility: 'internal',
          questions: [{ key: 'person', kind: 'count', label: '人数', unit: '人', listed: true }],
        },
      ],
      report: {},
    };
    const built = formOfDocument(documentFrom(hidden));
    expect('errors' in built ? built.errors : []).toMatchObject([
      { path: 'sections.0.questions.0.listed', code: 'not-open' },
    ]);
  });
});
