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
  fc.assert(
    fc.property(documents, (document) => {
      const read = readQuestionnaire(given(writeQuestionnaire(document)), {});
      expect('errors' in read ? read.errors : read.notices).toEqual([]);
      expect(canonicalize('document' in read ? read.document : undefined)).toBe(canonicalize(document));
    }),
    { numRuns: 60 },
  );
});

it('is tried with every kind of question', () => {
  // Of the same documents in every run: sixty others miss a kind now and then.
  const questions = fc
    .sample(documents, { numRuns: 60, seed: 1 })
    .flatMap((document) => writeQuestionnaire(document))
    .filter(({ columns }) => columns.name === '設問');
  const kinds = new Set(
    questions.flatMap(({ columns, rows }) => rows.map((row) => row[columns.headings.indexOf('種類')])),
  );
  expect(kindWords.filter((word) => !kinds.has(word))).toEqual([]);
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
