/** What the API is given: storage, forms, identity and the clock. Nothing here is looked up in the environment. */

import type { Directory } from '../../schemas/directory.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { Round } from '../../schemas/round.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PublishedEdition } from '../../schemas/export.ts';
import type { ByteRange } from '../platform/conditional-request.ts';
import type { Exports } from '../storage/exports.ts';
import type { Publications } from '../storage/publications.ts';
import type { Store } from '../storage/store.ts';
import type { Returns } from './returns.ts';

/** Streams a file of an export or an edition. */
type FileReader<Id> = (round: string, id: Id, path: string, range?: ByteRange) => Promise<ReadableStream<Uint8Array>>;

export interface Service {
  /** For reading; what is done with returns goes by `returns`. */
  readonly store: Store;
  readonly returns: Returns;
  readonly forms: Catalogue;
  readonly exports: Pick<Exports, 'export' | 'exports'>;
  readonly startExport: (round: string, actor: string) => Promise<Outcome<{ exportId: string }>>;
  /** Only what the export's manifest names. */
  readonly readExportFile: FileReader<string>;
  /** Only what the edition's manifest names, or that manifest. */
  readonly readEditionFile: FileReader<number>;
  readonly newestEdition: Publications['newestEdition'];
  readonly publish: (round: string, exportId: string, actor: string) => Promise<Outcome<PublishedEdition>>;
}

/** Today's directory, or the one the round pins for units that are gone by today. */
export async function directoriesOf(store: Store, round: Round): Promise<readonly Directory[]> {
  const [current, pinned] = await Promise.all([
    store.currentDirectory(),
    store.directoryVersion(round.directoryVersion),
  ]);
  return current === undefined ? [pinned] : [current.directory, pinned];
}
