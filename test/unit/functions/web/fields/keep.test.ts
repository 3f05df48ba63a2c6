import { describe, expect, it } from 'vitest';
import {
  keepMark,
  keepsStored,
  keepsTyped,
  overStored,
  storedMark,
  withoutLeftEmpty,
} from '../../../../../functions/web/fields/keep.ts';
import { readPosted } from '../../../../../functions/web/fields/read.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Json } from '../../../../../schemas/return.ts';

const text = '目'.repeat(10_000);

function anew(path: string, stored: Json, values: readonly string[] = ['']): [string, readonly string[]][] {
  return [
    [path, values],
    [keepMark(path), [storedMark(stored)]],
  ];
}

describe('a field to write a text anew', () => {
  it('keeps the text that it is the field of while it is empty', () => {
    expect(keepsStored(new Map(anew('a.x', text)), 'a.x', text)).toBe(true);
    expect(keepsStored(new Map(anew('a.x', ['一', '二'], ['', ''])), 'a.x', ['一', '二'])).toBe(true);
  });

  it('says what is written into it', () => {
    expect(keepsStored(new Map(anew('a.x', text, ['新'])), 'a.x', text)).toBe(false);
    for (const mark of ['a.x:none', 'a.x:na'])
      expect(keepsStored(new Map([...anew('a.x', text), [mark, ['1']]]), 'a.x', text)).toBe(false);
  });

  it('clears another text than the one that it is the field of', () => {
    expect(keepsStored(new Map(anew('a.x', text)), 'a.x', `${text}。`)).toBe(false);
    expect(keepsStored(new Map(anew('a.x', text)), 'a.x', undefined)).toBe(false);
    expect(keepsStored(new Map([['a.x', ['']]]), 'a.x', text)).toBe(false);
  });

  it('leaves a text that is kept elsewhere to that', () => {
    const post = new Map([
      ['a.x', ['']],
      [keepMark('a.x'), [keepsTyped]],
      ['reason:b', ['']],
      [keepMark('reason:b'), [keepsTyped]],
      ['a.y', ['']],
    ]);
    expect([...withoutLeftEmpty(post, (path) => path !== 'a.x').keys()]).toEqual(['a.x', keepMark('a.x'), 'a.y']);
    expect([...withoutLeftEmpty(post, () => true).keys()]).toEqual(['a.y']);
  });
});

describe('a post as a page shows it', () => {
  it('has the stored answers where it had no field, or nothing was written anew', () => {
    const own = new Map([
      ['a.x', ['長']],
      ['a.y', ['長']],
      ['a.z', ['']],
      ['a.z:none', ['1']],
    ]);
    const post = new Map([...anew('a.x', '長'), ['a.z', ['', '三']], ['etag', ['"1"']]]);
    expect(overStored(own, post)).toEqual(
      new Map([
        ['a.x', ['長']],
        ['a.y', ['長']],
        ['a.z', ['', '三']],
        ['etag', ['"1"']],
      ]),
    );
  });
});

describe('reading a post', () => {
  const items = councilReport2024.items.get('profile')?.children ?? [];
  const stored = { purpose: text, goals: ['一', '二'], partners: [{ id: 'p', name: '甲', role: text }] };
  const read = (...fields: [string, readonly string[]][]) =>
    readPosted(items, new Map(fields), 'profile', stored).value;

  it('keeps texts, lists of them, and those of entries that nobody wrote anew', () => {
    const partners: [string, readonly string[]][] = [
      ['profile.partners', ['', 'p']],
      ...anew('profile.partners.p.role', text),
    ];
    expect(read(...anew('profile.purpose', text), ...anew('profile.goals', stored.goals), ...partners)).toEqual(stored);
  });

  it('takes what was written anew, and clears what was written and is cleared again', () => {
    expect(read(...anew('profile.purpose', text, ['新しい目的']))).toEqual({ ...stored, purpose: '新しい目的' });
    const { purpose: _purpose, ...others } = stored;
    expect(read(...anew('profile.purpose', '前の目的'))).toEqual(others);
  });
});
