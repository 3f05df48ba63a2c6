/** Other programs, as the commands of a release run them. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The CDK's command line, of this repository. */
export const cdk = fileURLToPath(new URL('node_modules/aws-cdk/bin/cdk', `file://${root}`));

/** Runs a program to its end, in sight. @throws Error when it fails */
export async function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: 終了コード ${String(code)}`);
}
