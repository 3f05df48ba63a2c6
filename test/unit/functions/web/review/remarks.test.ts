import { describe, expect, it } from 'vitest';
import { changedShare, remarksOf } from '../../../../../functions/web/review/remarks.ts';
import type { ReviewFacts } from '../../../../../functions/web/review/review-facts.ts';
import { replyKey } from '../../../../../functions/domain/send-back-replies.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, section } from '../../../../../schemas/kinds/question.ts';
import { round } from '../../../schemas/forms/returns.ts';

const counts = form(
  'counts',
  2024,
  { title: '数の調査票', units: 'municipality', help: '' },
  { q: section('数', { a: count('甲', '件'), b: count('乙', '件'), c: count('丙', '件'), d: count('丁', '件') }) },
);
const names = { municipalities: new Map<string, string>(), entries: new Map<string, string>() };
const answers: Answers = { q: { a: 1, b: 2, c: 3, d: 4 } };

const nothing: ReviewFacts = {
  isCorrected: false,
  previous: undefined,
  asked: [],
  notes: [],
  across: [],
  uncheckedAcross: { isRun: true, titles: [] },
  openTexts: [],
};

function previous(before: Answers): Pick<ReviewFacts, 'previous'> {
  const version = {
    round: 'R5',
    form: 'counts',
    formVersion: 2024,
    unit: '112038',
    version: 1,
    answers: before,
    reasons: {},
    submittedAt: '2023-10-01T00:00:00Z',
    submittedBy: '市',
    late: false,
    receipt: 'R5-112038-1',
    sha256: '',
  };
  return { previous: { round: { ...round, id: 'R5', directoryVersion: 1 }, version } };
}

const remarks = (facts: Partial<ReviewFacts>, reasons = {}, standing = {}): string[] =>
  remarksOf(counts, { answers, reasons }, standing, { ...nothing, ...facts }, names);

describe('the share of what changed', () => {
  it.each([
    [answers, 0],
    [{ q: { a: 9, b: 2, c: 3, d: 4 } }, 25],
    [{ q: { a: 9, b: 8, c: 3 } }, 75],
    [{}, 100],
  ])('counts every question once: %j', (before, share) => {
    expect(changedShare(counts, answers, before, names)).toBe(share);
  });
});

describe('why a return is to be looked at', () => {
  it('is nothing where nothing stands out, little changed or there is nothing before', () => {
    expect(remarks({})).toEqual([]);
    expect(remarks(previous({ q: { a: 9, b: 2, c: 3, d: 4 } }))).toEqual([]);
  });

  it('is each thing that does, with how many', () => {
    const item = { key: 'q.a.x', path: 'q.a', message: '確認', place: '甲' };
    expect(remarks({ asked: [item], notes: [item, item] })).toEqual(['理由のある確認事項 1件', '参考の確認事項 2件']);
    expect(remarks(previous({ q: { a: 9, b: 8, c: 3, d: 4 } }))).toEqual(['前回から50%の項目が変更']);
    expect(remarks({ openTexts: [{ path: 'q.a', label: '甲', text: '文' }] })).toEqual(['公表される記述 1件']);
  });

  it('is that the prefecture corrected it', () => {
    const sentBack = { version: 1, decision: 'return', comment: '電話で確認', questions: [] };
    expect(remarks({ isCorrected: true }, {}, { sentBack })).toEqual(['職権訂正']);
    expect(remarks({ isCorrected: true }, { [replyKey('')]: '直しました' }, { sentBack })).toEqual([
      '職権訂正',
      '職権訂正の理由への回答 1件',
    ]);
  });

  it('is that it was sent back and what was replied', () => {
    const sentBack = { version: 1, decision: 'return', comment: '確認', questions: [] };
    expect(remarks({}, { [replyKey('')]: '直しました' }, { sentBack })).toEqual([
      '差戻し後の再提出',
      '差戻しへの回答 1件',
    ]);
  });
});
