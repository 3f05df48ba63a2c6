import { describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../../../schemas/directory.ts';
import type { ReturnState } from '../../../../../schemas/return.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { returnName } from '../../../../../functions/domain/log.ts';
import type { RoundState, TrackedReturn } from '../../../../../functions/domain/log.ts';
import {
  countStates,
  filterClasses,
  neighboursOf,
  readUnitQuery,
  selectUnits,
  trackedUnits,
  writeUnitQuery,
} from '../../../../../functions/web/review/tracked-units.ts';
import type { UnitQuery } from '../../../../../functions/web/review/tracked-units.ts';
import saitama from '../../../../fixtures/saitama-r6/directory.json' with { type: 'json' };

const directory = directorySchema.parse(saitama);
const forms = [municipalSurvey2024, councilReport2024];

function standing(state: ReturnState, rest: Partial<TrackedReturn> = {}): TrackedReturn {
  return { state, version: state === 'draft' ? 0 : 1, ...rest };
}

function stateWith(returns: readonly (readonly [string, string, TrackedReturn])[]): RoundState {
  return {
    asOf: { seq: 1, at: '2024-10-01T00:00:00.000Z' },
    changedSeq: 1,
    editions: [],
    releases: [],
    undoable: new Map(),
    directoryVersion: 1,
    returns: new Map(returns.map(([form, unit, tracked]) => [returnName(form, unit), tracked])),
  };
}

const state = stateWith([
  ['municipal-survey', '112011', standing('submitted', { submittedAt: '2024-11-02T00:00:00.000Z' })],
  ['municipal-survey', '112020', standing('accepted', { submittedAt: '2024-11-01T00:00:00.000Z', late: true })],
  ['municipal-survey', '112038', standing('draft')],
  ['council-report', 'hiki', standing('submitted', { submittedAt: '2024-11-03T00:00:00.000Z' })],
]);
const round = { dueAt: '2024-11-29' };
const after = new Date('2024-11-30T00:00:00+09:00');
const before = new Date('2024-11-29T23:59:00+09:00');
const units = trackedUnits(forms, directory, state, { round, now: after });
const all = readUnitQuery({});

function names(query: Partial<UnitQuery>): string[] {
  return selectUnits(units, { ...all, ...query }).map(({ unit }) => unit);
}

describe('the list of returns', () => {
  it('has every expected return, the not started too', () => {
    expect(units).toHaveLength(directory.municipalities.length + directory.councils.length);
    expect(countStates(units)).toEqual({ notStarted: 96, draft: 1, submitted: 2, returned: 0, accepted: 1 });
  });

  it('is filtered by state, kind, form and lateness together', () => {
    expect(names({ state: 'submitted' })).toEqual(['112011', 'hiki']);
    expect(names({ state: 'submitted', kind: 'council' })).toEqual(['hiki']);
    expect(names({ state: 'submitted', form: 'municipal-survey' })).toEqual(['112011']);
    expect(names({ lateness: 'late' })).toEqual(['112020']);
    expect(names({ lateness: 'overdue', state: 'draft' })).toEqual(['112038']);
    expect(names({ kind: 'village' })).toHaveLength(1);
  });

  it('is filtered by a class of the directory, of a council by that of its municipalities', () => {
    const classified = directorySchema.parse({
      ...saitama,
      classes: [{ id: 'area', label: '圏域' }],
      municipalities: saitama.municipalities.map((each) =>
        ['112011', '112038'].includes(each.code) ? { ...each, classes: { area: '南部' } } : each,
      ),
      councils: [{ id: 'joint', name: '合同', members: ['112011', '112038'], lead: '112011' }],
    });
    const tracked = trackedUnits(forms, classified, state, { round, now: after });
    const query = readUnitQuery({ class: 'area:南部' });
    expect(selectUnits(tracked, query).map(({ unit }) => unit)).toEqual(['112011', '112038', 'joint']);
    expect(readUnitQuery(Object.fromEntries(new URLSearchParams(writeUnitQuery(query))))).toEqual(query);
    expect(filterClasses(classified)).toEqual([{ key: 'area:南部', label: '圏域：南部' }]);
  });

  it('counts nothing as overdue before it is due', () => {
    const early = trackedUnits(forms, directory, state, { round, now: before });
    expect(early.some(({ isOverdue }) => isOverdue)).toBe(false);
  });

  it('goes by the due date that a return was granted', () => {
    const extension = { dueAt: '2024-12-06', reason: '台風のため' };
    const extended = stateWith([
      ['municipal-survey', '112011', standing('draft', { extension })],
      [
        'municipal-survey',
        '112020',
        standing('accepted', { submittedAt: '2024-12-06T14:59:59.999Z', late: true, extension }),
      ],
      [
        'municipal-survey',
        '112038',
        standing('accepted', { submittedAt: '2024-12-06T15:00:00.000Z', late: true, extension }),
      ],
    ]);
    const list = trackedUnits(forms, directory, extended, { round, now: after });
    expect(list.find(({ unit }) => unit === '112011')?.isOverdue).toBe(false);
    expect(selectUnits(list, { ...all, lateness: 'late' }).map(({ unit }) => unit)).toEqual(['112038']);
    const later = trackedUnits(forms, directory, extended, { round, now: new Date('2024-12-07T00:00:00+09:00') });
    expect(later.find(({ unit }) => unit === '112011')?.isOverdue).toBe(true);
  });

  it('is searched by part of a name or the beginning of a code, whatever the width', () => {
    expect(names({ search: '川口', form: 'municipal-survey' })).toEqual(['112038']);
    expect(names({ search: '１１２０３８' })).toEqual(['112038']);
    expect(names({ search: 'ない名前' })).toEqual([]);
  });

  it('is sorted by when things were submitted, the never submitted last', () => {
    expect(names({ order: 'submitted' }).slice(0, 3)).toEqual(['112020', '112011', 'hiki']);
    expect(names({ order: 'latest' }).slice(0, 3)).toEqual(['hiki', '112011', '112020']);
    expect(names({ order: 'state' }).slice(0, 2)).toEqual(['112011', 'hiki']);
  });
});

describe('the order by code', () => {
  it('is that of the municipal codes, whatever the order of the directory; councils follow by their ids', () => {
    const codes = selectUnits(units.toReversed(), { ...all, order: 'code' }).map(({ unit }) => unit);
    expect(codes).toEqual(codes.toSorted());
    expect(codes.indexOf('112011')).toBeLessThan(codes.indexOf('112020'));
    expect(codes.indexOf('hiki')).toBeGreaterThan(codes.indexOf('112038'));
  });
});

describe('the address of a list', () => {
  it('reads back as it was written', () => {
    const query: UnitQuery = {
      state: 'submitted',
      kind: 'city',
      form: 'municipal-survey',
      lateness: 'late',
      search: '川 口',
      order: 'code',
      page: 3,
    };
    expect(readUnitQuery(Object.fromEntries(new URLSearchParams(writeUnitQuery(query))))).toEqual(query);
    expect(writeUnitQuery(all)).toBe('');
  });

  it('means nothing where it is not understood', () => {
    expect(readUnitQuery({ state: 'toString', kind: 'X!', late: 'y', sort: 'z', page: '-1', form: '' })).toEqual(all);
  });
});

describe('previous and next', () => {
  it('stay within the filter', () => {
    const query = readUnitQuery({ state: 'submitted' });
    expect(neighboursOf(units, query, 'municipal-survey', '112011').next?.unit).toBe('hiki');
    expect(neighboursOf(units, query, 'council-report', 'hiki').previous?.unit).toBe('112011');
  });

  it('are found for a return that has just left the list', () => {
    const query = readUnitQuery({ state: 'submitted' });
    expect(neighboursOf(units, query, 'municipal-survey', '112020')).toMatchObject({
      previous: { unit: '112011' },
      next: { unit: 'hiki' },
    });
  });
});
