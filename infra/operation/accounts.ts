/**
 * `npm run accounts`: makes, changes and retires the accounts of a deployed prefecture from a file, with credentials of
 * its AWS account.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { tableClient } from '../../functions/storage/client.ts';
import { createDirectories } from '../../functions/storage/directories.ts';
import { createAccountLog } from '../../functions/storage/account-log.ts';
import type { StorageContext } from '../../functions/storage/context.ts';
import { createForms } from '../../functions/storage/forms.ts';
import { runtimeStorage } from '../../functions/storage/runtime.ts';
import { createSignOuts } from '../../functions/storage/sign-outs.ts';
import { forms } from '../../schemas/forms/catalogue.ts';
import { runCommand, say } from '../local/command.ts';
import { explained } from './aws/aws.ts';
import { clockOf, createPool, peopleClient } from '../../functions/storage/account-pool.ts';
import { describeError } from '../../functions/domain/accounts/describe.ts';
import { commandActor, importAccounts, storedAccounts } from '../../functions/service/accounts/import-accounts.ts';
import type { ImportOptions } from '../../functions/service/accounts/import-accounts.ts';
import { accountInUse, removeAuthenticator, renewPassword } from '../../functions/service/accounts/begin-anew.ts';
import type { WholeSystem } from '../../functions/service/accounts/begin-anew.ts';
import { placesOf, readAccounts } from '../../functions/service/accounts/read-accounts.ts';
import { writeAccounts } from '../../functions/service/accounts/write-accounts.ts';

const usage = `使い方: npm run accounts -- コマンド --pool ユーザープールのID --table テーブルの名前
  import accounts.csv [--dry-run] [--retire-missing]  ファイルのとおりに登録・変更・停止します
  list 書き出すファイル.csv                             今の利用者を書き出します
  invite 利用者名                                       仮のパスワードをメールで送ります（招待の再送、パスワードの再発行）
  remove-authenticator 利用者名                         認証アプリの登録を外し、サインアウトさせます（本人であることを確かめてから）`;

const explanations = {
  ENOENT: 'ファイルがありません。',
  EEXIST: '同じ名前のファイルが既にあるため、書き出していません。',
  ResourceNotFoundException: 'ユーザープールまたはテーブルがありません。--pool と --table を確かめてください。',
  UserNotFoundException: 'その利用者名は登録されていません。',
} as const;

const poolId = z.string().regex(/^[a-z]+(?:-[a-z]+)+-\d_[0-9A-Za-z]+$/, {
  error: '--pool には、スタックの出力 UserPoolId の値（ap-northeast-1_…）を指定してください。',
});

interface DeployedSystem extends WholeSystem {
  readonly storage: StorageContext;
}

function open(pool: string, table: string): DeployedSystem {
  const region = pool.slice(0, pool.indexOf('_'));
  // The table is in the pool's region, whatever this machine is set to.
  process.env['AWS_REGION'] = region;
  const client = peopleClient(region);
  const storage = runtimeStorage(tableClient(process.env['DYNAMODB_ENDPOINT']), table, forms);
  return {
    storage,
    pool: createPool(client, pool),
    signOuts: createSignOuts(storage),
    log: createAccountLog(storage),
    now: clockOf(client),
  };
}

async function importFile(system: DeployedSystem, file: string, options: Omit<ImportOptions, 'say'>): Promise<boolean> {
  const directory = (await createDirectories(system.storage).currentDirectory())?.directory;
  if (directory === undefined) say('名簿がまだないため、団体コードが名簿にあるかどうかは確認しません。');
  const stored = await createForms(system.storage).storedForms();
  const places = placesOf(directory, [...forms.keys(), ...stored.map(({ form }) => form)]);
  const read = await readAccounts(await readFile(file), places);
  if (read.ok) return importAccounts(system, read.accounts, { ...options, say });
  for (const error of read.errors) say(describeError(error));
  say(`${read.errors.length} 件の誤りがあるため、何も変更していません。`);
  return false;
}

async function listInto(system: DeployedSystem, file: string): Promise<boolean> {
  const accounts = await storedAccounts(system);
  // Never over a file that is there: it may be the one being edited.
  await writeFile(file, writeAccounts(accounts), { flag: 'wx' });
  say(`${accounts.length} 件の利用者を ${file} に書き出しました。`);
  return true;
}

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    options: {
      pool: { type: 'string' },
      table: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'retire-missing': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [command, name] = positionals;
  const { pool, table, 'dry-run': dryRun, 'retire-missing': retireMissing } = values;
  if (pool === undefined || table === undefined || name === undefined || positionals.length > 2) throw new Error(usage);
  const parsed = poolId.safeParse(pool);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join('\n'));
  const system = open(parsed.data, table);
  try {
    if (command === 'import') return await importFile(system, name, { dryRun, retireMissing });
    if (command === 'list') return await listInto(system, name);
    if (command === 'remove-authenticator') {
      const mayEnter = await removeAuthenticator(system, await accountInUse(system, name), commandActor);
      say(`${name} の認証アプリの登録を外しました。次のサインインで、新しい認証アプリを設定します。`);
      if (!mayEnter) say('ほかの変更が途中で止まっています。import を実行するまで、サインインできません。');
      return mayEnter;
    }
    if (command !== 'invite') throw new Error(usage);
    await renewPassword(system, await accountInUse(system, name), commandActor);
    say(`${name} に仮のパスワードのメールを送りました。`);
    return true;
  } catch (error) {
    throw explained(error, explanations);
  }
});
