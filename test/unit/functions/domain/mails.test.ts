import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, dueMails, isOverdue, isTrueOf, joinPresses, keysIn } from '../../../../functions/domain/mails.ts';
import type { DueMail, MailSituation, MailedReturn } from '../../../../functions/domain/mails.ts';
import { roundDefinition } from '../../../../schemas/round.ts';
import type { Round } from '../../../../schemas/round.ts';

function roundWith(rest: object = {}): Round {
  const definition = roundDefinition.parse({
    name: '令和6年度調査',
    fiscalYear: 2024,
    referenceDate: '2024-09-30',
    period: { from: '2023-04', to: '2024-09' },
    forms: { survey: 1 },
    opensAt: '2024-10-15',
    dueAt: '2024-11-29',
    ...rest,
  });
  return { ...definition, id: 'R6', directoryVersion: 1 };
}

function returned(municipality: string, standing: Partial<MailedReturn['standing']> = {}, unit = municipality) {
  return { form: 'survey', unit, municipality, standing: { state: 'notStarted' as const, version: 0, ...standing } };
}

function situation(rest: Partial<MailSituation> = {}): MailSituation {
  return { round: roundWith(), state: {}, returns: [returned('a'), returned('b')], asked: [], ...rest };
}

function at(clock: string, of: MailSituation): string[] {
  return dueMails(of, new Date(`${clock}+09:00`)).map(({ municipality, key }) => `${municipality} ${key}`);
}

describe('mails of the calendar', () => {
  it('are due at nine in the morning in Japan, to the minute', () => {
    const of = situation({ returns: [returned('a')] });
    const days: [string, string][] = [
      ['2024-10-15', 'opened'],
      ['2024-11-22', 'week:2024-11-29'],
      ['2024-11-28', 'eve:2024-11-29'],
      ['2024-11-30', 'overdue:2024-11-29'],
    ];
    for (const [day, key] of days) {
      expect(at(`${day}T08:59:59`, of)).toEqual([]);
      expect(at(`${day}T09:00:00`, of)).toContain(`a ${key}`);
    }
    expect(calendarOf(roundWith()).map(({ event }) => event)).toEqual(['opened', 'week', 'eve', 'overdue']);
  });

  it('open with the round, where it opens later in the day, and count days from an instant at which it is due', () => {
    const of = situation({
      round: roundWith({ opensAt: '2024-10-15T13:00:00+09:00', dueAt: '2024-11-29T17:00:00+09:00' }),
    });
    expect(at('2024-10-15T12:59', of)).toEqual([]);
    expect(at('2024-10-15T13:00', of)).toEqual(['a opened', 'b opened']);
    expect(at('2024-11-28T09:00', of)[0]).toBe('a eve:2024-11-29T17:00:00+09:00');
    expect(at('2024-11-29T16:59', of)[0]).toBe('a eve:2024-11-29T17:00:00+09:00');
    expect(at('2024-11-29T17:00', of)).toEqual([]);
    expect(at('2024-11-30T09:00', of)[0]).toBe('a overdue:2024-11-29T17:00:00+09:00');
  });

  it('go to those alone of whom something is awaited, one to each with all of it', () => {
    const returns = [
      returned('a'),
      returned('a', { state: 'draft' }, 'council'),
      returned('b', { state: 'submitted' }),
    ];
    const [mail, ...more] = dueMails(situation({ returns }), new Date('2024-11-22T09:00+09:00'));
    expect(more).toEqual([]);
    expect(mail?.returns.map(({ unit }) => unit)).toEqual(['a', 'council']);
    // Also the opening, which who has a contact two days later is told by then.
    const absent = returned('c', { absence: { reason: '休止' } });
    expect(at('2024-10-17T09:00', situation({ returns: [...returns, absent] }))).toEqual(['a opened']);
  });

  it('follow the due date of a return that has more time', () => {
    const extension = { dueAt: '2024-12-13', reason: '災害対応' };
    const of = situation({ returns: [returned('a', { extension, at: '2024-11-25T01:00:00.000Z' }), returned('b')] });
    expect(at('2024-11-25T12:00', of)).toContain('a dueMoved:own:2024-12-13');
    expect(at('2024-11-30T09:00', of)).not.toContain('a overdue:2024-11-29');
    expect(at('2024-12-14T09:00', of)).toEqual(['a overdue:2024-12-13']);
  });

  it('are not sent by themselves when they are three days late, nor of a draft, nor before a round opens', () => {
    expect(at('2024-10-18T08:59', situation())).toContain('a opened');
    expect(at('2024-10-18T09:00', situation())).toEqual([]);
    expect(at('2024-10-15T10:00', situation({ round: roundWith({ draft: true }) }))).toEqual([]);
  });

  it('ask for nothing once the round has closed, but of whom it is open for longer', () => {
    const extension = { dueAt: '2024-12-13', reason: '災害対応' };
    const returns = [returned('a'), returned('b', { extension, at: '2024-11-20T01:00:00.000Z' })];
    const round = roundWith({ closesAt: '2024-11-29' });
    expect(at('2024-11-28T09:00', situation({ round, returns }))).toEqual(['a eve:2024-11-29']);
    expect(at('2024-11-30T09:00', situation({ round, returns }))).toEqual([]);
    expect(at('2024-12-12T09:00', situation({ round, returns }))).toEqual(['b eve:2024-12-13']);
    // Closed by hand, which moves the due date to that instant.
    const now = '2024-11-20T10:00:00+09:00';
    const closed = { round: roundWith({ dueAt: now, closesAt: now }), state: { dueMovedAt: now } };
    expect(at('2024-11-20T10:01', situation(closed))).toEqual([]);
    expect(at('2024-11-21T09:00', situation(closed))).toEqual([]);
  });

  it('remind nobody of a round that opens within the week', () => {
    const of = situation({ round: roundWith({ opensAt: '2024-11-26' }) });
    expect(at('2024-11-26T09:00', of)).toEqual(['a opened', 'b opened']);
  });
});

