/**
 * `npm run restore-drill`: proves that what is kept can be restored, and restores it when it has to be.
 *
 * Without options it rehearses on this machine: the table in DATA_DIR, or the demo data, is written to a file, restored
 * into a new table, compared and checked. With the credentials of a prefecture's account it restores its table as it was
 * at an earlier second into a new one and checks that; `--check` does so for a table restored in any other way, from
 * AWS Backup for example. `--replace` then puts the content of the restored table back into the one that the stack owns:
 * the stack, its functions and their rights stay as they are, and nothing has to be imported or renamed.
 *
 * Exit code 1 when anything does not agree.
 */

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { tableClient } from '../../functions/storage/client.ts';
import { createTable } from '../../functions/storage/create-table.ts';
import { openCommandSystem } from '../local/command-system.ts';
import { runCommand, say } from '../local/command.ts';
import { checkRestored, checkTable, putBack, rehearse } from './restore-drill/drill.ts';
import type { Told } from './restore-drill/drill.ts';
import { stackRegion } from '../prefectures/regions.ts';
import { explained } from './aws/aws.ts';
import { restorePointInTime, tableRefusals } from './restore-drill/point-in-time.ts';
import type { TableAt } from './restore-drill/items.ts';

const usage = `使い方: npm run restore-drill [-- 操作] [--endpoint エミュレーターのURL]
  （操作なし）                                 この端末のデータを書き出し、新しい表に復元して照合します
  --table 表 --into 新しい表 [--at 日時]         AWSの表の過去の状態（省略すると最新）を新しい表に復元して照合します
  --check 表 [--against 元の表]                 復元済みの表を点検し、元の表と照合します
  --from 復元した表 --replace 表 --confirm 表    復元した表の内容を、使用中の表に戻します（先に公開を止めてください）
  日時は 2026-11-20T09:00:00+09:00 のように指定します。`;

const { TABLE_NAME: _table, BUCKET_NAME: _bucket, ...onThisMachine } = process.env;

/** Restores into a table that is gone afterwards. */
async function rehearseIn(source: TableAt): Promise<Told> {
  const { client } = source;
  const target = { client, table: `${source.table}-drill-${randomUUID().slice(0, 8)}` };
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-drill-'));
  await createTable(client, target.table);
  try {
    return await rehearse(source, target, join(folder, 'table.jsonl'));
  } finally {
    await client.send(new DeleteTableCommand({ TableName: target.table }));
    await rm(folder, { recursive: true });
  }
}

async function rehearseHere(): Promise<Told> {
  const system = await openCommandSystem(onThisMachine);
  try {
    return await rehearseIn(system.storage);
  } finally {
    await system.stop();
  }
}

function instant(text: string): Date {
  const at = new Date(text);
  if (!/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at.getTime())) throw new Error(usage);
  return at;
}

async function run(): Promise<Told> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      table: text,
      into: text,
      at: text,
      check: text,
      against: text,
      from: text,
      replace: text,
      confirm: text,
      endpoint: text,
    },
  });
  const { table, into, at, check, against, from, replace, confirm, endpoint } = values;
  process.env['AWS_REGION'] = stackRegion;
  const client = tableClient(endpoint);
  try {
    if (table !== undefined && into !== undefined) {
      const before = at === undefined ? undefined : instant(at);
      say(`${table} を ${into} に復元しています。数分から数時間かかります。`);
      await restorePointInTime(client, { table, into, at: before });
      return await checkRestored({ client, table: into }, { client, table });
    }
    if (check !== undefined)
      return against === undefined
        ? await checkTable({ client, table: check })
        : await checkRestored({ client, table: check }, { client, table: against });
    if (from !== undefined && replace !== undefined) {
      if (confirm !== replace) throw new Error(`書き込む表の名前を --confirm ${replace} でもう一度指定してください。`);
      return await putBack({ client, table: from }, { client, table: replace });
    }
    if (table !== undefined && endpoint !== undefined) return await rehearseIn({ client, table });
    if (Object.keys(values).length > 0) throw new Error(usage);
    return await rehearseHere();
  } finally {
    client.destroy();
  }
}

await runCommand(usage, async () => {
  const { lines, agrees } = await run().catch((error: unknown) => {
    throw explained(error, tableRefusals);
  });
  for (const line of lines) say(line);
  return agrees;
});
