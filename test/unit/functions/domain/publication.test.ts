import { describe, expect, it } from 'vitest';
import { editionToFill, madeBefore } from '../../../../functions/domain/publication.ts';
import type { WantedExport } from '../../../../functions/domain/publication.ts';

describe('an export', () => {
  const newest = { edition: 2, seq: 7 };

  it('made before the newest edition was published cannot be the next one, and what to do is said', () => {
    expect(madeBefore(newest, 6)).toEqual({
      code: 'older-than-published',
      detail: '第2版を公表した後に、新しい出力を行ってください。',
    });
  });

  it('that has seen that publication can, as can any before the first', () => {
    expect([7, 8].map((seq) => madeBefore(newest, seq))).toEqual([undefined, undefined]);
    expect(madeBefore(undefined, 1)).toBeUndefined();
  });
});

describe('which edition an export becomes', () => {
  const wanted: WantedExport = { status: 'done', isLive: false, seq: 7 };
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

  it.each<[string, WantedExport | undefined, Parameters<typeof editionToFill>[1]]>([
    ['not-found', undefined, published],
    ['already-published', { ...wanted, edition: 1 }, published],
    ['export-not-done', { ...wanted, status: 'running' }, published],
    ['export-not-done', { ...wanted, status: 'failed' }, published],
    ['export-not-done', { ...wanted, status: 'written', isLive: true }, published],
    ['older-than-published', { ...wanted, seq: 4 }, published],
    ['older-than-published', { ...wanted, seq: 4 }, copying],
    ['publication-running', wanted, { ...copying, isLive: true }],
    ['publication-running', wanted, { ...sealed, isLive: true }],
  ])('is refused as %s; case %#', (code, export_, last) => {
    expect(editionToFill(export_, last, newest)).toMatchObject({ ok: false, problem: { code } });
  });

  it('may be one whose run died after the files were complete', () => {
    expect(editionToFill({ ...wanted, status: 'written' }, undefined, undefined).ok).toBe(true);
  });
});
