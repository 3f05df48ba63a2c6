/** A small questionnaire of tables: one is a section, with a table in its rows; numbers, options and lines beside. */

import { ok } from './fixtures.ts';
import type { TestSystem } from './system.ts';

const staff = [
  { key: 'name', kind: 'text', label: '氏名', maxLength: 20, visibility: 'open', required: true },
  {
    key: 'trade',
    kind: 'choice',
    label: '職種',
    options: [
      { key: 'nurse', label: '看護師' },
      { key: 'worker', label: '相談支援専門員' },
      { key: 'other', label: 'その他' },
    ],
  },
  {
    key: 'days',
    kind: 'count',
    label: '日数',
    unit: '日',
    when: 'trade = "nurse"',
    required: true,
    reasonIfBlank: true,
  },
  { key: 'since', kind: 'date', label: '就任', help: '分かる範囲で記入してください。' },
  {
    key: 'tasks',
    kind: 'choices',
    label: '業務',
    options: [
      { key: 'plan', label: '計画' },
      { key: 'visit', label: '訪問' },
    ],
  },
  { key: 'lead', kind: 'reference', label: '上司' },
  {
    key: 'visits',
    kind: 'list',
    layout: 'table',
    label: '訪問先',
    maxEntries: 5,
    questions: [
      { key: 'on', kind: 'date', label: '日' },
      { key: 'place', kind: 'text', label: '場所', maxLength: 300, visibility: 'open' },
    ],
  },
] as const;

const tabledDocument = {
  format: 1,
  id: 'tabled',
  version: 2025,
  title: '表のある調査票',
  units: 'municipality',
  sections: [
    { key: 'staff', kind: 'list', layout: 'table', label: '職員', maxEntries: 6, required: true, questions: staff },
    {
      key: 'papers',
      kind: 'list',
      label: '資料',
      maxEntries: 5,
      required: true,
      reasonIfBlank: true,
      questions: [{ key: 'title', kind: 'text', label: '題名', maxLength: 20, visibility: 'open', required: true }],
    },
    {
      key: 'figures',
      label: '数',
      questions: [
        { key: 'held', kind: 'count', label: '開催回数', unit: '回' },
        {
          key: 'members',
          kind: 'counts',
          label: '構成',
          unit: '人',
          rows: [
            { key: 'medical', label: '医療' },
            { key: 'school', label: '教育' },
            { key: 'company', label: '企業' },
          ],
        },
        {
          key: 'posts',
          kind: 'counts',
          label: '配置',
          unit: '人',
          rows: [
            { key: 'full', label: '常勤' },
            { key: 'part', label: '非常勤' },
          ],
          columns: [
            { key: 'only', label: '専従' },
            { key: 'also', label: '兼務' },
          ],
        },
        {
          key: 'issues',
          kind: 'matrix',
          label: '課題',
          rows: [
            { key: 'home', label: '住まい' },
            { key: 'work', label: '就労' },
          ],
          options: [
            { key: 'wide', label: '広域' },
            { key: 'whole', label: '県全域' },
          ],
        },
        { key: 'goals', kind: 'texts', label: '目標', maxEntries: 4, maxLength: 100, visibility: 'open' },
      ],
    },
  ],
} as const;

/** The questionnaire as one of the prefecture's own, which a round may ask. */
export async function adoptTabled({ prefecture }: Pick<TestSystem, 'prefecture'>): Promise<void> {
  const drafted = await prefecture.put('/api/forms/tabled/2025', tabledDocument);
  if (drafted.status >= 300) throw new Error(drafted.text);
  ok(await prefecture.post('/api/forms/tabled/2025/adoption'));
}
