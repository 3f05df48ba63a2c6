import { describe, expect, it } from 'vitest';
import { completeness, isAnswered } from '../../../../functions/domain/completeness.ts';
import { form } from '../../../../schemas/form.ts';
import {
  choice,
  choices,
  count,
  group,
  list,
  municipalities,
  section,
  texts,
} from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';

const yesNo = { yes: 'はい', no: 'いいえ' };
const everything = form(
  'everything',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    a: section('甲', {
      status: choice('状況', yesNo).required(),
      number: count('件数', '件').when({ status: 'yes' }).required(),
      maybe: count('回数', '回').nullable().required(),
      many: choices('複数', { x: '甲', other: 'その他' }).required(),
      goals: texts('目標', { entries: 3, length: 9 }).when({ status: 'yes' }).required(),
      partners: municipalities('相手'),
      inner: group('内', { deep: count('深さ', 'm').required() }).when({ status: 'yes' }),
    }),
    b: list('乙', 5, {
      kind: choice('種別', yesNo).required(),
      size: count('規模', '人').when({ kind: 'yes' }).required(),
      steps: list('段', 5, { n: count('数', '件').required(), more: count('他', '件') })
        .when({ kind: 'yes' })
        .required(),
    }).required(),
  },
);

function codes(answers: Answers): string[] {
  return completeness(everything.sections, answers, new Set(['111007', '112011'])).map(
    ({ path, code }) => `${path} ${code}`,
  );
}

const complete = { a: { status: 'no', maybe: 0, many: [] }, b: [{ id: 'p', kind: 'no' }] };

describe('a complete return', () => {
  it('has no errors', () => {
    expect(codes(complete)).toEqual([]);
  });

  it('answers with null where it is declared, 0 and []', () => {
    expect(codes({ ...complete, a: { status: 'no', maybe: null, many: [] } })).toEqual([]);
    expect(
      codes({ ...complete, a: { ...complete.a, status: 'yes', number: 0, goals: ['x'], inner: { deep: 0 } } }),
    ).toEqual([]);
  });
});

describe('a missing answer', () => {
  it('is every required question that is asked, in the order of the form', () => {
    expect(codes({})).toEqual(['a.status required', 'a.maybe required', 'a.many required', 'b required']);
    expect(codes({ a: { status: 'yes' } })).toEqual([
      'a.number required',
      'a.maybe required',
      'a.many required',
      'a.goals required',
      'a.inner.deep required',
      'b required',
    ]);
  });

  it('is never a question that is not asked', () => {
    expect(codes({ ...complete, a: { ...complete.a, status: 'no' } })).toEqual([]);
  });

  it('is a required list without an entry, but not choices without an option', () => {
    expect(codes({ ...complete, b: [] })).toEqual(['b required']);
    expect(
      codes({ ...complete, a: { ...complete.a, status: 'yes', number: 1, goals: [], inner: { deep: 1 } } }),
    ).toEqual(['a.goals required']);
  });

  it('is found in every entry, named by its id, or by its position where ids fail', () => {
    const b = [
      { id: 'p', kind: 'yes', steps: [{ id: 's', more: 1 }] },
      { id: 'q', kind: 'yes', size: 1 },
      { kind: 'no' },
      { size: 1 },
    ];
    expect(codes({ ...complete, b })).toEqual([
      'b.p.size required',
      'b.p.steps.s.n required',
      'b.q.steps required',
      'b.3.kind required',
      'b.3.size not-asked',
    ]);
  });

  it('is never the text to an option その他', () => {
    expect(codes({ ...complete, a: { ...complete.a, many: ['other'] } })).toEqual([]);
  });
});

describe('an answer to a question that is not asked', () => {
  it('is an error at the question, for null, 0 and [] too', () => {
    for (const number of [0, 3, null])
      expect(codes({ ...complete, a: { ...complete.a, number } })).toEqual(['a.number not-asked']);
    expect(codes({ ...complete, a: { ...complete.a, goals: [] } })).toEqual(['a.goals not-asked']);
    expect(codes({ ...complete, a: { ...complete.a, manyOther: 'x' } })).toEqual(['a.manyOther not-asked']);
  });

  it('is named inside a group, and is not one when the group is empty', () => {
    expect(codes({ ...complete, a: { ...complete.a, inner: { deep: 1 } } })).toEqual(['a.inner.deep not-asked']);
    expect(codes({ ...complete, a: { ...complete.a, inner: {} } })).toEqual([]);
  });

  it('is named in its entry, a list as a whole', () => {
    expect(codes({ ...complete, b: [{ id: 'p', kind: 'no', size: 3, steps: [{ id: 's' }] }] })).toEqual([
      'b.p.size not-asked',
      'b.p.steps not-asked',
    ]);
  });

  it('comes with a Japanese message naming the question', () => {
    const [error] = completeness(everything.sections, { ...complete, a: { ...complete.a, number: 1 } }, new Set());
    expect(error?.message).toBe('「件数」は、他の回答により回答不要です。回答を取り消してください。');
  });
});

