import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import type { CheckContext } from '../../../../schemas/edit-check.ts';
import { askReason, note, refuse, strike } from '../../../../schemas/edit-check.ts';
import { form } from '../../../../schemas/form.ts';
import { count, group, list, partialDate, pastDate, section, text } from '../../../../schemas/question.ts';
import type { Answers } from '../../../../schemas/return.ts';
import { round } from '../../schemas/forms/returns.ts';

/** What each check was given, by its name. */
let read: [string, unknown, CheckContext<unknown>][] = [];

function spy(name: string, severity: typeof refuse, paths: readonly string[]) {
  return severity<unknown>(name, { message: `${name}。`, readyMade: ['はい'] }, (answers, context) => {
    read.push([name, answers, context]);
    return paths;
  });
}

const checked = form(
  'checked',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    a: section('甲', {
      n: count('数', '件'),
      inner: group('内', { deep: count('深さ', 'm') }).check(spy('in-group', note, ['deep'])),
    }).check(spy('in-section', askReason, ['n', 'inner.deep'])),
    b: list('乙', 5, {
      name: text('名称', 10),
      steps: list('段', 5, { n: count('数', '件') }).checkEntry(spy('in-step', refuse, ['n'])),
    })
      .check(spy('over-list', refuse, ['']))
      .checkEntry(spy('in-entry', askReason, ['name'])),
  },
).check(spy('over-return', askReason, ['']));

const answers: Answers = { a: { n: 1, inner: { deep: 2 } }, b: [{ id: 'p', steps: [{ id: 's', n: 3 }] }, { id: 'q' }] };

function run(of: Answers, previous?: Answers) {
  read = [];
  return editChecks(checked, of, { unit: '111007', round, previous });
}

describe('edit checks', () => {
  it('strike where they belong, in the order of the form, with keys for reasons', () => {
    expect(run(answers).map(({ path, key, severity }) => [path, key, severity])).toEqual([
      ['', 'return.over-return', 'askReason'],
      ['a.n', 'a.n.in-section', 'askReason'],
      ['a.inner.deep', 'a.inner.deep.in-section', 'askReason'],
      ['a.inner.deep', 'a.inner.deep.in-group', 'note'],
      ['b', 'b.over-list', 'refuse'],
      ['b.p.name', 'b.p.name.in-entry', 'askReason'],
      ['b.p.steps.s.n', 'b.p.steps.s.n.in-step', 'refuse'],
      ['b.q.name', 'b.q.name.in-entry', 'askReason'],
    ]);
  });

  it('carry their message and ready-made reasons', () => {
    expect(run({})).toEqual([
      {
        path: '',
        key: 'return.over-return',
        severity: 'askReason',
        name: 'over-return',
        message: 'over-return。',
        readyMade: ['はい'],
      },
    ]);
  });

  it('are given what they belong to, the unit and the round', () => {
    run(answers);
    expect(read.map(([name, part]) => [name, part])).toEqual([
      ['over-return', answers],
      ['in-section', answers['a']],
      ['in-group', { deep: 2 }],
      ['over-list', answers['b']],
      ['in-entry', { id: 'p', steps: [{ id: 's', n: 3 }] }],
      ['in-step', { id: 's', n: 3 }],
      ['in-entry', { id: 'q' }],
    ]);
    for (const [, , context] of read) expect(context).toEqual({ unit: '111007', round, previous: undefined });
  });

  it('are given the same part of the last return, entries by id whatever their order', () => {
    run(answers, {
      a: { n: 9 },
      b: [
        { id: 'q', name: '旧' },
        { id: 'p', steps: [{ id: 's', n: 8 }] },
      ],
    });
    expect(read.map(([name, , { previous }]) => [name, previous])).toEqual([
      [
        'over-return',
        {
          a: { n: 9 },
          b: [
            { id: 'q', name: '旧' },
            { id: 'p', steps: [{ id: 's', n: 8 }] },
          ],
        },
      ],
      ['in-section', { n: 9 }],
      ['in-group', undefined],
      [
        'over-list',
        [
          { id: 'q', name: '旧' },
          { id: 'p', steps: [{ id: 's', n: 8 }] },
        ],
      ],
      ['in-entry', { id: 'p', steps: [{ id: 's', n: 8 }] }],
      ['in-step', { id: 's', n: 8 }],
      ['in-entry', { id: 'q', name: '旧' }],
    ]);
  });

  it('find no last entry for one that is new', () => {
    run({ b: [{ id: 'new' }] }, { b: [{ id: 'p' }] });
    expect(read.at(-1)?.[2].previous).toBeUndefined();
  });

  it('stay silent about sections that are not answered', () => {
    expect(run({ a: { n: 1 } }).map(({ key }) => key)).toEqual([
      'return.over-return',
      'a.n.in-section',
      'a.inner.deep.in-section',
    ]);
  });
});

describe('a strike', () => {
  it('is a path or none', () => {
    expect(strike('a', true)).toEqual(['a']);
    expect(strike('a', false)).toEqual([]);
  });
});

describe('the date of something that has happened', () => {
  const dated = form(
    'dated',
    1,
    { title: '', units: 'municipality', help: '' },
    {
      a: section('甲', {
        on: pastDate('設置年月'),
        until: partialDate('設置期限'),
        s: list('乙', 5, { on: pastDate('日') }),
      }),
    },
  );
  /** The round is of 令和6年度, which ends with March 2025; its period ends before. */
  const asked = (a: Answers, period = round.period) =>
    editChecks(dated, { a }, { unit: '111007', round: { ...round, fiscalYear: 2024, period } }).map(({ key }) => key);

  it('asks for a reason after the fiscal year of the round, wherever it stands', () => {
    expect(asked({ on: '2075-04' })).toEqual(['a.on.after-round']);
    expect(asked({ s: [{ id: 'p', on: '2025-04-01' }] })).toEqual(['a.s.p.on.after-round']);
  });

  it('asks nothing of the last day of that year, of what may lie before it, or of a period that ends later', () => {
    for (const on of ['2025-03-31', '2025', '1975-04']) expect(asked({ on })).toEqual([]);
    expect(asked({ on: '2025-09' }, { from: '2024-04', to: '2025-09' })).toEqual([]);
  });

  it('asks nothing of a question about the future', () => {
    expect(asked({ until: '2075-04' })).toEqual([]);
  });
});
