import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedWords, writeMessage } from '../../../../functions/domain/mail-message.ts';
import type { Message } from '../../../../functions/domain/mail-message.ts';
import { fillIn, mailTextOf, subjectOf } from '../../../../functions/domain/mail-texts.ts';
import { readMessage } from '../../../../infra/local/outbox.ts';
import { mailEvents, mailPlaceholders, mailText } from '../../../../schemas/mail.ts';

const message: Message = {
  from: { name: '埼玉県 福祉部 障害者支援課', address: 'chousa@saitama.example' },
  to: ['a@town.example', 'b@town.example'],
  replyTo: 'ask@saitama.example',
  subject: '【令和6年度調査】提出期限が近づいています',
  body: '川越市\n𠮷田 様',
  at: new Date('2024-11-22T00:00:00Z'),
  id: 'x-1',
};

const headersOf = (text: string): string[] => (text.split('\r\n\r\n')[0] ?? '').replaceAll('\r\n ', ' ').split('\r\n');

describe('a message', () => {
  it('is read back as it was written', () => {
    const text = writeMessage(message);
    expect(readMessage(text)).toEqual({
      to: 'a@town.example,b@town.example',
      subject: message.subject,
      body: '川越市\r\n𠮷田 様',
    });
    expect(headersOf(text)).toContain('Date: Fri, 22 Nov 2024 09:00:00 +0900');
  });

  it('is ASCII, has no line longer than mail servers take, and exactly its own headers, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (subject, body) => {
        const text = writeMessage({ ...message, subject: subject.toWellFormed(), body: body.toWellFormed() });
        expect(text).toMatch(/^[\x20-\x7E\r\n]*$/);
        expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(78);
        expect(headersOf(text).map((line) => line.split(':')[0])).toEqual([
          'From',
          'To',
          'Reply-To',
          'Subject',
          'Date',
          'Message-ID',
          'Auto-Submitted',
          'MIME-Version',
          'Content-Type',
          'Content-Transfer-Encoding',
        ]);
      }),
    );
  });

  it.each(['a@b.jp\r\nBcc: c@d.jp', 'a@b.jp,c@d.jp', '<a@b.jp>', 'a', ''])('has no receiver such as %j', (to) => {
    expect(() => writeMessage({ ...message, to: [to] })).toThrow(RangeError);
  });

  it('cuts no character of its subject in two', () => {
    for (const word of encodedWords('𠮷'.repeat(40)).split('\r\n '))
      expect(Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).toMatch(/^𠮷+$/u);
  });
});

describe('the words of mails', () => {
  const facts = {
    市町村: '川越市',
    担当者: '{サイト}\nBcc: x@y.jp',
    調査名: '調査',
    調査票: '・調査票',
    提出期限: '令和6年11月29日',
    サイト: 'https://yoriai.example/',
    県の担当: '埼玉県',
  };

  it('are there for every event, with every placeholder filled', () => {
    for (const event of [
      'opened',
      'week',
      'eve',
      'overdue',
      'dueMoved',
      'returned',
      'accepted',
      'answered',
      'published',
      'notice',
    ] as const) {
      const text = mailTextOf({}, event);
      expect(mailText.safeParse(text).success, mailEvents[event]).toBe(true);
      expect(fillIn(text.body, facts).replace(facts.担当者, '')).not.toContain('{');
    }
  });

  it('take no placeholder that nothing fills, and no line break in a subject', () => {
    expect(mailText.safeParse({ subject: '件名', body: '{回答}' }).success).toBe(false);
    expect(mailText.safeParse({ subject: '件名\nBcc: a@b.jp', body: '本文' }).success).toBe(false);
    expect(
      mailText.safeParse({
        subject: '件名',
        body: Object.keys(mailPlaceholders)
          .map((name) => `{${name}}`)
          .join(''),
      }).success,
    ).toBe(true);
  });

  it('put in what is there as it is, a subject in one line', () => {
    expect(fillIn('{担当者}{なし}', facts)).toBe(`${facts.担当者}{なし}`);
    expect(subjectOf('{担当者}', facts)).toBe('{サイト} Bcc: x@y.jp');
  });
});
