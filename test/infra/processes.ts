import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { directoryForTest } from './directories.ts';
import { cdkSettings, root } from './synthesis.ts';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the Node that runs the tests, with these variables and no others but where it finds what others have compiled. */
export function runNode(
  args: readonly string[],
  environment: Record<string, string>,
  cwd = fileURLToPath(root),
): Ended {
  const { NODE_COMPILE_CACHE: compiled } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: compiled === undefined ? environment : { NODE_COMPILE_CACHE: compiled, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Synthesizes as the command line does, with `-c` these context values, into a directory of its own. */
export function runApp(
  context: Record<string, string>,
  environment: Record<string, string> = {},
): Ended & { readonly directory: string } {
  const directory = directoryForTest();
  const [, ...args] = cdkSettings.app.split(' ');
  const ended = runNode(args, {
    PATH: process.env['PATH'] ?? '',
    CDK_OUTDIR: directory,
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkSettings.context, ...context }),
    ...environment,
  });
  return { ...ended, directory };
}
