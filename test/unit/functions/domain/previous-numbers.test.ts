/** What each unit answered last time, beside what it answers now. */

import { describe, expect, it } from 'vitest';
import { comparedNotes, PreviousNumbers } from '../../../../functions/domain/previous-numbers.ts';
import { tableOf } from '../../../../functions/domain/tables.ts';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import { standingOn } from '../../../../schemas/directory-on-day.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';

const before = { ...round, id: 'R5', name: '令和5年度', referenceDate: '2023-09-30' };

function numbersOf(now = directory, then = { form: everyQuestion, round: before, directory }): PreviousNumbers {
  return new PreviousNumbers(
    tableOf(everyQuestion, now, 'internal'),
    { form: everyQuestion, round, directory: now },
    then,
  );
}

function valueOf(numbers: PreviousNumbers, unit: string, question: string): number | string | undefined {
  const at = numbers.columns.findIndex(({ name }) => name === question);
  expect(at).toBeGreaterThanOrEqual(0);
  return numbers.of(unit)[at];
}

describe('the numbers of last time', () => {
  it('are those that the unit gave, 0 among them, and nothing where it gave none', () => {
    const numbers = numbersOf();
    numbers.add('112011', { plain: { meetings: 0 } });
    expect(valueOf(numbers, '112011', 'plain.meetings')).toBe(0);
    expect(valueOf(numbers, '112011', 'plain.members')).toBeUndefined();
    expect(numbers.of('113018')).toEqual([]);
  });

  it('are of questions that have one number each', () => {
    const names = numbersOf().columns.map(({ name }) => name);
    expect(names).toContain('plain.meetings');
    expect(names.some((name) => name.startsWith('plain.size') || name === 'bodies')).toBe(false);
  });

  it('are not compared where the question means another thing, or counts over a longer period', () => {
    const moved = structuredClone({ period: { from: '2022-04', to: '2023-09' } });
    const numbers = numbersOf(directory, { form: everyQuestion, round: { ...before, ...moved }, directory });
    numbers.add('112011', { plain: { meetings: 3, members: 4 } });
    const over = numbers.columns.filter(({ item }) => item.overPeriod).map(({ name }) => name);
    for (const name of over) expect(valueOf(numbers, '112011', name)).toBe(comparedNotes.period);
    expect(numbers.of('112011').filter((value) => value === comparedNotes.period)).toHaveLength(over.length);
  });

  it('are what units gave together that were merged since, and none where one of them gave nothing', () => {
    const [first, second, ...others] = directory.municipalities;
    if (first === undefined || second === undefined) throw new Error('the directory has two municipalities');
    const merged = { ...first, code: '112160', name: '合併市' };
    const ended = { validTo: '2023-12-31', successors: ['112160'] };
    const whole = directorySchema.parse({
      ...directory,
      councils: [],
      municipalities: [
        { ...first, ...ended },
        { ...second, ...ended },
        { ...merged, validFrom: '2024-01-01' },
        ...others,
      ],
    });
    const numbers = numbersOf(standingOn(whole, '2024-09-30'), {
      form: everyQuestion,
      round: before,
      directory: standingOn(whole, '2023-09-30'),
    });
    numbers.add(first.code, { plain: { meetings: 3, members: 4 } });
    numbers.add(second.code, { plain: { meetings: 5 } });
    expect(valueOf(numbers, '112160', 'plain.meetings')).toBe(8);
    expect(valueOf(numbers, '112160', 'plain.members')).toBe(comparedNotes.units);
  });
});
