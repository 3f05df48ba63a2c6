/** What is kept can be restored, and a table that was damaged on the way is found out. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import { createExports } from '../../../functions/storage/exports.ts';
import { createPublications } from '../../../functions/storage/publications.ts';
import type { StoredItem } from '../../../functions/storage/reads.ts';
import { runtimeStorage } from '../../../functions/storage/runtime.ts';
import { tableClient } from '../../../functions/storage/client.ts';
import { createTable as createEmptyTable } from '../../../functions/storage/create-table.ts';
import { checkRestored, checkTable, putBack, rehearse } from '../../../infra/operation/restore-drill/drill.ts';
import { hashesOf, nameOf, putItems, scan } from '../../../infra/operation/restore-drill/items.ts';
import type { TableAt } from '../../../infra/operation/restore-drill/items.ts';
import { seedDemo } from '../../../infra/local/demo.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import { manifest } from '../../../schemas/export.ts';
import { startEmulators } from '../support/emulators.ts';
import {
  createRound,
  definition,
  returnOf,
  round,
  saveFirst,
  submitFirst,
  succeed,
  unitsOfSaitama,
} from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(async () => {
  await emulators.stop();
});

const [first = '', second = '', third = ''] = unitsOfSaitama;

/** An empty table beside the others. */
async function newTable(): Promise<TableAt> {
  const client = tableClient(emulators.dynamodbEndpoint);
  const table = `test-${randomUUID()}`;
  await createEmptyTable(client, table);
  return { client, table };
}

function at({ context: { client, table } }: TestTable): TableAt {
  return { client, table };
}

async function itemsOf(from: TableAt): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of scan(from)) items.push(item);
  return items;
}

async function* each(items: readonly StoredItem[]): AsyncGenerator<StoredItem> {
  yield* items;
}

/** A round with everything that the log tells of: two versions, a draft, a withdrawal, a publication, a new due date. */
async function eventfulRound(): Promise<TestTable> {
  const table = await createRound(emulators.dynamodbEndpoint);
  const { store, context } = table;
  const { version } = await submitFirst(table, returnOf(first));
  succeed(await store.decide(returnOf(first), { version, decision: 'return', comment: '再確認', questions: [] }, '県'));
  succeed(await store.submit(returnOf(first), { actor: '市', body: '' }));
  await saveFirst(table, returnOf(second));
  await submitFirst(table, returnOf(third));
  succeed(await store.withdraw(returnOf(third), '市'));
  succeed(await store.defineRound(round, { ...definition, dueAt: '2024-12-06' }, '県'));
  const exports = createExports(context);
  const { exportId } = succeed(await exports.startExport(round, '県'));
  await exports.claimExport(round, exportId, 'run');
  const asOf = { seq: 9, at: context.now().toISOString() };
  const forms = { form: { expected: 1, submitted: 0, accepted: 1, correcting: 0 } };
  await exports.exportWritten(round, exportId, 'run', manifest.parse({ exportId, round, asOf, forms, files: [] }));
  await exports.exportDone(round, exportId);
  const publications = createPublications(context);
  const reserved = succeed(await publications.reserveEdition(round, exportId, '県'));
  await publications.completeEdition(await publications.sealEdition(reserved));
  await store.recordAccess(round, { what: 'viewed', actor: '県' });
  return table;
}

/** Changes the JSON text in one attribute. */
function altered(item: StoredItem, attribute: string, change: (value: Record<string, unknown>) => object): StoredItem {
  const before: unknown = JSON.parse(String(item[attribute]));
  return { ...item, [attribute]: JSON.stringify(change(Object.assign({}, before))) };
}

type Damage = (items: readonly StoredItem[]) => StoredItem[];

function without(key: string): Damage {
  return (items) => items.filter((item) => nameOf(item) !== key);
}

function withItem(key: string, change: (item: StoredItem) => StoredItem): Damage {
  return (items) => items.map((item) => (nameOf(item) === key ? change(item) : item));
}

function withCopy(key: string, change: (item: StoredItem) => StoredItem): Damage {
  return (items) => [...items, ...items.filter((item) => nameOf(item) === key).map(change)];
}

