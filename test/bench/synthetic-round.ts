/** A round of any number of councils that have all reported: the fixtures' reports over and over, made as they are read. */

import { noUploads } from '../../functions/service/returns.ts';
import type { ExportDeps } from '../../functions/export/deps.ts';
import { returnName } from '../../functions/domain/log.ts';
import type { TrackedReturn } from '../../functions/domain/log.ts';
import { noMetrics } from '../../functions/platform/metrics.ts';
import type { Exports } from '../../functions/storage/exports.ts';
import type { Manifest } from '../../schemas/export.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { Version } from '../../schemas/return.ts';
import { readDirectory, readReturns } from './fixtures.ts';
import { round } from './round.ts';

const form = 'council-report';
const at = '2024-11-20T03:00:00.000Z';

/** Every third report is not accepted yet. */
function standing(index: number): TrackedReturn {
  return { state: index % 3 === 0 ? 'submitted' : 'accepted', version: 1, actor: '市', at, submittedAt: at };
}

function councilId(index: number): string {
  return `c-${String(index).padStart(5, '0')}`;
}

function versionOf(unit: string, answers: Answers): Version {
  const receipt = `${round.id}-000001-9F86D0`;
  const about = { round: round.id, form, formVersion: 2024, unit, version: 1, submittedAt: at, submittedBy: '市' };
  return { ...about, answers, reasons: {}, late: false, receipt, sha256: 'f'.repeat(64) };
}

/** A store that holds nothing: each version is parsed from JSON when its turn comes, as from the table. */
async function syntheticStore(returns: number, published: () => Manifest | undefined): Promise<ExportDeps['store']> {
  const saitama = await readDirectory('saitama-r6');
  const texts = (await readReturns('saitama-r6/council-report.json')).map(([, answers]) => JSON.stringify(answers));
  const councils = Array.from({ length: returns }, (_, index) => {
    const council = saitama.councils[index % saitama.councils.length];
    if (council === undefined) throw new Error('the directory has no council');
    return { ...council, id: councilId(index) };
  });
  /** Folded anew at every call, as from the log. */
  const tracked = (): Map<string, TrackedReturn> =>
    new Map(councils.map(({ id }, index) => [returnName(form, id), standing(index)]));
  return {
    round: async () => round,
    rounds: async () => [round],
    roundState: async () => ({
      asOf: { seq: returns, at },
      changedSeq: returns,
      editions: [published()].flatMap((each) => (each === undefined ? [] : [{ edition: 1, exportId: each.exportId }])),
      releases: [],
      undoable: new Map(),
      directoryVersion: 1,
      returns: tracked(),
    }),
    directoryOfRound: async () => ({ ...saitama, councils }),
    reportSettings: async () => ({ settings: {}, revision: 0 }),
    handout: async () => ({ settings: {}, revision: 0 }),
    roundTexts: async () => ({ settings: {}, revision: 0 }),
    documentText: () => Promise.reject(new Error('the round pins no document')),
    async *versionsOf(named) {
      let index = 0;
      for (const { unit } of named) {
        const answers: Answers = JSON.parse(texts[index % texts.length] ?? '{}');
        index += 1;
        yield versionOf(unit, answers);
      }
    },
  };
}

/** Records that keep nothing but the last manifest, which counts as published. */
function forgetfulExports(): { readonly exports: Exports; readonly published: () => Manifest | undefined } {
  let kept: Manifest | undefined;
  const unused = (): Promise<never> => Promise.reject(new Error('not part of an export'));
  const nothing = (): Promise<void> => Promise.resolve();
  const manifest = (): Manifest => {
    if (kept === undefined) throw new Error('the export wrote no manifest');
    return kept;
  };
  return {
    published: () => kept,
    exports: {
      startExport: unused,
      export: async (_round, exportId) => ({
        exportId,
        status: 'done',
        requestedBy: '県',
        requestedAt: at,
        done: 1,
        total: 1,
        manifest: manifest(),
      }),
      exports: unused,
      claimExport: async () => 'claimed',
      renewExport: nothing,
      exportWritten: async (_round, _exportId, _run, written) => {
        kept = written;
      },
      exportDone: nothing,
      exportFailed: nothing,
      latestExport: async () => ({ exportId: manifest().exportId, asOf: manifest().asOf }),
    },
  };
}

/** Everything an export of the synthetic round is given, but for the bucket. */
export async function syntheticDeps(returns: number, workDir: string): Promise<Omit<ExportDeps, 'bucket'>> {
  const { exports, published } = forgetfulExports();
  return {
    store: await syntheticStore(returns, published),
    exports,
    publications: {
      editions: async () => [],
      newestEdition: async () => undefined,
      filesRemoved: () => Promise.reject(new Error('nothing was taken back')),
    },
    uploads: noUploads,
    forms,
    workDir,
    now: () => new Date(),
    randomId: () => 'run',
    log: { info: () => undefined, error: () => undefined },
    metrics: noMetrics,
  };
}
