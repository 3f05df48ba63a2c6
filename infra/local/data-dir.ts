import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The DATA_DIR that keeps nothing: every emulator then holds its data in memory. */
export const IN_MEMORY = ':memory:';

export function keptAt(dataDir: string, name: string): string | undefined {
  return dataDir === IN_MEMORY ? undefined : join(dataDir, name);
}

/** Creates the data directory if need be, readable by its owner only: it holds signing keys. */
export async function createDataDir(dataDir: string): Promise<void> {
  if (dataDir !== IN_MEMORY) {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  }
}

/**
 * Claims the data directory for this process, so that two servers never write to one database.
 *
 * The lock is SQLite's own on an empty database file: the operating system releases it when the process ends,
 * however it ends, so that a crash leaves nothing to clean up.
 *
 * @returns `release`, which gives the directory up again
 * @throws Error with code `data-dir-in-use` when another server holds it
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): void }> {
  const lockFile = keptAt(dataDir, 'lock.sqlite');
  if (lockFile === undefined) {
    return { release: () => undefined };
  }
  await createDataDir(dataDir);
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) {
      throw cause;
    }
    throw Object.assign(
      new Error(
        `データの保存先 ${dataDir} は、動作中の別のサーバーが使用しています。そのサーバーを止めるか、環境変数 DATA_DIR に別の場所を指定してください。`,
        { cause },
      ),
      { code: 'data-dir-in-use' },
    );
  }
  return {
    release: () => {
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
