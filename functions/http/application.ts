/** The application behind one address: the web and the API over the same services. Lambda and the laptop both mount this. */

import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import type { Catalogue } from '../../schemas/form.ts';
import { loadedOnce } from '../../schemas/once.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { unlessEnded } from '../platform/identity.ts';
import type { Identify, NameIn } from '../platform/identity.ts';
import { neverFailingLog } from '../platform/logger.ts';
import type { OperatorLog } from '../platform/logger.ts';
import { neverFailingMetrics } from '../platform/metrics.ts';
import type { OperatorMetric, OperatorMetrics } from '../platform/metrics.ts';
import { createOwnSignIn } from '../service/own-sign-in.ts';
import { createAskedQuestions } from '../service/asked-questions.ts';
import { createApprovals } from '../service/approvals.ts';
import { createComments } from '../service/comments.ts';
import { createFileService } from '../service/files.ts';
import { officeWhenAsked } from '../service/office-when-asked.ts';
import type { OfficeSources } from '../service/office.ts';
import type { ReturnSources } from '../service/drafts.ts';
import { createReturns } from '../service/returns.ts';
import type { Returns } from '../service/returns.ts';
import type { Service } from '../service/service.ts';
import { createShares } from '../service/shares.ts';
import { exportFileKey, publishedFileKey } from '../storage/bucket-keys.ts';
import type { Bucket } from '../storage/bucket.ts';
import type { Uploads } from '../storage/uploads.ts';
import type { StorageContext } from '../storage/context.ts';
import type { ExportDispatcher, TakeDownDispatcher } from '../storage/export-dispatch.ts';
import { createExports } from '../storage/exports.ts';
import { createRecoveredForms } from '../storage/recovered-forms.ts';
import { createPublications } from '../storage/publications.ts';
import { createSessions } from '../storage/sessions.ts';
import { createSignInAttempts } from '../storage/sign-in-attempts.ts';
import { createSignInSteps } from '../storage/sign-in-steps.ts';
import { createSignIns } from '../storage/sign-ins.ts';
import { createSignOuts } from '../storage/sign-outs.ts';
import { createStore } from '../storage/store.ts';
import type { UserPool } from '../storage/user-pool.ts';
import type { SignInWay, WebOptions } from '../web/app.tsx';
import type { OpenAccounts } from '../web/sign-in/password-pages.tsx';
import { createSignInProvider } from '../web/sign-in/provider.ts';
import type { ProviderContract } from '../web/sign-in/provider.ts';
import { compressed, uncompressed } from './compression.ts';
import { failedLoad } from './failed-load.ts';
import { requests } from './requests.ts';
import type { Outcome } from '../domain/outcome.ts';

type WebParts = Pick<
  WebOptions,
  'assets' | 'basePath' | 'publicOrigin' | 'prefectureName' | 'contact' | 'retentionYears' | 'secure' | 'tasks'
> & {
  readonly signIn:
    | ({ readonly kind: 'hosted' } & Omit<ProviderContract, 'identify'>)
    | {
        readonly kind: 'own';
        readonly pool: UserPool;
        readonly nameIn: NameIn;
        readonly open?: OpenAccounts | undefined;
      };
};

export interface ApplicationParts {
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly uploads: Uploads;
  readonly forms: Catalogue;
  readonly identify: Identify;
  readonly dispatchExport: ExportDispatcher;
  readonly dispatchTakeDown: TakeDownDispatcher;
  /** Whether something sends what is put in the queue of mails, and the site's origin that stands in them. */
  readonly mails: { readonly isSending: boolean; readonly origin: string };
  readonly openTo: OpenTo;
  readonly offersPublicAddress: boolean;
  readonly people: OfficeSources['people'];
  readonly log: OperatorLog;
  readonly metrics: OperatorMetrics;
  readonly web: WebParts;
}

function signInWay(
  settings: WebParts['signIn'],
  { storage, identify, log }: Pick<ApplicationParts, 'storage' | 'identify' | 'log'>,
): SignInWay {
  if (settings.kind === 'hosted')
    return {
      kind: 'hosted',
      provider: createSignInProvider({ ...settings, identify }),
      signIns: createSignIns(storage),
    };
  const { pool, nameIn, open } = settings;
  const steps = createSignInSteps(storage);
  const attempts = createSignInAttempts(storage);
  const signOuts = createSignOuts(storage);
  // A change ends what was issued up to the second after it, as its clock is read (functions/storage/account-pool.ts).
  const afterChange = (): Promise<void> => storage.wait(2000);
  return {
    kind: 'own',
    signIn: createOwnSignIn({ pool, steps, attempts, signOuts, identify, nameIn, afterChange, log }),
    open,
  };
}

