import { describe, expect, it } from 'vitest';
import { postedHandout, readHandout, typedFrom } from '../../../../../functions/web/publish/handout-form.ts';
import type { Handout } from '../../../../../schemas/handout.ts';

function posted(fields: Readonly<Record<string, string | readonly string[]>>) {
  return readHandout(postedHandout((name) => [fields[name] ?? []].flat()));
}

describe('the form of what a report is made of', () => {
  it('gives back what it was filled with', () => {
    const handouts: Handout[] = [
      {},
      { parts: [] },
      { parts: ['tables', 'units'], spellsKinds: true },
      { byClass: 'area' },
      {
        proposalsTitle: '県の活動',
        proposals: [
          { title: '甲', issues: '一\n二' },
          { title: '乙', policies: '三' },
        ],
      },
    ];
    for (const handout of handouts) expect(readHandout(typedFrom(handout))).toEqual({ ok: true, handout });
  });

  it('takes out matters that are left empty, and closes up', () => {
    expect(posted({ 'title.3': '丁', parts: ['tables', 'charts', 'comparison', 'list', 'findings'] })).toEqual({
      ok: true,
      handout: { proposals: [{ title: '丁' }] },
    });
  });

  it('names the field as it was shown, also behind an empty matter', () => {
    const read = posted({ 'title.1': '乙', 'issues.1': 'あ'.repeat(3001) });
    expect(read.ok ? [] : read.errors.map(({ path }) => path)).toEqual(['issues.1']);
  });

  it('knows no other parts', () => {
    expect(posted({ parts: ['tables', 'nothing'] })).toEqual({ ok: true, handout: { parts: ['tables'] } });
  });
});