const place = `scratch-form#${first}`;
const head = `ROUND#r6 HEAD#${place}`;
const version = `RETURN#r6#${place} V#0002`;
const meta = 'ROUND#r6 META';
const log = (seq: number): string => `LOG#r6 ${String(seq).padStart(12, '0')}`;

const damages: readonly [string, Damage, string][] = [
  ['a log entry is missing', without(log(3)), '履歴 3: 番号は'],
  ['the last log entry is missing', without(log(11)), '履歴 11: 番号は 11 まで進んでいますが'],
  [
    'the counter lags behind the log',
    withItem(meta, (item) => ({ ...item, seq: 10 })),
    '履歴 11: 番号は 10 までのはずですが',
  ],
  ['a version is missing', without(version), '第2版: 履歴 5 で提出されていますが、版がありません。'],
  [
    'a version has no submission',
    withCopy(version, (item) => ({ ...item, sk: 'V#0003', version: 3 })),
    '第3版: 版がありますが、提出の履歴がありません。',
  ],
  [
    'an answer was changed',
    withItem(version, (item) => altered(item, 'answers', () => ({ overview: { status: 'none' } }))),
    '第2版: 内容から計算したハッシュ値が',
  ],
  [
    'a reason was added',
    withItem(version, (item) => altered(item, 'reasons', () => ({ 'overview.x': 'y' }))),
    '第2版: 内容から計算したハッシュ値が',
  ],
  [
    'a receipt was changed',
    withItem(version, (item) => ({ ...item, receipt: 'r6-000005-000000' })),
    '第2版: 受付番号または提出日時が',
  ],
  [
    'what stands is of before',
    withItem(head, (item) => ({ ...item, events: 3 })),
    '現在の状態（第3回の変更の後）が、最後の変更（第4回、履歴 5）と違います。',
  ],
  [
    'what stands was changed',
    withItem(head, (item) => altered(item, 'standing', (standing) => ({ ...standing, state: 'accepted' }))),
    'と違います。',
  ],
  ['what stands is missing', without(head), '現在の状態（HEAD）がありません。'],
  [
    'something stands that nobody started',
    withCopy(head, (item) => ({ ...item, sk: 'HEAD#scratch-form#112097' })),
    '回答がありますが、履歴に記録がありません。',
  ],
  ['a draft is missing', without(`RETURN#r6#${place} DRAFT`), '入力中の回答（DRAFT）がありません。'],
  [
    'a draft has not seen the submission',
    withItem(`RETURN#r6#${place} DRAFT`, (item) => ({ ...item, versions: 1 })),
    '入力中の回答は 1 版の後のものですが',
  ],
  [
    'an entry was changed',
    withItem(log(4), (item) =>
      altered(item, 'entry', (entry) => ({ ...entry, before: { state: 'draft', version: 0 } })),
    ),
    '履歴 4: 変更前の状態が',
  ],
  [
    'the definition is of before',
    withItem(meta, (item) => altered(item, 'definition', (each) => ({ ...each, dueAt: '2024-11-29' }))),
    '最後に変更された履歴と違います。',
  ],
  ['the definition is missing', without(meta), '調査の定義（META）がないのに'],
  [
    'the round is not listed',
    (items) => items.map((item) => (item['sk'] === 'LIST' ? { pk: 'ROUNDS', sk: 'LIST' } : item)),
    '調査の一覧と、調査の定義（META）が合いません。',
  ],
  ['the directory is missing', without('DIR# V#0001'), '名簿の第1版がありません。'],
  ['an edition is missing', without('EXPORT#r6 #EDITION#0001'), '公表第1版: 履歴では公表されていますが'],
  [
    'an edition has no entry',
    withCopy('EXPORT#r6 #EDITION#0001', (item) => ({ ...item, sk: '#EDITION#0002', edition: 2 })),
    '公表第2版: 公表の記録がありますが',
  ],
  ['an item cannot be read', withItem(log(2), (item) => ({ ...item, entry: '{' })), '内容を読み取れません。'],
];

