/** What rounds of earlier releases ask stays what it was, whatever the forms become. */

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../../schemas/document/of-form.ts';
import { drift } from '../../../../schemas/drift.ts';
import { forms } from '../../../../schemas/forms/catalogue.ts';
import { formOf } from '../../../../schemas/round-forms.ts';
import { round } from './returns.ts';

/** Never to be changed. */
const released = {
  'municipal-survey': 'f86a54169a538c7d9c7d80625b4b8c11917598bcef50f7b7b6a0aacc53655718',
  'council-report': 'cda9786fb990aad1e1df2bd13c71cecfba43dc5d9f15a57840a84e772612be2e',
  'coordination-meeting': '1e5a2cf1b0f7978ae291cf7f44a47928ec79c0298c132e016ca4ae13454bbae1',
} as const;

describe.each(Object.entries(released))('%s of 2024, as release 0.3.0 asked it', (id, sha256) => {
  const { documents: _, ...unpinning } = { ...round, forms: { [id]: 2024 }, compareYear: undefined };
  const asked = formOf(forms, unpinning, id);
  const now = forms.get(id)?.get(2024);

  it('is what a round asks that pins its number and no document', () => {
    if (asked === undefined || now === undefined) throw new Error('is not there');
    const document = documentOf(now.released?.() ?? now);
    expect(
      createHash('sha256')
        .update(canonicalize(document) ?? '')
        .digest('hex'),
    ).toBe(sha256);
    expect([...asked.items.keys()]).toEqual([...now.items.keys()]);
  });

  it('has the questions and options of the one that ships now, under the same ids', () => {
    if (asked === undefined || now === undefined) throw new Error('is not there');
    const { added, retired, options, incompatible } = drift(now.released?.() ?? now, now);
    expect([added, retired, options, incompatible]).toEqual([[], [], [], []]);
  });
});

it('rounds of today are asked what ships today', () => {
  const wider = (form = forms.get('municipal-survey')?.get(2024)) =>
    form?.items.get('issues.widerArea')?.kind.emptyLabel;
  expect(wider()).toBe('自市町村で対応');
  expect(wider(forms.get('municipal-survey')?.get(2024)?.released?.())).toBeUndefined();
});
