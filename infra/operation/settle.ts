/**
 * `npm run settle`: brings a table to rest, so that an earlier release can go on with it, or after it was restored from a
 * copy that holds part of a recent change. Every log number is given, and what release 0.3 reads is written. Nobody may use
 * the table meanwhile: the site is closed first. Cut off, it is run again.
 *
 * Exit code 1 when items and log do not agree afterwards.
 */

import { parseArgs } from 'node:util';
import { tableClient } from '../../functions/storage/client.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { settleRound } from '../../functions/storage/settle.ts';
import { createStore } from '../../functions/storage/store.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { openCommandSystem } from '../local/command-system.ts';
import { runCommand, say } from '../local/command.ts';
import { checkTable } from './restore-drill/drill.ts';
import { stackRegion } from '../prefectures/regions.ts';
import { explained } from './aws/aws.ts';
import { tableRefusals } from './restore-drill/point-in-time.ts';

const usage = `使い方: npm run settle [-- --table 表] [--endpoint エミュレーターのURL]
  すべての履歴に番号を付け、前の版（0.3.0）でも使える形にします。先に公開を止めてください。
  --table を省略すると、この端末のデータ（DATA_DIR）を整えます。`;

/** What a release up to 0.3 would make of a round that says what it does not know. */
const warnings = {
  draft: '公開前の調査です。前の版では市町村に見え、回答できます。戻す前に、公開するか削除してください。',
  units: '照会先を絞った調査票があります。前の版では、すべての団体に照会されます。戻す前に、受付を終了してください。',
  figuresReleased: '繰上げ公表の記録があります。前の版ではこの調査を表示できないため、戻さないでください。',
  exceptions:
    '期限の延長又は回答なしの記録があります。前の版では効かず、前の版で変更された回答からは失われます。延長した回答は、先に調査の期限を延ばしてください。',
} as const;

async function settle(storage: StorageContext): Promise<boolean> {
  for (const { id } of await createStore(storage).rounds()) {
    const settled = await settleRound(storage, id);
    if (settled === undefined) continue;
    const { seq, returns, dropped, unknownBefore } = settled;
    say(
      `調査 ${id}: 履歴 ${seq} 件、回答 ${returns} 件${dropped === 0 ? '' : `（重複していた記録 ${dropped} 件を削除）`}`,
    );
    for (const each of unknownBefore) say(`  前の版（0.3.0）に戻す場合の注意: ${warnings[each]}`);
  }
  const { lines, agrees } = await checkTable(storage);
  for (const line of lines) say(line);
  return agrees;
}

async function run(): Promise<boolean> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { table: text, endpoint: text } });
  if (values.table === undefined) {
    const system = await openCommandSystem(process.env);
    try {
      return await settle(system.storage);
    } finally {
      await system.stop();
    }
  }
  process.env['AWS_REGION'] = stackRegion;
  const client = tableClient(values.endpoint);
  return settle(runtimeStorage(client, values.table, forms)).finally(() => client.destroy());
}

await runCommand(usage, () =>
  run().catch((error: unknown) => {
    throw explained(error, tableRefusals);
  }),
);
