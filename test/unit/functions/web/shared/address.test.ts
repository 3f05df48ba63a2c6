import { describe, expect, it } from 'vitest';
import { parametersOf, withParameters } from '../../../../../functions/web/shared/address.ts';

describe('addresses', () => {
  it('take parameters beside those they have, and none that is absent', () => {
    expect(withParameters('/a?x=1', { y: '2', z: undefined })).toBe('/a?x=1&y=2');
    expect(withParameters('/a?x=1', { x: '2' })).toBe('/a?x=2');
    expect(withParameters('/a', { z: undefined })).toBe('/a');
  });

  it('give their parameters back', () => {
    expect(parametersOf('?q=%E5%B7%9D&page=2')).toEqual([
      ['q', '川'],
      ['page', '2'],
    ]);
    expect(parametersOf('')).toEqual([]);
  });
});
