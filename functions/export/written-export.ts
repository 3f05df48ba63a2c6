/**
 * The files of an export that this run has claimed: written to disk, uploaded, read back, and then recorded.
 *
 * A module of its own, loaded once there is something to write: a call about an export that has ended waits for none of it.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../schemas/export.ts';
import { classNamed } from '../../schemas/unit-classes.ts';
import type { SeriesRound } from '../domain/analysis/time-series.ts';
import type { RoundState } from '../domain/log.ts';
import { settingsFor } from '../domain/report/document.ts';
import type { PrintedEdition } from '../service/held-figures.ts';
import { figuresToPrint, printedEditions, standingRows } from '../service/held-figures.ts';
import { earlierFigures } from '../service/series-rounds.ts';
import type { ReadingRounds } from '../service/series-rounds.ts';
import { exportFileKey, uploadKey } from '../storage/bucket-keys.ts';
import type { WrittenFile } from './files/formats.ts';
import { isAnalysed } from './files/analysed-forms.ts';
import type { ExportDeps } from './deps.ts';
import { writeFormDocuments } from './form-documents.ts';
import { writeRoundTexts } from './round-texts.ts';
import { exportedTables } from './register-tables.ts';
import type { ExportedTable } from './register-tables.ts';
import { editionWithTables } from './edition-with-tables.ts';
import { readSnapshot } from './snapshot.ts';
import type { PreviousForm, Snapshot } from './snapshot.ts';
import { putJson, verify } from '../service/written-files.ts';
import { writeFiles } from './write-files.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import type { Bucket } from '../storage/bucket.ts';

const renewEvery = 1000;

export interface Run {
  readonly round: string;
  readonly exportId: string;
  readonly run: string;
}

/** Records the progress about every second, which keeps the lease too. */
class Progress {
  readonly #deps: ExportDeps;
  readonly #run: Run;
  readonly #snapshot: Snapshot;
  #done = 0;
  #recordedAt = 0;

  constructor(deps: ExportDeps, run: Run, snapshot: Snapshot) {
    this.#deps = deps;
    this.#run = run;
    this.#snapshot = snapshot;
  }

  async record(): Promise<void> {
    const { round, exportId, run } = this.#run;
    const { asOf, total } = this.#snapshot;
    this.#recordedAt = this.#deps.now().getTime();
    await this.#deps.exports.renewExport(round, exportId, run, { asOf, done: this.#done, total });
  }

