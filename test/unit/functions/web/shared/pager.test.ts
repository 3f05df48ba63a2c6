import { describe, expect, it } from 'vitest';
import { pageOfList, pageWanted } from '../../../../../functions/web/shared/pager.tsx';

const numbers = Array.from({ length: 250 }, (_, index) => index);

describe('a page of a list', () => {
  it('holds as much as it may, and the last one the rest', () => {
    expect(pageOfList(numbers, 1, 100).shown).toHaveLength(100);
    expect(pageOfList(numbers, 3, 100)).toEqual({ shown: numbers.slice(200), page: 3, pages: 3 });
  });

  it('is the last one for a number beyond it, and the only one of an empty list', () => {
    expect(pageOfList(numbers, 99, 100).page).toBe(3);
    expect(pageOfList([], 1, 100)).toEqual({ shown: [], page: 1, pages: 1 });
  });

  it('is never without the item that is larger than it', () => {
    expect(pageOfList([5, 20, 5], 2, 10, (size) => size)).toEqual({ shown: [20], page: 2, pages: 3 });
  });
});

it.each([
  [undefined, 1],
  ['3', 3],
  ['0', 1],
  ['-1', 1],
  ['x', 1],
])('the address %s asks for page %i', (text, page) => {
  expect(pageWanted(text)).toBe(page);
});
