import { describe, expect, it } from 'vitest';
import { keptReasons } from '../../../../../functions/web/answer/long-reasons.ts';
import { createPaths } from '../../../../../functions/web/shared/paths.ts';
import type { Posted } from '../../../../../functions/web/fields/posted.ts';

const place = { round: 'R6', form: 'survey', unit: '112321' };
const heavy = '理'.repeat(5_000);

async function kept(post: Posted, name: string | undefined) {
  const keeps: Posted[] = [];
  const drawer = {
    keep: async (typed: Posted) => {
      keeps.push(typed);
      return name;
    },
    kept: async () => undefined,
  };
  // Of a visit, only what reasons need.
  const opened = { place, visit: { drawer, paths: createPaths('') } };
  return { reasons: await keptReasons(opened, post), keeps };
}

describe('reasons as typed', () => {
  it('are not kept where they are not far too long', async () => {
    const post: Posted = new Map([
      ['reason:a.same', ['理'.repeat(1_500)]],
      ['etag', [heavy]],
    ]);
    expect(await kept(post, 'name')).toEqual({ reasons: undefined, keeps: [] });
  });

  it('are kept whole otherwise, with the way to them', async () => {
    const reason: [string, string[]] = ['reason:a.same', [heavy]];
    const { reasons, keeps } = await kept(new Map([reason, ['part', ['1']]]), 'name');
    expect(keeps).toEqual([new Map([reason])]);
    expect(reasons).toEqual({
      name: 'name',
      files: new Map([['reason:a.same', '/rounds/R6/returns/survey/112321/text?field=reason%3Aa.same&kept=name']]),
    });
  });

  it('stay in the page where they cannot be kept', async () => {
    expect((await kept(new Map([['reason:a.same', [heavy]]]), undefined)).reasons).toBeUndefined();
  });
});
