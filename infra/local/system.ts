/** The whole system on one machine: the emulators, the identity provider, and the application that Lambda runs. */

import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { HonoRequest } from 'hono';
import * as z from 'zod';
import type { Formats } from '../../functions/export/files/formats.ts';
import { createApplication } from '../../functions/http/application.ts';
import { createIdentify, publishedKeys } from '../../functions/platform/identity.ts';
import type { OperatorLog } from '../../functions/platform/logger.ts';
import { noMetrics } from '../../functions/platform/metrics.ts';
import type { OperatorMetrics } from '../../functions/platform/metrics.ts';
import { runMails } from '../../functions/mail/run.ts';
import type { MailSender } from '../../functions/storage/mail-sender.ts';
import { createUploads } from '../../functions/storage/uploads.ts';
import type { Uploads } from '../../functions/storage/uploads.ts';
import { bucketClient, createBucket } from '../../functions/storage/bucket.ts';
import type { Bucket } from '../../functions/storage/bucket.ts';
import { tableClient } from '../../functions/storage/client.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { createStore } from '../../functions/storage/store.ts';
import type { Assets } from '../../functions/web/assets.ts';
import type { Task } from '../../functions/web/pages.ts';
import type { Catalogue } from '../../schemas/form.ts';
import { forms as allForms } from '../../schemas/forms/catalogue.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { buildAssets } from '../assets.ts';
import { accountMails } from './account-mails.ts';
import type { Mailed } from './account-mails.ts';
import { lockDataDir } from './data-dir.ts';
import { startDynamoDb } from './dynamodb.ts';
import { HOST, bucketName, demoContact, prefectureNames, retentionYears } from './environment.ts';
import type { LocalSettings } from './environment.ts';
import { inProcessExports } from './in-process-exports.ts';
import { createOutbox, outboxRoutes } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { startS3 } from './s3.ts';
import { startHostedSignIn, startOwnSignIn } from './sign-in.ts';
import type { PooledAccount } from './user-pool-memory.ts';

export interface System {
  readonly url: string;
  readonly issuer: string;
  readonly storage: StorageContext;
  readonly bucket: Bucket;
  readonly s3Endpoint: string;
  token(subject: {
    sub: string;
    username: string;
    groups: readonly string[];
    expiresInSeconds?: number;
  }): Promise<string>;
  /** Retires an account, where people sign in on our own pages. */
  disable(username: string): void;
  readonly outbox: Outbox;
  /** Sends the mails that are due at an instant, now when none is given, and those that wait. */
  sendMails(at?: Date): Promise<void>;
  /** When no export is running. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions extends Omit<LocalSettings, 'demo'> {
  readonly accounts: readonly PooledAccount[];
  /** Instead of the outbox. */
  readonly mailSender?: MailSender;
  /** Whether mails of rounds are sent at all; default yes. */
  readonly sendsMails?: boolean;
  /** Told of a code for a new password, which is mailed as well. */
  readonly onMail?: Mailed;
  /** Told of a temporary password, which is mailed as well. */
  readonly onInvitation?: Mailed;
  readonly log: OperatorLog;
  /** Who counts; nobody on a laptop. */
  readonly metrics?: OperatorMetrics | undefined;
  readonly forms?: Catalogue;
  readonly openTo?: OpenTo;
  /** Whether rounds may have a public address; default yes. */
  readonly offersPublicAddress?: boolean;
  /** Which files exports have; default all. */
  readonly formats?: Formats | undefined;
  /** The style sheet and the script where they have been built before. */
  readonly assets?: Promise<Assets>;
  /** Replaces the pages behind the sign-in. */
  readonly tasks?: readonly Task[];
  /** Another clock than the machine's: of storage, and of where people sign in on our own pages. */
  readonly now?: () => Date;
  /** Replaces parts of storage: its own clock, a client that fails. */
  readonly alter?: (storage: StorageContext) => StorageContext;
  /** Replaces what tells whether a file that was sent has been scanned. */
  readonly alterUploads?: (uploads: Uploads) => Uploads;
}

const tokenRequest = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['prefecture', 'prefecture-admin', 'prefecture-reader']) }),
  z.strictObject({
    role: z.literal('municipality'),
    unit: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
    /** Of a division that answers this form alone. */
    form: z
      .string()
      .regex(/^[a-z][A-Za-z0-9-]{0,63}$/)
      .optional(),
  }),
]);

const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a page of another site may be behind a request: one under a name that leads here (DNS rebinding), or one that
 * posts what needs no permission of ours, as any content type but JSON.
 */
function isForeign(request: HonoRequest): boolean {
  const { protocol, host, hostname } = new URL(request.url);
  const origin = request.header('origin');
  const isJson = request.header('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  return !thisMachine.has(hostname) || !isJson || (origin !== undefined && origin !== `${protocol}//${host}`);
}

/** Lets scripts act as anyone. Only here: the Lambda bundle does not have this file. */
function tokenRoute(token: System['token']): Hono {
  return new Hono().post('/local/token', async (context) => {
    if (isForeign(context.req))
      return context.json({ detail: 'このコンピューターのアドレスに、application/json として送ってください。' }, 403);
    const parsed = tokenRequest.safeParse(await context.req.json().catch(() => undefined));
    if (!parsed.success)
      return context.json(
        {
          detail:
            '{"role":"prefecture"} か {"role":"municipality","unit":"112038"} を送ってください。1つの調査票だけに回答する課には "form":"調査票の識別子" を加えます。',
        },
        400,
      );
    const { data } = parsed;
    const group =
      data.role === 'municipality'
        ? ['unit', data.unit, ...(data.form === undefined ? [] : [data.form])].join('-')
        : data.role;
    return context.json({ token: await token({ sub: group, username: group, groups: [group] }) });
  });
}

/** In bytes: more than anybody chooses by mistake. */
const mostUnread = 100_000_000;

/** Who still sends when the answer comes may lose it with the connection: what was refused unread is read to its end. */
async function readToItsEnd(request: Request): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.bodyUsed) return;
  const { body, headers } = request;
  if (body !== null && Number(headers.get('content-length')) <= mostUnread) await body.pipeTo(new WritableStream());
}