describe('municipalities', () => {
  it('are those of the round’s directory', () => {
    expect(codes({ ...complete, a: { ...complete.a, partners: ['111007', '011002', '112011'] } })).toEqual([
      'a.partners unknown-municipality',
    ]);
  });
});

describe('an entry with nothing but its id', () => {
  it('is an error at the entry, and asks for nothing inside it', () => {
    const b = [{ id: 'p', kind: 'no' }, { id: 'q' }, {}];
    expect(codes({ ...complete, b })).toEqual(['b.q empty-entry', 'b.2 empty-entry']);
  });

  it('answers no required list', () => {
    expect(codes({ ...complete, b: [{ id: 'p' }] })).toEqual(['b required', 'b.p empty-entry']);
    const b = [{ id: 'p', kind: 'yes', size: 1, steps: [{ id: 's' }] }];
    expect(codes({ ...complete, b })).toEqual(['b.p.steps required', 'b.p.steps.s empty-entry']);
  });
});

describe('a condition inside a list in a group of an entry', () => {
  const nested = form(
    'nested',
    1,
    { title: '', units: 'municipality', help: '' },
    {
      a: section('甲', { held: choice('開催', yesNo) }),
      b: list('乙', 5, {
        kind: choice('種別', yesNo),
        inner: group('内', {
          steps: list('段', 5, {
            n: count('数', '件'),
            why: count('理由数', '件').when('n > 1 and kind = "yes" and a.held = "yes"').required(),
          }),
        }),
      }),
    },
  );
  const found = (held: string, ...kinds: string[]): string[] =>
    completeness(
      nested.sections,
      {
        a: { held },
        b: kinds.map((kind, index) => ({
          id: `p${index}`,
          kind,
          inner: {
            steps: [
              { id: 's', n: 1 },
              { id: 't', n: 2 },
              { id: 'u', n: 0, why: 1 },
            ],
          },
        })),
      },
      new Set(),
    ).map(({ path, code }) => `${path} ${code}`);

  it('reads its entry, the entry around and the other sections', () => {
    expect(found('yes', 'no', 'yes')).toEqual([
      'b.p0.inner.steps.u.why not-asked',
      'b.p1.inner.steps.t.why required',
      'b.p1.inner.steps.u.why not-asked',
    ]);
    expect(found('no', 'yes')).toEqual(['b.p0.inner.steps.u.why not-asked']);
  });
});

describe('ids of entries', () => {
  it('are given once, in lists inside lists too', () => {
    const steps = [
      { id: 's', n: 1 },
      { id: 't', n: 1 },
      { id: 's', n: 1 },
    ];
    expect(codes({ ...complete, b: [{ id: 'p', kind: 'yes', size: 1, steps }] })).toEqual([
      'b.p.steps.0.id doubled-id',
      'b.p.steps.2.id doubled-id',
    ]);
    expect(
      codes({
        ...complete,
        b: [
          { id: 'p', kind: 'no' },
          { id: 'p', kind: 'no' },
        ],
      }),
    ).toEqual(['b.0.id doubled-id', 'b.1.id doubled-id']);
  });

  it('may come again in another list', () => {
    const entry = { kind: 'yes', size: 1, steps: [{ id: 's', n: 1 }] };
    expect(
      codes({
        ...complete,
        b: [
          { id: 's', ...entry },
          { id: 't', ...entry },
        ],
      }),
    ).toEqual([]);
  });

  it('are not doubled where they are missing', () => {
    expect(codes({ ...complete, b: [{ kind: 'no' }, { kind: 'no' }] })).toEqual([]);
  });
});

describe('answered', () => {
  const item = (id: string) => {
    const found = everything.items.get(id);
    if (found === undefined) throw new RangeError(id);
    return found;
  };

  it('is anything but absent, except for lists, which need an entry', () => {
    expect(isAnswered(item('a.maybe'), undefined)).toBe(false);
    expect(isAnswered(item('a.maybe'), null)).toBe(true);
    expect(isAnswered(item('a.maybe'), 0)).toBe(true);
    expect(isAnswered(item('a.many'), [])).toBe(true);
    expect(isAnswered(item('a.goals'), [])).toBe(false);
    expect(isAnswered(item('b'), [])).toBe(false);
    expect(isAnswered(item('b'), [{ id: 'p', kind: 'no' }])).toBe(true);
    expect(isAnswered(item('b'), [{ id: 'p' }])).toBe(false);
  });
});
