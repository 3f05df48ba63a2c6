import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const guard = fileURLToPath(new URL('../../../infra/node-version.mjs', import.meta.url));

/** Starts a program behind the guard, in a Node that says it is this version. */
function startAs(version: string): { status: number | null; stdout: string; stderr: string } {
  const pretend = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const args = ['--import', preload, '--import', guard, '-e', "process.stdout.write('started')"];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

describe('the Node that runs us', () => {
  it.for(['24.0.0', '24.21.0', '26.1.0'])('may be %s', (version) => {
    expect(startAs(version)).toMatchObject({ status: 0, stdout: 'started', stderr: '' });
  });

  it.for(['20.19.0', '22.22.1', '23.11.1'])('may not be %s, and the message says what to do', (version) => {
    const { status, stdout, stderr } = startAs(version);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`Node 24 が必要ですが、Node ${version} で動いています`);
    expect(stderr).toContain('--ignore-scripts は付けない');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
