/**
 * Runs the npm scripts that are named beside each other, and fails if one of them does. What the last of them says is
 * printed as it comes, since it may take minutes; what the others say when they have ended.
 */

import { spawn } from 'node:child_process';

interface Ended {
  readonly succeeded: boolean;
  readonly said: string;
}

function run(script: string, onText: (text: string) => void = () => undefined): Promise<Ended> {
  return new Promise((resolve) => {
    // By way of a shell: on Windows npm is a batch file.
    const check = spawn(`npm run --silent ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [check.stdout, check.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        onText(text);
      });
    check.once('error', ({ message }) => {
      onText(message);
      resolve({ succeeded: false, said: message });
    });
    check.once('close', (code) => resolve({ succeeded: code === 0, said }));
  });
}

const scripts = process.argv.slice(2);
const failed: string[] = [];
await Promise.all(
  scripts.map(async (script, index) => {
    const isLast = index === scripts.length - 1;
    const { succeeded, said } = await run(script, isLast ? (text) => process.stdout.write(text) : undefined);
    process.stdout.write(`${script}: ${succeeded ? 'passed' : 'failed'}\n${isLast ? '' : said}`);
    if (!succeeded) failed.push(script);
  }),
);
// Said again at the end: what failed first stands far above.
if (failed.length > 0) {
  process.exitCode = 1;
  process.stdout.write(`failed: ${failed.join(', ')}\n`);
}
