/** Exports on one machine: begun by the application, run beside it. */

import { tmpdir } from 'node:os';
import type { ExportDeps } from '../../functions/export/deps.ts';
import type * as RunExportModule from '../../functions/export/run.ts';
import type * as TakeDownModule from '../../functions/export/take-down.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createExports } from '../../functions/storage/exports.ts';
import { createPublications } from '../../functions/storage/publications.ts';
import { createStore } from '../../functions/storage/store.ts';

type RunExport = typeof RunExportModule.runExport;

/** The formats' libraries are loaded by the first export: a start need not wait for them. */
const runExport: RunExport = async (...call) => (await import('../../functions/export/run.ts')).runExport(...call);

const takeDown: typeof TakeDownModule.takeDown = async (...call) =>
  (await import('../../functions/export/take-down.ts')).takeDown(...call);

/** Exports run inside this process, after the answer that announces them. */
export function inProcessExports(
  parts: Pick<ExportDeps, 'bucket' | 'uploads' | 'forms' | 'log' | 'metrics' | 'formats'> & {
    readonly storage: StorageContext;
  },
) {
  const running = new Set<Promise<void>>();
  const { storage, log } = parts;
  const { now, randomId } = storage;
  const deps = {
    ...parts,
    store: createStore(storage),
    exports: createExports(storage),
    publications: createPublications(storage),
    workDir: tmpdir(),
    now,
    randomId,
  };
  const start = (work: Promise<void>, fields: Readonly<Record<string, string>>): void => {
    const run = work
      .catch((error: unknown) => {
        log.error('export failed', error, fields);
      })
      .finally(() => running.delete(run));
    running.add(run);
  };
  return {
    dispatch: async (round: string, exportId: string) => start(runExport(deps, round, exportId), { round, exportId }),
    takeDown: async (round: string) => start(takeDown(deps, round), { round }),
    settled: async () => {
      await Promise.all(running);
    },
  };
}
