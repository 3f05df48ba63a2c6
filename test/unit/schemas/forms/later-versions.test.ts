/** What only the shipped forms know holds of their later versions, and of those that a prefecture goes on with. */

import { describe, expect, it } from 'vitest';
import { isDraft } from '../../../../schemas/compile.ts';
import { councilReportIn } from '../../../../schemas/forms/council-report/facts.ts';
import { councilReport2025 } from '../../../../schemas/forms/council-report/v2025.ts';

describe('the answers to a later version', () => {
  const body = { id: 'plenary', kind: 'plenary', name: '全体会' };

  it('are known without the questions that were added', () => {
    const answers = { profile: { contact: { department: '障害福祉課' } }, bodies: [body] };
    expect(isDraft(councilReport2025, answers)).toBe(true);
    expect(councilReportIn(answers)?.bodies).toEqual([body]);
  });

  it('are known without the options that were added, at any depth', () => {
    const answers = { profile: { setup: 'elsewhere' }, bodies: [{ ...body, tier: 'elsewhere', added: [{ id: 'a' }] }] };
    expect(councilReportIn(answers)?.bodies).toEqual([body]);
  });

  it('are not known where a list of bodies is something else', () => {
    expect(councilReportIn({ bodies: 3 })?.bodies).toBeUndefined();
    expect(councilReportIn(['bodies'])).toBeUndefined();
    expect(councilReportIn(null)).toBeUndefined();
  });
});
