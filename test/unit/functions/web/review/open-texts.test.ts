import { describe, expect, it } from 'vitest';
import { openTexts } from '../../../../../functions/web/review/open-texts.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

const answers = {
  first: { note: '公表する', goals: ['一', '二'], email: 'a@b.jp' },
  opinion: { view: 'bad', reason: '出さない' },
  units: [
    {
      id: 'u1',
      name: '本部',
      steps: [
        { id: 's1', title: '初回', nature: 'case' },
        { id: 's2', title: '次回' },
      ],
    },
  ],
};

describe('texts that would be published', () => {
  it('are the open ones, with where they stand', () => {
    expect(openTexts({ form: scratchForm }, answers)).toEqual([
      { path: 'first.note', label: '第1 補足', text: '公表する' },
      { path: 'first.goals', label: '第1 目標 1', text: '一' },
      { path: 'first.goals', label: '第1 目標 2', text: '二' },
      { path: 'units.u1.name', label: '単位「本部」 名称', text: '本部' },
      { path: 'units.u1.steps.s2.title', label: '単位「本部」 段階「次回」 題', text: '次回' },
    ]);
  });
});
