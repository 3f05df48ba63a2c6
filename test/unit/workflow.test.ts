/** The workflow of GitHub calls what there is, as who the accounts let in. Its form was checked with GitHub's own parser. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

const workflow = read('.github/workflows/roll-out.yml');
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
const steps = [...workflow.matchAll(/^ {6}- run: (.+)$/gm)].map(([, command = '']) => command);

function allOf(pattern: RegExp): readonly string[] {
  return [...workflow.matchAll(pattern)].map(([, name = '']) => name);
}

describe('the workflow that rolls a release out', () => {
  it('is started by hand, one at a time', () => {
    expect(workflow).toMatch(/^on:\n {2}workflow_dispatch:$/m);
    expect(workflow).not.toMatch(/^ {2}(?:push|pull_request|schedule)/m);
    expect(workflow).toMatch(/^concurrency: roll-out$/m);
  });

  it('comes as the one environment that the accounts trust, and may read the release and say who it is', () => {
    const [environment] = allOf(/^ {4}environment: (\w+)$/gm);
    expect(read('infra/account/account.template.json')).toContain(`repo:\${Repository}:environment:${environment}"`);
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n {2}id-token: write\njobs:$/m);
  });

  it('runs commands that there are, with options that they know', () => {
    const commands = steps.flatMap((step) => /^npm run ([\w-]+) -- (.*)$/.exec(step)?.slice(1) ?? []);
    expect(commands).toEqual(['roll-out', expect.any(String)]);
    const source = read(/infra\/\S+$/.exec(scripts['roll-out'] ?? '')?.[0] ?? '');
    for (const [, option] of (commands[1] ?? '').matchAll(/--([\w-]+)/g)) expect(source).toContain(`${option}: `);
  });

  it('takes the archive that a release makes, by the name that it has there', () => {
    expect(steps).toContain(`gh release download "$RELEASE" --pattern 'yoriai-*.tar.gz' --output release.tar.gz`);
    expect(read('infra/operation/release.ts')).toMatch(/`yoriai-\$\{version\}-\$\{commit[^`]*\.tar\.gz`/);
    expect(steps.at(-1)).toContain('--release release.tar.gz');
  });

  it('hands inputs on as variables: none is put into a command, where it could be one itself', () => {
    expect(steps.filter((step) => step.includes('${{'))).toEqual([]);
    const inputs = allOf(/^ {6}(\w+):$/gm);
    expect(new Set(allOf(/inputs\.(\w+)/g))).toEqual(new Set(inputs));
    const variables = allOf(/^ {10}([A-Z_]+): \$\{\{/gm);
    const used = steps.flatMap((step) => [...step.matchAll(/"\$(\w+)"/g)].map(([, name]) => name));
    expect(new Set(used)).toEqual(new Set(variables.filter((name) => name !== 'GH_TOKEN')));
  });
});
