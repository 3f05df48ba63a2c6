/** That what the documents name is there: a walk through files that have moved misleads. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const project = new URL('../..', import.meta.url);
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md'];
const textOf = (document: string): string => readFileSync(new URL(document, project), 'utf8');

const folders = 'schemas|functions|infra|test|\\.devcontainer|\\.github';
const inCode = new RegExp(`(?<![\\w./-])(?:${folders})/[\\w./-]*|\`([\\w.-]+\\.(?:md|json|ts))\``, 'g');
const linked = /\]\((?!https?:|#)([^)]+)\)/g;

function pathsIn(text: string): string[] {
  return [...text.matchAll(inCode), ...text.matchAll(linked)]
    .map(([whole, name]) => name ?? whole)
    .filter((path) => !['latest.json', 'manifest.json'].includes(path));
}

describe.each(documents)('%s', (document) => {
  it('names files and folders that are there', () => {
    const paths = pathsIn(textOf(document));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(new URL(path, project)))).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')));
    const named = [...textOf(document).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

it('a path that is not there would be found', () => {
  expect(pathsIn('see `functions/web/gone.ts`, [this](gone.md) and `schemas/kinds/`')).toEqual([
    'functions/web/gone.ts',
    'schemas/kinds/',
    'gone.md',
  ]);
});

it('the build runs the README’s test command', () => {
  const [, command = 'none'] = /## Test it\s+```\n(.+)\n```/.exec(textOf('README.md')) ?? [];
  expect(textOf('.ci/run').split('\n')).toContain(command);
});
