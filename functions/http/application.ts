/** The application behind one address: the web and the API over the same services. Lambda and the laptop both mount this. */

import { Hono } from 'hono';
import type { Catalogue } from '../../schemas/form.ts';
import { createApi } from '../api/app.ts';
import { publish } from '../export/publish.ts';
import { requestExport } from '../export/start.ts';
import type { Identify } from '../platform/identity.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { Service } from '../service/service.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { StorageContext } from '../storage/context.ts';
import type { ExportDispatcher } from '../storage/export-dispatch.ts';
import { createExports } from '../storage/exports.ts';
import { createKeptForms } from '../storage/kept-forms.ts';
import { createPublications } from '../storage/publications.ts';
import { createSessions } from '../storage/sessions.ts';
import { createSignIns } from '../storage/sign-ins.ts';
import { createStore } from '../storage/store.ts';
import { createWeb } from '../web/app.tsx';
import type { WebOptions } from '../web/app.tsx';
import { createSignInProvider } from '../web/sign-in/provider.ts';
import type { ProviderContract } from '../web/sign-in/provider.ts';

type WebParts = Pick<WebOptions, 'assets' | 'basePath' | 'publicOrigin' | 'prefectureName' | 'contact' | 'secure' | 'pages'> & {
  readonly provider: Omit<ProviderContract, 'identify'>;
};

export interface ApplicationParts {
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly forms: Catalogue;
  readonly identify: Identify;
  readonly dispatchExport: ExportDispatcher;
  readonly log: OperatorLog;
  readonly web: WebParts;
}

export function createApplication(parts: ApplicationParts): Hono {
  const { storage, bucket, forms, identify, dispatchExport, log, web } = parts;
  const exports = createExports(storage);
  const publications = createPublications(storage);
  const store = createStore(storage);
  const service: Service = {
    store,
    forms,
    exports,
    startExport: (round, actor) =>
      requestExport({ exports, dispatch: dispatchExport, randomId: storage.randomId, log }, round, actor),
    readExportFile: (round, exportId, path) => bucket.readStream(exportFileKey(round, exportId, path)),
    publish: (round, exportId, actor) => publish({ store, forms, exports, publications, bucket, log }, round, exportId, actor),
  };
  const api = createApi({ identify, log, service });
  const pages = createWeb({
    ...web,
    service,
    provider: createSignInProvider({ ...web.provider, identify }),
    sessions: { ...createSessions(storage), ...createSignIns(storage), ...createKeptForms(storage) },
    log,
    now: storage.now,
  });
  // Side by side, not one inside the other: each has its own steps and its own way to fail.
  return new Hono()
    .all('/api/*', (c) => api.fetch(c.req.raw, c.env))
    .all('*', (c) => pages.fetch(c.req.raw, c.env));
}