describe('a mail of the calendar that is sent by hand', () => {
  const sentBack: MailedReturn['standing']['sentBack'] = { version: 1, decision: 'return', comment: '', questions: [] };
  it.each([
    ['opened', '2024-10-14T23:59', {}, false],
    ['opened', '2024-10-15T00:00', {}, true],
    ['opened', '2024-11-01T00:00', { absence: { reason: '休止' } }, false],
    ['opened', '2024-11-01T00:00', { state: 'submitted' }, false],
    ['week', '2024-11-29T23:59', {}, true],
    ['week', '2024-11-30T00:00', {}, false],
    ['eve', '2024-11-29T23:59', {}, true],
    ['eve', '2024-11-30T00:00', {}, false],
    ['eve', '2024-11-30T00:00', { extension: { dueAt: '2024-12-13', reason: '災害対応' } }, true],
    ['overdue', '2024-11-29T23:59', {}, false],
    ['overdue', '2024-11-30T00:00', {}, true],
    ['week', '2024-10-14T23:59', {}, false],
    ['opened', '2024-12-07T00:00', {}, false],
    ['overdue', '2024-12-07T00:00', {}, false],
    ['overdue', '2024-12-07T00:00', { state: 'draft', sentBack }, true],
    ['overdue', '2024-12-14T00:00', { extension: { dueAt: '2024-12-13', reason: '災害対応' } }, false],
  ] as const)('%s, on %s, of %j: says what is true: %s', (event, clock, standing, isTrue) => {
    const of = situation({ round: roundWith({ closesAt: '2024-12-06' }) });
    expect(isTrueOf(event, returned('a', standing), of, new Date(`${clock}+09:00`))).toBe(isTrue);
  });

  it('may go to those who have not submitted in time, after the round has closed as well', () => {
    const of = situation({ round: roundWith({ closesAt: '2024-12-06' }) });
    const overdue = (clock: string, standing = {}) =>
      isOverdue(returned('a', standing), of, new Date(`${clock}+09:00`));
    expect(['2024-11-29T23:59', '2024-11-30T00:00', '2024-12-07T00:00'].map((each) => overdue(each))).toEqual([
      false,
      true,
      true,
    ]);
    expect(overdue('2024-12-07T00:00', { state: 'submitted' })).toBe(false);
  });
});

