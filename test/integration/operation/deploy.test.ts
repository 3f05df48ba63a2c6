/** The command that deploys, with another AWS CLI in its path; the CDK ends where it finds no stack. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal } from '../../../infra/operation/release/archive.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

let folder: string;
let release: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-'));
  release = join(folder, 'release.tar.gz');
  const content = join(folder, 'content');
  const programs = join(folder, 'bin');
  await Promise.all([mkdir(content), mkdir(programs)]);
  await writeFile(join(content, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts: {} }));
  await seal(content, { version: '1.0.0', commit: 'c0ffee' });
  await promisify(execFile)('tar', ['-czf', release, '-C', content, '.']);
  await writeFile(join(programs, 'aws'), `#!/bin/sh\necho "$@" >> '${join(folder, 'calls')}'\n`);
  await chmod(join(programs, 'aws'), 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

/** What the AWS CLI was asked by a deployment that fails. */
async function callsOf(...args: readonly string[]): Promise<readonly string[]> {
  const script = ['infra/operation/deploy.ts', '-c', 'prefecture=saitama', '--release', release, ...args];
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` };
  const run = promisify(execFile)(process.execPath, script, { cwd: root, env });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('終了コード') });
  return (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
}

const policies = /^cloudformation set-stack-policy --stack-name Yoriai-saitama --stack-policy-body (.*) --region/;
const lists = (line: string): boolean => policies.exec(line)?.[1]?.includes('AWS::Cognito::UserPool') === true;

describe('a deployment that fails', () => {
  it('leaves the policy of the stack as it is', async () => {
    expect(await callsOf()).toEqual([]);
  });

  it('leaves no user pool without protection that it was to let go', async () => {
    expect((await callsOf('--new-user-pool')).map(lists)).toEqual([false, true]);
  });
});
