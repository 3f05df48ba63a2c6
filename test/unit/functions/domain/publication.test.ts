import { describe, expect, it } from 'vitest';
import { contentOf, editionToFill, newestOf, whyNotPublished } from '../../../../functions/domain/publication.ts';
import type { WantedExport } from '../../../../functions/domain/publication.ts';

describe('an export', () => {
  const newest = { edition: 2, seq: 7 };

  it('made before the newest edition was published cannot be the next one, and what to do is said', () => {
    expect(whyNotPublished(newest, { seq: 6, accepted: 1 })).toEqual({
      code: 'older-than-published',
      detail: '第2版を公表した後に、新しい出力を行ってください。',
    });
  });

  it('that has seen that publication can, as can any before the first', () => {
    expect([7, 8].map((seq) => whyNotPublished(newest, { seq, accepted: 1 }))).toEqual([undefined, undefined]);
    expect(whyNotPublished(undefined, { seq: 1, accepted: 1 })).toBeUndefined();
  });
});

describe('an edition that was taken back', () => {
  const [first, second] = [
    { edition: 1, seq: 5 },
    { edition: 2, seq: 7 },
  ];

  it('is followed by an export that knows of it alone, whichever edition it was', () => {
    expect(newestOf([])).toBeUndefined();
    expect(newestOf([first, second])).toEqual(second);
    expect(newestOf([{ ...first, withdrawal: { seq: 6 } }, second])).toEqual(second);
    for (const editions of [
      [first, { ...second, withdrawal: { seq: 9 } }],
      [{ ...first, withdrawal: { seq: 9 } }, second],
    ]) {
      const newest = newestOf(editions);
      expect(whyNotPublished(newest, { seq: 8, accepted: 1 })).toEqual({
        code: 'older-than-published',
        detail: '公表を取りやめた後に、新しい出力を行ってください。',
      });
      expect(whyNotPublished(newest, { seq: 9, accepted: 1 })).toBeUndefined();
    }
  });
});

describe('an export without an accepted return', () => {
  it('is no edition: it would publish nothing', () => {
    const counts = { expected: 2, submitted: 2, accepted: 0, correcting: 0 };
    const asOf = { seq: 7, at: '2024-12-01T00:00:00Z' };
    const content = contentOf({ asOf, forms: { a: counts, b: { ...counts, accepted: 0 } } });
    expect(whyNotPublished(undefined, content)).toEqual({ code: 'nothing-to-publish' });
    expect(contentOf({ asOf, forms: { a: counts, b: { ...counts, accepted: 1 } } })).toEqual({ seq: 7, accepted: 1 });
  });
});

describe('which edition an export becomes', () => {
  const wanted: WantedExport = { status: 'done', isLive: false, seq: 7, accepted: 1 };
  const newest = { edition: 1, seq: 5 };
  const published = { edition: 1, status: 'published', isLive: false } as const;
  const copying = { edition: 2, status: 'copying', isLive: false } as const;
  const sealed = { edition: 2, status: 'sealed', isLive: false } as const;

  it('is the next number, of an abandoned one that number, and a sealed one is completed first', () => {
    expect(editionToFill(wanted, undefined, undefined)).toEqual({ ok: true, value: { edition: 1, what: 'begin' } });
    expect(editionToFill(wanted, published, newest)).toEqual({ ok: true, value: { edition: 2, what: 'begin' } });
    expect(editionToFill(wanted, copying, newest)).toEqual({ ok: true, value: { edition: 2, what: 'takeOver' } });
    expect(editionToFill(wanted, sealed, newest)).toEqual({ ok: true, value: { edition: 2, what: 'complete' } });
    // Once that one is complete, this export is older than it and is refused.
    expect(editionToFill({ ...wanted, seq: 4 }, sealed, newest)).toMatchObject({
      ok: true,
      value: { what: 'complete' },
    });
  });

  it('is the number of a sealed one that an edition was taken back after, which is completed by nobody', () => {
    const after = { edition: 1, seq: 6, isAfterWithdrawal: true } as const;
    const value = (seq: number) => editionToFill(wanted, { ...sealed, content: { seq, accepted: 1 } }, after);
    expect([5, 6].map(value)).toMatchObject([{ value: { what: 'takeOver' } }, { value: { what: 'complete' } }]);
    const live = { ...sealed, isLive: true, content: { seq: 5, accepted: 1 } };
    expect(editionToFill(wanted, live, after)).toMatchObject({ problem: { code: 'publication-running' } });
  });

  it.each<[string, WantedExport | undefined, Parameters<typeof editionToFill>[1]]>([
    ['not-found', undefined, published],
    ['already-published', { ...wanted, edition: 1 }, published],
    ['export-not-done', { ...wanted, status: 'running' }, published],
    ['export-not-done', { ...wanted, status: 'failed' }, published],
    ['export-not-done', { ...wanted, status: 'written', isLive: true }, published],
    ['older-than-published', { ...wanted, seq: 4 }, published],
    ['older-than-published', { ...wanted, seq: 4 }, copying],
    ['nothing-to-publish', { ...wanted, accepted: 0 }, published],
    ['publication-running', wanted, { ...copying, isLive: true }],
    ['publication-running', wanted, { ...sealed, isLive: true }],
  ])('is refused as %s; case %#', (code, export_, last) => {
    expect(editionToFill(export_, last, newest)).toMatchObject({ ok: false, problem: { code } });
  });

  it('may be one whose run died after the files were complete', () => {
    expect(editionToFill({ ...wanted, status: 'written' }, undefined, undefined).ok).toBe(true);
  });
});
