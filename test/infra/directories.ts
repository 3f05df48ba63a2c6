import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const prefix = join(tmpdir(), 'synthesis-');

/** A directory that is gone after the test that asks for it. */
export function directoryForTest(): string {
  const directory = mkdtempSync(prefix);
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** A directory that is gone after all tests of the file that asks for it. */
export function directoryForFile(): string {
  const directory = mkdtempSync(prefix);
  afterAll(() => rmSync(directory, { recursive: true }));
  return directory;
}
