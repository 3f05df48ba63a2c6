/** The application behind one address: the web and the API over the same services. Lambda and the laptop both mount this. */

import { Hono } from 'hono';
import type { Catalogue } from '../../schemas/form.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { createApi } from '../api/app.ts';
import { publish } from '../export/publish.ts';
import { requestExport } from '../export/start.ts';
import { unlessEnded } from '../platform/identity.ts';
import type { Identify } from '../platform/identity.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { OperatorMetrics } from '../platform/metrics.ts';
import { createReturns } from '../service/returns.ts';
import type { Returns } from '../service/returns.ts';
import type { Service } from '../service/service.ts';
import { exportFileKey, publishedFileKey } from '../storage/bucket-keys.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { StorageContext } from '../storage/context.ts';
import type { ExportDispatcher } from '../storage/export-dispatch.ts';
import { createExports } from '../storage/exports.ts';
import { createKeptForms } from '../storage/kept-forms.ts';
import { createPublications } from '../storage/publications.ts';
import { createSessions } from '../storage/sessions.ts';
import { createSignIns } from '../storage/sign-ins.ts';
import { createSignOuts } from '../storage/sign-outs.ts';
import { createStore } from '../storage/store.ts';
import { createWeb } from '../web/app.tsx';
import type { WebOptions } from '../web/app.tsx';
import { createSignInProvider } from '../web/sign-in/provider.ts';
import type { ProviderContract } from '../web/sign-in/provider.ts';
import { counting } from './counting.ts';
import { requests } from './requests.ts';

type WebParts = Pick<
  WebOptions,
  'assets' | 'basePath' | 'publicOrigin' | 'prefectureName' | 'contact' | 'secure' | 'pages'
> & {
  readonly provider: Omit<ProviderContract, 'identify'>;
};

export interface ApplicationParts {
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly forms: Catalogue;
  readonly identify: Identify;
  readonly dispatchExport: ExportDispatcher;
  readonly openTo: OpenTo;
  readonly log: OperatorLog;
  readonly metrics: OperatorMetrics;
  readonly web: WebParts;
}

export function createApplication(parts: ApplicationParts): Hono {
  const { storage, bucket, forms, dispatchExport, openTo, log, metrics, web } = parts;
  const signOuts = createSignOuts(storage);
  const identify = unlessEnded(parts.identify, (personId, issuedAt) => signOuts.hasEnded(personId, issuedAt));
  const exports = createExports(storage);
  const publications = createPublications(storage);
  const store = createStore(storage);
  const returns = createReturns(store, storage);
  const submit = counting(
    metrics,
    'Submissions',
    (...call: Parameters<Returns['submit']>) => returns.submit(...call),
    ({ replayed }) => !replayed,
  );
  const service: Service = {
    store,
    returns: { ...returns, submit },
    forms,
    exports,
    startExport: (round, actor) =>
      requestExport({ exports, dispatch: dispatchExport, randomId: storage.randomId, log }, round, actor),
    readExportFile: (round, exportId, path) => bucket.readStream(exportFileKey(round, exportId, path)),
    readEditionFile: (round, edition, path) => bucket.readStream(publishedFileKey(round, edition, path)),
    newestEdition: (round) => publications.newestEdition(round),
    publish: counting(metrics, 'Publications', (round: string, exportId: string, actor: string) =>
      publish({ exports, publications, bucket, log }, round, exportId, actor),
    ),
  };
  const api = createApi({ identify, openTo, log, service });
  const pages = createWeb({
    ...web,
    service,
    openTo,
    provider: createSignInProvider({ ...web.provider, identify }),
    sessions: { ...createSessions(storage), ...createSignIns(storage), ...createKeptForms(storage) },
    log,
    now: storage.now,
  });
  // Side by side, not one inside the other: each has its own steps and its own way to fail.
  return new Hono()
    .use(requests(metrics))
    .all('/api/*', (c) => api.fetch(c.req.raw, c.env))
    .all('*', (c) => pages.fetch(c.req.raw, c.env));
}
