import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { receiptOf, sealOf } from '../../../../functions/storage/seal.ts';

const content = {
  round: 'r6',
  form: 'scratch-form',
  formVersion: 2024,
  unit: '111007',
  version: 1,
  answers: { overview: { status: 'established', meetings: 12 } },
  reasons: {},
};

describe('the seal of a version', () => {
  it('is the SHA-256 of its canonical JSON: members sorted, no white space', () => {
    const canonical =
      '{"answers":{"overview":{"meetings":12,"status":"established"}},"form":"scratch-form","formVersion":2024,"reasons":{},"round":"r6","unit":"111007","version":1}';
    expect(sealOf(content)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('covers nothing else', () => {
    const more = { ...content, submittedAt: '2024-10-15T03:00:00.000Z', late: true };
    expect(sealOf(more)).toBe(sealOf(content));
  });

  it.each([
    ['an answer', { answers: { overview: { status: 'established', meetings: 13 } } }],
    ['a reason', { reasons: { 'overview.meetings.many': '多い' } }],
    ['the unit', { unit: '112038' }],
    ['the version', { version: 2 }],
  ])('changes with %s', (_, change) => {
    expect(sealOf({ ...content, ...change })).not.toBe(sealOf(content));
  });
});

describe('a receipt', () => {
  it('names the round, the log number and the beginning of the hash', () => {
    expect(receiptOf({ round: 'r6', unit: '112011', version: 2 }, '9f86d081884c7d65')).toBe('r6-112011-2-9F86D0');
  });
});
