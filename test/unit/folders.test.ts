/**
 * No folder needs, in a circle, a folder that needs it. A folder may import what lies inside it, as a list of modules
 * imports the modules that it lists, or be imported from there, as a vocabulary is; not both.
 */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const project = new URL('../..', import.meta.url).pathname;

type Arrow = readonly [from: string, to: string];

/** The other folders that a file's imports lead to. */
function arrowsOf(file: string, source: string): Arrow[] {
  const from = path.dirname(file);
  return [...source.matchAll(/(?:from|import\() ?'(?<module>\.[^']+)'/g)].flatMap(({ groups }) => {
    const to = path.dirname(path.join(from, groups?.['module'] ?? ''));
    return from === to ? [] : [[from, to] as const];
  });
}

/** The folders of one circle, in the order of the imports; none where there is no circle. */
function circle(arrows: readonly Arrow[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const walk = (folder: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(folder)) return [...trail.slice(trail.indexOf(folder)), folder];
    if (done.has(folder)) return [];
    for (const to of next.get(folder) ?? []) {
      const found = walk(to, [...trail, folder]);
      if (found.length > 0) return found;
    }
    done.add(folder);
    return [];
  };
  for (const folder of next.keys()) {
    const found = walk(folder, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe('the folders', () => {
  it('do not import each other in a circle', () => {
    const files = globSync('{schemas,functions,infra}/**/*.{ts,tsx}', { cwd: project });
    const arrows = files.flatMap((file) => arrowsOf(file, readFileSync(path.join(project, file), 'utf8')));
    expect(arrows.length).toBeGreaterThan(1000);
    expect(circle(arrows)).toEqual([]);
  });

  it('would be found if they did', () => {
    const arrows = [
      ...arrowsOf('a/x.ts', "import { y } from '../b/y.ts';"),
      ...arrowsOf('b/y.ts', "const z = await import('../c/z.ts');"),
      ...arrowsOf('c/z.ts', "import type { X } from '../a/x.ts';"),
    ];
    expect(circle(arrows)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('nor a folder and one inside it', () => {
    const down = arrowsOf('a/x.ts', "import { part } from './parts/part.ts';");
    const up = arrowsOf('a/parts/part.ts', "import type { X } from '../x.ts';");
    expect(circle(down)).toEqual([]);
    expect(circle(up)).toEqual([]);
    expect(circle([...down, ...up])).toEqual(['a', 'a/parts', 'a']);
  });
});