describe('the ledger check', () => {
  let items: readonly StoredItem[];
  beforeAll(async () => {
    items = await itemsOf(at(await eventfulRound()));
  });

  it('finds nothing in a table that only the application has written', async () => {
    const { findings, rounds } = await checkLedgers(each(items));
    expect(findings).toEqual([]);
    expect(rounds).toEqual([{ round, entries: 11, versions: 3 }]);
  });

  it('finds nothing whatever the order of the items', async () => {
    expect((await checkLedgers(each(items.toReversed()))).findings).toEqual([]);
  });

  it.each(damages)('finds that %s', async (_what, damage, expected) => {
    const damaged = damage(items);
    expect(damaged).not.toEqual(items);
    const { findings } = await checkLedgers(each(damaged));
    expect(findings.map(({ where, message }) => `${where}: ${message}`).join('\n')).toContain(expected);
  });

  it('tells keys and numbers, never an answer', async () => {
    const reports = await Promise.all(damages.map(([, damage]) => checkLedgers(each(damage(items)))));
    const told = JSON.stringify(reports.flatMap(({ findings }) => findings));
    expect(told).toContain('第2版');
    expect(told).not.toContain('established');
  });

  it('takes what is left of a disposal, and finds what one that is complete has left behind', async () => {
    const table = await eventfulRound();
    const steps = createDisposalSteps(table.context);
    succeed(await steps.beginDisposal(round));
    const begun = await itemsOf(at(table));
    expect((await checkLedgers(each(begun))).findings).toEqual([]);
    await steps.recordDisposal(round, { disposedAt: table.context.now().toISOString() });
    const [finding] = (await checkLedgers(scan(at(table)))).findings;
    expect(finding?.message).toBe('廃棄が終わったはずの調査の回答または履歴が残っています。');
    await steps.removeItems(round);
    expect((await checkLedgers(scan(at(table)))).findings).toEqual([]);
  });
});

describe('the drill', () => {
  it('restores the demo data from a file into a new table with the same hashes', async () => {
    const source = await newTable();
    const target = await newTable();
    await seedDemo(runtimeStorage(source.client, source.table, forms), 'saitama', new Date());
    const file = join(tmpdir(), `${randomUUID()}.jsonl`);
    const { lines, agrees } = await rehearse(source, target, file);
    expect(lines.join('\n')).toMatch(/調査 R6: 履歴 \d{2,} 件、版 \d{2,} 件/);
    expect(agrees).toBe(true);
    expect(await hashesOf(scan(target))).toEqual(await hashesOf(scan(source)));
    expect(existsSync(file)).toBe(false);
  });

  it('does not agree with an empty table', async () => {
    expect(await checkTable(await newTable())).toMatchObject({ agrees: false });
    expect(await rehearse(await newTable(), await newTable(), join(tmpdir(), randomUUID()))).toMatchObject({
      agrees: false,
    });
  });

  it('does not agree when the restored table lacks an item', async () => {
    const table = await eventfulRound();
    const restored = await newTable();
    await putItems(restored, each(without(log(3))(await itemsOf(at(table)))));
    expect(await checkRestored(restored, at(table))).toMatchObject({ agrees: false });
  });

  it('runs from the command line, with an exit code', async () => {
    const table = await eventfulRound();
    const run = promisify(execFile);
    const script = fileURLToPath(new URL('../../../infra/operation/restore-drill.ts', import.meta.url));
    const drill = (...args: string[]) =>
      run(process.execPath, [script, ...args, '--endpoint', emulators.dynamodbEndpoint]);
    const { stdout } = await drill('--table', table.context.table);
    expect(stdout).toContain('復元した表: 問題ありません。');
    const { TableNames = [] } = await table.context.client.send(new ListTablesCommand({}));
    expect(TableNames.filter((name) => name.includes('-drill-'))).toEqual([]);
    await table.context.client.send(
      new DeleteCommand({ TableName: table.context.table, Key: { pk: 'LOG#r6', sk: '000000000003' } }),
    );
    await expect(drill('--check', table.context.table)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('この記録がありません'),
    });
    await expect(drill('--check', 'nothing')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('その名前の表はありません'),
    });
    await expect(drill('--from', 'a', '--replace', 'b', '--confirm', 'c')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--confirm b'),
    });
  });
});

