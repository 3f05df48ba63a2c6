import { describe, expect, it } from 'vitest';
import { startsOf, versionOn, withNext } from '../../../../functions/domain/directory-calendar.ts';
import type { DirectoryCalendar } from '../../../../functions/domain/directory-calendar.ts';

const none: DirectoryCalendar = { newest: 0, starts: {} };

/** Versions saved one after the other: [saved on, first day]. */
function saved(...versions: readonly (readonly [savedOn: string, validFrom?: string])[]): DirectoryCalendar {
  return versions.reduce((calendar, [savedOn, validFrom]) => withNext(calendar, { validFrom }, savedOn), none);
}

describe('the version in force on a day', () => {
  it('is none before the first version', () => {
    expect(versionOn(none, '2024-09-30')).toBeUndefined();
  });

  it('is the one with the latest first day not after it', () => {
    const calendar = saved(['2024-01-10', '2024-04-01'], ['2024-01-11', '2025-04-01']);
    expect(['2024-04-01', '2025-03-31', '2025-04-01', '2030-01-01'].map((day) => versionOn(calendar, day))).toEqual([
      1, 1, 2, 2,
    ]);
  });

  it('is, of two with the same first day, the one saved later', () => {
    expect(versionOn(saved(['2024-01-10', '2024-04-01'], ['2024-06-01', '2024-04-01']), '2024-04-01')).toBe(2);
  });

  it('is not an older one because it was saved later', () => {
    const calendar = saved(['2024-10-01'], ['2024-10-02', '2022-04-01']);
    expect(['2022-03-31', '2022-04-01', '2024-09-30', '2024-10-01'].map((day) => versionOn(calendar, day))).toEqual([
      1, 2, 2, 1,
    ]);
  });

  it('is, for one saved without a day, that from the day it was saved; a plan stays one', () => {
    const calendar = saved(['2024-10-01'], ['2024-10-02', '2025-04-01'], ['2024-10-03']);
    expect(['2024-10-02', '2024-10-03', '2025-03-31', '2025-04-01'].map((day) => versionOn(calendar, day))).toEqual([
      1, 3, 3, 2,
    ]);
  });

  it('is, before every first day, the latest without a day of its own, or else the earliest', () => {
    expect(versionOn(saved(['2024-10-01'], ['2024-10-03'], ['2024-10-04', '2025-04-01']), '2023-09-30')).toBe(2);
    expect(versionOn(saved(['2024-10-01', '2025-04-01'], ['2024-10-02', '2024-11-01']), '2023-09-30')).toBe(2);
  });
});

describe('the versions by first day', () => {
  it('come in the order in which they come into force', () => {
    const calendar = saved(['2024-10-01'], ['2024-10-02', '2025-04-01'], ['2024-10-03', '2022-04-01']);
    expect(startsOf(calendar)).toEqual([
      { day: '2022-04-01', version: 3 },
      { day: '2024-10-01', version: 1 },
      { day: '2025-04-01', version: 2 },
    ]);
    expect(calendar.newest).toBe(3);
  });
});
