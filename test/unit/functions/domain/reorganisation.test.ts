import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import type { Directory, Municipality } from '../../../../schemas/directory.ts';
import { standingOn, successorsIn } from '../../../../schemas/directory-on-day.ts';
import { checkDigit } from '../../../../schemas/values/municipality-code.ts';
import { dayBefore } from '../../../../schemas/values/calendar.ts';
import { councilIdFor, newCouncil, reorganise, touchedCouncils } from '../../../../functions/domain/reorganisation.ts';
import type { CouncilChoice, Reorganisation } from '../../../../functions/domain/reorganisation.ts';

const before: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city' },
    { code: '113018', name: '伊奈町', kind: 'town', welfareOffice: true },
    { code: '113697', name: '東秩父村', kind: 'village' },
  ],
  councils: [
    { id: 'kawagoe', name: '川越市協議会', members: ['112011'], lead: '112011' },
    { id: 'ina', name: '伊奈町協議会', members: ['113018'], lead: '113018' },
    { id: 'joint', name: '共同協議会', members: ['111007', '113018', '113697'], lead: '113018' },
  ],
};
const [, kawagoe, ina] = before.municipalities;

const newCity: Municipality = { code: '112020', name: '川伊市', kind: 'city' };

function plan(change: Partial<Reorganisation>): Reorganisation {
  return {
    day: '2025-04-01',
    ended: new Map(),
    begun: [],
    changed: [],
    councils: new Map(),
    ...change,
  };
}

const merger = plan({
  ended: new Map([
    ['112011', ['112020']],
    ['113018', ['112020']],
  ]),
  begun: [newCity],
});

function made(change: Reorganisation, from = before): Directory {
  const result = reorganise(from, change);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.directory;
}

function errorsOf(change: Reorganisation): (readonly [string, string])[] {
  const result = reorganise(before, change);
  return result.ok ? [] : result.errors.map(({ path, code }) => [path, code] as const);
}

describe('a merger into a new municipality', () => {
  const after = made(merger);

  it('ends the merged ones the day before, with who comes after them, and begins the new one in their place', () => {
    expect(after.validFrom).toBe('2025-04-01');
    expect(after.municipalities).toEqual([
      before.municipalities[0],
      { ...newCity, validFrom: '2025-04-01' },
      { ...kawagoe, validTo: '2025-03-31', successors: ['112020'] },
      { ...ina, validTo: '2025-03-31', successors: ['112020'] },
      before.municipalities[3],
    ]);
  });

  it('puts the new one into the councils in place of the merged ones, as who answers too', () => {
    expect(after.councils.map(({ id, members, lead }) => ({ id, members, lead }))).toEqual([
      { id: 'kawagoe', members: ['112020'], lead: '112020' },
      { id: 'ina', members: ['112020'], lead: '112020' },
      { id: 'joint', members: ['111007', '112020', '113697'], lead: '112020' },
    ]);
  });

  it('ends a council, or merges it into another, as was chosen', () => {
    const councils = new Map<string, CouncilChoice>([
      ['kawagoe', { does: 'end' }],
      ['ina', { does: 'merge', into: 'joint' }],
    ]);
    const [first, second, joint] = made({ ...merger, councils }).councils;
    expect(first).toEqual({ ...before.councils[0], validTo: '2025-03-31' });
    expect(second).toEqual({ ...before.councils[1], validTo: '2025-03-31', successors: ['joint'] });
    expect(joint).toMatchObject({ members: ['111007', '112020', '113697'] });
    expect(joint).not.toHaveProperty('validTo');
  });

  it('begins a council that several are merged into, with an id of its own', () => {
    const councils = new Map<string, CouncilChoice>([
      ['kawagoe', { does: 'merge', into: newCouncil }],
      ['ina', { does: 'merge', into: newCouncil }],
    ]);
    const { councils: all } = made({ ...merger, councils, newCouncil: { name: '川伊市協議会' } });
    const id = 'council-112020';
    expect(all.map(({ successors }) => successors)).toEqual([[id], [id], undefined, undefined]);
    expect(all.at(-1)).toEqual({
      id,
      name: '川伊市協議会',
      members: ['112020'],
      lead: '112020',
      validFrom: '2025-04-01',
    });
  });

  it('is refused where a council is merged into itself, one that ends, or none', () => {
    const into = (target?: string, other?: CouncilChoice): (readonly [string, string])[] =>
      errorsOf({
        ...merger,
        councils: new Map([['ina', { does: 'merge', into: target }], ...(other ? [['kawagoe', other] as const] : [])]),
      });
    expect(into()).toEqual([['council.ina', 'required']]);
    expect(into('ina')).toEqual([['council.ina', 'required']]);
    expect(into('kawagoe', { does: 'end' })).toEqual([['council.ina', 'required']]);
    expect(into(newCouncil)).toEqual([['council.ina', 'required']]);
    expect(into('kawagoe')).toEqual([]);
  });
});

