import { describe, expect, it } from 'vitest';
import { isSettled, questionReasons, readSendBack } from '../../../../../functions/web/review/decision-form.ts';

const label = (path: string): string => `<${path}>`;

describe('差戻し as posted', () => {
  it('is a decision with a comment and a reason at each question', () => {
    const questions = questionReasons(['bodies.b1.meetings', ''], ['回数をご確認ください。']);
    expect(readSendBack({ version: '2', comment: '確認をお願いします。', questions }, label)).toEqual({
      ok: true,
      decision: {
        version: 2,
        decision: 'return',
        comment: '確認をお願いします。',
        questions: [{ path: 'bodies.b1.meetings', reason: '回数をご確認ください。' }],
      },
    });
  });

  it.each(['', '\u200B\u3164'])('needs a comment, and a reason wherever a question was chosen; case %#', (nothing) => {
    const questions = [{ path: 'a.b', reason: nothing }];
    const read = readSendBack({ version: '2', comment: nothing, questions }, label);
    expect(read).toEqual({
      ok: false,
      errors: [
        { href: '#comment', message: '差戻しの理由を記入してください。' },
        { href: '#reason-0', message: '「<a.b>」の理由を記入するか、選択を外してください。' },
      ],
    });
  });

  it('may be as long as is said in characters, each of two UTF-16 units', () => {
    const questions = [{ path: 'a', reason: '𠮷'.repeat(1000) }];
    expect(readSendBack({ version: '2', comment: '𠮷'.repeat(2000), questions }, label).ok).toBe(true);
    expect(readSendBack({ version: '2', comment: '𠮷'.repeat(2001), questions }, label).ok).toBe(false);
  });

  it('is refused when a text is too long or the version is none', () => {
    expect(readSendBack({ version: '2', comment: 'あ'.repeat(2001), questions: [] }, label).ok).toBe(false);
    expect(
      readSendBack({ version: '2', comment: 'あ', questions: [{ path: 'a', reason: 'あ'.repeat(1001) }] }, label).ok,
    ).toBe(false);
    expect(readSendBack({ version: 'x', comment: 'あ', questions: [] }, label).ok).toBe(false);
  });
});

describe('a decision made twice', () => {
  const sendBack = { version: 1, decision: 'return', comment: '確認', questions: [] } as const;

  it('is settled when the same stands already', () => {
    expect(isSettled({ state: 'accepted', version: 1, acceptedVersion: 1 }, { version: 1, decision: 'accept' })).toBe(
      true,
    );
    expect(
      isSettled(
        { state: 'returned', version: 1, sentBack: { ...sendBack, questions: [] } },
        { ...sendBack, questions: [] },
      ),
    ).toBe(true);
  });

  it('is a conflict when something else stands', () => {
    expect(isSettled({ state: 'submitted', version: 2 }, { version: 1, decision: 'accept' })).toBe(false);
    expect(isSettled({ state: 'accepted', version: 2, acceptedVersion: 2 }, { version: 1, decision: 'accept' })).toBe(
      false,
    );
    expect(
      isSettled(
        { state: 'returned', version: 1, sentBack: { ...sendBack, comment: '別', questions: [] } },
        { ...sendBack, questions: [] },
      ),
    ).toBe(false);
  });
});
