/**
 * A submission through the application, called in this process as Lambda calls it, against a bare TransactWriteItems of
 * the same items; both on the DynamoDB emulator with its data on disk.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Hono } from 'hono';
import { createApi } from '../../functions/api/app.ts';
import { createIdentify, publishedKeys } from '../../functions/platform/identity.ts';
import { valuesOf } from '../../functions/storage/attribute-values.ts';
import { tableClient } from '../../functions/storage/client.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { createExports } from '../../functions/storage/exports.ts';
import { draftKey, headKey, metaKey } from '../../functions/storage/keys.ts';
import { readItems } from '../../functions/storage/reads.ts';
import type { StoredItem } from '../../functions/storage/reads.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { saveDirectories } from '../../functions/service/directories.ts';
import { defineRound } from '../../functions/service/rounds.ts';
import { createReturns, noUploads } from '../../functions/service/returns.ts';
import type { Returns } from '../../functions/service/returns.ts';
import { createAskedQuestions } from '../../functions/service/asked-questions.ts';
import { createComments } from '../../functions/service/comments.ts';
import { createApprovals } from '../../functions/service/approvals.ts';
import { createShares } from '../../functions/service/shares.ts';
import { createStore } from '../../functions/storage/store.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { startIdentityProvider } from '../../infra/local/identity-provider.ts';
import { reportingUnits } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { readDirectory, readReturns } from './fixtures.ts';
import { median, taken } from './measure.ts';
import { ratioRow } from './table.ts';
import type { Row } from './table.ts';

const aim = 1.8;
/** How often each return is submitted; the first time warms up. */
const passes = 3;
const round = 'R6';

type Identity = Awaited<ReturnType<typeof startIdentityProvider>>;

interface System {
  readonly storage: StorageContext;
  readonly application: Hono;
  readonly token: Identity['issueToken'];
}

function returnsOf(storage: StorageContext): Returns {
  return createReturns(createStore(storage), storage, noUploads);
}

/** The API over the same services as in Lambda; no export runs here. */
function apiOver(storage: StorageContext, { issuer, clientId }: Identity): Hono {
  const keys = publishedKeys(issuer);
  const store = createStore(storage);
  const unused = (): Promise<never> => Promise.reject(new Error('not part of this measurement'));
  return createApi({
    openTo: 'everyone',
    identify: createIdentify({ issuer, clientId, keys, now: () => new Date() }),
    log: { info: () => undefined, error: () => undefined },
    siteOf: ({ url }) => new URL(url).origin,
    service: {
      store,
      returns: returnsOf(storage),
      shares: createShares(store, storage),
      approvals: createApprovals(store, storage),
      comments: createComments(store.comments, storage),
      questions: createAskedQuestions(store.askedQuestions, storage),
      files: { sendFile: unused, sentFile: unused },
      accounts: {
        heldBy: 'pool',
        find: unused,
        told: unused,
        account: unused,
        page: unused,
        everybody: async function* nobody() {},
        unitsWithout: unused,
        invite: unused,
        change: unused,
        renewPassword: unused,
        removeAuthenticator: unused,
        propose: unused,
        apply: unused,
        log: { newest: unused },
      },
      forms,
      exports: createExports(storage),
      recordAccess: (...given) => store.recordAccess(...given),
      saveDirectories: (...given) => saveDirectories({ store }, ...given),
      defineRound: (...given) => defineRound({ store, forms }, ...given),
      mailSources: { store, forms },
      mailSite: { url: '', prefectureName: '', contact: { department: '', phone: '', email: '' }, isSending: false },
      requestMails: unused,
      saveMailSettings: unused,
      now: storage.now,
      saveContact: unused,
      importContacts: unused,
      addNote: unused,
      removeNote: unused,
      removeRound: unused,
      changeClosing: unused,
      saveForm: unused,
      decideOnForm: unused,
      saveReportSettings: unused,
      saveHandout: unused,
      saveRoundTexts: unused,
      savePrefilled: unused,
      releaseFigures: unused,
      startExport: unused,
      readExportFile: unused,
      readEditionFile: unused,
      newestEdition: unused,
      editions: unused,
      withdrawEdition: unused,
      savePublicAddress: unused,
      offersPublicAddress: false,
      publish: unused,
    },
  });
}

