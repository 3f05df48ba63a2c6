import { describe, expect, it } from 'vitest';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { formerUnit, predecessorsIn, standingOn, successorsIn, wholeOf } from '../../../schemas/directory-on-day.ts';

/** 川越市 and 熊谷市 became 川熊市 on 1 April 2025, which became 新川熊市 a year later. */
const whole: Directory = {
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '111007', name: 'さいたま市', kind: 'city' },
    { code: '112011', name: '川越市', kind: 'city', validTo: '2025-03-31', successors: ['112038'] },
    { code: '112020', name: '熊谷市', kind: 'city', validTo: '2025-03-31', successors: ['112038'] },
    {
      code: '112038',
      name: '川熊市',
      kind: 'city',
      validFrom: '2025-04-01',
      validTo: '2026-03-31',
      successors: ['112062'],
    },
    { code: '112062', name: '新川熊市', kind: 'city', validFrom: '2026-04-01' },
  ],
  councils: [
    { id: 'old', name: '川越市協議会', members: ['112011'], lead: '112011', validTo: '2025-03-31' },
    { id: 'new', name: '新川熊市協議会', members: ['112062', '111007'], lead: '112062' },
  ],
};

function standing(day: string): string[] {
  const { municipalities, councils } = standingOn(whole, day);
  return [...municipalities.map(({ code }) => code), ...councils.map(({ id }) => id)];
}

describe('the directory on a day', () => {
  it('has who is in force, the first and the last day included', () => {
    expect(standing('2025-03-31')).toEqual(['111007', '112011', '112020', 'old']);
    expect(standing('2025-04-01')).toEqual(['111007', '112038']);
    expect(standing('2026-03-31')).toEqual(['111007', '112038']);
  });

  it('has a council as long as all its members stand', () => {
    expect(standing('2026-04-01')).toEqual(['111007', '112062', 'new']);
  });

  it('stands no earlier than its own first day', () => {
    const dated = { ...whole, validFrom: '2026-04-01' };
    expect(standingOn(dated, '2020-01-01')).toBe(standingOn(dated, '2026-04-01'));
  });

  it('is the same object when it is asked for again, so that what is found in it is found once', () => {
    const [once, again] = [standingOn(whole, '2025-04-01'), standingOn(whole, '2025-04-01')];
    expect(again).toBe(once);
    expect(unitsByCode(again, 'municipality')).toBe(unitsByCode(once, 'municipality'));
  });

  it('is the directory itself where nothing begins or ends', () => {
    const { municipalities, ...rest } = whole;
    const plain = { ...rest, municipalities: municipalities.slice(0, 1), councils: [] };
    expect(standingOn(plain, '2025-04-01')).toBe(plain);
  });

  it('knows what it was taken from, and is taken for another day from there', () => {
    const old = standingOn(whole, '2025-03-31');
    expect(wholeOf(old)).toBe(whole);
    expect(standingOn(old, '2026-04-01')).toBe(standingOn(whole, '2026-04-01'));
  });
});

describe('who comes after a unit and who was before it', () => {
  it('is followed through several mergers', () => {
    expect(successorsIn(standingOn(whole, '2025-03-31'), '112011')).toEqual(['112011']);
    expect(successorsIn(standingOn(whole, '2025-04-01'), '112011')).toEqual(['112038']);
    expect(successorsIn(standingOn(whole, '2026-04-01'), '112011')).toEqual(['112062']);
    expect(predecessorsIn(whole, '112062').map(({ name }) => name)).toEqual(['川熊市', '川越市', '熊谷市']);
    expect(predecessorsIn(standingOn(whole, '2026-04-01'), '111007')).toEqual([]);
  });

  it('is the unit itself where the directory does not know it', () => {
    expect(successorsIn(standingOn(whole, '2025-04-01'), '113018')).toEqual(['113018']);
  });

  it('is nobody for a unit that ended without', () => {
    expect(successorsIn(standingOn(whole, '2025-04-01'), 'old')).toEqual([]);
  });
});

describe('a former unit', () => {
  const now = standingOn(whole, '2025-04-01');

  it('is one that ended, and neither one that stands, is to come, or is unknown', () => {
    expect(formerUnit(now, 'municipality', '112011')?.name).toBe('川越市');
    expect(formerUnit(now, 'council', 'old')?.name).toBe('川越市協議会');
    for (const code of ['112038', '112062', '113018']) expect(formerUnit(now, 'municipality', code)).toBeUndefined();
  });
});
