import { describe, expect, it } from 'vitest';
import { withKept } from '../../../../../functions/web/fields/kept.ts';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';

const kept: Posted = new Map([
  ['contact.remarks', ['長い文章']],
  ['contact.person', ['前の担当者']],
]);
const drawer = { keep: async () => undefined, kept: async (name: string) => (name === 'known' ? kept : undefined) };

describe('a post of a page that could not carry everything', () => {
  it('has what was kept where the page has no field', async () => {
    const post: Posted = new Map([
      ['kept', ['known']],
      ['contact.person', ['']],
    ]);
    expect(await withKept(post, drawer)).toEqual(
      new Map([
        ['contact.remarks', ['長い文章']],
        ['contact.person', ['']],
      ]),
    );
  });

  it('has what was kept where the field to write it anew is empty', async () => {
    const anew = (text: string): Posted =>
      new Map([
        ['kept', ['known']],
        ['contact.remarks', [text]],
        ['contact.remarks:keep', ['typed']],
        ['contact.person', ['主任']],
      ]);
    expect(await withKept(anew(''), drawer)).toEqual(
      new Map([
        ['contact.remarks', ['長い文章']],
        ['contact.person', ['主任']],
      ]),
    );
    const whole = await withKept(anew('新しい文章'), drawer);
    expect(whole !== 'gone' && whole.get('contact.remarks')).toEqual(['新しい文章']);
  });

  it('is as it is where nothing was kept', async () => {
    const post: Posted = new Map([['contact.person', ['主任']]]);
    expect(await withKept(post, drawer)).toBe(post);
  });

  it('is not taken for whole once that is kept no more', async () => {
    expect(await withKept(new Map([['kept', ['unknown']]]), drawer)).toBe('gone');
  });
});