/** Acts on the application as people of these groups. */
function clientOf({ application, token }: System) {
  const tokens = new Map<string, string>();
  return async (group: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const known = tokens.get(group) ?? (await token({ sub: group, username: group, groups: [group] }));
    tokens.set(group, known);
    const response = await application.request(path, {
      method,
      headers: { authorization: `Bearer ${known}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status >= 300) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
}

type Act = ReturnType<typeof clientOf>;

interface Saved {
  readonly key: ReturnKey;
  readonly group: string;
}

/** Saves every return of the fixtures with reasons, so that each may be submitted. */
async function saveAll(act: Act, { storage }: System, directory: Directory): Promise<Saved[]> {
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const definition = {
    name: '令和6年度調査',
    fiscalYear: 2024,
    referenceDate: '2024-09-30',
    period: { from: '2023-04', to: '2024-09' },
    forms: { 'municipal-survey': 2024, 'council-report': 2024 },
    opensAt: day(-2),
    dueAt: day(2),
  };
  await act('prefecture', 'PUT', '/api/directory', directory);
  await act('prefecture', 'PUT', `/api/rounds/${round}`, definition);
  const saved: Saved[] = [];
  const save = async (form: string, unit: string, group: string, answers: Answers): Promise<void> => {
    const key = { round, form, unit };
    const path = `/api/rounds/${round}/returns/${form}/${unit}`;
    const reasons = await reasonsFor(storage, key, async () => {
      await act(group, 'PUT', path, { answers }, { 'if-none-match': '*' });
    });
    const { headers } = await act(group, 'GET', path);
    await act(group, 'PUT', path, { answers, reasons }, { 'if-match': headers.get('etag') ?? '' });
    saved.push({ key, group });
  };
  const surveys = await readReturns('saitama-r6/municipal-survey.json');
  for (const [unit, answers] of surveys) await save('municipal-survey', unit, `unit-${unit}`, answers);
  const reports = new Map(await readReturns('saitama-r6/council-report.json'));
  for (const { code } of reportingUnits(directory, 'council')) {
    const lead = directory.councils.find(({ id }) => id === code)?.lead;
    const answers = reports.get(code);
    if (lead !== undefined && answers !== undefined) await save('council-report', code, `unit-${lead}`, answers);
  }
  return saved;
}

async function reasonsFor(
  storage: StorageContext,
  key: ReturnKey,
  saveFirst: () => Promise<void>,
): Promise<Record<string, string>> {
  await saveFirst();
  const draft = await returnsOf(storage).readDraft(key);
  if (!draft.ok) throw new Error(`${key.unit}: ${draft.problem.code}`);
  const { asked } = await draft.value.examination();
  return Object.fromEntries(asked.map((finding) => [finding.key, '数値に誤りはありません。']));
}

/** Keeps the last transaction of a return that a client sends; one that gives log numbers removes events. */
function recordTransactions({ client }: StorageContext): { last(): readonly TransactWriteItem[] } {
  let recorded: readonly TransactWriteItem[] | undefined;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const { input } = args;
        if (commandName === 'TransactWriteItemsCommand' && 'TransactItems' in input) {
          const items = input.TransactItems ?? [];
          const writes = items.flatMap((item) => ('Put' in item || 'Update' in item ? [item] : []));
          if (writes.length === items.length) recorded = writes;
        }
        return next(args);
      },
    { step: 'initialize', priority: 'high' },
  );
  return {
    last: () => {
      if (recorded === undefined) throw new Error('no transaction was sent');
      return recorded;
    },
  };
}

/** The same key in a partition that nothing else uses. */
function elsewhere(item: StoredItem): StoredItem {
  return { ...item, pk: `BENCH#${String(item['pk'])}` };
}

/** The same writes under the same conditions, elsewhere, as a program without this application would have the SDK send them. */
function replayOf(writes: readonly TransactWriteItem[]): TransactWriteCommandInput {
  const values = (of: TransactWriteItem['Put'] | TransactWriteItem['Update']) => ({
    ExpressionAttributeValues: of?.ExpressionAttributeValues && valuesOf(of.ExpressionAttributeValues),
  });
  return {
    TransactItems: writes.map(({ Put, Update, ...others }) => {
      if (Put?.Item !== undefined) return { Put: { ...Put, Item: elsewhere(valuesOf(Put.Item)), ...values(Put) } };
      if (Update?.Key !== undefined)
        return { Update: { ...Update, Key: elsewhere(valuesOf(Update.Key)), ...values(Update) } };
      throw new Error(`a submission writes nothing but items: ${Object.keys(others).join(', ')}`);
    }),
  };
}

async function measure(system: System): Promise<Row[]> {
  const { storage } = system;
  const { client, table } = storage;
  const act = clientOf(system);
  const saved = await saveAll(act, system, await readDirectory('saitama-r6'));
  const transactions = recordTransactions(storage);
  const times: number[] = [];
  const cpu: number[] = [];
  for (const { key, group } of Array.from({ length: passes }, () => saved).flat()) {
    // What the transaction will find, put elsewhere for the replay to find too.
    const stands = await readItems(storage, [metaKey(round), headKey(key), draftKey(key)]);
    for (const item of stands)
      if (item !== undefined) await client.send(new PutCommand({ TableName: table, Item: elsewhere(item) }));

    const path = `/api/rounds/${round}/returns/${key.form}/${key.unit}/submission`;
    const throughApp = await taken(() => act(group, 'POST', path));

    const replay = new TransactWriteCommand(replayOf(transactions.last()));
    // Each beside the one that was made at its side.
    const bare = await taken(() => client.send(replay));
    times.push(throughApp.time / bare.time);
    cpu.push(throughApp.cpu / bare.cpu);
    await act(group, 'DELETE', path);
  }
  const what = 'submission through the app ÷ bare TransactWriteItems';
  return [
    ratioRow(`${what}, p50`, median(times.slice(saved.length)), aim),
    ratioRow(`${what}, CPU of this process`, median(cpu.slice(saved.length))),
  ];
}

export async function benchSubmission(): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yoriai-bench-'));
  const dynamodb = await startDynamoDb({ dataDir });
  const identity = await startIdentityProvider({ dataDir, now: () => new Date(), accounts: [] });
  const client = tableClient(dynamodb.endpoint);
  try {
    await createTable(client, 'bench');
    const storage = runtimeStorage(client, 'bench', forms);
    return await measure({
      storage,
      application: apiOver(storage, identity),
      token: (subject) => identity.issueToken(subject),
    });
  } finally {
    client.destroy();
    await identity.stop();
    await dynamodb.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
