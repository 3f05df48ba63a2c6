import { describe, expect, it } from 'vitest';
import { exportIdAfter } from '../../../../functions/storage/export-items.ts';
import { exportIdPattern } from '../../../../functions/storage/keys.ts';

const at = new Date('2024-11-01T12:00:00.987+09:00');

describe('the id of an export', () => {
  it('is when it was started, in UTC, and six random characters', () => {
    expect(exportIdAfter(undefined, at, () => 0)).toBe('20241101T030000Z-AAAAAA');
    expect(exportIdAfter(undefined, at, () => 0.999)).toBe('20241101T030000Z-777777');
    expect(exportIdAfter(undefined, at, Math.random)).toMatch(exportIdPattern);
  });

  it('sorts behind the one before it, also in the same second and when the clock went back', () => {
    expect(exportIdAfter('20241101T030000Z-777777', at, () => 0)).toBe('20241101T030001Z-AAAAAA');
    expect(exportIdAfter('20241231T235959Z-777777', at, () => 0)).toBe('20250101T000000Z-AAAAAA');
  });

  it('is the time itself after an older one', () => {
    expect(exportIdAfter('20241101T025958Z-777777', at, () => 0)).toBe('20241101T030000Z-AAAAAA');
  });
});
