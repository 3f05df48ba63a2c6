import { describe, expect, it } from 'vitest';
import { mostTextCharacters, roundTexts } from '../../../schemas/round-texts.ts';

const accepts = (texts: unknown): boolean => roundTexts.safeParse(texts).success;

describe('the texts of a round', () => {
  it('are plain texts of paragraphs, or absent', () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ request: '各市町村長　様\n\n　御回答をお願いします。\t以上' })).toBe(true);
    expect(accepts({ instructions: '<b>そのまま</b>' })).toBe(true);
  });

  it('are not blank, not longer than they may be as people count, and hold nothing that cannot be stored', () => {
    expect(accepts({ request: '' })).toBe(false);
    expect(accepts({ request: ' \n\u3000\u200B' })).toBe(false);
    expect(accepts({ request: 'あ'.repeat(mostTextCharacters) })).toBe(true);
    expect(accepts({ request: 'あ'.repeat(mostTextCharacters + 1) })).toBe(false);
    expect(accepts({ instructions: 'a\u0000' })).toBe(false);
    expect(accepts({ instructions: '\uD800' })).toBe(false);
    expect(accepts({ guide: '別の名前' })).toBe(false);
  });
});