describe('mails of what somebody did', () => {
  const since = '2024-11-05T03:00:00.000Z';

  it('tell of each decision once for a version, and of none brought in from earlier years', () => {
    const of = situation({
      returns: [
        returned('a', { state: 'returned', version: 1, at: since }),
        returned('b', { state: 'accepted', version: 2, at: since }, 'council'),
        returned('c', { state: 'accepted', version: 1, at: since, imported: true }),
      ],
    });
    // One press may accept several, which are told of together once all of them are.
    expect(at('2024-11-05T12:00', of)).toEqual(['a returned:survey:a:1']);
    expect(at('2024-11-05T12:01', of)).toEqual(['a returned:survey:a:1', 'b accepted:survey:council:2']);
  });

  it('tell of what the prefecture entered or corrected, once for a version, whatever became of it since', () => {
    const onBehalf = { source: 'correction', reason: '転記の誤り' } as const;
    const entered = { version: 2, onBehalf, submittedAt: since, at: since };
    const of = situation({
      returns: [
        returned('a', { state: 'submitted', ...entered }),
        returned('b', { state: 'accepted', ...entered }),
        returned('c', { state: 'draft', ...entered }),
        returned('d', { state: 'submitted', version: 1, submittedAt: since, at: since }),
      ],
    });
    expect(at('2024-11-05T12:00', of)).toEqual(['a onBehalf:survey:a:2', 'b onBehalf:survey:b:2']);
  });

  it('tell of each answer to a question, also of a better one, and of nobody else’s', () => {
    const question = { id: 'q', form: 'survey', unit: 'a', path: '', text: '？', askedAt: since, askedBy: '市' };
    const answer = { text: '！', answeredAt: since, answeredBy: '県' };
    const asked = [
      { ...question, revision: 0 },
      { ...question, id: 'r', answer, revision: 2 },
    ];
    expect(at('2024-11-05T12:00', situation({ asked }))).toEqual(['a answered:survey:a:r:2']);
  });

  it('tell all of a publication and of a due date that moved, once each time', () => {
    const state = { published: { edition: 2, at: since }, dueMovedAt: since };
    expect(at('2024-11-05T12:00', situation({ state, returns: [returned('a')] }))).toEqual([
      `a dueMoved:2024-11-29:${since}`,
      'a published:2',
    ]);
    expect(at('2024-11-05T12:00', situation({ state: { dueMovedAt: '2024-10-01T00:00:00.000Z' } }))).toEqual([]);
  });
});

describe('what one press accepted', () => {
  const pressed = '2024-11-05T03:00:00.000Z';
  const accepted = (municipality: string, unit: string, when = pressed) =>
    returned(municipality, { state: 'accepted', version: 1, at: when }, unit);

  it('is told in one mail to each municipality, whose key names every return', () => {
    const returns = [
      accepted('a', 'a'),
      accepted('b', 'b'),
      accepted('a', 'council'),
      accepted('a', 'ward', '2024-11-05T03:00:01.000Z'),
    ];
    const mails = joinPresses(dueMails(situation({ returns }), new Date('2024-11-05T12:02+09:00')));
    expect(mails.map(({ municipality, key }) => `${municipality} ${key}`)).toEqual([
      'a accepted:survey:a:1+survey:council:1',
      'b accepted:survey:b:1',
      'a accepted:survey:ward:1',
    ]);
    expect(mails[0]?.returns.map(({ unit }) => unit)).toEqual(['a', 'council']);
    expect(mails.flatMap(({ key }) => keysIn(key))).toEqual(
      ['a', 'council', 'b', 'ward'].map((unit) => `accepted:survey:${unit}:1`),
    );
    expect(keysIn('dueMoved:2024-11-29T17:00:00+09:00')).toEqual(['dueMoved:2024-11-29T17:00:00+09:00']);
  });

  it('is told in several where it is more than a key may name', () => {
    const returns = Array.from({ length: 13 }, (_, index) => accepted('a', `u${index}`));
    const mails = joinPresses(dueMails(situation({ returns }), new Date('2024-11-05T12:02+09:00')));
    expect(mails.map((mail) => mail.returns.length)).toEqual([6, 6, 1]);
  });
});

describe('1,700 municipalities', () => {
  it('get one mail each', () => {
    const returns = Array.from({ length: 1700 }, (_, index) => [
      returned(`m${index}`),
      returned(`m${index}`, {}, `c${index}`),
    ]);
    const mails = dueMails(situation({ returns: returns.flat() }), new Date('2024-10-15T09:00+09:00'));
    expect(new Set(mails.map(({ municipality }) => municipality)).size).toBe(1700);
    expect(mails).toHaveLength(1700);
  });
});

describe('whatever stands of a round', () => {
  it('has one key for one mail, however often and in whatever order it is looked at', () => {
    const states = fc.constantFrom('notStarted' as const, 'draft' as const, 'returned' as const, 'accepted' as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), states), { maxLength: 12 }),
        fc.integer({ min: 0, max: 60 * 24 * 60 }),
        (units, minutes) => {
          const returns = units.map(([municipality, state], index) =>
            returned(municipality, { state, version: 1, at: '2024-11-05T03:00:00.000Z' }, `u${index}`),
          );
          const now = new Date(Date.parse('2024-10-15T00:00+09:00') + minutes * 60_000);
          const names = (mails: readonly DueMail[]) => mails.map(({ municipality, key }) => `${municipality}#${key}`);
          const mails = names(dueMails(situation({ returns }), now));
          expect(new Set(mails).size).toBe(mails.length);
          expect(names(dueMails(situation({ returns: returns.toReversed() }), now)).toSorted()).toEqual(
            mails.toSorted(),
          );
        },
      ),
    );
  });
});
