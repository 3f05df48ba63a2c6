/** A questionnaire that is written to a workbook is read from it as the same, whatever it holds. */

import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import { kindWords } from '../../../../../functions/domain/questionnaire/columns.ts';
import { documents } from '../../../support/arbitrary-documents.ts';
import { given } from '../../../support/sheets.ts';

it('gives the same document, byte for byte', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(documents, (document) => {
      const written = writeQuestionnaire(document);
      for (const { columns, rows } of written)
        if (columns.name === '設問') for (const row of rows) seen.add(String(row[columns.headings.indexOf('種類')]));
      const read = readQuestionnaire(given(written), {});
      expect('errors' in read ? read.errors : read.notices).toEqual([]);
      expect(canonicalize('document' in read ? read.document : undefined)).toBe(canonicalize(document));
    }),
    { numRuns: 60 },
  );
  expect(kindWords.filter((word) => !seen.has(word))).toEqual([]);
});

it('calls who answers as the directory does, and takes the id of a kind as well', () => {
  const [document] = fc.sample(documents, { numRuns: 1, seed: 1 });
  if (document === undefined) throw new Error('no document');
  const asked = { ...document, units: 'office' };
  const kinds = new Map([['office', '相談支援事業所']]);
  for (const written of [writeQuestionnaire(asked, kinds), writeQuestionnaire(asked)]) {
    const read = readQuestionnaire(given(written), { kinds });
    expect('document' in read ? read.document.units : read.errors).toBe('office');
  }
  expect(JSON.stringify(writeQuestionnaire(asked, kinds)[0])).toContain('相談支援事業所');
});
