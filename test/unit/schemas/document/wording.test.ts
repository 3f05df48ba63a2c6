import { describe, expect, it } from 'vitest';
import { differInWords } from '../../../../schemas/document/wording.ts';
import { readDocument } from '../../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../../schemas/document/form-document.ts';

const held = {
  key: 'held',
  kind: 'choice',
  label: '開催',
  options: [
    { key: 'yes', label: 'した' },
    { key: 'no', label: 'していない' },
  ],
};
const times = { key: 'times', kind: 'count', label: '回数', unit: '回', when: 'held = "yes"' };
const rule = { name: 'many', at: 'q.times', severity: 'note', if: 'times > 50', message: '多くないですか。' };

function document(more: object, questions: object[] = [held, times]): FormDocument {
  const sections = [{ key: 'q', label: '対応', questions }];
  const plain = { id: 'kept', version: 2025, title: '照会', units: 'municipality', rules: [rule], measures: [] };
  const read = readDocument(JSON.parse(JSON.stringify({ ...plain, sections, ...more })));
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

describe('a questionnaire under another number', () => {
  const before = document({});

  it.each([
    ['as it was', document({ version: 2026 })],
    ['with another title and help', document({ version: 2026, title: '照会（改）', help: '実人数' })],
    [
      'with other labels, numbers and help',
      document({}, [{ ...held, number: '問1', label: '実施', help: '会議' }, times]),
    ],
    [
      'with other names of options',
      document({}, [{ ...held, options: [{ key: 'yes', label: '開いた' }, held.options[1]] }, times]),
    ],
    ['with another message', document({ rules: [{ ...rule, message: '多いようです。', readyMade: ['大会のため'] }] })],
  ])('%s says the same', (_, after) => expect(differInWords(before, after)).toBe(true));

  it.each([
    ['another unit', document({}, [held, { ...times, unit: '件' }])],
    ['another condition', document({}, [held, { ...times, when: 'held = "no"' }])],
    ['a limit', document({}, [held, { ...times, max: 99 }])],
    ['a question required', document({}, [{ ...held, required: true }, times])],
    ['an option more', document({}, [{ ...held, options: [...held.options, { key: 'part', label: '一部' }] }, times])],
    ['options in another order', document({}, [{ ...held, options: held.options.toReversed() }, times])],
    ['another check', document({ rules: [{ ...rule, if: 'times > 60' }] })],
    ['another visibility', document({}, [{ ...held, visibility: 'tally' }, times])],
    ['a column of the list by unit', document({}, [{ ...held, listed: '開催の有無' }, times])],
  ])('with %s does not', (_, after) => expect(differInWords(before, after)).toBe(false));
});
