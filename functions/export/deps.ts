/** What writing an export is given. */

import type { Licence } from '../../schemas/export.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { PrintedSettings } from '../domain/report/document.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { OperatorMetrics } from '../platform/metrics.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { Exports } from '../storage/exports.ts';
import type { Publications } from '../storage/publications.ts';
import type { Uploads } from '../storage/uploads.ts';
import type { Store } from '../storage/store.ts';
import type { TableCatalog } from '../storage/table-catalog.ts';
import type { Formats } from './files/formats.ts';

export interface ExportDeps {
  readonly store: Pick<
    Store,
    | 'round'
    | 'rounds'
    | 'roundState'
    | 'directoryOfRound'
    | 'versionsOf'
    | 'reportSettings'
    | 'handout'
    | 'roundTexts'
    | 'documentText'
  >;
  readonly exports: Exports;
  readonly publications: Pick<Publications, 'editions' | 'newestEdition' | 'filesRemoved'>;
  readonly bucket: Bucket;
  readonly uploads: Pick<Uploads, 'stateOf'>;
  readonly forms: Catalogue;
  /** Where the tables are made known; a laptop has none. */
  readonly catalog?: TableCatalog | undefined;
  /** Of the public files. Default CC BY 4.0. */
  readonly licence?: Licence;
  readonly division?: string | undefined;
  /** What is said about the report of this export alone; it goes before what the prefecture says about the round's. */
  readonly report?: PrintedSettings;
  readonly formats?: Formats | undefined;
  /** A directory in which every run makes a folder of its own, and removes it. */
  readonly workDir: string;
  readonly now: () => Date;
  /** A new unguessable id, such as a UUID. */
  readonly randomId: () => string;
  readonly log: OperatorLog;
  readonly metrics: OperatorMetrics;
}
