import { describe, expect, it } from 'vitest';
import { decision, reasons, returnStates } from '../../../schemas/return.ts';

/** Where a decision is wrong. */
function wrong(value: unknown): string[] {
  return (decision.safeParse(value).error?.issues ?? []).map(({ path }) => path.join('.'));
}

describe('the states of a return', () => {
  it('are five, with a label for people', () => {
    expect(Object.keys(returnStates)).toEqual(['notStarted', 'draft', 'submitted', 'returned', 'accepted']);
  });
});

describe('reasons', () => {
  it('are texts by the key of the check that asked', () => {
    const given = {
      'consultation.specific.specific-changed': '新規の指定',
      'bodies.p_1.meetings.no-meetings': '',
      'return.same-as-last-time': '変更なし',
    };
    expect(reasons.parse(given)).toEqual(given);
  });

  it.each(['', 'return', 'a..b', '__proto__.x', 'a.b c', 'A.b'])('have no key like %j', (key) => {
    expect(reasons.safeParse(JSON.parse(JSON.stringify({ [key]: 'x' }))).success).toBe(false);
  });

  it('are of 1000 characters at most, and storable', () => {
    expect(reasons.safeParse({ 'a.b': 'あ'.repeat(1000) }).success).toBe(true);
    for (const text of ['あ'.repeat(1001), 'a\0', 'a\u001Bb', '\uD842', 5, null])
      expect(reasons.safeParse({ 'a.b': text }).success).toBe(false);
  });
});

describe('a decision', () => {
  const sentBack = { version: 2, decision: 'return', comment: '確認してください' };

  it('accepts a version', () => {
    expect(decision.parse({ version: 1, decision: 'accept' })).toEqual({ version: 1, decision: 'accept' });
  });

  it('sends a version back with a comment and reasons by question', () => {
    const questions = [{ path: 'bodies.plenary.meetings', reason: '回数を確認してください' }];
    expect(decision.parse({ ...sentBack, questions })).toEqual({ ...sentBack, questions });
    expect(decision.parse(sentBack)).toEqual({ ...sentBack, questions: [] });
  });

  it('names a version, and says why it sends back', () => {
    expect(wrong({ decision: 'accept' })).toEqual(['version']);
    for (const version of [0, -1, 1.5, '1', null]) expect(wrong({ version, decision: 'accept' })).toEqual(['version']);
    expect(wrong({ ...sentBack, comment: undefined })).toEqual(['comment']);
    expect(wrong({ ...sentBack, comment: '' })).toEqual(['comment']);
    expect(wrong({ ...sentBack, questions: [{ path: 'a', reason: '' }] })).toEqual(['questions.0.reason']);
    expect(wrong({ ...sentBack, questions: [{ path: 'a\0', reason: 'x' }] })).toEqual(['questions.0.path']);
  });

  it('is one of the two', () => {
    expect(wrong({ version: 1, decision: 'reject' })).toEqual(['decision']);
    expect(decision.safeParse({ version: 1, decision: 'accept', comment: 'x' }).success).toBe(false);
  });
});
