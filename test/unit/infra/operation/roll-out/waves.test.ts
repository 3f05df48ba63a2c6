import { describe, expect, it } from 'vitest';
import { rollOut, wavesOf } from '../../../../../infra/operation/roll-out/waves.ts';

const prefectures = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Steps that note what they did; those named fail. */
function steps({ deploying = [], checking = [] }: { deploying?: string[]; checking?: string[] } = {}) {
  const done: string[] = [];
  const lines: string[] = [];
  const step = (what: string, failing: readonly string[]) => async (prefecture: string) => {
    done.push(`${what} ${prefecture}`);
    if (failing.includes(prefecture)) throw new Error(`${what} failed`);
  };
  return {
    done,
    lines,
    say: (line: string) => lines.push(line),
    deploy: step('deploy', deploying),
    check: step('check', checking),
  };
}

describe('the waves of a release', () => {
  it('are the canary alone, then the others, so many at a time, each once', () => {
    expect(wavesOf({ canary: 'c', prefectures, waveSize: 2 })).toEqual([['c'], ['a', 'b'], ['d', 'e'], ['f']]);
    expect(wavesOf({ canary: 'a', prefectures: ['a'], waveSize: 5 })).toEqual([['a']]);
  });

  it.each([
    [{ canary: 'z', prefectures, waveSize: 2 }, 'z'],
    [{ canary: 'a', prefectures, waveSize: 0 }, '1以上'],
    [{ canary: 'a', prefectures, waveSize: Number.NaN }, '1以上'],
  ])('cannot be %j', (plan, message) => {
    expect(() => wavesOf(plan)).toThrow(message);
  });
});

describe('rolling out', () => {
  const plan = { canary: 'c', prefectures, waveSize: 2 };

  it('deploys to each and checks it before the next wave begins', async () => {
    const all = steps();
    expect(await rollOut(plan, all)).toBe(true);
    expect(all.done.slice(0, 2)).toEqual(['deploy c', 'check c']);
    expect(all.done.slice(2, 6).toSorted()).toEqual(['check a', 'check b', 'deploy a', 'deploy b']);
    expect(all.done).toHaveLength(12);
  });

  it.each([
    ['deployment', { deploying: ['c'] }, ['deploy c']],
    ['check', { checking: ['c'] }, ['deploy c', 'check c']],
  ])('stops after the canary whose %s fails', async (_what, failing, done) => {
    const all = steps(failing);
    expect(await rollOut(plan, all)).toBe(false);
    expect(all.done).toEqual(done);
    expect(all.lines.at(-1)).toBe('c に失敗したため、ここで止めます。まだ配備していない県: a、b、d、e、f');
  });

  it('finishes the wave in which one fails, and begins no other', async () => {
    const all = steps({ deploying: ['a'] });
    expect(await rollOut(plan, all)).toBe(false);
    expect(all.done).toContain('check b');
    expect(all.done).not.toContain('check a');
    expect(all.done.filter((each) => /[def]$/.test(each))).toEqual([]);
  });
});