/** A browser takes every answer for what its header says that it is. */
const noSniffing: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('x-content-type-options', 'nosniff');
};

export function createApplication(parts: ApplicationParts): Hono {
  const { storage, bucket, uploads, forms, dispatchExport, dispatchTakeDown, openTo, offersPublicAddress, web } = parts;
  const log = neverFailingLog(parts.log);
  const metrics = neverFailingMetrics(parts.metrics);
  const signOuts = createSignOuts(storage);
  const identify = unlessEnded(parts.identify, (personId, issuedAt) => signOuts.hasEnded(personId, issuedAt));
  const exports = createExports(storage);
  const publications = createPublications(storage);
  const store = createStore(storage);
  const { now, randomId } = storage;
  const ruleExceeded: ReturnSources['ruleExceeded'] = (rule) => log.info('rule-exceeded', { ...rule });
  const returns = createReturns(store, { now, randomId, ruleExceeded }, uploads);
  const submit = counting(
    metrics,
    'Submissions',
    (...call: Parameters<Returns['submit']>) => returns.submit(...call),
    ({ replayed }) => !replayed,
  );
  const readExportFile: Service['readExportFile'] = (round, exportId, path, range) =>
    bucket.readStream(exportFileKey(round, exportId, path), range);
  const mailSite = {
    url: `${parts.mails.origin}${web.basePath}/`,
    prefectureName: web.prefectureName,
    contact: web.contact,
    isSending: parts.mails.isSending,
  };
  const office = officeWhenAsked({
    storage,
    store,
    exports,
    publications,
    signOuts,
    bucket,
    dispatchExport,
    dispatchTakeDown,
    people: parts.people,
    log,
    mailSite,
    offersPublicAddress,
    readExportFile,
  });
  const service: Service = {
    ...office,
    store,
    returns: { ...returns, submit },
    shares: createShares(store, { now, randomId }),
    approvals: createApprovals(store, { now }),
    comments: createComments(store.comments, { now, randomId }),
    questions: createAskedQuestions(store.askedQuestions, { now, randomId }),
    files: createFileService({ store, uploads }),
    forms,
    recordAccess: (...given) => store.recordAccess(...given),
    mailSources: { forms, store },
    mailSite,
    now,
    removeNote: (...given) => store.removeNote(...given),
    exports,
    readExportFile,
    readEditionFile: (round, edition, path, range) => bucket.readStream(publishedFileKey(round, edition, path), range),
    newestEdition: (round) => publications.newestEdition(round),
    editions: (round) => publications.editions(round),
    offersPublicAddress,
    publish: counting(metrics, 'Publications', (...call: Parameters<Service['publish']>) => office.publish(...call)),
  };
  const siteOf = ({ url }: Request): string => `${web.publicOrigin ?? new URL(url).origin}${web.basePath}`;
  // Loaded when first asked for: a call of the API needs no page, and a page none of its calls.
  const api = loadedOnce(async () => {
    const { createApi } = await import('../api/app.ts');
    return createApi({ identify, openTo, log, service, siteOf });
  });
  const pages = loadedOnce(async () => {
    const { createWeb } = await import('../web/app.tsx');
    return createWeb({
      ...web,
      service,
      openTo,
      signIn: signInWay(web.signIn, { storage, identify, log }),
      sessions: { ...createSessions(storage), ...createRecoveredForms(storage) },
      signOuts,
      attempts: createSignInAttempts(storage),
      log,
      now: storage.now,
    });
  });
  // Side by side, not one inside the other: each has its own steps and its own way to fail.
  return new Hono()
    .use(requests(metrics))
    .use(noSniffing)
    .use(compressed)
    .use(uncompressed)
    .all('/api/*', async (c) => (await api()).fetch(c.req.raw, c.env))
    .all('*', async (c) => (await pages()).fetch(c.req.raw, c.env))
    .onError(failedLoad({ log, prefectureName: web.prefectureName, contact: web.contact }));
}

/**
 * The same action, counted when it is done; refusals and failures are counted where they are answered.
 *
 * @param isNew whether it was done now; what is only said once more does not count
 */
export function counting<Given extends readonly unknown[], T>(
  metrics: OperatorMetrics,
  metric: OperatorMetric,
  action: (...given: Given) => Promise<Outcome<T>>,
  isNew: (value: T) => boolean = () => true,
): (...given: Given) => Promise<Outcome<T>> {
  return async (...given) => {
    const outcome = await action(...given);
    if (outcome.ok && isNew(outcome.value)) metrics.count(metric);
    return outcome;
  };
}
