/** The application behind one address: the API over its services. Lambda and the laptop both mount this. */

import type { Hono } from 'hono';
import type { Catalogue } from '../../schemas/form.ts';
import { createApi } from '../api/app.ts';
import { publish } from '../export/publish.ts';
import { requestExport } from '../export/start.ts';
import type { Identify } from '../platform/identity.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { StorageContext } from '../storage/context.ts';
import type { ExportDispatcher } from '../storage/export-dispatch.ts';
import { createExports } from '../storage/exports.ts';
import { createPublications } from '../storage/publications.ts';
import { createStore } from '../storage/store.ts';

export interface ApplicationParts {
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly forms: Catalogue;
  readonly identify: Identify;
  readonly dispatchExport: ExportDispatcher;
  readonly log: OperatorLog;
}

export function createApplication({ storage, bucket, forms, identify, dispatchExport, log }: ApplicationParts): Hono {
  const exports = createExports(storage);
  const publications = createPublications(storage);
  return createApi({
    identify,
    log,
    service: {
      store: createStore(storage),
      forms,
      exports,
      startExport: (round, actor) =>
        requestExport({ exports, dispatch: dispatchExport, randomId: storage.randomId, log }, round, actor),
      readExportFile: (round, exportId, path) => bucket.readStream(exportFileKey(round, exportId, path)),
      publish: (round, exportId, actor) => publish({ exports, publications, bucket, log }, round, exportId, actor),
    },
  });
}