/** Listens at once; whoever calls before the application is there waits for it. */
async function listen(app: Promise<Hono>, port: number): Promise<{ server: ServerType; port: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const fetch = async (request: Request): Promise<Response> => {
    const response = await (await app).fetch(request);
    await readToItsEnd(request);
    return response;
  };
  const server = serve({ fetch, port, hostname: HOST }, ({ port: bound }) => resolve(bound));
  server.once('error', reject);
  // A busy machine would close what a caller is about to use again: the default is five seconds.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 65_000;
  return { server, port: await promise };
}

class Teardown {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const teardown = new Teardown();
  try {
    return await assemble(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function assemble(options: SystemOptions, teardown: Teardown): Promise<System> {
  const {
    port,
    dataDir,
    prefecture,
    accounts,
    log,
    metrics = noMetrics,
    forms = allForms,
    now = () => new Date(),
    alter = (storage) => storage,
    alterUploads = (uploads) => uploads,
  } = options;
  const lock = await lockDataDir(dataDir);
  // Built while the emulators start.
  const { assets = buildAssets() } = options;
  teardown.add(async () => lock.release());
  const dynamodb = await startDynamoDb({ dataDir, endpoint: options.dynamodbEndpoint });
  teardown.add(() => dynamodb.stop());
  const s3 = await startS3({ dataDir, buckets: [bucketName] });
  teardown.add(() => s3.stop());

  const client = tableClient(dynamodb.endpoint);
  teardown.add(async () => client.destroy());
  const table = `yoriai-${prefecture}`;
  await createTable(client, table);
  const storage = alter({ ...runtimeStorage(client, table, forms), now });
  const files = { client: bucketClient(s3.endpoint), bucket: bucketName };
  const bucket = createBucket(files);
  const uploads = alterUploads(createUploads({ ...files, isScanned: false }));
  const exports = inProcessExports({ storage, bucket, uploads, forms, log, metrics, formats: options.formats });
  teardown.add(exports.settled);

  // Where people sign in must know where the application is, and the application where they do.
  const assembled = Promise.withResolvers<Hono>();
  const { server, port: bound } = await listen(assembled.promise, port);
  teardown.add(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  const origins = [HOST, 'localhost'].map((host) => `http://${host}:${bound}`);
  const url = `http://${HOST}:${bound}`;
  const outbox = await createOutbox(dataDir, storage.now);
  const site = { url: `${url}/`, prefectureName: prefectureNames[prefecture], contact: demoContact };
  const mailed = accountMails({
    sender: outbox.sender,
    site,
    now,
    failed: (error) => log.error('account mail failed', error),
  });
  const start = options.signIn === 'hosted' ? startHostedSignIn : startOwnSignIn;
  const identity = await start({
    dataDir,
    now,
    accounts,
    origins,
    port: port === 0 ? 0 : port + 1,
    onMail: (...told) => {
      options.onMail?.(...told);
      mailed.onMail(...told);
    },
    onInvitation: (...told) => {
      options.onInvitation?.(...told);
      mailed.onInvitation(...told);
    },
  });
  teardown.add(() => identity.stop());

  const sendMails = (at = storage.now()): Promise<void> =>
    runMails(
      {
        store: createStore(storage),
        forms,
        sender: options.mailSender ?? outbox.sender,
        from: demoContact.email,
        site,
        now: () => at,
        wait: async () => undefined,
        randomId: storage.randomId,
        log,
        metrics,
      },
      at.toISOString(),
    );
  const application = createApplication({
    storage,
    bucket,
    uploads,
    forms,
    identify: createIdentify({
      issuer: identity.issuer,
      clientId: identity.clientId,
      keys: publishedKeys(identity.issuer),
      now,
    }),
    dispatchExport: exports.dispatch,
    dispatchTakeDown: exports.takeDown,
    openTo: options.openTo ?? 'everyone',
    offersPublicAddress: options.offersPublicAddress ?? true,
    mails: { isSending: options.sendsMails ?? true, origin: url },
    people: identity.people,
    log,
    metrics,
    web: {
      signIn: identity.settings,
      assets: await assets,
      basePath: '',
      prefectureName: prefectureNames[prefecture],
      contact: demoContact,
      retentionYears,
      // Plain http, on this machine only.
      secure: false,
      tasks: options.tasks,
    },
  });
  const token = (subject: Parameters<System['token']>[0]): Promise<string> => identity.issueToken(subject);
  assembled.resolve(new Hono().route('/', tokenRoute(token)).route('/', outboxRoutes(outbox)).route('/', application));
  return {
    url,
    outbox,
    sendMails,
    issuer: identity.issuer,
    storage,
    bucket,
    s3Endpoint: s3.endpoint,
    token,
    disable: (username) => identity.disable(username),
    settled: exports.settled,
    stop: () => teardown.run(),
  };
}
