import { describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../../functions/domain/content-types.ts';

describe('the media type of an exported file', () => {
  it('follows from its ending, with the character set of texts', () => {
    expect(contentTypeOf('public/municipal-survey.csv')).toBe('text/csv; charset=utf-8');
    expect(contentTypeOf('manifest.json')).toBe('application/json; charset=utf-8');
  });

  it('is plain bytes where the ending says nothing', () => {
    for (const path of ['', 'file', 'csv/file', 'archive.unknown', 'x.constructor'])
      expect(contentTypeOf(path)).toBe('application/octet-stream');
  });
});
