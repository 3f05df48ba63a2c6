import { describe, expect, it } from 'vitest';
import { isReplyKey, replyKey, replyTo, sentBackPaths } from '../../../../functions/domain/send-back-replies.ts';
import { reasons } from '../../../../schemas/return.ts';

const sentBack = {
  version: 1,
  decision: 'return' as const,
  comment: '確認してください。',
  questions: [
    { path: 'first.status', reason: '選び直してください。' },
    { path: 'first.status', reason: '要綱も確認してください。' },
  ],
};

describe('a reply', () => {
  it('is kept under a key of its question, or of the whole', () => {
    expect([replyKey(''), replyKey('first.status')]).toEqual([
      'return.sent-back-reply',
      'first.status.sent-back-reply',
    ]);
    expect(reasons.safeParse({ [replyKey('')]: '済', [replyKey('first.status')]: '済' }).success).toBe(true);
    expect([isReplyKey('first.status.sent-back-reply'), isReplyKey('first.status.blank')]).toEqual([true, false]);
    expect(replyTo('first.status', { 'first.status.sent-back-reply': '直しました。' })).toBe('直しました。');
  });

  it('is one for each question that was sent back', () => {
    expect(sentBackPaths(sentBack)).toEqual(['', 'first.status']);
    expect(sentBackPaths(undefined)).toEqual([]);
  });
});
