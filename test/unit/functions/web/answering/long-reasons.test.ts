import { describe, expect, it } from 'vitest';
import { shownReasons } from '../../../../../functions/web/answering/long-reasons.ts';
import { createPaths } from '../../../../../functions/web/paths.ts';
import type { Posted } from '../../../../../functions/web/posted/posted.ts';

const place = { round: 'R6', form: 'survey', unit: '112321' };
const heavy = '理'.repeat(5_000);

function shown(post: Posted, name: string | undefined) {
  const drawer = { keep: async () => name, kept: async () => undefined };
  // Of a visit, only what reasons need.
  const opened = { place, visit: { drawer, paths: createPaths('') } };
  return shownReasons(opened, post);
}

describe('reasons as typed', () => {
  it('are whole where they are not far too long', async () => {
    const post: Posted = new Map([['reason:a.same', ['理'.repeat(1_500)]], ['etag', [heavy]]]);
    expect(await shown(post, 'name')).toEqual({ post, files: new Map() });
  });

  it('are shown by their beginning otherwise, with the way to the whole', async () => {
    const { post, files } = await shown(new Map([['reason:a.same', [heavy]], ['part', ['1']]]), 'name');
    expect(post).toEqual(new Map([['reason:a.same', ['理'.repeat(1_000)]], ['part', ['1']]]));
    expect(files).toEqual(new Map([['reason:a.same', '/rounds/R6/returns/survey/112321/text?field=reason%3Aa.same&kept=name']]));
  });

  it('are whole where they cannot be kept', async () => {
    const post: Posted = new Map([['reason:a.same', [heavy]]]);
    expect((await shown(post, undefined)).post).toEqual(post);
  });
});
