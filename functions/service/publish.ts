/** Publishing an export: its public files become the next edition, by a decision. */

import type { ExportedFile, Manifest, PublishedEdition } from '../../schemas/export.ts';
import { publicFolder } from '../domain/download-name.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { exportFileKey, publishedFileKey } from '../storage/bucket-keys.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { Exports } from '../storage/exports.ts';
import type { Publications, Reservation } from '../storage/publications.ts';
import { withAttempts } from './attempts.ts';
import { putJson, verify } from './written-files.ts';

export interface PublishDeps {
  readonly exports: Exports;
  readonly publications: Publications;
  readonly bucket: Bucket;
  readonly log: OperatorLog;
}

const announcements = 3;

/** What an edition has of an export: its public files. */
export function editionFiles({ files }: Pick<Manifest, 'files'>): ExportedFile[] {
  return files
    .filter(({ path }) => path.startsWith(publicFolder))
    .map((file) => ({ ...file, path: file.path.slice(publicFolder.length) }));
}

async function manifestOf({ exports }: PublishDeps, { round, exportId }: Reservation): Promise<Manifest> {
  const record = await exports.export(round, exportId);
  if (record?.manifest === undefined) throw new Error(`export ${exportId} has no manifest`);
  return record.manifest;
}

async function copyFiles(
  { bucket, publications }: PublishDeps,
  reservation: Reservation,
  files: readonly ExportedFile[],
): Promise<void> {
  const { round, edition, exportId } = reservation;
  for (const file of files) {
    await publications.renewEdition(reservation);
    const target = publishedFileKey(round, edition, file.path);
    await bucket.copy(exportFileKey(round, exportId, `${publicFolder}${file.path}`), target);
    await verify(bucket, target, file);
  }
}

async function fill(deps: PublishDeps, reservation: Reservation): Promise<PublishedEdition> {
  const manifest = await manifestOf(deps, reservation);
  const files = editionFiles(manifest);
  const isSealed = reservation.publishedAt !== undefined;
  if (!isSealed) await copyFiles(deps, reservation, files);
  // From here on nobody else may become the edition.
  const sealed = isSealed ? reservation : await deps.publications.sealEdition(reservation);
  const { round, edition, exportId, publishedAt } = sealed;
  if (publishedAt === undefined) throw new Error(`edition ${edition} is not sealed`);
  const published: PublishedEdition = { round, edition, exportId, asOf: manifest.asOf, publishedAt, files };
  await withAttempts(
    announcements,
    async () => {
      await putJson(deps.bucket, publishedFileKey(round, edition, 'manifest.json'), published);
      await deps.publications.completeEdition(sealed);
    },
    (error, attempt) => deps.log.error('edition-not-announced', error, { round, edition, attempt }),
  );
  return published;
}

async function fillOrRelease(deps: PublishDeps, reservation: Reservation): Promise<PublishedEdition> {
  const { round, exportId, edition } = reservation;
  try {
    return await fill(deps, reservation);
  } catch (error) {
    deps.log.error('publication-failed', error, { round, exportId, edition });
    try {
      await deps.publications.releaseEdition(reservation);
    } catch (release) {
      // Its lease will run out.
      deps.log.error('edition-not-released', release, { round, edition });
    }
    throw error;
  }
}

/**
 * Publishes a finished export as the next edition. Refuses `not-found`, `export-not-done`, `already-published`,
 * `older-than-published` and `publication-running`.
 *
 * @throws what AWS throws; nothing is half published then, and the same call again goes on where it stopped
 */
export async function publish(
  deps: PublishDeps,
  round: string,
  exportId: string,
  actor: string,
): Promise<Outcome<PublishedEdition>> {
  for (;;) {
    const reserved = await deps.publications.reserveEdition(round, exportId, actor);
    if (!reserved.ok) return reserved;
    // An edition that another publication left sealed is completed first; then comes the one that was asked for.
    const published = await fillOrRelease(deps, reserved.value);
    if (published.exportId === exportId) return done(published);
  }
}