describe('a merger into a municipality that is there', () => {
  it('leaves that one with its code, under the name and kind that it takes', () => {
    const after = made(
      plan({
        ended: new Map([['113697', ['113018']]]),
        changed: [{ code: '113018', name: '伊奈市', kind: 'city' }],
      }),
    );
    expect(after.municipalities[2]).toEqual({ code: '113018', name: '伊奈市', kind: 'city' });
    expect(after.councils[2]).toMatchObject({ members: ['111007', '113018'], lead: '113018' });
  });

  it('is refused where it takes no part in the day', () => {
    expect(errorsOf(plan({ ended: new Map([['113697', ['112038']]]) }))).toEqual([
      ['ended.113697', 'unknown-successor'],
    ]);
    expect(errorsOf(plan({ ended: new Map([['112038', ['113018']]]) }))).toEqual([['ended.112038', 'not-in-force']]);
    expect(errorsOf({ ...merger, begun: [newCity, { code: '111007', name: '新市', kind: 'city' }] })).toEqual([
      ['begun.111007', 'duplicate'],
    ]);
  });
});

describe('what is known of merged municipalities', () => {
  const on = '2024-10-01';
  const known = (...of: Partial<Municipality>[]): Directory => ({
    ...before,
    classes: [{ id: 'area', label: '圏域', values: ['西部', '中央'] }],
    municipalities: before.municipalities.map((each, index) => ({ ...each, ...of[index - 1] })),
  });
  const merge = (from: Directory): Municipality | undefined =>
    made(merger, from).municipalities.find(({ code }) => code === '112020');

  it('is added up or kept where it is the same of all, and nothing is said where it is not', () => {
    const west = { classes: { area: '西部' } };
    expect(
      merge(known({ population: { number: 350_000, on }, ...west }, { population: { number: 45_000, on }, ...west })),
    ).toMatchObject({ population: { number: 395_000, on }, ...west });
    const other = merge(
      known({ population: { number: 350_000, on }, ...west }, { population: { number: 45_000, on: '2020-10-01' } }),
    );
    expect(other).not.toHaveProperty('population');
    expect(other).not.toHaveProperty('classes');
  });

  it('is that of one alone no longer where others are merged into it', () => {
    const joining = plan({ ended: new Map([['113697', ['113018']]]) });
    const ofIna = (from: Directory): Municipality | undefined => made(joining, from).municipalities[2];
    const population = { number: 45_000, on };
    expect(ofIna(known({}, { population }, { population: { number: 2500, on } }))?.population).toEqual({
      number: 47_500,
      on,
    });
    expect(ofIna(known({}, { population }))).not.toHaveProperty('population');
  });
});

describe('a division', () => {
  const parts: Municipality[] = [
    { code: '113026', name: '東町', kind: 'town' },
    { code: '113034', name: '西町', kind: 'town' },
  ];
  const division = plan({ ended: new Map([['113018', ['113026', '113034']]]), begun: parts });

  it('asks who answers for a council whose lead was divided', () => {
    expect(errorsOf(division)).toEqual([
      ['lead.ina', 'required'],
      ['lead.joint', 'required'],
    ]);
  });

  it('puts all parts into the councils', () => {
    const councils = new Map<string, CouncilChoice>([
      ['ina', { does: 'keep', lead: '113026' }],
      ['joint', { does: 'keep', lead: '113034' }],
    ]);
    expect(made({ ...division, councils }).councils.slice(1)).toMatchObject([
      { members: ['113026', '113034'], lead: '113026' },
      { members: ['111007', '113026', '113034', '113697'], lead: '113034' },
    ]);
  });
});

describe('a town that becomes a city', () => {
  it('has a new code, and stands in its councils under it', () => {
    const after = made(plan({ ended: new Map([['113018', ['112020']]]), begun: [{ ...newCity, name: '伊奈市' }] }));
    expect(after.councils[1]).toMatchObject({ id: 'ina', members: ['112020'], lead: '112020' });
  });
});

describe('an id for a council without one', () => {
  it('is one that no council has', () => {
    const [first] = before.councils;
    const taken = (...ids: string[]): Directory => ({
      ...before,
      councils: ids.map((id) => ({ id, name: '協議会', members: ['112011'], lead: '112011', ...(first ? {} : {}) })),
    });
    expect(councilIdFor(taken(), '112011')).toBe('council-112011');
    expect(councilIdFor(taken('council-112011', 'council-112011-2'), '112011')).toBe('council-112011-3');
  });
});

/** One step of a prefecture's history, chosen among what stands by the numbers given. */
interface Step {
  readonly days: number;
  readonly kind: 'merger' | 'joining' | 'division' | 'city';
  readonly picks: readonly number[];
  readonly fates: readonly ('keep' | 'end' | 'merge')[];
}

