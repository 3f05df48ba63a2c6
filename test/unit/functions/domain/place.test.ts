import { describe, expect, it } from 'vitest';
import { pathOf } from '../../../../functions/domain/place.ts';
import type { Place } from '../../../../functions/domain/place.ts';
import type { Json } from '../../../../schemas/return.ts';

const bodies: Place = { around: undefined, key: 'bodies' };

function entryOf(entries: readonly Json[], index: number): Place {
  return { around: bodies, entries, index };
}

describe('the path of a place', () => {
  it('joins the keys from the root', () => {
    expect(pathOf(bodies)).toBe('bodies');
    expect(pathOf({ around: { around: bodies, key: 'chair' }, key: 'name' })).toBe('bodies.chair.name');
  });

  it('names entries by their ids', () => {
    const plenary = entryOf([{ id: 'plenary' }, { id: 'working' }], 0);
    expect(pathOf({ around: plenary, key: 'heldOn' })).toBe('bodies.plenary.heldOn');
  });

  it('names entries by position where the id is missing or doubled', () => {
    const entries = [{ id: 'a' }, {}, { id: 'a' }, { id: 'b' }];
    expect(entries.map((_, index) => pathOf(entryOf(entries, index)))).toEqual([
      'bodies.0',
      'bodies.1',
      'bodies.2',
      'bodies.b',
    ]);
  });
});