describe('a table restored to an earlier moment', () => {
  async function earlierAndNow(): Promise<{ restored: TableAt; running: TestTable }> {
    const running = await eventfulRound();
    const restored = await newTable();
    await putItems(restored, scan(at(running)));
    succeed(await running.store.submit(returnOf(third), { actor: '市', body: '' }));
    succeed(await running.store.decide(returnOf(third), { version: 2, decision: 'accept' }, '県'));
    await running.store.recordAccess(round, { what: 'viewed', actor: '後の閲覧' });
    const link = { pk: `ROUND#${round}`, sk: 'SHARE#municipal-survey#112011#x' };
    for (const [{ client, table }, seenAt] of [[at(running), 2] as const, [restored, 1] as const]) {
      await client.send(new PutCommand({ TableName: table, Item: { pk: 'SESSION#x', sk: 'SESSION', seenAt } }));
      await client.send(new PutCommand({ TableName: table, Item: { ...link, isEnded: seenAt === 2 } }));
    }
    return { restored, running };
  }

  it('agrees with the one that has gone on since', async () => {
    const { restored, running } = await earlierAndNow();
    const { lines, agrees } = await checkRestored(restored, at(running));
    expect(agrees).toBe(true);
    expect(lines.join('\n')).toMatch(/その後に変わった \d+ 件、増えた [1-9]\d* 件/);
  });

  it('does not agree when a version is another one there', async () => {
    const { restored, running } = await earlierAndNow();
    const item = (await itemsOf(restored)).find((each) => nameOf(each) === version);
    await restored.client.send(new PutCommand({ TableName: restored.table, Item: { ...item, submittedBy: '別の人' } }));
    const { lines, agrees } = await checkRestored(restored, at(running));
    expect(agrees).toBe(false);
    expect(lines.join('\n')).toContain(version);
  });

  it('agrees although its round has been disposed of since', async () => {
    const { restored, running } = await earlierAndNow();
    const steps = createDisposalSteps(running.context);
    succeed(await steps.beginDisposal(round));
    await steps.removeItems(round);
    expect(await checkRestored(restored, at(running))).toMatchObject({ agrees: true });
  });

  it('can be put back into the running one, which keeps its sessions, its links and who has seen what', async () => {
    const { restored, running } = await earlierAndNow();
    const wanted = await hashesOf(scan(restored));
    expect(await putBack(restored, at(running))).toMatchObject({ agrees: true });
    const now = await running.contents();
    expect(now.get('SESSION#x SESSION')).toMatchObject({ seenAt: 2 });
    expect(JSON.stringify([...now])).toContain('後の閲覧');
    const links = [...now].filter(([name]) => name.includes(' SHARE#'));
    expect(links.map(([, item]) => item)).toEqual([expect.objectContaining({ isEnded: true })]);
    const isOwn = (name: string): boolean => /^(?:SESSION|ACCESS)#| SHARE#/.test(name);
    const shared = (hashes: ReadonlyMap<string, string>) =>
      [...hashes].filter(([name]) => !isOwn(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(shared(await hashesOf(scan(at(running))))).toEqual(shared(wanted));
    const again = await putBack(restored, at(running));
    expect(again.lines[0] && again.lines.join('\n')).toContain(
      'に 0 件を書き込み、復元した表にない 0 件を削除しました。',
    );
  });

  it('keeps the public addresses of the running one, and names the editions that were taken back since', async () => {
    const { restored, running } = await earlierAndNow();
    const address = { pk: `ROUND#${round}`, sk: 'PUBLIC' };
    const { client, table } = at(running);
    await client.send(new PutCommand({ TableName: table, Item: { ...address, settings: 'closed' } }));
    const edition = { pk: `EXPORT#${round}`, sk: '#EDITION#0001', edition: 1, exportId: 'x', status: 'copying' };
    await client.send(new PutCommand({ TableName: table, Item: { ...edition, withdrawal: {} } }));
    const { lines } = await putBack(restored, at(running));
    expect((await running.contents()).get(`${address.pk} PUBLIC`)).toMatchObject({ settings: 'closed' });
    expect(lines.filter((line) => line.startsWith('注意:'))).toEqual([expect.stringContaining('#EDITION#0001')]);
  });

  it('is not put back when it is damaged', async () => {
    const { restored, running } = await earlierAndNow();
    await restored.client.send(
      new DeleteCommand({ TableName: restored.table, Key: { pk: 'LOG#r6', sk: '000000000003' } }),
    );
    const before = await running.contents();
    expect(await putBack(restored, at(running))).toMatchObject({ agrees: false });
    expect(await running.contents()).toEqual(before);
  });
});