const steps = fc.array(
  fc.record<Step>({
    days: fc.integer({ min: 1, max: 400 }),
    kind: fc.constantFrom('merger', 'joining', 'division', 'city'),
    picks: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    fates: fc.array(fc.constantFrom('keep', 'end', 'merge'), { minLength: 8, maxLength: 8 }),
  }),
  { maxLength: 8 },
);

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function planOf(step: Step, now: Directory, day: string, fresh: () => Municipality): Reorganisation | undefined {
  const { municipalities, councils } = standingOn(now, day);
  const pick = (index: number): string => municipalities[(step.picks[index] ?? 0) % municipalities.length]?.code ?? '';
  const [one, two] = [pick(0), pick(1)];
  if ((step.kind === 'merger' || step.kind === 'joining') && one === two) return undefined;
  const begun = step.kind === 'joining' ? [] : step.kind === 'division' ? [fresh(), fresh()] : [fresh()];
  const after = step.kind === 'joining' ? [two] : begun.map(({ code }) => code);
  const ended = new Map([one, ...(step.kind === 'merger' ? [two] : [])].map((code) => [code, after]));
  const [lead] = after;
  const touched = touchedCouncils(now, { day, ended });
  const target = councils.find(({ id }) => !touched.some((each) => each.id === id));
  const choices = touched.map(({ id, lead: led }, index): [string, CouncilChoice] => {
    const fate = step.fates[index % step.fates.length] ?? 'keep';
    if (fate === 'merge' && target !== undefined) return [id, { does: 'merge', into: target.id }];
    return [id, { does: fate === 'end' ? 'end' : 'keep', ...(ended.has(led) ? { lead } : {}) }];
  });
  return plan({ day, ended, begun, councils: new Map(choices) });
}

describe('any sequence of mergers and divisions', () => {
  it('keeps on every day the members of each council in force, and its lead among them', () => {
    fc.assert(
      fc.property(steps, (history) => {
        let next = 600;
        const fresh = (): Municipality => {
          const five = `11${(next += 1)}`;
          return { code: `${five}${checkDigit(five)}`, name: `新市${next}`, kind: 'city' };
        };
        const versions: Directory[] = [{ ...before, validFrom: '2020-04-01' }];
        for (const step of history) {
          const now = versions.at(-1) ?? before;
          const day = later(now.validFrom ?? '', step.days);
          const change = planOf(step, now, day, fresh);
          if (change !== undefined) versions.push(made(change, now));
        }
        const days = versions.flatMap(({ validFrom = '' }) => [dayBefore(validFrom), validFrom, later(validFrom, 1)]);
        for (const version of versions) expect(directorySchema.safeParse(version).success).toBe(true);
        for (const day of days) {
          const inForce = versions.findLast(({ validFrom = '' }) => validFrom <= day) ?? versions[0] ?? before;
          const { municipalities, councils } = standingOn(inForce, day);
          const codes = new Set(municipalities.map(({ code }) => code));
          expect(municipalities.length).toBeGreaterThan(0);
          for (const { members, lead } of councils) {
            expect(members.every((member) => codes.has(member))).toBe(true);
            expect(members).toContain(lead);
          }
          for (const { code } of inForce.municipalities)
            if (!codes.has(code))
              for (const successor of successorsIn(standingOn(inForce, day), code)) expect(codes).toContain(successor);
        }
      }),
    );
  });
});

describe('units of other kinds', () => {
  const offices: Directory = {
    ...before,
    kinds: [{ id: 'office', label: '相談支援事業所' }],
    units: [
      { kind: 'office', code: 'A001', name: 'ひまわり', municipality: '112011' },
      { kind: 'office', code: 'A002', name: 'すみれ', municipality: '113697' },
    ],
  };

  it('are in the municipality that theirs was merged into, and in a divided one until somebody says in which part', () => {
    expect(made(merger, offices).units?.map(({ municipality }) => municipality)).toEqual(['112020', '113697']);
    const divided = plan({
      ended: new Map([['113697', ['111007', '112011']]]),
      councils: new Map([['joint', { does: 'end' }]]),
    });
    expect(made(divided, offices).units?.map(({ municipality }) => municipality)).toEqual(['112011', '113697']);
  });
});

describe('a code that ended', () => {
  it('comes back with a later first day, in its place', () => {
    const after = made(merger);
    const back = made(
      plan({
        day: '2030-04-01',
        ended: new Map([['112020', ['112011']]]),
        begun: [{ code: '112011', name: '川越市', kind: 'city' }],
      }),
      after,
    );
    expect(back.municipalities.map(({ code, validFrom, validTo }) => [code, validFrom, validTo])).toEqual([
      ['111007', undefined, undefined],
      ['112011', '2030-04-01', undefined],
      ['112020', '2025-04-01', '2030-03-31'],
      ['113018', undefined, '2025-03-31'],
      ['113697', undefined, undefined],
    ]);
    expect(successorsIn(standingOn(back, '2030-04-01'), '113018')).toEqual(['112011']);
  });
});
