/** What every command on a terminal does alike: lines out, progress in place, errors in one line and exit code 1. */

import type { Writable } from 'node:stream';

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function showProgress(line: string, output: Writable & { readonly isTTY?: boolean } = process.stdout): void {
  if (output.isTTY === true) output.write(`\r\u001B[K${line}`);
}

export function endProgress(): void {
  showProgress('');
}

function messageOf(error: unknown, usage: string): string {
  if (!(error instanceof Error)) return String(error);
  // Options that do not exist or lack their value; Node says so in English.
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isUsage ? usage : error.message;
}

export async function runCommand(usage: string, command: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await command())) process.exitCode = 1;
  } catch (error) {
    endProgress();
    process.stderr.write(`${messageOf(error, usage)}\n`);
    process.exitCode = 1;
  }
}