  async advance(returns: number): Promise<void> {
    this.#done += returns;
    if (this.#deps.now().getTime() - this.#recordedAt >= renewEvery) await this.record();
  }
}

/** What was sent and not found clean is given to nobody: the scan may have been switched on after it was submitted. */
async function withoutUnready(
  { uploads, log }: ExportDeps,
  written: readonly WrittenFile[],
): Promise<{ readonly given: readonly WrittenFile[]; readonly leftOut: readonly string[] }> {
  const given: WrittenFile[] = [];
  const leftOut: string[] = [];
  for (const file of written) {
    const state = file.sentFor === undefined ? 'ready' : await uploads.stateOf(file.sentFor, file.sha256);
    if (state === 'ready') given.push(file);
    else leftOut.push(file.path);
  }
  if (leftOut.length > 0) log.info('files-left-out', { files: leftOut.length });
  return { given, leftOut };
}

function manifestOf(
  { round, asOf, forms }: Snapshot,
  exportId: string,
  written: Pick<Manifest, 'documents' | 'filesLeftOut'> & { readonly files: readonly WrittenFile[] },
): Manifest {
  return {
    exportId,
    round: round.id,
    asOf,
    forms: Object.fromEntries(forms.map(({ form, counts }) => [form.id, counts])),
    formVersions: Object.fromEntries(forms.map(({ form }) => [form.id, form.version])),
    ...(Object.keys(written.documents ?? {}).length === 0 ? {} : { documents: written.documents }),
    files: written.files.map(({ path, rows, bytes, sha256 }) => ({ path, rows, bytes, sha256 })),
    ...(written.filesLeftOut === undefined ? {} : { filesLeftOut: written.filesLeftOut }),
  };
}

/** Brings the files into the bucket, and makes sure that they have arrived. */
async function upload(
  bucket: Bucket,
  manifest: Manifest,
  written: readonly WrittenFile[],
  directory: string,
  step: () => Promise<void>,
): Promise<void> {
  const { round, exportId } = manifest;
  for (const file of written) {
    const key = exportFileKey(round, exportId, file.path);
    if (file.sentFor === undefined)
      await bucket.putFile(key, { ...file, path: join(directory, file.path) }, contentTypeOf(file.path));
    else await bucket.copy(uploadKey(file.sentFor, file.sha256), key);
    await verify(bucket, key, file);
    await step();
  }
  await putJson(bucket, exportFileKey(round, exportId, 'manifest.json'), manifest);
}

/** What the workbook's series go over; nothing of forms that it does not analyse. */
async function earlierRounds(
  { store, forms, exports, bucket }: ExportDeps,
  snapshot: Snapshot,
  step: () => Promise<void>,
): Promise<ReadonlyMap<string, readonly SeriesRound[]>> {
  const readExportFile: ReadingRounds['readExportFile'] = (...of) => bucket.readStream(exportFileKey(...of));
  const found = new Map<string, readonly SeriesRound[]>();
  for (const { form, units } of snapshot.forms) {
    if (!isAnalysed(form, units.length)) continue;
    found.set(form.id, await earlierFigures({ store, forms, exports, readExportFile }, snapshot.round, form.id, step));
  }
  return found;
}

/** @returns the tables that its files are, for the catalogue */
export async function writtenExport(deps: ExportDeps, run: Run): Promise<ExportedTable[]> {
  const { round, exportId } = run;
  const read = await readSnapshot(deps, round);
  const { settings: kept } = await deps.store.reportSettings(round);
  const { settings: handout } = await deps.store.handout(round);
  const report = { handout, ...settingsFor({ division: deps.division, kept, told: deps.report }) };
  const { bucket, exports } = deps;
  const editionsOf = (of: string, editions: RoundState['editions']): Promise<PrintedEdition[]> =>
    printedEditions(exports, (exportId, path) => bucket.readText(exportFileKey(of, exportId, path)), of, editions);
  const editions = await editionsOf(round, read.state.editions);
  const last = read.state.editions.at(-1);
  const previous: PreviousForm[] = [];
  for (const of of read.previous)
    previous.push({ ...of, printed: standingRows(await editionsOf(of.round.id, of.editions)) });
  const by = classNamed(read.directory, handout.byClass);
  const { held, byClass } = await figuresToPrint(deps, read.round, read.state, editions, by?.id);
  const snapshot = {
    ...read,
    report,
    previous,
    held,
    byClass,
    edition: last && last.edition + 1,
    // What was taken back is corrected by nobody: the list would print it once more.
    newestEdition: await editionWithTables(
      deps,
      round,
      editions.findLast(({ isWithdrawn }) => isWithdrawn !== true),
    ),
  };
  const progress = new Progress(deps, run, snapshot);
  await progress.record();
  const earlier = await earlierRounds(deps, read, () => progress.advance(0));
  const directory = await mkdtemp(join(deps.workDir, 'export-'));
  try {
    const written = await writeFiles(
      deps,
      { ...snapshot, earlier },
      directory,
      (returns) => progress.advance(returns),
      deps.formats,
    );
    const { documents, files: ofForms } = await writeFormDocuments(deps, snapshot, directory);
    const texts = await writeRoundTexts((await deps.store.roundTexts(round)).settings, directory);
    await progress.record();
    const { given, leftOut } = await withoutUnready(deps, written);
    const files = [...given, ...ofForms, ...texts];
    const filesLeftOut = leftOut.length === 0 ? undefined : [...leftOut];
    const manifest = manifestOf(snapshot, exportId, { documents, files, filesLeftOut });
    await upload(deps.bucket, manifest, files, directory, () => progress.advance(0));
    await deps.exports.exportWritten(round, exportId, run.run, manifest);
    return exportedTables(manifest, files);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
